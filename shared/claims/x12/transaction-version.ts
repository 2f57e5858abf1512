// Which transactions hold claims we read, and what the others are.
import type { ClaimSetting } from '../../core/artifact.ts';
import type { Refusal } from '../parse-artifact.ts';

/** The two kinds of claim transaction we read. */
export type ClaimTransaction = 'professional' | 'institutional';

/** A transaction: of a kind we read, or why not. */
export type TransactionReading =
  | { readonly kind: ClaimTransaction; readonly refusal?: undefined }
  | { readonly kind?: undefined; readonly refusal: Refusal };

// 004010 differs from 005010 in situational elements only; every loop, segment and element we read
// stands at the same place (TR3 004010X098A1 and 004010X096A1).
const versions: readonly (readonly [RegExp, ClaimTransaction])[] = [
  [/^005010X222(?:[AE]\d)?$/, 'professional'],
  [/^005010X223(?:[AE]\d)?$/, 'institutional'],
  [/^004010X098(?:A1)?$/, 'professional'],
  [/^004010X096(?:A1)?$/, 'institutional'],
];

const transactions = new Map([
  ['270', 'eligibility inquiry'],
  ['271', 'eligibility response'],
  ['275', 'attachment'],
  ['276', 'claim status request'],
  ['277', 'claim status response'],
  ['278', 'authorization'],
  ['820', 'premium payment'],
  ['834', 'enrolment'],
  ['835', 'payment advice'],
  ['997', 'acknowledgment'],
  ['999', 'acknowledgment'],
]);

const otherClaims: readonly (readonly [RegExp, string])[] = [
  [/^005010X224|^004010X097/, 'dental claim'],
  [/^005010X29[89]|^005010X300/, 'claims reported after adjudication'],
];

const unsupported = (message: string): TransactionReading => ({
  refusal: { code: 'unsupported', message },
});

/** The version, when it is written like one, for a message. */
const named = (version: string): string =>
  /^\d{6}(?:X\d{3}(?:[AE]\d)?)?$/.test(version) ? version : 'a version we cannot read';

/** What `ST01` and the version (ST03, else GS08) announce. */
export function readTransaction(type: string, version: string): TransactionReading {
  if (type !== '837') {
    const title = transactions.get(type);
    const what = title === undefined ? 'a transaction other than 837' : `${type} (${title})`;
    return unsupported(`ST01: ${what} holds no claim; send the 837`);
  }
  const known = versions.find(([pattern]) => pattern.test(version));
  if (known) return { kind: known[1] };
  const other = otherClaims.find(([pattern]) => pattern.test(version));
  const title = other ? ` (${other[1]})` : '';
  return unsupported(
    `ST03: 837 in ${named(version)}${title}; ` +
      'read are 005010X222 and 004010X098 (professional), 005010X223 and 004010X096 (institutional)',
  );
}

/** The setting of a claim before its type of bill is known. */
export const settingOf = (transaction: ClaimTransaction): ClaimSetting =>
  transaction === 'professional' ? 'professional' : 'outpatient';
