// An unspecified code while codes that say more were billable on the date.

import type { CodeFacts } from '../code-facts.ts';
import { choiceOf, editSource, guideline } from '../item-wording.ts';
import { judgeEach } from '../judge-each.ts';
import { knownCodes } from '../known-codes.ts';
import { rememberedBy } from '../remembered-by.ts';
import type { ScrubItem, ScrubRule } from '../rule.ts';

const remedyOf = rememberedBy((known: CodeFacts): string => {
  const { moreSpecific } = known;
  const options = moreSpecific.length > 0 ? moreSpecific : known.siblings;
  if (options.length === 0) return 'Code what the record says of the site.';
  const choice = choiceOf('icd10cm', options);
  return `If the record says more, code it: ${choice}. If it does not, ask whoever treated the patient before the claim goes out.`;
});

/**
 * {@link ScrubRule} `unspecified`. External causes are reported as far as they are known: nobody denies one. What is unspecified of the side alone is for
 * `laterality` to tell.
 */
export const unspecified: ScrubRule = {
  id: 'unspecified',
  finds: 'An unspecified code while more specific ones were billable on the date.',
  source: `${guideline('I.B.18')}; inpatient from 2022-04-01: Medicare Code Editor, unspecified code`,
  severity: 'warning',
  check(subject, facts) {
    const { edits } = facts.book;
    const inpatient = subject.setting === 'inpatient';
    return judgeEach(knownCodes(subject, facts).unspecified, (_, { date, on }) => {
      const { known, flags, name } = on;
      const { moreSpecific, side, status } = known;
      if (status !== 'billable') return undefined;
      const flagged = inpatient && side !== 'unspecified' && flags.has('UNSPECIFIED');
      if (!flagged && moreSpecific.length === 0) return undefined;
      return {
        rule: 'unspecified',
        severity: flagged ? 'error' : subject.type === 'template' ? 'info' : 'warning',
        code: on.text,
        message: flagged
          ? `${name} is on CMS’s list of unspecified codes: an inpatient claim with it is returned.`
          : `${name} is unspecified, and more specific codes are billable on ${date}; payers ask for records or deny.`,
        remedy: remedyOf(known),
        source:
          flagged && edits ? editSource(edits.version, 'unspecified code') : guideline('I.B.18'),
      } satisfies ScrubItem;
    });
  },
};
