// `codewatch check <files…> --on DATE`: do these claims and templates hold on that date? For continuous integration.
import { governingDate } from '../../../shared/core/artifact.ts';
import type { CalendarDate } from '../../../shared/core/calendar-date.ts';
import { dayOfInstant } from '../../../shared/core/calendar-date.ts';
import { countOf } from '../../../shared/core/wording.ts';
import { fixedClock, systemClock } from '../../../shared/edge/system-clock.ts';
import { type CheckItem, checkItemsMax } from '../../../shared/operations/check-codes.ts';
import type { Lookup } from '../../../shared/operations/look-up-code.ts';
import { thousands } from '../closing-table.ts';
import { type AskApi, openSession } from '../session.ts';
import type { Settings } from '../settings.ts';
import { exitCodes } from '../terminal.ts';
import { UsageError } from '../usage.ts';
import { bodyOf, type Command, dayFlag } from './command.ts';
import { type ArtifactFiles, readArtifactFiles } from './read-artifact-files.ts';

/** One use of a code that does not hold. */
type Problem = {
  readonly file: string;
  readonly artifact: { readonly type: 'claim' | 'template'; readonly id: string };
} & Lookup;

/**
 * Claims are checked on their own date where they have one, everything else on `--on` (today when absent). Exit code 1
 * when a code is not billable or a record cannot be read.
 */
export const check: Command = async ({ words, flags, settings, terminal }) => {
  if (words.length === 0) throw new UsageError('check takes one or more files');
  const on = dayFlag(flags, 'on') ?? todayOf(settings);
  const files = await readArtifactFiles(words);
  const session = await openSession(settings, 'check', console.error);
  try {
    const { checked, problems } = await problemsIn(session.ask, files, on);
    const { rejected } = files;
    terminal.answer({ on, checked, problems, rejected }, () => {
      const lines = [
        ...problems.map(problemLine),
        ...rejected.map((one) => `${one.file}, ${one.where}: ${one.message} (${one.code})`),
      ];
      const wrong = `${thousands(problems.length)} not billable`;
      const unread = `${countOf(rejected.length, 'record')} unreadable`;
      return [...lines, `${countOf(checked, 'code use')} checked, ${wrong}; ${unread}`].join('\n');
    });
    return problems.length + rejected.length > 0 ? exitCodes.findings : exitCodes.ok;
  } finally {
    await session.close();
  }
};

async function problemsIn(
  ask: AskApi,
  { artifacts }: ArtifactFiles,
  on: CalendarDate,
): Promise<{ checked: number; problems: readonly Problem[] }> {
  const uses = artifacts.flatMap(({ file, artifact }) => {
    const own = artifact.type === 'claim' ? governingDate(artifact) : undefined;
    const { type, id } = artifact;
    return artifact.codes.map((use) => ({
      file,
      artifact: { type, id },
      item: { ...use, date: own ?? on } satisfies CheckItem,
    }));
  });
  const problems: Problem[] = [];
  for (let i = 0; i < uses.length; i += checkItemsMax) {
    const batch = uses.slice(i, i + checkItemsMax);
    const items = batch.map((use) => use.item);
    const answer = await ask('POST', '/v1/check', { items });
    const { results } = await bodyOf<{ results: readonly Lookup[] }>(answer);
    for (const [at, result] of results.entries()) {
      const use = batch[at];
      if (use && !result.billable)
        problems.push({ file: use.file, artifact: use.artifact, ...result });
    }
  }
  return { checked: uses.length, problems };
}

function problemLine({ file, artifact, code, status, date, replacedBy }: Problem): string {
  const instead = replacedBy.map((one) => one.code).join(', ');
  const hint = instead === '' ? '' : `; bill instead: ${instead}`;
  return `${file}, ${artifact.type} ${artifact.id}: ${code} is ${status} on ${date}${hint}`;
}

function todayOf({ now }: Settings): CalendarDate {
  const clock = now === undefined ? systemClock : fixedClock(now);
  const day = dayOfInstant(clock.now());
  if (!day) throw new Error('the clock gave no instant');
  return day;
}
