// A date no release that was taken in covers: nothing can be said of the code, and that is said.

import { releaseSource, written } from '../item-wording.ts';
import { judgeEach } from '../judge-each.ts';
import { knownCodes } from '../known-codes.ts';
import type { ScrubItem, ScrubRule } from '../rule.ts';

/** {@link ScrubRule} `code-outside-horizon`. */
export const codeOutsideHorizon: ScrubRule = {
  id: 'code-outside-horizon',
  finds: 'A date that no release taken in covers: the code cannot be judged.',
  source: 'The releases this installation has taken in',
  severity: 'info',
  check: (subject, facts) =>
    judgeEach(
      knownCodes(subject, facts).unbillable,
      ({ system, code }, { date, on: { known } }) => {
        // Before ICD-10 began the code set itself is wrong, which is another rule's to tell. Of HCPCS a few years are
        // taken in, or none at all: nothing is promised of older claims.
        const isTold = system === 'hcpcs' || (system === 'icd10cm' && date < facts.icd10Begins);
        if (known.status !== 'outside-horizon' || isTold) return undefined;
        const text = written(system, code);
        return {
          rule: 'code-outside-horizon',
          severity: 'info',
          code: text,
          message: `Whether ${text} was valid on ${date} is not known here: no release that covers the date was taken in.`,
          remedy:
            'Check the date of service; if it is right, check the code in the code book of that year.',
          source: releaseSource(system, facts.editionOn(system, date)),
        } satisfies ScrubItem;
      },
    ),
};
