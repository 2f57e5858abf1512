// The route that scrubs claims before they go out: stored ones, one that is sent along, or a batch.
import { Hono } from 'hono';
import * as z from 'zod';
import { claimBody, diagnosisRoles } from '../../shared/claims/artifact-body.ts';
import { type Artifact, codesMax, type Diagnosis } from '../../shared/core/artifact.ts';
import { codeSystemIds, normalizeCode } from '../../shared/core/code-system.ts';
import { CodewatchError } from '../../shared/core/errors.ts';
import { normalizeIcd9 } from '../../shared/core/icd9.ts';
import { openRuleBook } from '../../shared/operations/open-rule-book.ts';
import { type ScrubbedArtifact, scrubAnswer } from '../../shared/operations/scrub-answer.ts';
import { scrubSubjects } from '../../shared/operations/scrub-claim.ts';
import { subjectOf } from '../../shared/scrub/subject-of.ts';
import type { ApiPorts } from './api-ports.ts';
import type { TenantOf } from './authenticate.ts';
import { storedIdOf } from './claim-reference.ts';
import { codeLengthMax } from './code-in-path.ts';
import { jsonBody, readBody, readJson } from './read-body.ts';
import { readQuery } from './read-query.ts';

/** Bytes of a body: a thousand claims of some two kilobytes. */
export const scrubBytesMax = 2_000_000;
/** Claims of one batch. */
export const scrubClaimsMax = 1000;

const systems = [...codeSystemIds, 'icd9cm'] as const;

const code = z
  .string()
  .trim()
  .min(1)
  .max(codeLengthMax)
  .refine((text) => !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(text), 'holds a control character');

const diagnosis = z.strictObject({
  system: z.enum(['icd10cm', 'icd9cm']).optional(),
  code,
  role: z.enum(diagnosisRoles).optional(),
});

const entry = z.union([
  code,
  z.strictObject({
    system: z.enum(systems).optional(),
    code,
    role: z.enum(diagnosisRoles).optional(),
  }),
]);

const { dateOfService, payer: text, billed } = claimBody.shape;

const line = z.strictObject({
  procedure: text,
  modifiers: z.array(z.string().max(8)).max(8).optional(),
  dateOfService,
  billed,
  pointers: z.array(z.int().min(0).max(999)).max(50).optional(),
});

/**
 * A claim as `PUT /v1/claims/{id}` takes it; but codes may be of ICD-9-CM, say their role, and be no codes at all: that is
 * for the rules to tell.
 */
export const scrubClaimSchema = claimBody.extend({
  type: z.enum(['claim', 'template']).optional().meta({
    description:
      'A template is scrubbed as one, for the date of service given; a claim when absent.',
  }),
  system: z.enum(systems).optional(),
  codes: z.array(entry).max(codesMax).optional(),
  diagnoses: z.array(diagnosis).max(codesMax).optional(),
  lines: z.array(line).max(999).optional(),
});

const storedSchema = z.strictObject({ id: z.string().min(1).max(128) });
const batchSchema = z.strictObject({
  claims: z.array(scrubClaimSchema).min(1).max(scrubClaimsMax),
});

/** Body of a scrub: a stored claim by its id, a claim, or a batch of claims. */
export const scrubSchema = z.union([storedSchema, scrubClaimSchema, batchSchema]);

/** `POST /v1/scrub`. Needs the token. */
export function scrubRoutes(ports: ApiPorts, tenantOf: TenantOf): Hono {
  return new Hono().post('/scrub', jsonBody(scrubBytesMax), async (c) => {
    const tenant = await tenantOf(c);
    readQuery(c, {});
    const body = await readJson(c);
    const reference = await referenceOf(ports);
    const settings = await ports.tenants.settings(tenant);
    const answersOn = async (all: readonly ScrubbedArtifact[]) => {
      const found = await scrubSubjects(
        reference,
        all.map(({ subject }) => subject),
      );
      return all.map((one, index) => scrubAnswer(found[index] ?? [], one, settings));
    };
    // One schema at a time, so that a fault is named by its field and not as "none of three".
    if (has(body, 'id')) {
      const { id } = await readBody(c, storedSchema);
      const [answer] = await answersOn([await storedClaim(ports, tenant, id)]);
      return c.json(answer);
    }
    if (has(body, 'claims')) {
      const { claims } = await readBody(c, batchSchema);
      return c.json({ results: await answersOn(claims.map(ofBody)) });
    }
    const [answer] = await answersOn([ofBody(await readBody(c, scrubClaimSchema))]);
    return c.json(answer);
  });
}

