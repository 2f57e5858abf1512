import { describe, expect, test } from 'vitest';
import { principalUnacceptable } from '../../../shared/scrub/rules/principal-unacceptable.ts';
import { claim, editList, handFacts } from '../hand-facts.ts';

const lines = ['Z794 1 Long term use of insulin', 'I10 1 Hypertension', 'Z5189 1 Other aftercare'];
const edits = editList({ Z794: 'UNACCEPTABLE', Z5189: 'REQSDX|UNACCEPTABLE' });
const facts = handFacts(lines, { edits });
const told = (codes: readonly string[], setting?: 'inpatient' | 'outpatient' | 'professional') =>
  principalUnacceptable.check(claim(codes, setting && { setting }), facts).map(({ code }) => code);

describe('shared/scrub/rules/principal-unacceptable.ts', () => {
  test('told as principal of an inpatient stay, and only there', () => {
    expect(told(['Z794', 'I10'], 'inpatient')).toEqual(['Z79.4']);
    expect(told(['I10', 'Z794'], 'inpatient')).toEqual([]);
    expect(told(['Z794', 'I10'], 'professional')).toEqual([]);
    expect(told(['Z794', 'I10'], 'outpatient')).toEqual([]);
    expect(told(['Z794', 'I10'])).toEqual([]);
  });

  test('the code that requires a secondary diagnosis is accepted with one', () => {
    expect(told(['Z5189'], 'inpatient')).toEqual(['Z51.89']);
    expect(told(['Z5189', 'I10'], 'inpatient')).toEqual([]);
  });
});
