// Reads a ValueSet that comes with the request: lists of codes, and filters this server can answer. The rest of what
// `compose` can say is refused by name.
import type { ValueSet } from 'fhir/r4.js';
import * as z from 'zod';
import type { CodeRange } from '../../../shared/core/code-range.ts';
import { type CodeSystemId, normalizeCode } from '../../../shared/core/code-system.ts';
import { codeOrderOf } from '../../../shared/core/tabular-order.ts';
import { fieldWording } from '../../../shared/formats/field-wording.ts';
import { requireSystem } from './canonical.ts';
import { FhirError, invalid, notSupported } from './fhir-error.ts';
import type { Include } from './value-set-include.ts';

/** Codes a value set may list, over all its includes. */
export const listedCodesMax = 1000;

const text = z.string().min(1).max(500);
const conceptSchema = z.strictObject({
  code: z.string().min(1).max(64),
  display: text.optional(),
});
const filterSchema = z.strictObject({ property: text, op: text, value: text });
const includeSchema = z.strictObject({
  system: text,
  version: text.optional(),
  concept: z.array(conceptSchema).min(1).max(listedCodesMax).optional(),
  filter: z.array(filterSchema).min(1).max(10).optional(),
});
const composeSchema = z.strictObject({
  /** Codes that are not listed on the date are in no expansion, whatever this says. */
  inactive: z.boolean().optional(),
  include: z.array(includeSchema).min(1).max(20),
});

type GivenInclude = z.infer<typeof includeSchema>;

/** What the value set includes; throws 400 naming what is malformed or not supported. */
export function readInlineValueSet({ compose }: ValueSet): readonly Include[] {
  if (compose === undefined) {
    throw notSupported('valueSet: has no compose; give its url when it is one of this server');
  }
  const read = composeSchema.safeParse(compose, { error: fieldWording });
  if (!read.success) throw malformed(read.error.issues);
  const includes = read.data.include.map(includeOf);
  const listed = includes.reduce((sum, one) => sum + (one.codes?.length ?? 0), 0);
  if (listed > listedCodesMax) {
    throw new FhirError(422, 'too-costly', `valueSet: lists over ${listedCodesMax} codes`);
  }
  if (includes.length > 1 && !includes.every((one) => one.codes)) {
    throw notSupported('valueSet: of several includes, each must list its codes (concept)');
  }
  return includes;
}

/** What is not supported is told first: an import of another value set has no system either. */
function malformed(issues: readonly z.core.$ZodIssue[]): FhirError {
  const issue = issues.find((one) => one.code === 'unrecognized_keys') ?? issues[0];
  const path = ['valueSet.compose', ...(issue?.path ?? [])].map(String).join('.');
  if (issue?.code === 'unrecognized_keys') {
    return notSupported(`${path}.${issue.keys[0]}: not supported in a value set sent along`);
  }
  return invalid(`${path}: ${issue?.message ?? 'malformed'}`);
}

function includeOf({ system: uri, version, concept, filter = [] }: GivenInclude): Include {
  const system = requireSystem(uri).id;
  if (concept && filter.length > 0)
    throw invalid('valueSet: concept and filter exclude each other');
  const isa = filter.filter((one) => one.property === 'concept' && one.op === 'is-a');
  const billable = filter.filter(
    (one) => one.property === 'billable' && one.op === '=' && one.value === 'true',
  );
  const range = filter.filter((one) => one.property === 'range' && one.op === '=');
  const other = filter.find((one) => ![isa, billable, range].some((all) => all.includes(one)));
  if (other) {
    throw notSupported(
      `valueSet: filter ${other.property} ${other.op} ${other.value}; there are concept is-a <code>, ` +
        'billable = true, range = <code>-<code>',
    );
  }
  if (range.length > 0 && isa.length > 0) {
    throw notSupported('valueSet: filters concept is-a and range of one include; give one of them');
  }
  if (isa.length > 1) throw notSupported('valueSet: one filter concept is-a at most');
  const root = isa[0]?.value;
  if (root !== undefined && normalizeCode(system, root) === undefined) {
    throw invalid(`valueSet: ${root} cannot be a code of ${uri}`);
  }
  return {
    system,
    billableOnly: billable.length > 0,
    ...(version !== undefined && { version }),
    ...(root !== undefined && { isa: root }),
    ...(concept && { codes: concept }),
    ...(range.length > 0 && { ranges: [onlyRange(system, range)] }),
  };
}

function onlyRange(
  system: CodeSystemId,
  [first, ...more]: readonly { readonly value: string }[],
): CodeRange {
  if (!first || more.length > 0) throw notSupported('valueSet: one filter range at most');
  const [from, to, ...rest] = first.value.split('-').map((one) => normalizeCode(system, one));
  if (from !== undefined && to !== undefined && rest.length === 0) {
    if (codeOrderOf(system)(from, to) <= 0) return { from, to };
    throw invalid(`valueSet: range ${first.value} ends before it begins`);
  }
  throw invalid(`valueSet: range ${first.value} is not two codes with a dash between`);
}
