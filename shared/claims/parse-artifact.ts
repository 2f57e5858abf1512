// What comes in as JSON or as a row becomes a claim or template, or a reason why not. The API and
// every intake format go through here, so that the same record is accepted or refused everywhere
// alike.
import type { z } from 'zod';
import {
  type Artifact,
  type CodeUse,
  codesMax,
  type Diagnosis,
  idRule,
  isStorableId,
  keptUses,
} from '../core/artifact.ts';
import { type CodeSystemId, codeSystems, normalizeCode } from '../core/code-system.ts';
import { normalizeIcd9 } from '../core/icd9.ts';
import { fieldWording } from '../formats/field-wording.ts';
import { type CodesBody, claimBody, type DiagnosisBody, templateBody } from './artifact-body.ts';
import { hcpcsOf } from './claim-codes.ts';
import { isNameable } from './nameable-field.ts';

/** Stable codes of refusals. */
export const refusalCodes = [
  'unreadable',
  'type-invalid',
  'id-invalid',
  'unknown-field',
  'codes-missing',
  'code-malformed',
  'date-invalid',
  'amount-invalid',
  'field-invalid',
  /** The envelope of a file or a part of it: nothing inside can be trusted. */
  'envelope-invalid',
  /** A version, transaction or resource that holds no claim, or none we read. */
  'unsupported',
  'segment-invalid',
  /** The same claim twice in one file. */
  'repeated',
] as const;

/** One of {@link refusalCodes}. */
export type RefusalCode = (typeof refusalCodes)[number];

/**
 * Why a record was refused: a stable code, and a message that names the field and never repeats its
 * content.
 */
export type Refusal = { readonly code: RefusalCode; readonly message: string };

/** An artifact, or why there is none. */
export type ParsedArtifact =
  | { readonly artifact: Artifact; readonly refusal?: undefined }
  | { readonly artifact?: undefined; readonly refusal: Refusal };

const codeByField: Readonly<Record<string, RefusalCode>> = {
  dateOfService: 'date-invalid',
  dischargeDate: 'date-invalid',
  billed: 'amount-invalid',
};

/** Every field a record may have; of a line's, those near which a misspelling may come. */
const knownFields = [...Object.keys(claimBody.shape), 'procedure', 'modifiers', 'pointers', 'role'];

const fieldOf = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');

/** Names unknown fields by their own name where that can be no content, else by their place. */
function unknownFields(
  { path, keys }: { readonly path: readonly PropertyKey[]; readonly keys: readonly string[] },
  record: object,
): Refusal {
  const parent = fieldOf(path);
  const inRecord = Object.keys(record);
  const named = keys.map((key) => {
    if (isNameable(key, knownFields)) return parent === '' ? key : `${parent}.${key}`;
    return parent === '' ? `field ${inRecord.indexOf(key) + 1}` : `a field of ${parent}`;
  });
  const message = `${[...new Set(named)].join(', ')}: no field of this type of record; remove it`;
  return { code: 'unknown-field', message };
}

function refusalOf(error: z.ZodError, record: object): Refusal {
  const [issue] = error.issues;
  if (!issue) throw new Error('a refused record has no issue');
  if (issue.code === 'unrecognized_keys') return unknownFields(issue, record);
  const field = fieldOf(issue.path);
  const isMissing =
    field === 'codes' && (!Object.hasOwn(record, 'codes') || issue.code === 'too_small');
  if (isMissing) return noCodes;
  const code = codeByField[String(issue.path.at(-1))] ?? 'field-invalid';
  return { code, message: `${field}: ${issue.message}` };
}

const noCodes: Refusal = { code: 'codes-missing', message: 'codes: lists no code' };

const refused = (code: RefusalCode, message: string): ParsedArtifact => ({
  refusal: { code, message },
});

// Shapes no name, number or date of a patient has: ICD-9-CM, and ICD-10-CM with its dot out of place.
const codeLike = /^(?:\d{3}(?:\.\d{1,2})?|[A-Z](?:\d[0-9A-Z]|[A-Z]\d)\.+[0-9A-Z]{0,4})$/i;

function malformed(field: string, text: string, system: 'icd9cm' | CodeSystemId): Refusal {
  const shown = codeLike.test(text.trim()) ? JSON.stringify(text) : 'what is given';
  const title = system === 'icd9cm' ? 'ICD-9-CM' : codeSystems[system].title;
  return { code: 'code-malformed', message: `${field}: ${shown} cannot be an ${title} code` };
}

/** ICD-10-CM codes all hold a digit: a word, such as a name in the wrong column, is none. */
function readCode(system: CodeSystemId, text: string): string | undefined {
  const code = normalizeCode(system, text);
  return code !== undefined && /\d/.test(code) ? code : undefined;
}

/** Codes in normal form, each once, in the order given; or why one cannot be one. */
function readCodes(body: CodesBody): readonly CodeUse[] | Refusal {
  const uses = new Map<string, CodeUse>();
  for (const [at, entry] of (body.codes ?? []).entries()) {
    const given = typeof entry === 'string' ? { code: entry, system: undefined } : entry;
    const system = given.system ?? body.system ?? 'icd10cm';
    const code = readCode(system, given.code);
    if (code === undefined) return malformed(`codes[${at}]`, given.code, system);
    uses.set(`${system}#${code}`, { system, code });
  }
  return [...uses.values()];
}

