// The fields of a claim or template as senders write them, in the JSON API and in every intake
// format.
import { z } from 'zod';
import { codesMax } from '../core/artifact.ts';
import { type CalendarDate, parseCalendarDate } from '../core/calendar-date.ts';
import { codeSystemIds } from '../core/code-system.ts';
import { parseDollars } from '../core/money.ts';

/** Lines of one claim: X12 allows 999 on an institutional claim. */
const linesMax = 999;
const textMax = 200;

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

const codes = z
  .union([cell, z.array(entry)], { error: 'neither a list of codes nor text with ; between them' })
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

/** A claim as sent; `billed` becomes cents. */
export const claimBody = z.strictObject({
  ...fields,
  dateOfService: date.optional(),
  dischargeDate: date.optional(),
  payer: text.optional(),
  billed: dollars.optional(),
  lines: z
    .array(
      z.strictObject({
        procedure: text.optional(),
        dateOfService: date.optional(),
        billed: dollars.optional(),
      }),
    )
    .max(linesMax)
    .optional(),
  state: z
    .string()
    .trim()
    .regex(/^[A-Za-z]{2}$/, 'no two-letter postal code')
    .transform((value) => value.toUpperCase())
    .optional(),
});

/** What both bodies have. */
export type ArtifactBody = z.output<typeof templateBody>;
