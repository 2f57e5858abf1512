// An external cause code as the first diagnosis: it says how an injury came about, not what is treated.

import { isExternalCause } from '../external-cause.ts';
import { editSource, guideline } from '../item-wording.ts';
import { judgeEach } from '../judge-each.ts';
import { knownCodes } from '../known-codes.ts';
import type { ScrubItem, ScrubRule } from '../rule.ts';

/** {@link ScrubRule} `principal-external-cause`. */
export const principalExternalCause: ScrubRule = {
  id: 'principal-external-cause',
  finds: 'An external cause code (V00–Y99) as principal or first-listed diagnosis.',
  source: `${guideline('I.C.20.a.6')}; inpatient: Medicare Code Editor, external cause as principal`,
  severity: 'error',
  check(subject, facts) {
    const { first } = knownCodes(subject, facts);
    if (!first) return [];
    const { edits } = facts.book;
    const inpatient = subject.setting === 'inpatient';
    return judgeEach([first], ({ code }, { on: { text, name, isListed, flags } }) => {
      const isWrong = inpatient ? flags.has('ECODEPDX') : isListed && isExternalCause(code);
      if (!isWrong) return undefined;
      return {
        rule: 'principal-external-cause',
        severity: 'error',
        code: text,
        message: `${name} is an external cause code and can never be the ${inpatient ? 'principal' : 'first-listed'} diagnosis.`,
        remedy:
          'List the injury or condition that was treated first, and the external cause after it.',
        source:
          inpatient && edits
            ? editSource(edits.version, 'external cause as principal diagnosis')
            : guideline('I.C.20.a.6'),
      } satisfies ScrubItem;
    });
  },
};
