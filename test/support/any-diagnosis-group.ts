// Any group of diagnoses for property tests: a few codes and ranges that lie in and across each
// other, asterisks, conditions and mappings.
import fc from 'fast-check';
import type { CoverageList, DiagnosisGroup } from '../../shared/core/policy.ts';

/** Codes the ranges lie between: inside one or more of them, at an end, and outside. */
export const listedCodes = ['G894', 'M541', 'M5410', 'M5412', 'M5416', 'M542', 'M5450', 'M55'];

/** Procedures the groups may be for. */
export const procedureCodes = ['1', '2', '3'];

const ranges = [
  { from: 'M54', to: 'M54' },
  { from: 'M541', to: 'M541' },
  { from: 'M541', to: 'M542' },
  { from: 'M5410', to: 'M5416' },
  { from: 'M5412', to: 'M545' },
];
const lists: readonly CoverageList[] = [
  'covered',
  'covered',
  'not-covered',
  'requires',
  'prior-authorization',
];

/** A group numbered 1. */
export const anyDiagnosisGroup: fc.Arbitrary<DiagnosisGroup> = fc
  .record({
    list: fc.constantFrom(...lists),
    codes: fc.subarray(listedCodes, { maxLength: 3 }),
    ranges: fc.subarray(ranges, { maxLength: 2 }),
    stars: fc.constantFrom('none', 'some', 'all'),
    words: fc.constantFrom('Once.', 'Twice a year.'),
    procedures: fc.subarray(procedureCodes, { maxLength: 2 }),
    mapping: fc.constantFrom('explicit' as const, 'explicit' as const, 'unclear' as const),
    everythingElse: fc.constantFrom(false, false, false, true),
  })
  .map(({ list, codes, ranges, stars, words, procedures, mapping, everythingElse }) => {
    const all = [...new Set([...codes, ...ranges.flatMap(({ from, to }) => [from, to])])].sort();
    const starred = { none: [], some: all.slice(0, 1), all }[stars];
    return {
      list,
      group: '1',
      diagnoses: { codes, ranges },
      everythingElse: everythingElse && list === 'not-covered',
      asterisked: starred ?? [],
      ...(starred && starred.length > 0 ? { footnote: words } : {}),
      procedures,
      mapping,
      ...(list === 'requires' || list === 'prior-authorization' ? { quote: words } : {}),
    };
  });