/** Diagnoses in normal form, in the order given; or why one cannot be one. */
function readDiagnoses(bodies: readonly DiagnosisBody[]): readonly Diagnosis[] | Refusal {
  const diagnoses: Diagnosis[] = [];
  for (const [at, body] of bodies.entries()) {
    const { system = 'icd10cm', role = at === 0 ? 'principal' : 'other' } = body;
    const code = system === 'icd9cm' ? normalizeIcd9(body.code) : readCode(system, body.code);
    if (code === undefined) return malformed(`diagnoses[${at}].code`, body.code, system);
    diagnoses.push({ system, code, role });
  }
  return diagnoses;
}

/** The codes listed, and behind them those of diagnoses and of lines that were not. */
function withOthers(
  codes: readonly CodeUse[],
  diagnoses: readonly Diagnosis[],
  procedures: readonly (string | undefined)[],
): readonly CodeUse[] {
  const ofDiagnoses = diagnoses.flatMap(({ system, code }) =>
    system === 'icd10cm' ? [{ system, code }] : [],
  );
  const ofLines = hcpcsOf(procedures).map((code) => ({ system: 'hcpcs', code }) as const);
  const uses = [...codes, ...ofDiagnoses, ...ofLines];
  const each = new Map(uses.map((use) => [`${use.system}#${use.code}`, use]));
  return [...each.values()];
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The fields that have a value: a stored artifact has no undefined ones. */
function present<T extends object>(fields: T): Present<T> {
  const kept: Present<T> = { ...fields };
  for (const name in kept) if (kept[name] === undefined) delete kept[name];
  return kept;
}

function parseTemplate(record: object, id: string): ParsedArtifact {
  const result = templateBody.safeParse(record, { error: fieldWording });
  if (!result.success) return { refusal: refusalOf(result.error, record) };
  const { name, kind, owner } = result.data;
  const codes = readCodes(result.data);
  if ('message' in codes) return { refusal: codes };
  return { artifact: { type: 'template', id, ...present({ name, kind, owner }), codes } };
}

function parseClaim(record: object, id: string): ParsedArtifact {
  const result = claimBody.safeParse(record, { error: fieldWording });
  if (!result.success) return { refusal: refusalOf(result.error, record) };
  const { system: _, codes: __, billed: billedCents, lines, ...rest } = result.data;
  const { diagnoses: sent, ...fields } = rest;
  const listed = readCodes(result.data);
  if ('message' in listed) return { refusal: listed };
  const diagnoses = sent && readDiagnoses(sent);
  if (diagnoses && 'message' in diagnoses) return { refusal: diagnoses };
  if (listed.length + (diagnoses?.length ?? 0) === 0) return { refusal: noCodes };
  const procedures = lines?.map(({ procedure }) => procedure) ?? [];
  const codes = withOthers(listed, diagnoses ?? [], procedures);
  const own = lines?.map(({ billed, ...line }) => present({ ...line, billedCents: billed }));
  const artifact = {
    ...({ type: 'claim', id, ...present(fields), codes } as const),
    ...present({ diagnoses, billedCents, lines: own }),
  };
  if (keptUses(artifact).length > codesMax) {
    return refused(
      'field-invalid',
      `codes: at most ${codesMax}, those of diagnoses and lines included`,
    );
  }
  return { artifact };
}

/**
 * The artifact of a record as `PUT /v1/templates/{id}` and `PUT /v1/claims/{id}` take it. Codes
 * with or without dot, in any case, repeated ones once; `billed` in dollars; every unknown field is
 * an error, so that nothing a sender thinks was stored is not, and nothing about a patient slips
 * in. `type` and `id` in the record itself must be the same.
 */
export function parseArtifact(input: unknown, type: Artifact['type'], id: string): ParsedArtifact {
  if (!isStorableId(id)) return refused('id-invalid', `id: ${idRule}`);
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return refused('unreadable', 'record: no JSON object');
  }
  const { type: ownType = type, id: ownId = id, ...record } = input as Record<string, unknown>;
  if (ownType !== type) return refused('type-invalid', `type: not ${type}`);
  if (String(ownId) !== id) return refused('id-invalid', 'id: not the one it is stored under');
  return type === 'template' ? parseTemplate(record, id) : parseClaim(record, id);
}

/**
 * The artifact of a record that says itself what it is: `type` is `claim` or `template`, `id` a
 * text or number.
 */
export function parseRecord(input: unknown): ParsedArtifact {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return refused('unreadable', 'record: no JSON object');
  }
  const { type, id } = input as Record<string, unknown>;
  if (type !== 'claim' && type !== 'template') {
    return refused('type-invalid', 'type: neither claim nor template');
  }
  if (typeof id !== 'string' && !Number.isSafeInteger(id)) {
    return refused('id-invalid', `id: ${idRule}`);
  }
  return parseArtifact(input, type, String(id));
}
