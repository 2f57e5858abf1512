// A code that was deleted before the date of service, with what took its place.

import {
  answered,
  choiceOf,
  codeFilesAndConversions,
  named,
  releaseSource,
  written,
} from '../item-wording.ts';
import { judgeEach } from '../judge-each.ts';
import { knownCodes } from '../known-codes.ts';
import type { ScrubItem, ScrubRule } from '../rule.ts';

/** {@link ScrubRule} `code-ended`. */
export const codeEnded: ScrubRule = {
  id: 'code-ended',
  finds: 'A code deleted before the date of service, with its replacements.',
  source: codeFilesAndConversions,
  severity: 'error',
  check: (subject, facts) =>
    judgeEach(
      knownCodes(subject, facts).unbillable,
      ({ system, code }, { date, on: { known } }) => {
        if (known.status !== 'ended') return undefined;
        const { replacedBy, title, since } = known;
        const choice = choiceOf(system, replacedBy);
        return {
          rule: 'code-ended',
          severity: 'error',
          code: written(system, code),
          message: `${named(system, code, title)} was deleted on ${since} and may not be used on ${date}.`,
          remedy:
            replacedBy.length > 0
              ? `Use ${choice}${replacedBy.length > 1 ? ', whichever the record supports' : ', if the record supports it'}.`
              : 'No replacement is named: code the diagnosis or procedure again from the record.',
          source: releaseSource(system, facts.editionOn(system, date)),
          ...(replacedBy.length > 0 && { replacedBy: answered(system, replacedBy) }),
        } satisfies ScrubItem;
      },
    ),
};
