// States as the Coverage API names them, and as documents have them. Its numbers are its own (`/v1/metadata/states/`).

const names =
  'AK Alaska,AL Alabama,AR Arkansas,AS American Samoa,AZ Arizona,CA California,CNMI Northern Mariana Islands,' +
  'CO Colorado,CT Connecticut,DC District of Columbia,DE Delaware,FL Florida,GA Georgia,GU Guam,HI Hawaii,IA Iowa,' +
  'ID Idaho,IL Illinois,IN Indiana,KS Kansas,KY Kentucky,LA Louisiana,MA Massachusetts,MD Maryland,ME Maine,' +
  'MI Michigan,MN Minnesota,MO Missouri,MS Mississippi,MT Montana,NC North Carolina,ND North Dakota,NE Nebraska,' +
  'NH New Hampshire,NJ New Jersey,NM New Mexico,NV Nevada,NY New York,OH Ohio,OK Oklahoma,OR Oregon,' +
  'PA Pennsylvania,PR Puerto Rico,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,' +
  'VA Virginia,VI Virgin Islands,VT Vermont,WA Washington,WI Wisconsin,WV West Virginia,WY Wyoming';

const byName = new Map(
  names.split(',').map((entry) => {
    const [abbreviation = '', ...words] = entry.split(' ');
    return [words.join(' ').toLowerCase(), abbreviation] as const;
  }),
);

/** What follows the state's name, `California - Northern`, and the abbreviation of that part. */
const parts: Readonly<Record<string, readonly (readonly [pattern: RegExp, part: string])[]>> = {
  CA: [
    [/^northern/, 'NF'],
    [/^southern/, 'SF'],
  ],
  MO: [
    [/^(?:north)?eastern/, 'EM'],
    [/^(?:north)?western/, 'WM'],
  ],
  NY: [
    [/^downstate/, 'DN'],
    [/^queens/, 'QN'],
    [/^upstate/, 'UN'],
  ],
};

/**
 * The abbreviation that documents have for a state or part of one: `California - Entire State` is `CA`, `New York - Queens`
 * is `QN`. Undefined for what is neither.
 */
export function stateAbbreviation(description: string): string | undefined {
  const written = description.trim();
  if (/^[A-Z]{2}$|^CNMI$/.test(written)) return written;
  const [name = '', part] = written.toLowerCase().split(/\s+-\s+/);
  const state = byName.get(name.replace(/^(?:u\.?s\.? )/, ''));
  if (state === undefined || part === undefined || /^entire/.test(part)) return state;
  return parts[state]?.find(([pattern]) => pattern.test(part))?.[1];
}
