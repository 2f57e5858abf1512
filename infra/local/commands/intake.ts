// `codewatch intake <files…>`: takes files of claims and templates in for the tenant `local`, each read as it is stored.
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { CodewatchError } from '../../../shared/core/errors.ts';
import { countOf } from '../../../shared/core/wording.ts';
import type { IntakeBody } from '../../../shared/steps/intake-summary.ts';
import { thousands } from '../closing-table.ts';
import {
  bytesOf,
  cannotRead,
  type IntakeSource,
  intakeSources,
  placeIn,
} from '../intake-sources.ts';
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

/** Exit code 1 when a record was refused; the others are stored all the same. */
export const intake: Command = async ({ words, flags, settings, terminal }) => {
  if (words.length === 0)
    throw new UsageError('intake takes one or more files or folders, - for standard input');
  const sources = await intakeSources(words);
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

async function takeIn(session: Session, source: IntakeSource, print: Print): Promise<IntakeAnswer> {
  const { shown, paths, size } = source;
  let read = 0;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for await (const piece of bytesOf(source)) {
      read += piece.length;
      yield piece;
    }
  }
  const timer = setInterval(() => print(`${shown}: ${progressOf(read, size)}`), progressMs);
  try {
    const extension = extname(paths[0] ?? '').toLowerCase();
    const contentType = typeByExtension[extension] ?? 'application/octet-stream';
    const answer = await session.send('/v1/intake', { bytes: bytes(), contentType });
    return { file: shown, ...placed(source, await bodyOf<IntakeBody>(answer)) };
  } catch (error) {
    if (!(error instanceof CodewatchError)) throw error;
    throw new CodewatchError(error.code, `${shown}: ${error.message}`, { cause: error });
  } finally {
    clearInterval(timer);
  }
}

/** The answer with the places of the files that were put together. */
function placed(source: IntakeSource, body: IntakeBody): IntakeBody {
  const at = <T extends { readonly where: string }>(one: T): T => ({
    ...one,
    where: placeIn(source, one.where),
  });
  return { ...body, rejected: body.rejected.map(at), warnings: body.warnings.map(at) };
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

function closingLine(total: ReturnType<typeof totalOf>): string {
  const { created, replaced, unchanged, removed, rejectedCount, findings } = total;
  const parts = [
    `${countOf(created + replaced, 'record')} stored`,
    `${thousands(unchanged)} unchanged`,
    ...(removed > 0 ? [`${thousands(removed)} voided`] : []),
    `${thousands(rejectedCount)} refused`,
  ];
  return `${parts.join(', ')}; ${countOf(findings, 'finding')} on them`;
}
