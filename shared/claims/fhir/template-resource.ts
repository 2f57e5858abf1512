// A FHIR R4 PlanDefinition (order sets, protocols) or ActivityDefinition becomes a template: every ICD-10 and HCPCS code it
// holds, wherever it stands: an action's code or reason, a trigger's filter, a goal, a contained resource or value set.
import { type CodeUse, codesMax, idRule } from '../../core/artifact.ts';
import { normalizeCode } from '../../core/code-system.ts';
import { hcpcsOf, readIcd10cm } from '../claim-codes.ts';
import { changedId, storableIdOf } from '../claim-id.ts';
import { warnAt } from '../claim-parts.ts';
import type { IntakeWarning } from '../intake-record.ts';
import type { Refusal } from '../parse-artifact.ts';
import type { ReadRecord } from '../tell-repeats.ts';
import { anyCodesOf, kindOfSystem } from './code-systems.ts';
import { isObject, type JsonObject, objectAt, objectsAt, textAt } from './json-access.ts';
import type { Place } from './place.ts';

const depthMax = 50;

type Found = {
  readonly uses: Map<string, CodeUse>;
  readonly warnings: IntakeWarning[];
  hasMalformed: boolean;
};

function takeCode(found: Found, path: string, system: string, text: string | undefined): void {
  const kind = kindOfSystem(system);
  if (text === undefined || kind === undefined) return;
  if (kind === 'procedure') {
    const [code] = hcpcsOf([text]);
    if (code !== undefined) found.uses.set(`hcpcs ${code}`, { system: 'hcpcs', code });
    return;
  }
  if (kind === 'icd9cm' || kind === 'icd9-procedure') {
    const message = 'ICD-9-CM codes are not kept in a template; left out';
    warnAt(found.warnings, path, 'unsupported', message);
    return;
  }
  const code = kind === 'icd10cm' ? readIcd10cm(text) : normalizeCode(kind, text);
  if (code !== undefined) {
    found.uses.set(`${kind} ${code}`, { system: kind, code });
    return;
  }
  found.hasMalformed = true;
  warnAt(found.warnings, path, 'code-malformed', 'cannot be a code of its system; left out');
}

/** Takes the codes of a Coding, and of the concepts an inclusion of a value set lists for its system. */
function takeCodes(found: Found, value: JsonObject, path: string): void {
  const system = textAt(value, 'system');
  if (system === undefined) return;
  takeCode(found, path, system, textAt(value, 'code'));
  for (const concept of objectsAt(value, 'concept')) {
    const at = `${path}.concept[${concept.at}]`;
    takeCode(found, at, system, textAt(concept.value, 'code'));
  }
}

function search(found: Found, value: unknown, path: string, depth: number): void {
  if (depth > depthMax) return;
  if (Array.isArray(value)) {
    for (const [at, one] of value.entries()) search(found, one, `${path}[${at}]`, depth + 1);
  } else if (isObject(value)) {
    takeCodes(found, value, path);
    for (const name in value) {
      // Names of fields are the sender's; only those FHIR could have are repeated.
      const step = /^[A-Za-z]{1,40}$/.test(name) ? name : '*';
      search(found, value[name], path === '' ? step : `${path}.${step}`, depth + 1);
    }
  }
}

function refuse(found: Found, resource: JsonObject): Refusal | undefined {
  if (textAt(resource, 'status') === 'retired') {
    return { code: 'unsupported', message: 'status retired: not in use any more' };
  }
  if (found.uses.size > codesMax) {
    return { code: 'field-invalid', message: `more than ${codesMax} codes; split the template` };
  }
  if (found.uses.size > 0) return undefined;
  return found.hasMalformed
    ? { code: 'code-malformed', message: 'holds no code that can be one of ICD-10' }
    : { code: 'codes-missing', message: 'holds no code of ICD-10 or HCPCS, so nothing to watch' };
}

const namesOf = (resource: JsonObject): { name?: string; kind: string } => {
  const name = (textAt(resource, 'title') ?? textAt(resource, 'name'))
    ?.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .slice(0, 200);
  const own = anyCodesOf(objectAt(resource, 'type'))[0];
  const kind =
    resource.resourceType === 'PlanDefinition' ? 'plan-definition' : 'activity-definition';
  const isCode = own !== undefined && /^[a-z-]{1,40}$/.test(own);
  return { ...(name !== undefined && { name }), kind: isCode ? own : kind };
};

/** The template of a PlanDefinition or ActivityDefinition; its id is `id`, else `url`. */
export function readTemplateResource(resource: JsonObject, place: Place): ReadRecord {
  const { where, prefix } = place;
  const sent = textAt(resource, 'id') ?? textAt(resource, 'url') ?? '';
  const id = storableIdOf(sent);
  if (id === undefined) {
    return { kind: 'rejected', where, code: 'id-invalid', message: `id: ${idRule}` };
  }
  const found: Found = { uses: new Map(), warnings: [], hasMalformed: false };
  search(found, resource, '', 0);
  const refusal = refuse(found, resource);
  if (refusal) return { kind: 'rejected', where, ...refusal };
  const changed = changedId(sent, id);
  if (changed !== undefined) warnAt(found.warnings, 'id', 'id-invalid', changed);
  const warnings = found.warnings.map((one) => ({ ...one, where: `${prefix}${one.where}` }));
  const artifact = {
    type: 'template',
    id,
    ...namesOf(resource),
    codes: [...found.uses.values()],
  } as const;
  return { kind: 'accepted', where, artifact, ...(warnings.length > 0 && { warnings }) };
}
