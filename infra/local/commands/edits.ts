// `codewatch edits FILE`: takes a version of the Medicare Code Editor's lists in, for scrub rules.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { countOf } from '../../../shared/core/wording.ts';
import { type EditsTakenIn, takeInEdits } from '../../../shared/steps/take-in-edits.ts';
import { thousands } from '../closing-table.ts';
import { openSession } from '../session.ts';
import { exitCodes } from '../terminal.ts';
import { UsageError } from '../usage.ts';
import { type Command, runtimeOf, textFlag } from './command.ts';

/** Exit code 1 when the file has an error; nothing of it is taken in then. `--mce-version` where its name tells none. */
export const edits: Command = async ({ words, flags, settings, terminal }) => {
  const [path, ...more] = words;
  if (path === undefined || more.length > 0) throw new UsageError('edits takes one file');
  const bytes = await bytesOf(path);
  const version = textFlag(flags, 'mce-version');
  const session = await openSession(settings, 'edits', console.error);
  try {
    const { codeItems: items, archive, clock } = runtimeOf(session, 'edits').ports;
    const file = { name: basename(path), bytes, ...(version !== undefined && { version }) };
    const result = await takeInEdits({ items, archive, clock }, file);
    terminal.answer(result, () => linesOf(result).join('\n'));
    return result.takenIn === 'no' ? exitCodes.findings : exitCodes.ok;
  } finally {
    await session.close();
  }
};

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? error.code : error;
    throw new UsageError(`${path} cannot be read (${why})`);
  }
}

const outcomes: Readonly<Record<EditsTakenIn['takenIn'], string>> = {
  yes: 'taken in',
  already: 'was taken in before',
  no: 'not taken in; correct the file first',
};

function linesOf({ version, counts, findings, takenIn }: EditsTakenIn): string[] {
  const { read, rows, ages, rejected } = counts;
  const parts = [`${thousands(rows)} of codes`, `${thousands(ages)} of age groups`];
  if (rejected > 0) parts.push(`${thousands(rejected)} rejected`);
  return [
    ...findings.map(({ where, message, code }) => `${where}: ${message} (${code})`),
    `Medicare Code Editor ${version}: ${countOf(read, 'row')}, ${parts.join(', ')}; ${outcomes[takenIn]}`,
  ];
}
