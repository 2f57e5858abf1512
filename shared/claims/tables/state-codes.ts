// The numeric state codes of CMS claim files (Social Security Administration) as postal codes.

// In the order of their numbers from 01 (CMS, State Operations Manual, SSA state codes).
const postal = [
  ...['AL', 'AK', 'AZ', 'AR', 'CA', 'CO', 'CT', 'DE', 'DC', 'FL', 'GA', 'HI', 'ID', 'IL', 'IN'],
  ...['IA', 'KS', 'KY', 'LA', 'ME', 'MD', 'MA', 'MI', 'MN', 'MS', 'MO', 'MT', 'NE', 'NV', 'NH'],
  ...['NJ', 'NM', 'NY', 'NC', 'ND', 'OH', 'OK', 'OR', 'PA', 'PR', 'RI', 'SC', 'SD', 'TN', 'TX'],
  ...['UT', 'VT', 'VI', 'VA', 'WA', 'WV', 'WI', 'WY'],
];

/** The postal code of an SSA state code (`22` is MA), or undefined when it names none of the states and territories. */
export const stateOfSsa = (code: string): string | undefined =>
  /^\d{2}$/.test(code) ? postal[Number(code) - 1] : undefined;
