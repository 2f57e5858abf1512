// Answers on what a tenant stored and was told, and on the service itself, as schemas; see reference-answers.ts.
import * as z from 'zod';
import type { WrittenFinding } from '../../../shared/operations/read-findings.ts';
import type { Health } from '../../../shared/operations/read-health.ts';
import type { artifactBody } from '../artifact-body.ts';
import { count, date, instant, releaseId, replacement, system } from './reference-answers.ts';
import { findingKind, findingPolicy } from './tenant-policy-answers.ts';
import type { Same, Wire } from './wire.ts';

const cents = z.int().min(0);
const text = z.string().exactOptional();
const dollars = z.number().min(0).exactOptional();
const writtenCode = z.strictObject({ system, code: z.string() });

/** What denial would put at risk. */
export const atRisk = z.strictObject({
  billedCents: cents,
  reworkCentsMin: cents,
  reworkCentsMax: cents,
});
/** What a finding is on. */
export const foundOn = z.strictObject({
  type: z.enum(['claim', 'template']),
  id: z.string(),
  name: text,
});

/** One stored template or claim a change hits. */
export const finding = z
  .strictObject({
    id: z.string(),
    state: z.enum(['open', 'acknowledged', 'snoozed', 'fixed', 'not-applicable']),
    kind: findingKind,
    system,
    code: z.string(),
    release: releaseId.meta({ description: 'The release, or the edition of policies.' }),
    effective: date,
    policy: findingPolicy.exactOptional(),
    artifact: foundOn,
    owner: text,
    due: date.exactOptional(),
    service: z
      .strictObject({ date, payer: text, claimFiling: text })
      .exactOptional()
      .meta({ description: 'Of a claim: what its filing deadline is worked out from.' }),
    fileBy: date
      .exactOptional()
      .meta({ description: 'Of a claim: the last day to file, by your settings.' }),
    seq: count.exactOptional(),
    closedBecause: z.literal('no-longer-hit').exactOptional(),
    replacedBy: z.array(replacement),
    atRisk,
    rule: z.enum(['code-ended', 'code-header', 'code-retitled', 'coverage']),
    severity: z.enum(['error', 'warning', 'info']),
    message: z.string(),
    remedy: z.string(),
    source: z.string(),
  })
  .meta({ id: 'Finding' });

const fields = {
  id: z.string(),
  name: text,
  kind: text,
  owner: text,
  codes: z.array(writtenCode),
};

/** A stored template. */
export const template = z
  .strictObject({ type: z.literal('template'), ...fields })
  .meta({ id: 'Template' });

const claimLine = z.strictObject({
  procedure: text,
  modifiers: z.array(z.string()).exactOptional(),
  dateOfService: date.exactOptional(),
  billed: dollars,
  pointers: z
    .array(z.int())
    .exactOptional()
    .meta({ description: 'Positions in `diagnoses`, from 1.' }),
});

/** A stored claim; amounts in dollars. */
export const claim = z
  .strictObject({
    type: z.literal('claim'),
    ...fields,
    setting: z.enum(['professional', 'outpatient', 'inpatient']).exactOptional(),
    diagnoses: z
      .array(
        z.strictObject({
          system: z.enum(['icd10cm', 'icd9cm']),
          code: z.string(),
          role: z.enum(['principal', 'other', 'admitting', 'reason-for-visit', 'external-cause']),
        }),
      )
      .exactOptional(),
    dateOfService: date.exactOptional(),
    dischargeDate: date.exactOptional(),
    payer: text,
    state: text,
    claimFiling: text,
    age: count.exactOptional(),
    sex: z.enum(['female', 'male']).exactOptional(),
    specialty: text,
    billed: dollars,
    lines: z.array(claimLine).exactOptional(),
  })
  .meta({ id: 'Claim' });

const hits = { findings: z.array(finding) };
/** `PUT /v1/templates/{id}`: what was stored, and what hits it already. */
export const storedTemplate = template.extend(hits).meta({ id: 'StoredTemplate' });
/** `PUT /v1/claims/{id}`: what was stored, and what hits it already. */
export const storedClaim = claim.extend(hits).meta({ id: 'StoredClaim' });

/** `GET /health`. */
export const health = z
  .strictObject({
    status: z.enum(['ok', 'starting']),
    systems: z.array(
      z.strictObject({
        system,
        newestRelease: releaseId.nullable(),
        newestEffective: date.nullable(),
        releases: count,
        quarantined: count,
      }),
    ),
    policies: z.array(
      z.strictObject({
        source: z.string(),
        newestEdition: z.string().nullable(),
        newestCollected: date.nullable(),
        editions: count,
        quarantined: count,
      }),
    ),
    feeds: z.array(
      z.strictObject({
        id: z.string(),
        lastChecked: instant.nullable(),
        lastChanged: instant.nullable(),
        lagDays: z.int().nullable(),
      }),
    ),
  })
  .meta({ id: 'Health' });

type StatedHealth = { status: 'ok' | 'starting' } & Health;
type Flat<T> = { [Name in keyof T]: T[Name] };
type Stored = ReturnType<typeof artifactBody>;

/** The schemas above say exactly what is answered; the compiler refuses this line when they do not. */
export const tenantAnswersAreExact: readonly true[] = [
  true satisfies Same<z.output<typeof finding>, Wire<WrittenFinding>>,
  true satisfies Same<z.output<typeof health>, Wire<Flat<StatedHealth>>>,
  true satisfies Same<z.output<typeof template>, Wire<Flat<Extract<Stored, { type: 'template' }>>>>,
  true satisfies Same<z.output<typeof claim>, Wire<Flat<Extract<Stored, { type: 'claim' }>>>>,
];
