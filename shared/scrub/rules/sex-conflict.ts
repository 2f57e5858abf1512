// A diagnosis that does not go with the sex on the claim, as long as CMS checked that.
import { calendarDate } from '../../core/calendar-date.ts';
import { editSource } from '../item-wording.ts';
import { judgeEach } from '../judge-each.ts';
import { knownCodes } from '../known-codes.ts';
import type { ScrubItem, ScrubRule } from '../rule.ts';

/** The edit was switched off for discharges on or after 2024-10-01 (Medicare Code Editor v42). */
export const sexConflictEnds = calendarDate('2024-09-30');

/** {@link ScrubRule} `sex-conflict`. */
export const sexConflict: ScrubRule = {
  id: 'sex-conflict',
  finds: 'A diagnosis of the other sex, for dates through 2024-09-30.',
  source: 'Medicare Code Editor, sex conflict (switched off on 2024-10-01)',
  severity: 'error',
  until: sexConflictEnds,
  check(subject, facts) {
    const { sex } = subject;
    const { edits } = facts.book;
    if (sex === undefined || !edits || subject.type !== 'claim') return [];
    const [flag, whose] = sex === 'male' ? ['FEMALE', 'female'] : ['MALE', 'male'];
    return judgeEach(
      knownCodes(subject, facts).flagged,
      (_, { date, on: { text, name, flags } }) => {
        if (date > sexConflictEnds || !flags.has(flag)) return undefined;
        return {
          rule: 'sex-conflict',
          severity: 'error',
          code: text,
          message: `${name} is a diagnosis of ${whose} patients; the claim says otherwise.`,
          remedy:
            'Check the sex on the claim, then the diagnosis. Where both are right, Medicare takes condition code 45 (institutional) or modifier KX (professional).',
          source: editSource(edits.version, 'sex conflict'),
        } satisfies ScrubItem;
      },
    );
  },
};
