// `codewatch intake <files…>`: takes files of claims and templates in for the tenant `local`, each read as it is stored.
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { CodewatchError } from '../../../shared/core/errors.ts';
import { countOf } from '../../../shared/core/wording.ts';
import type { IntakeBody } from '../../../shared/steps/intake-summary.ts';
import { thousands } from '../closing-table.ts';
import { type IntakeAnswer, intakeTable, totalOf } from '../intake-table.ts';
import { openSession, type Session } from '../session.ts';
import type { Print } from '../start-up.ts';
import { exitCodes } from '../terminal.ts';
import { UsageError } from '../usage.ts';
import { bodyOf, type Command, textFlag } from './command.ts';

/** Refusals printed a file; --json has the first thousand. */
const shownMax = 20;

/** How often to say how far a file is. */
const progressMs = 3_000;

/** What a file is called, where its content says nothing. */
const typeByExtension: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.ndjson': 'application/x-ndjson',
  '.jsonl': 'application/x-ndjson',
  '.csv': 'text/csv',
  '.tsv': 'text/tab-separated-values',
  '.837': 'application/edi-x12',
  '.837p': 'application/edi-x12',
  '.837i': 'application/edi-x12',
  '.x12': 'application/edi-x12',
  '.edi': 'application/edi-x12',
};

/** A file on the command line; `size` in bytes where it is known. */
type Source = { readonly file: string; readonly size?: number };

/** Exit code 1 when a record was refused; the others are stored all the same. */
export const intake: Command = async ({ words, flags, settings, terminal }) => {
  if (words.length === 0)
    throw new UsageError('intake takes one or more files, - for standard input');
  const sources = await Promise.all(words.map(sourceOf));
  const mapping = await readMapping(textFlag(flags, 'mapping'));
  const session = await openSession(settings, 'intake', console.error);
  try {
    if (mapping !== undefined) await keepMapping(session, mapping);
    const answers: IntakeAnswer[] = [];
    for (const source of sources) answers.push(await takeIn(session, source, terminal.print));
    const total = totalOf(answers);
    terminal.answer({ ...total, files: answers }, () =>
      [...answers.flatMap(refusalLines), intakeTable(answers), closingLine(total)].join('\n'),
    );
    return total.rejectedCount > 0 ? exitCodes.findings : exitCodes.ok;
  } finally {
    await session.close();
  }
};

async function sourceOf(file: string): Promise<Source> {
  if (file === '-') return { file };
  try {
    const found = await stat(file);
    if (found.isDirectory()) throw new UsageError(`${file} is a folder; name the files in it`);
    return found.isFile() ? { file, size: found.size } : { file };
  } catch (error) {
    throw error instanceof UsageError ? error : cannotRead(file, error);
  }
}

function cannotRead(file: string, error: unknown): UsageError {
  const why = error instanceof Error && 'code' in error ? error.code : error;
  return new UsageError(`${file} cannot be read (${why})`);
}

async function readMapping(file: string | undefined): Promise<unknown> {
  if (file === undefined) return undefined;
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw cannotRead(file, error);
  });
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is no JSON; docs/intake.md shows a mapping`);
  }
}

/** Keeps the mapping beside the other settings. */
async function keepMapping({ ask }: Session, csvMapping: unknown): Promise<void> {
  const kept = await bodyOf<object>(await ask('GET', '/v1/settings'));
  await bodyOf(await ask('PUT', '/v1/settings', { ...kept, csvMapping }));
}

async function takeIn(session: Session, source: Source, print: Print): Promise<IntakeAnswer> {
  const { file, size } = source;
  const shown = file === '-' ? 'standard input' : file;
  let read = 0;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for await (const piece of file === '-' ? process.stdin : createReadStream(file)) {
      read += piece.length;
      yield piece;
    }
  }
  const timer = setInterval(() => print(`${shown}: ${progressOf(read, size)}`), progressMs);
  try {
    const contentType = typeByExtension[extname(file).toLowerCase()] ?? 'application/octet-stream';
    const answer = await session.send('/v1/intake', { bytes: bytes(), contentType });
    return { file: shown, ...(await bodyOf<IntakeBody>(answer)) };
  } catch (error) {
    if (!(error instanceof CodewatchError)) throw error;
    throw new CodewatchError(error.code, `${shown}: ${error.message}`, { cause: error });
  } finally {
    clearInterval(timer);
  }
}

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);

function progressOf(read: number, size: number | undefined): string {
  if (size === undefined || size === 0) return `${megabytes(read)} MB read`;
  const percent = Math.floor((read / size) * 100);
  return `${percent} % (${megabytes(read)} of ${megabytes(size)} MB)`;
}

function refusalLines({ file, rejected, rejectedCount }: IntakeAnswer): string[] {
  const lines = rejected
    .slice(0, shownMax)
    .map(({ where, message, code }) => `${file}, ${where}: ${message} (${code})`);
  const more = rejectedCount - lines.length;
  return more > 0 ? [...lines, `${file}: ${thousands(more)} more refused`] : lines;
}

function closingLine({ accepted, rejectedCount, findings }: ReturnType<typeof totalOf>): string {
  const stored = `${countOf(accepted, 'record')} stored, ${thousands(rejectedCount)} refused`;
  return `${stored}; ${countOf(findings, 'finding')} on them`;
}
