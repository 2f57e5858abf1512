// The fields of a claim or template as senders write them, in the JSON API and in every intake
// format.
import * as z from 'zod';
import { type ClaimSetting, codesMax, type DiagnosisRole } from '../core/artifact.ts';
import { type CalendarDate, parseCalendarDate } from '../core/calendar-date.ts';
import { codeSystemIds } from '../core/code-system.ts';
import { parseDollars } from '../core/money.ts';
import { keptProcedure } from '../core/procedure-code.ts';

/** Lines of one claim: X12 allows 999 on an institutional claim. */
const linesMax = 999;
const textMax = 200;
const ageMax = 150;
/** A line has four of each in X12 and FHIR alike leaves it open. */
const modifiersMax = 10;
const pointersMax = 50;

const text = z
  .string()
  .trim()
  .min(1)
  .max(textMax)
  .refine((value) => !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(value), 'holds a control character');

const noDay = 'no day written as YYYY-MM-DD';
const date = z.string({ error: noDay }).transform((value, context): CalendarDate => {
  const parsed = parseCalendarDate(value.trim());
  if (parsed) return parsed;
  context.addIssue({ code: 'custom', message: noDay });
  return z.NEVER;
});

const noAmount = 'no amount in dollars, such as 120.50';
// To exact cents: the digits are read, never multiplied as a float.
const dollars = z
  .union([z.string(), z.number()], { error: noAmount })
  .transform((value, context): number => {
    const cents = parseDollars(String(value));
    if (cents !== undefined) return cents;
    context.addIssue({ code: 'custom', message: noAmount });
    return z.NEVER;
  });

const system = z.enum(codeSystemIds, { error: `one of ${codeSystemIds.join(', ')}` });
const entry = z.union([
  z.string(),
  z.strictObject({ system: system.optional(), code: z.string() }),
]);

/** A cell of a spreadsheet: codes between semicolons, commas or blanks. */
const cell = z.string().transform((value) => value.split(/[;,\s]+/).filter((part) => part !== ''));

const notCodes = 'neither a list of codes nor text with ; between them';
const codes = z
  .union([cell, z.array(entry)], { error: notCodes })
  .pipe(z.array(entry).min(1).max(codesMax));

const fields = {
  name: text.optional(),
  kind: text.optional(),
  owner: text.optional(),
  /** System of codes that do not name their own. */
  system: system.optional(),
  codes,
};

/** A template as sent. */
export const templateBody = z.strictObject(fields);

/** Kinds of claims, in the words of the API. */
export const claimSettings = [
  'professional',
  'outpatient',
  'inpatient',
] as const satisfies readonly ClaimSetting[];

/** What a diagnosis can be to its claim. */
export const diagnosisRoles = [
  'principal',
  'other',
  'admitting',
  'reason-for-visit',
  'external-cause',
] as const satisfies readonly DiagnosisRole[];

const diagnosis = z.strictObject({
  system: z.enum(['icd10cm', 'icd9cm']).optional(),
  code: z.string(),
  role: z.enum(diagnosisRoles).optional(),
});

const line = z.strictObject({
  procedure: text.transform(keptProcedure).optional(),
  modifiers: z.array(text).max(modifiersMax).optional(),
  dateOfService: date.optional(),
  billed: dollars.optional(),
  pointers: z.array(z.int().min(1).max(codesMax)).min(1).max(pointersMax).optional(),
});

/**
 * A claim as sent; `billed` becomes cents. `diagnoses` say which code is principal and which is an
 * external cause; with them `codes` need only list what is no diagnosis, or nothing.
 */
export const claimBody = z.strictObject({
  ...fields,
  codes: z
    .union([cell, z.array(entry)], { error: notCodes })
    .pipe(z.array(entry).max(codesMax))
    .optional(),
  setting: z.enum(claimSettings).optional(),
  diagnoses: z.array(diagnosis).max(codesMax).optional(),
  dateOfService: date.optional(),
  dischargeDate: date.optional(),
  payer: text.optional(),
  claimFiling: z
    .string()
    .trim()
    .regex(/^[0-9A-Za-z]{2}$/, 'no claim filing indicator of two characters (X12 SBR09)')
    .transform((value) => value.toUpperCase())
    .optional(),
  billed: dollars.optional(),
  lines: z.array(line).max(linesMax).optional(),
  age: z.int().min(0).max(ageMax).optional(),
  sex: z.enum(['female', 'male']).optional(),
  specialty: text.optional(),
  state: z
    .string()
    .trim()
    .regex(/^[A-Za-z]{2}$/, 'no two-letter postal code')
    .transform((value) => value.toUpperCase())
    .optional(),
});

/** A claim's diagnosis as sent; ICD-10-CM and, but for the first, `other` when it does not say. */
export type DiagnosisBody = z.output<typeof diagnosis>;

/** What both bodies say of codes. */
export type CodesBody = Pick<z.output<typeof claimBody>, 'codes' | 'system'>;
