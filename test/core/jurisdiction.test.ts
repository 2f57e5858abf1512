// How far a policy reaches into a state.
import { describe, expect, it } from 'vitest';
import { reachOf } from '../../shared/core/jurisdiction.ts';

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
