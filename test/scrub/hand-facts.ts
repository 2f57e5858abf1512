// Facts written down by hand, and claims over them: what one rule is tried on, without a code table.
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { createFamily } from '../../shared/core/code-family.ts';
import type { EditList } from '../../shared/core/edit-list.ts';
import type { NoteKind, TabularList, TabularNode, TabularNote } from '../../shared/core/tabular.ts';
import type { CodeFacts } from '../../shared/scrub/code-facts.ts';
import { codeOnDate } from '../../shared/scrub/code-on-date.ts';
import { createRuleBook } from '../../shared/scrub/create-rule-book.ts';
import type { RuleFacts, Subject, SubjectDiagnosis } from '../../shared/scrub/rule.ts';
import { rows } from '../support/releases.ts';

/** A day on which everything written down by hand holds. */
export const day = calendarDate('2021-10-01');

const nothing: CodeFacts = {
  status: 'unknown',
  title: null,
  since: null,
  replacedBy: [],
  replaces: [],
  below: [],
  nearMisses: [],
  siblings: [],
  side: null,
  otherSides: [],
  moreSpecific: [],
};

type More = {
  readonly tabular?: readonly TabularList[];
  readonly edits?: EditList;
  /** What else is known of single codes, from a date on when `from` is given. */
  readonly known?: Readonly<Record<string, Partial<CodeFacts> & { readonly from?: string }>>;
  readonly knowsTree?: boolean;
  readonly edition?: string | null;
};

/** Facts of codes in lines `M545 0 Low back pain`; whatever has no line and is not in `known` is in no release. */
export function handFacts(lines: readonly string[], more: More = {}): RuleFacts {
  const listed = rows(...lines);
  const { tabular = [], edits, known = {}, edition = '2021-10-01' } = more;
  const factsOf = (code: string): CodeFacts => {
    const row = listed.find((one) => one.code === code);
    if (!row) return nothing;
    const category = listed.filter((one) => one.code.startsWith(code.slice(0, 3)));
    const family = createFamily(category.map((one) => ({ ...one, title: one.long })));
    const common = { ...nothing, title: row.long, since: day };
    if (!row.billable) return { ...common, status: 'header', below: family.below(code) };
    const siblings = family.siblingsOf(code);
    const { side, otherSides } = family.kinOf(code);
    const moreSpecific = family.moreSpecificBesideSide(code);
    return { ...common, status: 'billable', siblings, side, otherSides, moreSpecific };
  };
  const book = createRuleBook({ tabular, ...(edits && { edits }) });
  return {
    code(system, code, date) {
      const { from = '', ...own } = known[code] ?? {};
      const facts = date < from ? factsOf(code) : { ...factsOf(code), ...own };
      return codeOnDate({ system, code }, date, facts, book);
    },
    editionOn: () => (edition === null ? null : calendarDate(edition)),
    book,
    knowsTree: more.knowsTree ?? true,
    icd10Begins: calendarDate('2015-10-01'),
  };
}

/** Diagnoses in order, the first as principal. */
export const diagnosesOf = (...codes: readonly string[]): readonly SubjectDiagnosis[] =>
  codes.map((code, index) => ({
    position: index + 1,
    system: 'icd10cm',
    code,
    role: index === 0 ? 'principal' : 'other',
  }));

/** A claim of {@link day} with these diagnoses. */
export const claim = (
  codes: readonly string[],
  more: Partial<Omit<Subject, 'type'>> = {},
): Subject => ({
  type: 'claim',
  date: day,
  diagnoses: diagnosesOf(...codes),
  procedures: [],
  lines: [],
  ...more,
});

/** A template with these codes, checked for {@link day}. */
export const template = (...codes: readonly string[]): Subject => ({
  ...claim(codes),
  type: 'template',
});

/** A note and the codes it names: `F4541`, `E00-E03`. */
export const note = (kind: NoteKind, text: string, ...targets: readonly string[]): TabularNote => ({
  kind,
  text,
  targets: targets.map((target) => {
    const [from = '', to = from] = target.split('-');
    return { from, to };
  }),
});

/** A code of the tabular list with its notes. */
export const node = (
  code: string,
  notes: readonly TabularNote[],
  more: Partial<TabularNode> = {},
): TabularNode => {
  const [from = '', to = from] = code.split('-');
  return { at: { from, to }, level: 'diag', title: code, notes, seventh: [], ...more };
};

/** The tabular list of a release. */
export const tabularList = (effective: string, ...nodes: readonly TabularNode[]): TabularList => ({
  effective: calendarDate(effective),
  nodes,
});

/** Edits of codes, all in force from 2015-10-01 through 2024-09-30: `O80: 'MATERNITY|FEMALE'`. */
export const editList = (flags: Readonly<Record<string, string>>): EditList => ({
  version: '43.1',
  rows: Object.entries(flags).map(([code, text]) => ({
    system: 'icd10cm',
    code,
    from: calendarDate('2015-10-01'),
    to: calendarDate('2024-09-30'),
    flags: text.split('|'),
  })),
  ages: [
    {
      group: 'MATERNITY',
      from: calendarDate('1984-03-01'),
      to: calendarDate('2026-09-30'),
      ageMin: 9,
      ageMax: 64,
    },
  ],
});
