// Which configured payer a claim is for.
import { describe, expect, it } from 'vitest';
import { type Payer, payerOf } from '../../shared/core/payer.ts';

const payers: readonly Payer[] = [
  {
    id: 'medicare',
    title: 'Medicare',
    names: ['Medicare Part B', 'CMS'],
    claimFiling: ['MA', 'MB'],
  },
  { id: 'acme', title: 'Acme Health Plan', names: ['ACME-HP'], claimFiling: ['CI'] },
];
const of = (claim: { payer?: string; claimFiling?: string }) => payerOf(claim, payers)?.id;

describe('shared/core/payer.ts', () => {
  it('knows a payer by id, title or name, whatever the case, blanks and punctuation', () => {
    expect(of({ payer: 'medicare' })).toBe('medicare');
    expect(of({ payer: ' MEDICARE  part-b ' })).toBe('medicare');
    expect(of({ payer: 'acme hp' })).toBe('acme');
    expect(of({ payer: 'Acme Health Plan' })).toBe('acme');
  });

  it('goes by the claim filing indicator when the name is not known', () => {
    expect(of({ claimFiling: 'MB' })).toBe('medicare');
    expect(of({ claimFiling: ' ma ' })).toBe('medicare');
    expect(of({ payer: 'Noridian', claimFiling: 'MB' })).toBe('medicare');
  });

  it('believes the name rather than the indicator', () => {
    expect(of({ payer: 'Acme Health Plan', claimFiling: 'MB' })).toBe('acme');
  });

  it('knows nobody by an empty or other name, nor Medicare Advantage by its indicator', () => {
    expect(of({})).toBeUndefined();
    expect(of({ payer: '--' })).toBeUndefined();
    expect(of({ payer: 'Medicare Advantage of Ohio', claimFiling: '16' })).toBeUndefined();
  });
});
