// Names of states as /v1/metadata/states/ has them.
import { describe, expect, it } from 'vitest';
import { stateNamed } from '../../../shared/core/us-states.ts';
import { stateAbbreviation } from '../../../shared/feeds/cms-mcd-api/state-names.ts';

const named = {
  Alabama: 'AL',
  'District of Columbia': 'DC',
  'Northern Mariana Islands': 'CNMI',
  'Virgin Islands': 'VI',
  'West Virginia': 'WV',
  'California - Entire State': 'CA',
  'California - Northern': 'NF',
  'California - Southern': 'SF',
  'Missouri - Entire State': 'MO',
  'Missouri - Northeastern & Southern': 'EM',
  'Missouri - Northwestern': 'WM',
  'New York - Entire State': 'NY',
  'New York - Downstate': 'DN',
  'New York - Queens': 'QN',
  'New York - Upstate': 'UN',
  TX: 'TX',
};

describe('shared/feeds/cms-mcd-api/state-names.ts', () => {
  it.each(Object.entries(named))('%s is %s', (description, abbreviation) => {
    expect(stateAbbreviation(description)).toBe(abbreviation);
    expect(stateNamed(abbreviation)).toBeDefined();
  });

  it('knows nothing of other places, nor of other parts of a state', () => {
    for (const other of ['All States', 'Ontario', 'Texas - Northern', 'New York - Albany', '']) {
      expect(stateAbbreviation(other)).toBeUndefined();
    }
  });
});
