// What could not be judged, and for want of what: said once a claim, and only where it would have mattered.
import { type CalendarDate, fiscalYearOf } from '../../core/calendar-date.ts';
import { type KnownCodes, knownCodes } from '../known-codes.ts';
import { lineCoverage } from '../line-coverage.ts';
import type { RuleFacts, ScrubItem, ScrubRule, Subject } from '../rule.ts';
import { ageGroups } from './age-conflict.ts';
import { sexConflictEnds } from './sex-conflict.ts';

const source = 'Codewatch: what the claim and the data taken in leave open';

const item = (message: string, remedy: string): ScrubItem => ({
  rule: 'not-checked',
  severity: 'info',
  message,
  remedy,
  source,
});

const loadLists = 'Nothing to do for this claim; whoever runs Codewatch can take the list in.';

type Question = (subject: Subject, dated: KnownCodes, facts: RuleFacts) => ScrubItem | undefined;

const dateMissing: Question = ({ type }, { diagnoses, codes, services }) => {
  const isMissing = [...diagnoses, ...codes, ...services].some(({ uses }) => uses.length === 0);
  if (!isMissing) return undefined;
  return type === 'template'
    ? item(
        'No date to check the template for was given: its codes were not judged.',
        'Give a date.',
      )
    : item(
        'The claim has no date of service (inpatient: of discharge): its codes were not judged.',
        'Add the date.',
      );
};

const settingMissing: Question = ({ setting, lines, type }, { first }) => {
  if (setting !== undefined || type !== 'claim') return undefined;
  const wouldMatter = first?.uses[0]?.on.flags.has('UNACCEPTABLE');
  const pointersMissing =
    lines.length > 0 && lines.every(({ pointers = [] }) => pointers.length === 0);
  if (!wouldMatter && !pointersMissing) return undefined;
  const what = wouldMatter
    ? 'whether the principal diagnosis is acceptable'
    : 'whether its lines need diagnosis pointers';
  return item(
    `Whether the claim is inpatient, outpatient or professional is not known, and so not ${what}.`,
    'Say what kind of claim it is (setting).',
  );
};

/** Whether a reported code carries one of these flags on one of its dates. */
const isFlagged = (
  names: readonly string[],
  { flagged }: KnownCodes,
  until?: CalendarDate,
): boolean =>
  flagged.some(({ uses }) =>
    uses.some(
      ({ date, on: { flags } }) =>
        (until === undefined || date <= until) && names.some((name) => flags.has(name)),
    ),
  );

const ageMissing: Question = ({ age, type }, dated) =>
  age === undefined && type === 'claim' && isFlagged(ageGroups, dated)
    ? item(
        'A diagnosis of the claim is limited to certain ages, and the age is not known: it was not compared.',
        'Give the age in years on the date of service.',
      )
    : undefined;

const sexMissing: Question = ({ sex, type }, dated) =>
  sex === undefined && type === 'claim' && isFlagged(['FEMALE', 'MALE'], dated, sexConflictEnds)
    ? item(
        'A diagnosis of the claim is limited to one sex, and the sex is not known: it was not compared.',
        'Give the sex.',
      )
    : undefined;

const editsMissing: Question = ({ type }, { reported }, { book: { edits }, icd10Begins }) => {
  const date = reported[0]?.uses[0]?.date;
  if (type !== 'claim' || date === undefined || date < icd10Begins || edits?.covers(date)) {
    return undefined;
  }
  const why = edits
    ? `The Medicare Code Editor’s lists v${edits.version} do not cover ${date}`
    : 'The Medicare Code Editor’s lists are not at hand';
  return item(`${why}: its edits of principal diagnosis, age and sex were not applied.`, loadLists);
};

const tabularMissing: Question = ({ type }, { reported }, { book, icd10Begins }) => {
  const date = reported[0]?.uses[0]?.date;
  if (type !== 'claim' || date === undefined || date < icd10Begins) return undefined;
  const list = book.tabularOn(date);
  if (list?.exact) return undefined;
  const year = fiscalYearOf(date);
  return list
    ? item(
        `Excludes1 and “code first” notes were read from the tabular list effective ${list.effective}: the one of fiscal year ${year} is not at hand.`,
        `Look up notes that may have changed in the tabular list of fiscal year ${year}.`,
      )
    : item(
        'No tabular list is at hand: Excludes1 and “code first” notes were not applied.',
        loadLists,
      );
};

const treeMissing: Question = (_, { codes }, { knowsTree }) =>
  knowsTree || codes.length === 0
    ? undefined
    : item(
        'The snapshot of the code table is not at hand: siblings and sides of the codes were not compared.',
        'Try again in a minute.',
      );

const releaseMissing: Question = (_, { codes }, facts) => {
  let checked: CalendarDate | undefined;
  for (const { system, uses } of codes) {
    for (const { date } of uses) {
      if (date === checked || system !== 'icd10cm') continue;
      checked = date;
      const edition = facts.editionOn(system, date);
      if (edition === null || fiscalYearOf(date) <= fiscalYearOf(edition)) continue;
      return item(
        `The codes of fiscal year ${fiscalYearOf(date)} are not at hand: ${date} was judged by the release effective ${edition}.`,
        'Check again once the release of that year is out.',
      );
    }
  }
  return undefined;
};

const icd9NotKept: Question = (_, { diagnoses }, { icd10Begins }) =>
  diagnoses.some(
    ({ system, uses }) => system === 'icd9cm' && uses.some(({ date }) => date < icd10Begins),
  )
    ? item(
        'No table of ICD-9-CM is kept: whether its codes are valid was not judged.',
        'Check them in the code book of that year.',
      )
    : undefined;

const payerMissing: Question = (subject, _, facts) =>
  lineCoverage(subject, facts).payerMissing
    ? item(
        'Policies name a procedure of the claim, and its payer is none of those known: coverage was not judged.',
        'Name the payer, or give the claim filing indicator.',
      )
    : undefined;

const stateMissing: Question = (subject, _, facts) => {
  if (!lineCoverage(subject, facts).stateMissing) return undefined;
  const why =
    subject.state === undefined
      ? 'its state is not known'
      : 'the state it names is none of the United States';
  return item(
    `The payer’s policies on a procedure of the claim differ by state, and ${why}: coverage was not judged.`,
    'Give the state in which the service was rendered.',
  );
};

const questions: readonly Question[] = [
  dateMissing,
  settingMissing,
  ageMissing,
  sexMissing,
  editsMissing,
  tabularMissing,
  treeMissing,
  releaseMissing,
  icd9NotKept,
  payerMissing,
  stateMissing,
];

/** {@link ScrubRule} `not-checked`. */
export const notChecked: ScrubRule = {
  id: 'not-checked',
  finds: 'What could not be judged because the claim, or the data taken in, leave something open.',
  source,
  severity: 'info',
  check(subject, facts) {
    const dated = knownCodes(subject, facts);
    let items: ScrubItem[] | undefined;
    for (const ask of questions) {
      const said = ask(subject, dated, facts);
      if (said) items = [...(items ?? []), said];
    }
    return items ?? [];
  },
};
