import { describe, expect, test } from 'vitest';
import { pointer } from '../../../shared/scrub/rules/pointer.ts';
import { claim, handFacts } from '../hand-facts.ts';

const facts = handFacts([]);
const check = (
  pointers: readonly number[] | undefined,
  setting?: 'professional' | 'outpatient' | 'inpatient',
) =>
  pointer.check(
    claim(['I10', 'E119'], {
      lines: [{ number: 3, ...(pointers && { pointers }) }],
      ...(setting && { setting }),
    }),
    facts,
  );

describe('shared/scrub/rules/pointer.ts', () => {
  test('a pointer to a diagnosis that is not there is told of its line', () => {
    expect(check([1, 3])).toMatchObject([
      {
        severity: 'error',
        line: 3,
        message: 'Line 3 points to diagnosis 3, and the claim has 2 diagnoses.',
      },
    ]);
    expect(check([0])).toHaveLength(1);
    expect(check([1, 2])).toEqual([]);
  });

  test('a line takes four pointers', () => {
    expect(check([1, 2, 1, 2])).toEqual([]);
    expect(check([1, 2, 1, 2, 1])[0]?.message).toBe(
      'Line 3 has 5 diagnosis pointers; a line takes 4.',
    );
  });

  test('a professional line needs one, others do not', () => {
    expect(check([], 'professional')).toHaveLength(1);
    expect(check(undefined, 'professional')).toHaveLength(1);
    expect(check(undefined, 'outpatient')).toEqual([]);
    expect(check(undefined)).toEqual([]);
  });
});
