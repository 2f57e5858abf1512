// `codewatch lookup CODE --on DATE`: what a code is on a date of service.
import {
  type CodeSystemId,
  codeSystemIds,
  codeSystems,
  isCodeSystemId,
  normalizeCode,
} from '../../../shared/core/code-system.ts';
import { countOf } from '../../../shared/core/wording.ts';
import type { Lookup } from '../../../shared/operations/look-up-code.ts';
import type { KnownNearMiss } from '../../../shared/operations/near-misses-on.ts';
import type { Span } from '../../../shared/operations/timeline-span.ts';
import { openSession } from '../session.ts';
import { exitCodes } from '../terminal.ts';
import { UsageError } from '../usage.ts';
import { bodyOf, type Command, dayFlag, textFlag } from './command.ts';

/** Exit code 0 whatever the answer is: a look-up finds nothing wrong, it answers. */
export const lookup: Command = async ({ words, flags, settings, terminal }) => {
  const [code, ...more] = words;
  if (code === undefined || more.length > 0) throw new UsageError('lookup takes one code');
  const asked = textFlag(flags, 'system');
  if (asked !== undefined && !isCodeSystemId(asked)) {
    throw new UsageError(`--system: no code system "${asked}"`);
  }
  const systems = asked === undefined ? systemsToAsk(code) : [asked];
  const query = new URLSearchParams();
  const date = dayFlag(flags, 'on');
  if (date) query.set('date', date);
  const known = textFlag(flags, 'known');
  if (known !== undefined) query.set('known', known);

  const session = await openSession(settings, 'lookup', console.error);
  try {
    const answers: Lookup[] = [];
    for (const system of systems) {
      const path = `/v1/codes/${system}/${encodeURIComponent(code)}?${query}`;
      answers.push(await bodyOf<Lookup>(await session.ask('GET', path)));
    }
    const { answer, others } = chosenOf(answers);
    const untold = untoldIn(answers, answer);
    const beside = [...others.map(otherLine), ...untold.map(untoldLine)];
    terminal.answer(answer, () => [textOf(answer), ...beside].join('\n'));
    return exitCodes.ok;
  } finally {
    await session.close();
  }
};

/** The systems the text can be a code of; what can be none is asked of ICD-10-CM, which knows the slips. */
export function systemsToAsk(code: string): readonly CodeSystemId[] {
  const possible = codeSystemIds.filter((system) => normalizeCode(system, code) !== undefined);
  return possible.length > 0 ? possible : ['icd10cm'];
}

const isKnown = ({ status }: Lookup): boolean =>
  status !== 'unknown' && status !== 'outside-horizon';

/**
 * Of the answers of several systems the first that knows the code, and the others that do; where none does, the first
 * that has releases to tell by.
 */
export function chosenOf(answers: readonly Lookup[]): {
  readonly answer: Lookup;
  readonly others: readonly Lookup[];
} {
  const [known, ...others] = answers.filter(isKnown);
  const answer = known ?? answers.find(({ status }) => status === 'unknown') ?? answers[0];
  if (!answer) throw new Error('no code system was asked');
  return { answer, others };
}

const otherLine = ({ system, code, status }: Lookup): string =>
  `  also a code of ${codeSystems[system].title}: ${code}, ${meanings[status]} (--system ${system})`;

/** Systems that could have the code but have no release to tell by, where no other knows it. */
export const untoldIn = (answers: readonly Lookup[], answer: Lookup): readonly Lookup[] =>
  isKnown(answer)
    ? []
    : answers.filter((one) => one !== answer && one.status === 'outside-horizon');

const untoldLine = ({ system, code, date }: Lookup): string =>
  `  it may be a code of ${codeSystems[system].title} (${code}): no release of that taken in covers ${date}`;

const meanings: Readonly<Record<Lookup['status'], string>> = {
  billable: 'billable',
  header: 'a category, not billable',
  ended: 'ended, not billable',
  future: 'not valid yet',
  unknown: 'in no release',
  'outside-horizon': 'before the oldest release taken in: nothing can be said',
};

/** The answer for people. */
export function textOf(answer: Lookup): string {
  const { code, date, status, title, effective, release, replacedBy, replaces, provisional } =
    answer;
  const lines = [`${code} on ${date}: ${meanings[status]}${provisional ? ' (provisional)' : ''}`];
  if (title) lines.push(`  ${title.long}`);
  if (effective) lines.push(`  ${spanText(status, effective)} (${release})`);
  const named = replacedBy.map((one) => `${one.code} (${one.source})`);
  if (named.length > 0) lines.push(`  bill instead: ${named.join(', ')}`);
  const taken = replaces.map((one) => one.code);
  if (taken.length > 0) lines.push(`  took over from: ${taken.join(', ')}`);
  return [...lines, ...childLines(answer), ...nearMissLines(answer)].join('\n');
}

function childLines({ children, childrenTotal }: Lookup): string[] {
  if (!children || children.length === 0) return [];
  const shown = children.map((one) => `    ${one.code}  ${one.short}`);
  const more = (childrenTotal ?? 0) - children.length;
  const head = `  ${countOf(childrenTotal ?? 0, 'billable code')} under it:`;
  return [head, ...shown, ...(more > 0 ? [`    and ${countOf(more, 'more code')}`] : [])];
}

/** The slip in words. */
const slips: Readonly<Record<KnownNearMiss['reason'], string>> = {
  dot: 'dot misplaced',
  punctuation: 'blank or punctuation inside',
  'letter-o-digit-0': 'letter O and digit 0 confused',
  'letter-i-digit-1': 'letter I or l and digit 1 confused',
  placeholder: 'placeholder X missing or surplus',
  'seventh-character': '7th character missing',
  'surplus-character': 'characters too many',
  'other-system': 'a code of another system',
};

function nearMissLines({ system, nearMisses }: Lookup): string[] {
  if (!nearMisses || nearMisses.length === 0) return [];
  const shown = nearMisses.map((one) => {
    const where = one.system === system ? '' : ` in ${codeSystems[one.system].title}`;
    return `    ${one.code}${where}  ${meanings[one.status]} (${slips[one.reason]})`;
  });
  return ['  did you mean:', ...shown];
}

function spanText(status: Lookup['status'], { from, to }: Span): string {
  if (status === 'ended') return `ended on ${from}`;
  if (to !== null) return `from ${from} to ${to}`;
  return status === 'future' ? `valid from ${from}` : `since ${from}`;
}
