// A diagnosis that does not go with the age on the claim.

import { editSource } from '../item-wording.ts';
import { judgeEach } from '../judge-each.ts';
import { knownCodes } from '../known-codes.ts';
import type { ScrubItem, ScrubRule } from '../rule.ts';

/** Age groups of the Medicare Code Editor, as its flags name them. */
export const ageGroups = ['NEWBORN', 'PEDIATRIC', 'MATERNITY', 'ADULT'] as const;

const groupWords: Readonly<Record<(typeof ageGroups)[number], string>> = {
  NEWBORN: 'a newborn’s diagnosis',
  PEDIATRIC: 'a pediatric diagnosis',
  MATERNITY: 'a maternity diagnosis',
  ADULT: 'an adult diagnosis',
};

const agesText = (ageMin: number, ageMax: number): string =>
  ageMin === ageMax ? `age ${ageMin}` : `ages ${ageMin} to ${ageMax}`;

/** {@link ScrubRule} `age-conflict`. The age itself is never repeated. */
export const ageConflict: ScrubRule = {
  id: 'age-conflict',
  finds: 'A diagnosis limited to ages the one on the claim is not among.',
  source: 'Medicare Code Editor, age conflict',
  severity: 'error',
  check(subject, facts) {
    const { age } = subject;
    const { edits } = facts.book;
    if (age === undefined || !edits || subject.type !== 'claim') return [];
    return judgeEach(
      knownCodes(subject, facts).flagged,
      (_, { date, on: { text, name, flags } }) => {
        for (const group of ageGroups) {
          const ages = flags.has(group) ? edits.agesOn(group, date) : undefined;
          if (!ages || (ages.ageMin <= age && age <= ages.ageMax)) continue;
          return {
            rule: 'age-conflict',
            severity: 'error',
            code: text,
            message: `${name} is ${groupWords[group]}, for ${agesText(ages.ageMin, ages.ageMax)}; the age on the claim is not among them.`,
            remedy:
              'Check the birth date on the claim, then the diagnosis; correct whichever is wrong.',
            source: editSource(edits.version, 'age conflict'),
          } satisfies ScrubItem;
        }
        return undefined;
      },
    );
  },
};
