import { describe, expect, it } from 'vitest';
import { formatIcd9, normalizeIcd9 } from '../../shared/core/icd9.ts';

describe('shared/core/icd9.ts', () => {
  it.each([
    ['8842', '8842'],
    ['884.2', '8842'],
    [' v73.89 ', 'V7389'],
    ['E986.0', 'E9860'],
    ['E9860', 'E9860'],
    ['001', '001'],
    ['496', '496'],
    ['25000', '25000'],
  ])('reads %s', (text, code) => {
    expect(normalizeIcd9(text)).toBe(code);
  });

  it.each(['', '12', '123456', '8.842', '884.', 'E98.60', 'V7.389', 'M5450', 'E98600', '88-42'])(
    'knows that %j is none',
    (text) => {
      expect(normalizeIcd9(text)).toBeUndefined();
    },
  );

  it.each([
    ['8842', '884.2'],
    ['496', '496'],
    ['V7389', 'V73.89'],
    ['E9860', 'E986.0'],
    ['E986', 'E986'],
  ])('writes %s with its dot', (code, text) => {
    expect(formatIcd9(code)).toBe(text);
  });
});
