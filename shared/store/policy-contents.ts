// What policy editions keep in the archive: the state of a source after an edition, and what the edition changed. Gzip
// NDJSON, a document or change a line, so that neither is ever one text in memory.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { CalendarDate } from '../core/calendar-date.ts';
import type { PolicyChange, PolicyDocument, PolicyVersion, ReviewItem } from '../core/policy.ts';
import { readLineBatches } from '../formats/line-batches.ts';
import { readTextPieces } from '../formats/text-pieces.ts';
import type { Archive } from '../ports/archive.ts';

/** A line of a state: a document as known, with the feed and day of the edition that said so; or a bulletin's id. */
export type StateLine =
  | { readonly document: PolicyDocument; readonly feed: string; readonly day: CalendarDate }
  | { readonly review: string };

/** A line of a delta. */
export type DeltaLine =
  | { readonly version: PolicyVersion }
  | { readonly change: PolicyChange }
  | { readonly review: ReviewItem };

const formVersion = 1;
const gzipLevel = 4;

/** Characters handed to the packing at once. */
const pieceChars = 262_144;

function* textPieces(lines: Iterable<StateLine | DeltaLine>): Generator<string> {
  let piece = `${JSON.stringify({ form: formVersion })}\n`;
  for (const line of lines) {
    piece += `${JSON.stringify(line)}\n`;
    if (piece.length < pieceChars) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** Archives lines; answers the sha256 they are kept under. The same lines give the same bytes. */
export async function keepLines(
  archive: Archive,
  lines: Iterable<StateLine | DeltaLine>,
): Promise<string> {
  const packed: Uint8Array[] = [];
  await pipeline(
    Readable.from(textPieces(lines)),
    createGzip({ level: gzipLevel }),
    async (parts: AsyncIterable<Uint8Array>) => {
      for await (const part of parts) packed.push(part);
    },
  );
  return archive.keepNormalForm(Buffer.concat(packed));
}

type Reading = Pick<Archive, 'readNormalForm'>;

async function* readLines(archive: Reading, sha256: string): AsyncGenerator<string> {
  const packed = await archive.readNormalForm(sha256);
  const text = readTextPieces(Readable.from([packed]).pipe(createGunzip()));
  let isFirst = true;
  for await (const lines of readLineBatches(text)) {
    for (const line of lines) {
      if (line.isTooLong)
        throw new Error(`line ${line.number} of ${sha256} is too long to be ours`);
      if (!isFirst) yield line.text;
      else if (JSON.parse(line.text).form !== formVersion) throw new Error(`${sha256}: other form`);
      isFirst = false;
    }
  }
}

/**
 * The lines of a state that {@link keepLines} archived.
 *
 * @throws CodewatchError `archive-missing`
 */
export async function* readStateLines(archive: Reading, sha256: string): AsyncGenerator<StateLine> {
  for await (const line of readLines(archive, sha256)) yield JSON.parse(line);
}

/**
 * The lines of a delta that {@link keepLines} archived.
 *
 * @throws CodewatchError `archive-missing`
 */
export async function* readDeltaLines(archive: Reading, sha256: string): AsyncGenerator<DeltaLine> {
  for await (const line of readLines(archive, sha256)) yield JSON.parse(line);
}
