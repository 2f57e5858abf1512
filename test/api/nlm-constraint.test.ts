import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  globMatches,
  parseConstraint,
  satisfies,
  searchImpliedBy,
} from '../../functions/api/nlm-constraint.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { ListedCode } from '../../shared/operations/listed-code.ts';

const listed = (code: string, long: string): ListedCode => ({
  system: 'icd10cm',
  code,
  status: 'billable',
  billable: true,
  title: { short: long, long },
  effective: { from: calendarDate('2021-10-01'), to: null },
  release: 'icd10cm-2022',
});

const codes = [
  listed('A15.0', 'Tuberculosis of lung'),
  listed('A15.6', 'Tuberculous pleurisy'),
  listed('A19.9', 'Miliary tuberculosis, unspecified'),
  listed('M54.50', 'Low back pain, unspecified'),
  listed('M35.01', 'Sjögren syndrome with keratoconjunctivitis'),
  listed('Z01.89', 'X-ray, not elsewhere classified'),
];

const kept = (q: string): string[] => {
  const constraint = parseConstraint(q);
  return codes.filter((one) => satisfies(constraint, one)).map(({ code }) => code);
};

describe('functions/api/nlm-constraint.ts', () => {
  it.each([
    ['code:A15*', ['A15.0', 'A15.6']],
    ['code:a15.0', ['A15.0']],
    ['code:A150', ['A15.0']],
    ['code:A15', []],
    ['code:A1?.9', ['A19.9']],
    ['code:*0', ['A15.0', 'M54.50']],
    ['name:tuberculosis', ['A15.0', 'A19.9']],
    ['name:tuberc', []],
    ['name:tuberc*', ['A15.0', 'A15.6', 'A19.9']],
    ['name:"back pain"', ['M54.50']],
    ['name:"pain back"', []],
    ['name:sjogren', ['M35.01']],
    ['name:SJÖGREN', ['M35.01']],
    ['name:x-ray', ['Z01.89']],
    ['lung', ['A15.0']],
    ['A19.9', ['A19.9']],
    ['*', codes.map(({ code }) => code)],
  ])('matches one clause: %s', (q, expected) => {
    expect(kept(q)).toEqual(expected);
  });

  it.each([
    ['code:A* AND name:tuberculosis', ['A15.0', 'A19.9']],
    ['code:A* && !name:lung', ['A15.6', 'A19.9']],
    ['code:A15.0 OR code:M54.50', ['A15.0', 'M54.50']],
    ['code:(A15.0 || M54.50)', ['A15.0', 'M54.50']],
    ['(lung OR pleurisy) AND NOT code:A15.6', ['A15.0']],
    ['-code:A* AND -code:M*', ['Z01.89']],
    ['name:(tuberculosis AND (lung OR miliary))', ['A15.0', 'A19.9']],
  ])('combines clauses: %s', (q, expected) => {
    expect(kept(q)).toEqual(expected);
  });

  it.each([
    ['A15 A19', /stands where AND or OR should/],
    ['a AND b OR c', /parentheses between AND and OR/],
    ['chapter:1', /no field chapter; there are code, name/],
    ['_exists_:code', /no field _exists_/],
    ['constructor:1', /no field constructor/],
    ['code:[A00 TO B99]', /no ranges/],
    ['name:tubercolosis~', /fuzziness/],
    ['lung^2', /boosts/],
    ['/lu.g/', /regular expressions/],
    ['+lung', /\+lung/],
    ['name:x-ra*', /part of one code or word/],
    ['(lung', /parenthesis/],
    ['lung)', /stands where AND or OR should/],
    ['lung AND', /ends where/],
    ['AND lung', /stands where a clause should/],
    ['name:', /ends where/],
    ['name:code:A15', /stands where AND or OR should/],
    ['name:"', /cannot read "/],
    ['"..."', /no word/],
    ['lung & back', /cannot read &/],
    ['('.repeat(40), /deep/],
    ['!'.repeat(40), /deep/],
    ['x'.repeat(257), /256 characters/],
  ])('refuses what it would have to guess at: %s', (q, why) => {
    expect(() => parseConstraint(q)).toThrow(why);
    expect(() => parseConstraint(q)).toThrow(/^q: /);
  });

  it('takes escaped characters as they are', () => {
    expect(kept('name:x\\-ray')).toEqual(['Z01.89']);
    expect(kept('name:unspecified\\)')).toEqual(['A19.9', 'M54.50']);
  });

  it('reads any text or refuses it by name, and nothing else', () => {
    const alphabet = fc.constantFrom(
      ...'ab1:*?()"\\ -!&|~',
      'AND ',
      ' OR ',
      'NOT ',
      'code',
      'name',
    );
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 24 }), (parts) => {
        try {
          const constraint = parseConstraint(parts.join(''));
          codes.forEach((one) => {
            satisfies(constraint, one);
          });
        } catch (error) {
          expect(error).toMatchObject({ code: 'invalid-request' });
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('covers a text with a pattern as a regular expression would', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 7 }),
        fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 9 }),
        (pattern, text) => {
          const regex = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
          expect(globMatches(pattern, text)).toBe(regex.test(text));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('implies a search whose hits hold all that satisfy it, where some clause must hold', () => {
    expect(searchImpliedBy(parseConstraint('code:A15.*'))).toEqual({
      text: 'a15',
      fields: ['code'],
    });
    expect(searchImpliedBy(parseConstraint('*itis AND name:"low back"'))).toEqual({
      text: 'low back',
      fields: ['name'],
    });
    expect(searchImpliedBy(parseConstraint('lung OR back'))).toBeUndefined();
    expect(searchImpliedBy(parseConstraint('NOT lung'))).toBeUndefined();
  });
});
