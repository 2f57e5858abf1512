// ValueSet/$expand: the codes of a value set as they are on a date, page by page (FHIR R4 ValueSet-expand).
import type { ValueSet } from 'fhir/r4.js';
import type { CodeSystemId } from '../../../shared/core/code-system.ts';
import { type Expansion, expand } from '../../../shared/operations/expand.ts';
import { requireSystem, splitCanonical } from './canonical.ts';
import { expandListedCodes } from './expand-listed-codes.ts';
import { type ExpandedCode, expansionOf } from './expansion.ts';
import type { FhirContext } from './fhir-context.ts';
import { invalid, tooCostly } from './fhir-error.ts';
import { type Point, pointOf } from './known-versions.ts';
import { operation } from './operation.ts';
import {
  booleanType,
  countType,
  dateType,
  englishType,
  stringType,
  uriType,
  valueSetType,
} from './parameter-types.ts';
import { one, refused, type Values } from './read-parameters.ts';
import { refusedEverywhere } from './validation-parameters.ts';
import { definitionOf } from './value-set-definition.ts';
import type { Include } from './value-set-include.ts';

/** Codes in one answer at most: every category has fewer, and an answer stays below 3 MB. */
export const expandedCodesMax = 10_000;

/** What the operation takes; TerminologyCapabilities lists it. */
export const expandParameters = {
  ...refusedEverywhere,
  url: one(uriType, 'the value set, with |version where one is meant'),
  valueSet: one(valueSetType, 'a value set sent along'),
  valueSetVersion: one(stringType, 'version of the value set: an effective date'),
  date: one(dateType, 'the day asked about; today when absent'),
  filter: one(stringType, 'every word must begin a word of the title or the code'),
  offset: one(countType, 'codes to leave out before the first'),
  count: one(countType, 'codes at most; 0 for the total only'),
  activeOnly: one(booleanType, 'codes not listed on the date are never in an expansion'),
  includeDesignations: one(booleanType, 'true: short titles too'),
  includeDefinition: one(booleanType, 'true: what the value set includes, too'),
  excludeNested: one(booleanType, 'expansions are always flat'),
  excludeNotForUI: one(booleanType, 'true: without headers'),
  excludePostCoordinated: one(booleanType, 'there are no post-coordinated codes'),
  displayLanguage: one(englishType, 'titles are in English'),
  'system-version': one(uriType, 'system|version where the value set does not say which'),
  context: refused('name the value set with url'),
  contextDirection: refused('name the value set with url'),
  designation: refused('there is one designation, the short title; use includeDesignations'),
  property: refused('R4 expansions have no properties; CodeSystem/$lookup tells them'),
  'exclude-system': refused('a value set here is of the systems it names'),
  'check-system-version': refused('name the version in the value set or with system-version'),
  'force-system-version': refused('name the version in the value set or with system-version'),
};

/** What was given. */
export type ExpandValues = Values<typeof expandParameters>;

/** The operation. */
export const expandOperation = operation(
  'ValueSet',
  'expand',
  expandParameters,
  async (given, values, id): Promise<ValueSet> => {
    const { context, definition } = await stateToExpand(given, values, id);
    const [first, ...more] = definition.includes;
    if (first && more.length === 0 && !first.codes && !first.ranges) {
      // One state of the reference data for the whole answer: the one that can list.
      const reference = await context.withCatalogue();
      const listing = { ...context, reference };
      const point = await pointOfInclude(listing, first, values);
      const { total, items } = await listed(listing, first, point, values);
      const codes = items.map((code) => ({ code, display: code.title.long }));
      return expansionOf(listing, definition, values, { points: [point], total, codes });
    }
    const points: Point[] = [];
    const codes: ExpandedCode[] = [];
    for (const include of definition.includes) {
      const point = await pointOfInclude(context, include, values);
      points.push(point);
      codes.push(...(await expandListedCodes(context, include, point, values)));
    }
    return expansionOf(context, definition, values, { points, ...pageOf(codes, values) });
  },
);

/**
 * The value set and the state to expand it in. Ranges only a catalogue can list, and a policy may list ten thousand codes:
 * both are then of a state that has one.
 */
async function stateToExpand(context: FhirContext, values: ExpandValues, id: string | undefined) {
  const asked = { ...values, systemVersion: preferredVersion('icd10cm', values) };
  const definition = await definitionOf(context, asked, id);
  const isListed = !definition.coverage && definition.includes.every(({ ranges }) => !ranges);
  if (isListed || context.reference.catalogue) return { context, definition };
  const listing = { ...context, reference: await context.withCatalogue() };
  return { context: listing, definition: await definitionOf(listing, asked, id) };
}

/** The day and version an include is expanded for. */
function pointOfInclude(
  context: FhirContext,
  { system, version, on }: Include,
  values: ExpandValues,
): Promise<Point> {
  const named = version ?? preferredVersion(system, values);
  return pointOf(context, system, { version: named, date: values.date ?? on });
}

/** What `system-version` says of a system. */
function preferredVersion(system: CodeSystemId, values: ExpandValues): string | undefined {
  const given = values['system-version'];
  if (given === undefined) return undefined;
  const { url, version } = splitCanonical(given);
  if (version === undefined) throw invalid('system-version: not system|version');
  return requireSystem(url).id === system ? version : undefined;
}

async function listed(
  context: FhirContext & { readonly reference: Awaited<ReturnType<FhirContext['withCatalogue']>> },
  { system, isa, billableOnly }: Include,
  { date }: Point,
  values: ExpandValues,
): Promise<Expansion> {
  const { count, offset = 0, filter, excludeNotForUI } = values;
  if (count !== undefined && count > expandedCodesMax)
    throw tooMany(`count: ${count} are asked for`);
  const { codeTable, catalogue } = context.reference;
  const ports = { codeTable, catalogue, clock: context.clock };
  const request = {
    system,
    date,
    billableOnly: billableOnly || excludeNotForUI === true,
    ...(isa !== undefined && { isa }),
    ...(filter !== undefined && { text: filter }),
    offset,
  };
  if (count !== undefined) return expand(ports, { ...request, limit: count });
  // Counting is cheap: a whole code system is refused before it is read.
  const narrowed = isa !== undefined || filter !== undefined;
  const limit = narrowed ? expandedCodesMax : 0;
  const whole = await expand(ports, { ...request, limit });
  if (whole.total - offset > expandedCodesMax)
    throw tooMany(`the expansion has ${whole.total} codes`);
  return narrowed ? whole : expand(ports, { ...request, limit: expandedCodesMax });
}

const tooMany = (what: string) =>
  tooCostly(`${what}; an answer has at most ${expandedCodesMax}: page with count and offset`);

function pageOf(codes: readonly ExpandedCode[], { count, offset = 0 }: ExpandValues) {
  const end = count === undefined ? undefined : offset + count;
  const shown = count ?? codes.length - offset;
  if (shown > expandedCodesMax) throw tooMany(`the expansion has ${codes.length} codes`);
  return { total: codes.length, codes: codes.slice(offset, end) };
}
