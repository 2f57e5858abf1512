// A manifestation as the first diagnosis: the disease it belongs to comes before it.

import { editSource, guideline } from '../item-wording.ts';
import { judgeEach } from '../judge-each.ts';
import { type KnownUse, knownCodes } from '../known-codes.ts';
import type { RuleFacts, ScrubItem, ScrubRule } from '../rule.ts';

/** Titles that name manifestations (guideline I.A.13); B95.6- "as the cause of diseases classified elsewhere" do not. */
const manifestationTitle = /\bin (?:[^,]* )?diseases? classified elsewhere/i;

/** By CMS's list; where that says nothing of the date and CMS's editor does not judge the claim, by the title. */
function isManifestation(
  { date, on: { known, flags } }: KnownUse,
  { book: { edits } }: RuleFacts,
  inpatient: boolean,
): boolean {
  if (edits?.covers(date)) return flags.has('MANIF');
  return !inpatient && known.status === 'billable' && manifestationTitle.test(known.title ?? '');
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
    return judgeEach([first], (_, use) => {
      if (!isManifestation(use, facts, inpatient)) return undefined;
      return {
        rule: 'principal-manifestation',
        severity: 'error',
        code: use.on.text,
        message: `${use.on.name} is a manifestation and can never be the ${inpatient ? 'principal' : 'first-listed'} diagnosis.`,
        remedy: 'List the underlying disease first and this code right after it.',
        source:
          inpatient && edits
            ? editSource(edits.version, 'manifestation code as principal diagnosis')
            : guideline('I.A.13'),
      } satisfies ScrubItem;
    });
  },
};
