// The states and territories a question, a claim or a policy may name, so that a slip is told instead of answered with nothing.

/** Parts of a state by its USPS abbreviation, as state_lookup.csv of the Medicare Coverage Database writes them. */
export const partsOfState: Readonly<Record<string, readonly string[]>> = {
  CA: ['NF', 'SF'],
  MO: ['EM', 'WM'],
  NY: ['DN', 'QN', 'UN'],
};

const states = [
  ...['AK', 'AL', 'AR', 'AS', 'AZ', 'CA', 'CO', 'CT', 'DC', 'DE', 'FL', 'GA', 'GU', 'HI', 'IA'],
  ...['ID', 'IL', 'IN', 'KS', 'KY', 'LA', 'MA', 'MD', 'ME', 'MI', 'MN', 'MO', 'MP', 'MS', 'MT'],
  ...['NC', 'ND', 'NE', 'NH', 'NJ', 'NM', 'NV', 'NY', 'OH', 'OK', 'OR', 'PA', 'PR', 'RI', 'SC'],
  ...['SD', 'TN', 'TX', 'UT', 'VA', 'VI', 'VT', 'WA', 'WI', 'WV', 'WY'],
];

/** USPS abbreviations, and what the Medicare Coverage Database calls parts of states and the Northern Marianas. */
const known: ReadonlySet<string> = new Set([
  ...states,
  ...Object.values(partsOfState).flat(),
  'CNMI',
]);

/** The abbreviation in upper case, or undefined when no state, territory or part of a state has it. */
export function stateNamed(text: string): string | undefined {
  const state = text.trim().toUpperCase();
  return known.has(state) ? state : undefined;
}
