// Answers on what a tenant was told as schemas; see reference-answers.ts.
import * as z from 'zod';
import type { AlertWithDelivery } from '../../../shared/operations/read-alerts.ts';
import { count, date, instant, kind, releaseId, replacement, system } from './reference-answers.ts';
import { alertPolicyOf, findingKind, stillListedBy } from './tenant-policy-answers.ts';
import type { Same, Wire } from './wire.ts';

const cents = z.int().min(0);
const text = z.string().exactOptional();
const moneyRange = z.strictObject({ min: cents, max: cents });

const firstDeadline = date
  .exactOptional()
  .meta({ description: 'The first filing deadline of the claims that was still ahead.' });
const lapsedClaims = count
  .exactOptional()
  .meta({ description: 'Claims whose filing deadline had passed.' });

const alertCode = z
  .strictObject({
    code: z.string(),
    kind,
    effective: date,
    title: z.strictObject({ before: z.string().nullable(), after: z.string().nullable() }),
    replacedBy: z.array(replacement.extend({ title: z.string() })),
    replacedByMore: count.exactOptional(),
    templates: z.array(
      z.strictObject({ id: z.string(), name: text, owner: text, finding: z.string() }),
    ),
    templatesMore: count.exactOptional(),
    claims: z.strictObject({
      count,
      billedCents: cents,
      fileBy: firstDeadline,
      lapsed: lapsedClaims,
    }),
    reworkCents: moneyRange,
    habit: z
      .strictObject({ claims: count, billedCents: cents, from: date, to: date })
      .exactOptional(),
    stillListedBy: stillListedBy.exactOptional(),
    stillListedByMore: count.exactOptional(),
  })
  .meta({ id: 'AlertCode' });

const { templates, claims, reworkCents } = alertCode.shape;
const alertPolicy = alertPolicyOf({ templates, claims, reworkCents });

const alertTotals = z
  .strictObject({
    codes: count,
    policies: count.exactOptional(),
    templates: count,
    claims: count,
    billedCents: cents,
    reworkCents: moneyRange,
    habitCodes: count,
    fileBy: firstDeadline,
    lapsedClaims,
  })
  .meta({ id: 'AlertTotals' });

/** The digest on one release, or on one edition of payer policies. */
export const alert = z
  .strictObject({
    id: z.string(),
    tenant: z.string(),
    system,
    release: releaseId,
    seq: count,
    effective: date,
    createdAt: instant,
    severity: z.enum(['high', 'medium', 'low']),
    kinds: z.array(findingKind),
    codes: z.array(alertCode),
    codesMore: count.exactOptional(),
    policies: z
      .array(alertPolicy)
      .exactOptional()
      .meta({ description: 'Of an alert on payer policies; such a one lists no codes.' }),
    policiesMore: count.exactOptional(),
    totals: alertTotals,
  })
  .meta({ id: 'Alert' });

/** One digest and whether it went out. */
export const deliveredAlert = alert
  .extend({
    delivery: z.strictObject({ deliveredAt: instant, messageIds: z.array(z.string()) }).nullable(),
  })
  .meta({ id: 'DeliveredAlert' });

type Flat<T> = { [Name in keyof T]: T[Name] };

/** The schemas above say exactly what is answered; the compiler refuses this line when they do not. */
export const alertAnswersAreExact: readonly true[] = [
  true satisfies Same<z.output<typeof deliveredAlert>, Wire<Flat<AlertWithDelivery>>>,
];
