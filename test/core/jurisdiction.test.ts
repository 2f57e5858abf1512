// How far a policy reaches into a state.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reachOf, shareState } from '../../shared/core/jurisdiction.ts';

const reach = (states: string, state?: string) => {
  const jurisdictions = [{ contractor: 'Noridian', states: states.split(' ').filter(Boolean) }];
  return reachOf({ jurisdictions }, state);
};

describe('shared/core/jurisdiction.ts', () => {
  it.each([
    ['CT NY', 'CT', 'whole'],
    ['CT NY', 'FL', 'none'],
    ['CT NY', undefined, 'unknown'],
    ['', 'FL', 'whole'],
    ['', undefined, 'whole'],
    ['NF', 'CA', 'part'],
    ['NF SF', 'CA', 'whole'],
    ['CA', 'NF', 'whole'],
    ['NF', 'NF', 'whole'],
    ['SF', 'NF', 'none'],
    ['DN QN', 'NY', 'part'],
    ['DN QN UN', 'NY', 'whole'],
    ['EM', 'MO', 'part'],
    ['CNMI GU', 'MP', 'whole'],
    ['MP', 'CNMI', 'whole'],
    ['CNMI', 'MO', 'none'],
    // None of these is a state: nobody knows where the service was rendered.
    ['CT NY', 'XX', 'unknown'],
    ['CT NY', 'ON', 'unknown'],
    ['CT NY', 'AE', 'unknown'],
    ['', 'XX', 'whole'],
  ])('of a policy for "%s" into %s is %s', (states, state, expected) => {
    expect(reach(states, state)).toBe(expected);
  });

  it('takes the states of all contractors together, one without states for everywhere', () => {
    const north = { contractor: 'A', states: ['NF'] };
    const south = { contractor: 'B', states: ['SF'] };
    expect(reachOf({ jurisdictions: [north, south] }, 'CA')).toBe('whole');
    expect(reachOf({ jurisdictions: [north, { contractor: 'C', states: [] }] }, 'TX')).toBe(
      'whole',
    );
    expect(reachOf({ jurisdictions: [] }, 'TX')).toBe('whole');
  });
});

describe('shared/core/jurisdiction.ts, places in common', () => {
  it.each([
    ['CA', 'NF', true],
    ['NF', 'SF', false],
    ['NF SF', 'CA TX', true],
    ['NY', 'QN', true],
    ['CNMI', 'MP', true],
    ['CA', 'NV', false],
    ['', 'NV', true],
    ['', '', true],
  ])('"%s" and "%s": %s', (one, other, expected) => {
    const [a, b] = [one, other].map((states) => states.split(' ').filter(Boolean));
    expect(shareState(a ?? [], b ?? [])).toBe(expected);
    expect(shareState(b ?? [], a ?? [])).toBe(expected);
  });

  it('are those of which both policies reach all', () => {
    // Every smallest place there is among these names.
    const places = ['NF', 'SF', 'EM', 'WM', 'DN', 'QN', 'UN', 'MP', 'TX'];
    const name = fc.constantFrom(...places, 'CA', 'MO', 'NY', 'CNMI');
    const names = fc.array(name, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(names, names, (one, other) => {
        const isReached = (states: readonly string[], place: string): boolean =>
          reach(states.join(' '), place) === 'whole';
        const common = places.some((place) => isReached(one, place) && isReached(other, place));
        expect(shareState(one, other)).toBe(common);
      }),
    );
  });
});
