// A manifestation as the first diagnosis: the disease it belongs to comes before it.

import { editSource, guideline, named, written } from '../item-wording.ts';
import { judgeEach, type KnownUse, knownCodes } from '../known-codes.ts';
import type { RuleFacts, ScrubItem, ScrubRule } from '../rule.ts';

/** Titles that name manifestations (guideline I.A.13); B95.6- "as the cause of diseases classified elsewhere" do not. */
const manifestationTitle = /\bin (?:[^,]* )?diseases? classified elsewhere/i;

/** By CMS's list; where that says nothing of the date and CMS's editor does not judge the claim, by the title. */
function isManifestation(
  { date, known: { status, title }, flags }: KnownUse,
  { book: { edits } }: RuleFacts,
  inpatient: boolean,
): boolean {
  if (edits?.covers(date)) return flags.has('MANIF');
  return !inpatient && status === 'billable' && manifestationTitle.test(title ?? '');
}

/** {@link ScrubRule} `principal-manifestation`. */
export const principalManifestation: ScrubRule = {
  id: 'principal-manifestation',
  finds: 'A manifestation code as principal or first-listed diagnosis.',
  source: `${guideline('I.A.13')}; Medicare Code Editor, manifestation as principal`,
  severity: 'error',
  check(subject, facts) {
    const { first } = knownCodes(subject, facts);
    if (!first) return [];
    const { edits } = facts.book;
    const inpatient = subject.setting === 'inpatient';
    return judgeEach([first], ({ code }, use) => {
      if (!isManifestation(use, facts, inpatient)) return undefined;
      return {
        rule: 'principal-manifestation',
        severity: 'error',
        code: written('icd10cm', code),
        message: `${named('icd10cm', code, use.known.title)} is a manifestation and can never be the ${inpatient ? 'principal' : 'first-listed'} diagnosis.`,
        remedy: 'List the underlying disease first and this code right after it.',
        source:
          inpatient && edits
            ? editSource(edits.version, 'manifestation code as principal diagnosis')
            : guideline('I.A.13'),
      } satisfies ScrubItem;
    });
  },
};
