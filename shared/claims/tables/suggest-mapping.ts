// What an unknown header most likely holds, so that the refusal can say how to map it. Names that are not recognised are
// not repeated: a file without header line begins with somebody's data.
import type { MappedField } from './csv-mapping.ts';

type Guess = { readonly field: MappedField; readonly what: string; readonly shape: RegExp };

// Blanks, underscores and the like are removed before. Diagnoses first: `DX1 CODE` is no procedure.
const guesses: readonly Guess[] = [
  {
    field: 'codes',
    what: 'a diagnosis',
    shape:
      /^(?:PRIMARY|PRINCIPAL|SECONDARY|ADMIT(?:TING)?)?(?:DX|DIAG|DIAGNOSIS|DIAGNOSES|ICD|ICD10|ICD10CM|ICDCM)(?:CODES?|DX|DIAG(?:NOSIS)?)?\d{0,2}(?:CODES?)?$/,
  },
  {
    field: 'id',
    what: 'the id of the claim',
    shape: /^(?:CLAIM|CLM|INVOICE|ENCOUNTER|VISIT|BILL)(?:ID|NO|NUM|NUMBER|CONTROLNUMBER|REF)?$/,
  },
  {
    field: 'dateOfService',
    what: 'the date of service',
    shape:
      /^(?:DOS|SERVICEDATE|DATEOFSERVICE|SVCDATE|DATESERVICE|FROMDATE|THRUDATE|DOSFROM|DOSTO)$/,
  },
  {
    field: 'dischargeDate',
    what: 'the discharge date',
    shape: /^(?:DISCHARGE(?:D|DATE)?|DATEOFDISCHARGE|DISCHDATE)$/,
  },
  { field: 'payer', what: 'the payer', shape: /^(?:PAYER|PAYOR|INSURANCE|CARRIER)(?:NAME|ID)?$/ },
  {
    field: 'lineProcedure',
    what: 'a procedure',
    shape: /^(?:CPT|CPT4|HCPCS|PROCEDURE|PROC)(?:CODE)?\d?$/,
  },
  { field: 'lineModifiers', what: 'a modifier', shape: /^(?:MOD|MODIFIER)\d?$/ },
  {
    field: 'billed',
    what: 'the billed amount',
    shape: /^(?:TOTAL)?(?:BILLED|CHARGE|CHARGES|AMOUNT)(?:AMOUNT|AMT)?$/,
  },
];

type Found = { readonly guess: Guess; readonly names: readonly string[] };

const plain = (name: string): string => name.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** A cell that no header has: a date, an amount, a code with a dot. */
const looksLikeData = (cell: string): boolean =>
  /^(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\$?\d[\d,]*\.\d{2}|[A-Z](?:\d[0-9A-Z]|[A-Z]\d)\.[0-9A-Z]{1,4})$/i.test(
    cell.trim(),
  );

/**
 * What to say of a header that is none of ours: which columns look like what, and how to map them.
 * Repeats only names that are plainly column names.
 */
export function suggestMapping(header: readonly string[]): string {
  if (header.some(looksLikeData)) {
    return 'the first line holds data, no column names; send the file with a header line';
  }
  const found: Found[] = guesses
    .map((guess) => ({ guess, names: header.filter((name) => guess.shape.test(plain(name))) }))
    .filter(({ names }) => names.length > 0);
  const codes = found.find(({ guess }) => guess.field === 'codes');
  if (!codes) return 'no column looks like a diagnosis; map the column that holds the codes';
  const looks = found.map(
    ({ guess, names }) =>
      `${names.map((name) => JSON.stringify(name)).join(', ')} ${names.length > 1 ? 'look' : 'looks'} like ${guess.what}`,
  );
  const maps = found.map(({ guess, names }) => `${guess.field}=${names.join('+')}`);
  return `${looks.join('; ')}; map ${maps.join(', ')} if that is right`;
}
