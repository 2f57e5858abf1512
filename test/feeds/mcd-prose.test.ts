// No field says which procedures a group of diagnoses is for: its paragraph, its number or its being alone has to.
import { describe, expect, it } from 'vitest';
import type { ProcedureGroup } from '../../shared/core/policy.ts';
import { mapProcedures, procedureRange } from '../../shared/feeds/mcd-prose.ts';

const group = (number: string, codes: readonly string[], nonCovered = false): ProcedureGroup => ({
  group: number,
  codes,
  nonCovered,
});
const facet = ['64490', '64491', '64493', '64494', '64495'];
const two = [group('1', facet), group('2', ['72148', 'A9585'])];
const map = (paragraph: string, groups: readonly ProcedureGroup[] = two, number = '1') => {
  const { procedures, mapping } = mapProcedures({ group: number, paragraph }, groups);
  return [mapping, ...procedures];
};

describe('shared/feeds/mcd-prose.ts', () => {
  it.each<[string, readonly string[]]>([
    ['The following codes support medical necessity for CPT code 72148:', ['72148']],
    ['Coverage for CPT codes 64490, 64491, and 64493.', ['64490', '64491', '64493']],
    ['Limited coverage for CPT/HCPCS codes: 64490/64491, A9585.', ['64490', '64491', 'A9585']],
    ['Coverage for CPT codes 64490-64493.', ['64490', '64491', '64493']],
    ['Coverage for CPT codes 64490 through 64494', ['64490', '64491', '64493', '64494']],
    [
      'Coverage for CPT codes 64490-64495 (excluding 64495 and 64494).',
      ['64490', '64491', '64493'],
    ],
    ['Coverage for CPT codes 64490 except 64491.', ['64490']],
    ['For CPT 64490: see below. For CPT 72148: see above.', ['64490', '72148']],
    ['The following support medical necessity for Group 2 CPT/HCPCS codes:', ['72148', 'A9585']],
    ['These support the procedures listed in Group 2.', ['72148', 'A9585']],
    ['For Groups 1 and 2 CPT codes:', [...facet, '72148', 'A9585']],
    // Of a document that does not list it, as long as it is called a CPT code.
    ['Coverage for CPT code 99213.', ['99213']],
    ['Supports CPT codes including but not limited to 64490 and 64491.', ['64490', '64491']],
    ['These codes do not support medical necessity for CPT 72148.', ['72148']],
    ['For CPT codes 64490 and 64491. These do not apply to CPT 72148.', ['64490', '64491']],
    // Without the word, only what the document lists.
    ['Supported: 64490, 10001.', ['64490']],
  ])('reads from the paragraph: %s', (paragraph, procedures) => {
    expect(map(paragraph)).toEqual(['prose', ...procedures]);
  });

  it.each([
    ['no paragraph', ''],
    ['nothing said', 'N/A'],
    ['codes billed together', '64492 should be reported in conjunction with CPT 64490.'],
    ['diagnoses', 'Use M53.82, M53.83 and M54.50 for cysts.'],
    ['a group of diagnoses', 'A Group 2 diagnosis is needed too.'],
    ['a year and a chapter', 'See Pub. 100-04, chapter 12, of 10/01/2024.'],
  ])('goes by the number of the group when the paragraph has %s', (_, paragraph) => {
    expect(map(paragraph, two, '2')).toEqual(['same-number', '72148', 'A9585']);
  });

  it.each([
    'These codes do not apply to CPT 64491.',
    'The list doesn’t apply to CPT code 64491',
    'This group is not applicable to 64491.',
    'Not for CPT 64491.',
    'These codes support all CPT codes except 64491.',
  ])('leaves out what the paragraph excepts, and nothing else: %s', (paragraph) => {
    expect(map(paragraph)).toEqual(['same-number', '64490', '64493', '64494', '64495']);
    expect(map(paragraph, [group('7', facet)])).toEqual([
      'only-group',
      '64490',
      '64493',
      '64494',
      '64495',
    ]);
  });

  it('leaves out a group of procedures that the paragraph excepts by its number', () => {
    expect(map('These codes do not apply to the Group 2 CPT codes.', two, '2')).toEqual([
      'only-group',
      ...facet,
    ]);
  });

  it('finds it unclear when the paragraph excepts every procedure there is', () => {
    expect(map('Not for CPT 64490 and 64491.', [group('1', ['64490', '64491'])])).toEqual([
      'unclear',
      '64490',
      '64491',
    ]);
  });

  it('excepts nothing because two procedures are not billed together', () => {
    expect(map('CPT 64492 is not to be billed with 64491.')).toEqual(['prose', '64492']);
    expect(map('It is not to be billed with 64491.')).toEqual(['same-number', ...facet]);
  });

  it('takes the only group of procedures there is, whatever its number', () => {
    expect(map('For Group 2 codes, see elsewhere.', [group('1', facet)], '2')).toEqual([
      'only-group',
      ...facet,
    ]);
  });

  it('does not count a group said to be non-covered, unless the paragraph names its codes', () => {
    const groups = [group('1', facet), group('2', ['0213T'], true)];
    expect(map('', groups, '2')).toEqual(['only-group', ...facet]);
    expect(map('Coverage for CPT code 0213T.', groups)).toEqual(['prose', '0213T']);
  });

  it('says that it is unclear, and for any procedure, when nothing tells', () => {
    expect(map('', two, '3')).toEqual(['unclear', ...facet, '72148', 'A9585']);
    expect(map('', [], '1')).toEqual(['unclear']);
  });

  it('quotes the sentence on procedures, else the first, 600 characters at most', () => {
    const paragraph = 'Note: choose well. Coverage for CPT code 72148. M54.50* is for later.';
    const quoteOf = (text: string) => mapProcedures({ group: '1', paragraph: text }, two).quote;
    expect(quoteOf(paragraph)).toBe('Coverage for CPT code 72148.');
    expect(quoteOf('Note: choose well. And so on.')).toBe('Note: choose well.');
    expect(
      quoteOf(`Coverage for CPT code 72148 ${'and more '.repeat(100)}`)?.length,
    ).toBeLessThanOrEqual(600);
    expect(quoteOf('N/A')).toBeUndefined();
  });

  it('counts through a range of procedures', () => {
    expect(procedureRange('0213T', '0216T')).toEqual(['0213T', '0214T', '0215T', '0216T']);
    expect(procedureRange('G0108', 'G0109')).toEqual(['G0108', 'G0109']);
    expect(procedureRange('64495', '64490')).toBeUndefined();
    expect(procedureRange('A9585', 'Q9953')).toBeUndefined();
    expect(procedureRange('10000', '99999')).toBeUndefined();
  });
});
