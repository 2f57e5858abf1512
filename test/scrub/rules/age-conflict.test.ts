import { describe, expect, test } from 'vitest';
import { ageConflict } from '../../../shared/scrub/rules/age-conflict.ts';
import { claim, editList, handFacts, template } from '../hand-facts.ts';

const edits = editList({ O80: 'MATERNITY|FEMALE' });
const facts = handFacts(['O80 1 Encounter for full-term uncomplicated delivery'], { edits });
const check = (age?: number) =>
  ageConflict.check(claim(['O80'], age === undefined ? {} : { age }), facts);

describe('shared/scrub/rules/age-conflict.ts', () => {
  test.each([
    [8, 1],
    [9, 0],
    [64, 0],
    [65, 1],
  ])('a maternity diagnosis, 9 to 64, at age %i: %i findings', (age, count) => {
    expect(check(age)).toHaveLength(count);
  });

  test('the ages of the diagnosis are named, the age of the patient is not', () => {
    const [item] = check(70);
    expect(item?.message).toBe(
      'O80 (Encounter for full-term uncomplicated delivery) is a maternity diagnosis, for ages 9 to 64; the age on the claim is not among them.',
    );
    expect(JSON.stringify(item)).not.toContain('70');
  });

  test('an unknown age is no conflict, and a template has none', () => {
    expect(check()).toEqual([]);
    expect(ageConflict.check({ ...template('O80'), age: 3 }, facts)).toEqual([]);
  });
});
