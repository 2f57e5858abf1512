// A code CMS does not accept as principal diagnosis of an inpatient stay: circumstances, not a reason for admission.

import { editSource } from '../item-wording.ts';
import { judgeEach } from '../judge-each.ts';
import { knownCodes } from '../known-codes.ts';
import type { ScrubItem, ScrubRule } from '../rule.ts';

/** {@link ScrubRule} `principal-unacceptable`. Inpatient claims only: the editor judges no others. */
export const principalUnacceptable: ScrubRule = {
  id: 'principal-unacceptable',
  finds: 'Inpatient: a code CMS does not accept as principal diagnosis.',
  source: 'Medicare Code Editor, unacceptable principal diagnosis',
  severity: 'error',
  check(subject, facts) {
    const { first, reported } = knownCodes(subject, facts);
    const { edits } = facts.book;
    if (!first || !edits || subject.setting !== 'inpatient') return [];
    return judgeEach([first], (_, { on: { text, name, flags } }) => {
      const needsOther = flags.has('REQSDX');
      // The one code that is acceptable beside another diagnosis.
      if (!flags.has('UNACCEPTABLE') || (needsOther && reported.length > 1)) return undefined;
      return {
        rule: 'principal-unacceptable',
        severity: 'error',
        code: text,
        message: needsOther
          ? `${name} is accepted as principal diagnosis of an inpatient stay only with a secondary diagnosis.`
          : `${name} is not accepted as principal diagnosis of an inpatient stay.`,
        remedy: needsOther
          ? 'Add the condition that was treated as a secondary diagnosis, if the record has one.'
          : 'List the condition chiefly responsible for the admission first, after study; this code may follow it.',
        source: editSource(edits.version, 'unacceptable principal diagnosis'),
      } satisfies ScrubItem;
    });
  },
};
