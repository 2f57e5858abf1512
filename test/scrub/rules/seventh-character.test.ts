import { describe, expect, test } from 'vitest';
import type { MeantCode } from '../../../shared/scrub/code-facts.ts';
import { seventhCharacter } from '../../../shared/scrub/rules/seventh-character.ts';
import { claim, handFacts, node, tabularList } from '../hand-facts.ts';

const lines = [
  'M545 0 Low back pain',
  'M5450 1 Low back pain, unspecified',
  'M5451 1 Vertebrogenic low back pain',
  'T360X 0 Poisoning by penicillins',
  'T360X1 0 Poisoning by penicillins, accidental',
  'T360X1A 1 Poisoning by penicillins, accidental, initial encounter',
  'T360X1D 1 Poisoning by penicillins, accidental, subsequent encounter',
  'T360X2A 1 Poisoning by penicillins, self-harm, initial encounter',
  'W19 0 Unspecified fall',
  'W19XXXA 1 Unspecified fall, initial encounter',
  'W19XXXD 1 Unspecified fall, subsequent encounter',
];
const meant = (
  code: string,
  reason: MeantCode['reason'],
  status: MeantCode['status'] = 'billable',
): MeantCode => ({ system: 'icd10cm', code, reason, status });

const told = (code: string, facts = handFacts(lines)) => {
  const [item] = seventhCharacter.check(claim([code]), facts);
  return item && [item.message, item.remedy];
};

describe('shared/scrub/rules/seventh-character.ts', () => {
  test('a code without its seventh character is told, with those it takes', () => {
    expect(told('T360X1')).toEqual([
      'T36.0X1 (Poisoning by penicillins, accidental) needs a seventh character.',
      'Choose by the record: T36.0X1A, T36.0X1D.',
    ]);
  });

  test('where placeholders have to be filled in, that is said', () => {
    expect(told('W19')?.[0]).toBe(
      'W19 (Unspecified fall) needs a seventh character, with the placeholder X in between.',
    );
  });

  test('what the seventh characters mean comes from the tabular list', () => {
    const seventh = [
      { char: 'A', meaning: 'initial encounter' },
      { char: 'D', meaning: 'subsequent encounter' },
    ];
    const tabular = [tabularList('2021-10-01', node('T36', [], { seventh }))];
    expect(told('T360X1', handFacts(lines, { tabular }))?.[1]).toBe(
      'Choose by the record: T36.0X1A (initial encounter), T36.0X1D (subsequent encounter).',
    );
  });

  test('of many seventh characters the letters are enough', () => {
    const many = ['A', 'B', 'C', 'D'].map((char) => `S52501${char} 1 Fracture, ${char}`);
    expect(told('S52501', handFacts(['S52501 0 Fracture', ...many]))?.[1]).toBe(
      'Add to S52.501 the one the record supports: A, B, C, D.',
    );
  });

  test('a seventh character the code has not is told', () => {
    const below = [{ code: 'T360X1A', title: '' }];
    expect(told('T360X1B', handFacts(lines, { known: { T360X1B: { below } } }))).toEqual([
      'T36.0X1B: T36.0X1 has no seventh character B.',
      'Choose by the record: T36.0X1A.',
    ]);
  });

  test.each([
    ['W19XXX', meant('W19XXXA', 'seventh-character'), /needs a seventh character/],
    ['T3601A', meant('T360X1A', 'placeholder'), /the placeholder X is missing, or not where/],
    ['M5450XA', meant('M5450', 'surplus-character'), /M54\.50 takes no further characters/],
  ])('an unknown code one slip away from a billable one is told: %s', (code, near, message) => {
    const facts = handFacts(lines, { known: { [code]: { nearMisses: [near] } } });
    expect(told(code, facts)?.[0]).toMatch(message);
  });

  test.each([
    ['I1099', meant('I10', 'surplus-character')],
    ['M545XXA', meant('M545', 'surplus-character', 'header')],
    ['M54O', meant('M540', 'letter-o-digit-0')],
  ])('%s is another mistake, and left to code-unknown', (code, near) => {
    const facts = handFacts(lines, { known: { [code]: { nearMisses: [near] } } });
    expect(told(code, facts)).toBeUndefined();
  });

  test('a category whose codes differ in more than the seventh character is none, a billable code neither', () => {
    expect(told('M545')).toBeUndefined();
    expect(told('T360X')).toBeUndefined();
    expect(told('T360X1A')).toBeUndefined();
  });
});
