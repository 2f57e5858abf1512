// A category on a claim: it is never billable, the codes below it are.

import type { CodeFacts } from '../code-facts.ts';
import { answered, choiceOf, named, releaseSource, written } from '../item-wording.ts';
import { judgeEach } from '../judge-each.ts';
import { knownCodes } from '../known-codes.ts';
import type { ScrubItem, ScrubRule } from '../rule.ts';
import { seventhFault } from '../seventh-character.ts';

/** What the conversion table names first, then what else is below. */
const choices = ({ replacedBy, below }: CodeFacts) => [
  ...replacedBy,
  ...below.filter(({ code }) => !replacedBy.some((one) => one.code === code)),
];

/** {@link ScrubRule} `code-header`. */
export const codeHeader: ScrubRule = {
  id: 'code-header',
  finds: 'A category where a billable code is needed, with the billable codes below it.',
  source: 'ICD-10-CM (CDC/NCHS) and ICD-10-PCS (CMS) order files; guideline I.B.2',
  severity: 'error',
  check: (subject, facts) =>
    judgeEach(
      knownCodes(subject, facts).unbillable,
      ({ system, code }, { date, on: { known } }) => {
        if (known.status !== 'header') return undefined;
        // A missing seventh character is the more exact finding.
        if (system === 'icd10cm' && seventhFault(code, known)) return undefined;
        const { replacedBy, title, since } = known;
        const text = named(system, code, title);
        const options = choices(known);
        return {
          rule: 'code-header',
          severity: 'error',
          code: written(system, code),
          message:
            replacedBy.length > 0
              ? `${text} has been a category since ${since}, when it was divided; it is not billable on ${date}.`
              : `${text} is a category, not a billable code, on ${date}.`,
          remedy:
            options.length > 0
              ? `Code to the full number of characters, as the record supports: ${choiceOf(system, options)}.`
              : 'Code to the full number of characters.',
          source: releaseSource(system, facts.editionOn(system, date)),
          ...(replacedBy.length > 0 && { replacedBy: answered(system, replacedBy) }),
        } satisfies ScrubItem;
      },
    ),
};
