// The one entry of intake: any file of claims or templates becomes records, one after the other, in constant memory.
// docs/intake-formats.md says what each format gives.
import { type Gunzipped, gunzipBytes, isGzip } from '../formats/gunzip.ts';
import { type PeekedBytes, peekBytes } from '../formats/peek-bytes.ts';
import { readTextPieces } from '../formats/text-pieces.ts';
import type { IntakeRecord } from './intake-record.ts';
import type { RefusalCode } from './parse-artifact.ts';
import { readJsonIntake } from './read-json-intake.ts';
import type { RelatedTables } from './related-tables.ts';
import { headBytes, type IntakeFormat, type SaidOfFile, sniffIntake } from './sniff-intake.ts';
import type { CsvMapping } from './tables/csv-mapping.ts';
import { readFeeSheetSql } from './tables/fee-sheet-sql.ts';
import { readTables } from './tables/read-tables.ts';
import { type ReadRecord, tellRepeats } from './tell-repeats.ts';
import { readX12Claims } from './x12/read-x12-claims.ts';

/** What helps to read a file; nothing of it is needed. */
export type IntakeOptions = SaidOfFile & {
  /** How to read a table with somebody else's columns. */
  readonly mapping?: CsvMapping;
  /** Reads tables that only make claims together, in one text or a zip; without it they are refused by name. */
  readonly related?: RelatedTables;
};

const refused = (message: string, code: RefusalCode = 'unreadable'): IntakeRecord => ({
  kind: 'rejected',
  where: 'file',
  code,
  message,
});

const otherZip =
  'the file is a zip without tables that belong together; unpack it and send the files in it';

function batchesOf(
  format: Exclude<IntakeFormat, 'x12'>,
  bytes: AsyncIterable<Uint8Array>,
  mapping: CsvMapping | undefined,
): AsyncIterable<readonly ReadRecord[]> {
  const pieces = readTextPieces(bytes);
  if (format === 'sql') return readFeeSheetSql(pieces);
  if (format === 'table') return readTables(pieces, mapping);
  return readJsonIntake(pieces, format === 'json-lines');
}

/** The file without its packing: gzip, or a zip of tables that belong together. */
function unpack(
  { head, bytes }: PeekedBytes,
  related: RelatedTables | undefined,
): (Gunzipped & { readonly isZip: boolean }) | undefined {
  if (isGzip(head)) return { ...gunzipBytes(bytes), isZip: false };
  return related?.isZip(head) ? { ...related.unpack(bytes), isZip: true } : undefined;
}

async function* readPeeked(
  file: PeekedBytes,
  options: IntakeOptions,
): AsyncGenerator<IntakeRecord> {
  if (options.related?.isOne(file.head)) {
    yield* options.related.read(file.bytes);
    return;
  }
  const sniffed = sniffIntake(file.head, file.isWhole, options);
  if ('refusal' in sniffed) yield { kind: 'rejected', where: 'file', ...sniffed.refusal };
  else if (sniffed.format === 'x12') yield* readX12Claims(file.bytes);
  else yield* tellRepeats(batchesOf(sniffed.format, file.bytes, options.mapping));
}

/**
 * The records of a file: X12 837, FHIR R4 JSON (one resource, Bundle, NDJSON), CMS claim files (RIF),
 * our own records as JSON, NDJSON or CSV, other tables through a mapping, OpenEMR's fee sheet, CMS's
 * IDR tables together; packed with gzip or not. The content decides what a file is, whatever it is called. A file that is none of
 * these gives one refused record that says what it is and what to send instead.
 */
export async function* readIntake(
  bytes: AsyncIterable<Uint8Array>,
  options: IntakeOptions = {},
): AsyncGenerator<IntakeRecord> {
  const sent = await peekBytes(bytes, headBytes);
  const unpacked = unpack(sent, options.related);
  const file = unpacked ? await peekBytes(unpacked.bytes, headBytes) : sent;
  try {
    const isNothing = file.head.length === 0 && unpacked?.fault() !== undefined;
    if (unpacked?.isZip && !isNothing && !options.related?.isOne(file.head)) {
      yield refused(otherZip, 'unsupported');
      return;
    }
    if (!isNothing) yield* readPeeked(file, options);
    const fault = unpacked?.fault();
    if (fault !== undefined) yield refused(`the file ${fault}; what came before is read`);
  } finally {
    await file.close();
    await sent.close();
  }
}
