// A code that takes effect only after the date of service.

import {
  choiceOf,
  codeFilesAndConversions,
  named,
  releaseSource,
  written,
} from '../item-wording.ts';
import { judgeEach } from '../judge-each.ts';
import { knownCodes } from '../known-codes.ts';
import type { ScrubItem, ScrubRule } from '../rule.ts';

/** {@link ScrubRule} `code-future`. */
export const codeFuture: ScrubRule = {
  id: 'code-future',
  finds: 'A code that takes effect only after the date of service.',
  source: codeFilesAndConversions,
  severity: 'error',
  check: (subject, facts) =>
    judgeEach(
      knownCodes(subject, facts).unbillable,
      ({ system, code }, { date, on: { known } }) => {
        if (known.status !== 'future') return undefined;
        const { replaces, title, since } = known;
        return {
          rule: 'code-future',
          severity: 'error',
          code: written(system, code),
          message: `${named(system, code, title)} takes effect on ${since}; on ${date} it was not valid yet.`,
          remedy:
            replaces.length > 0
              ? `For this date use what it took over from: ${choiceOf(system, replaces)}. The date of service decides, not the day of billing.`
              : 'Use the code that was valid on this date: the date of service decides, not the day of billing.',
          source: releaseSource(system, facts.editionOn(system, date)),
        } satisfies ScrubItem;
      },
    ),
};
