// What comes in as JSON or as a row becomes a claim or template, or a reason why not. The API and
// every intake format go through here, so that the same record is accepted or refused everywhere
// alike.
import type { z } from 'zod';
import { type Artifact, type CodeUse, idRule, isStorableId } from '../core/artifact.ts';
import { codeSystems, normalizeCode } from '../core/code-system.ts';
import { type ArtifactBody, claimBody, templateBody } from './artifact-body.ts';

/** Stable codes of refusals. */
export type RefusalCode =
  | 'unreadable'
  | 'type-invalid'
  | 'id-invalid'
  | 'unknown-field'
  | 'codes-missing'
  | 'code-malformed'
  | 'date-invalid'
  | 'amount-invalid'
  | 'field-invalid'
  /** The envelope of a file or a part of it: nothing inside can be trusted. */
  | 'envelope-invalid'
  /** A version, transaction or resource that holds no claim, or none we read. */
  | 'unsupported'
  | 'segment-invalid'
  /** The same claim twice in one file. */
  | 'repeated';

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

const fieldOf = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');

function refusalOf(error: z.ZodError, record: object): Refusal {
  const [issue] = error.issues;
  if (!issue) throw new Error('a refused record has no issue');
  const field = fieldOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => (field === '' ? key : `${field}.${key}`)).join(', ');
    return {
      code: 'unknown-field',
      message: `${names}: no field of this type of record; remove it`,
    };
  }
  const isMissing =
    field === 'codes' && (!Object.hasOwn(record, 'codes') || issue.code === 'too_small');
  if (isMissing) return { code: 'codes-missing', message: 'codes: lists no code' };
  const code = codeByField[String(issue.path.at(-1))] ?? 'field-invalid';
  return { code, message: `${field}: ${issue.message}` };
}

const refused = (code: RefusalCode, message: string): ParsedArtifact => ({
  refusal: { code, message },
});

/** Codes in normal form, each once, in the order given; or why one cannot be one. */
function readCodes(body: ArtifactBody): readonly CodeUse[] | Refusal {
  const uses = new Map<string, CodeUse>();
  for (const entry of body.codes) {
    const given = typeof entry === 'string' ? { code: entry, system: undefined } : entry;
    const system = given.system ?? body.system ?? 'icd10cm';
    const code = normalizeCode(system, given.code);
    if (code === undefined) {
      const shown = JSON.stringify(given.code.slice(0, 20));
      const message = `codes: ${shown} cannot be an ${codeSystems[system].title} code`;
      return { code: 'code-malformed', message };
    }
    uses.set(`${system}#${code}`, { system, code });
  }
  return [...uses.values()];
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The fields that have a value: a stored artifact has no undefined ones. */
function present<T extends object>(fields: T): Present<T> {
  const kept: Present<T> = { ...fields };
  for (const name in kept) if (kept[name] === undefined) delete kept[name];
  return kept;
}

function parseTemplate(record: object, id: string): ParsedArtifact {
  const result = templateBody.safeParse(record);
  if (!result.success) return { refusal: refusalOf(result.error, record) };
  const { name, kind, owner } = result.data;
  const codes = readCodes(result.data);
  if ('message' in codes) return { refusal: codes };
  return { artifact: { type: 'template', id, ...present({ name, kind, owner }), codes } };
}

function parseClaim(record: object, id: string): ParsedArtifact {
  const result = claimBody.safeParse(record);
  if (!result.success) return { refusal: refusalOf(result.error, record) };
  const { system: _, codes: given, billed: billedCents, lines, ...fields } = result.data;
  const codes = readCodes(result.data);
  if ('message' in codes) return { refusal: codes };
  const own = lines?.map(({ billed, ...line }) => present({ ...line, billedCents: billed }));
  const artifact = { type: 'claim', id, ...present(fields), codes } as const;
  return { artifact: { ...artifact, ...present({ billedCents, lines: own }) } };
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