async function storedClaim(
  { tenants }: Pick<ApiPorts, 'tenants'>,
  tenant: string,
  id: string,
): Promise<ScrubbedArtifact> {
  const stored = await storedIdOf(tenants, tenant, { type: 'claim', id });
  const artifact = await tenants.getArtifact(tenant, 'claim', stored);
  if (!artifact) throw new CodewatchError('not-found', `no claim ${id}`);
  return { artifact, subject: subjectOf(artifact), isStored: true };
}

const has = (body: unknown, name: string): boolean =>
  typeof body === 'object' && body !== null && Object.hasOwn(body, name);

/** One state of the reference data for one request, with the lists the rules ask where this process has any. */
async function referenceOf({ reference, codeItems, archive, payers, clock }: ApiPorts) {
  const known = { ...reference.now(), payers };
  if (!archive) return known;
  return { ...known, ruleBook: await openRuleBook({ codeItems, archive, clock }) };
}

type Body = z.output<typeof scrubClaimSchema>;

/** In normal form; what cannot be a code of its system, in upper case as it came. */
function readCode(system: (typeof systems)[number], given: string): string {
  const normal = system === 'icd9cm' ? normalizeIcd9(given) : normalizeCode(system, given);
  return normal ?? given.toUpperCase();
}

type GivenCode = {
  readonly system?: (typeof systems)[number] | undefined;
  readonly code: string;
  readonly role?: Diagnosis['role'] | undefined;
};

function ofBody(body: Body): ScrubbedArtifact {
  const artifact = artifactOfBody(body);
  const { dateOfService } = body;
  return { artifact, subject: subjectOf(artifact, dateOfService), isStored: false };
}

function artifactOfBody(body: Body): Artifact {
  const {
    type,
    system: common = 'icd10cm',
    codes = [],
    diagnoses,
    lines,
    billed: billedCents,
    ...rest
  } = body;
  const given = codes.map((one): GivenCode => {
    const { system = common, code: text, role } = typeof one === 'string' ? { code: one } : one;
    return { system, code: text, role };
  });
  if (given.length === 0 && !diagnoses?.length) {
    throw new CodewatchError('invalid-request', 'codes: lists no code');
  }
  if (type === 'template') return templateOf(given);
  const procedures = given.flatMap(({ system, code: text }) =>
    system === 'icd10pcs' || system === 'hcpcs' ? [{ system, code: readCode(system, text) }] : [],
  );
  return {
    type: 'claim',
    id: 'inline',
    ...present({ ...rest, billedCents }),
    codes: procedures,
    diagnoses: diagnosesOf(diagnoses ?? given),
    ...(lines && {
      lines: lines.map(({ billed, ...own }) => present({ ...own, billedCents: billed })),
    }),
  };
}

/** ICD-9-CM is no code of any template. */
const templateOf = (given: readonly GivenCode[]): Artifact => ({
  type: 'template',
  id: 'inline',
  codes: given.flatMap(({ system = 'icd10cm', code: text }) =>
    system === 'icd9cm' ? [] : [{ system, code: readCode(system, text) }],
  ),
});

/** Diagnoses in order; unless it is said, the first is the principal one. */
function diagnosesOf(given: readonly GivenCode[]): readonly Diagnosis[] {
  const diagnoses: Diagnosis[] = [];
  for (const { system = 'icd10cm', code: text, role } of given) {
    if (system === 'icd10pcs' || system === 'hcpcs') continue;
    const otherwise = diagnoses.length === 0 ? 'principal' : 'other';
    diagnoses.push({ system, code: readCode(system, text), role: role ?? otherwise });
  }
  return diagnoses;
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The fields that have a value: claims have no undefined ones. */
function present<T extends object>(fields: T): Present<T> {
  const kept: Present<T> = { ...fields };
  for (const name in kept) if (kept[name] === undefined) delete kept[name];
  return kept;
}
