// CodeSystem/$lookup: everything known of a code on a date (FHIR R4 CodeSystem-lookup).
import type { Parameters, ParametersParameter } from 'fhir/r4.js';
import { codeSystems } from '../../../shared/core/code-system.ts';
import { type Lookup, lookUpCode } from '../../../shared/operations/look-up-code.ts';
import { type Hierarchy, readHierarchy } from '../../../shared/operations/read-hierarchy.ts';
import { statusIssue } from '../../../shared/operations/validate-code.ts';
import { askedCode } from './asked-code.ts';
import { conceptProperties, nameOf } from './code-system-resource.ts';
import { type FhirContext, operationPorts } from './fhir-context.ts';
import { FhirError, invalid } from './fhir-error.ts';
import { type Point, pointOf } from './known-versions.ts';
import { operation } from './operation.ts';
import {
  codeType,
  codingType,
  dateType,
  englishType,
  stringType,
  uriType,
} from './parameter-types.ts';
import { many, one } from './read-parameters.ts';
import { shortTitleUse } from './title-use.ts';
import { refusedEverywhere } from './validation-parameters.ts';

/** Out parameters a caller may name as `property` too (FHIR R4: "system, version, display, designation…"). */
const outParameters: readonly string[] = [
  'code',
  'system',
  'name',
  'version',
  'display',
  'abstract',
  'definition',
  'designation',
  '*',
];

const parameters = {
  ...refusedEverywhere,
  code: one(codeType, 'the code, with system'),
  system: one(uriType, 'the code system'),
  version: one(stringType, 'effective date of a release; only its own codes are found then'),
  coding: one(codingType, 'the code, instead of code and system'),
  date: one(dateType, 'the day asked about; today when absent'),
  displayLanguage: one(englishType, 'titles are in English'),
  property: many(codeType, 'properties to answer; all when absent'),
};

/** The operation. */
export const lookupOperation = operation(
  'CodeSystem',
  'lookup',
  parameters,
  async (context, values, id) => {
    const asked = askedCode(values, id);
    const wanted = wantedProperties(values.property);
    const point = await pointOf(context, asked.system.id, {
      version: asked.version,
      date: values.date,
    });
    const lookup = await lookUpCode(operationPorts(context), { ...point, code: asked.code });
    refuseUnknown(lookup, point);
    const place = await placeOf(context, lookup, wanted);
    return lookupAnswer(point, lookup, place, wanted);
  },
);

/** The names asked for; undefined for all. Throws 400 naming one there is not. */
function wantedProperties(names: readonly string[] = ['*']): ReadonlySet<string> | undefined {
  const known = [...conceptProperties.map((one) => one.code), ...outParameters];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw invalid(`property: there is no property ${unknown}; there are ${known.join(', ')}`);
  }
  return names.includes('*') ? undefined : new Set(names);
}

/** A code of no release is not found; nor is one of other versions when the caller names the version. */
function refuseUnknown(lookup: Lookup, { pinned, version, system }: Point): void {
  const { status } = lookup;
  const issue = statusIssue(lookup, true);
  if (!issue || (status !== 'unknown' && !pinned)) return;
  const where = pinned ? ` (version ${version} of ${codeSystems[system].uri})` : '';
  throw new FhirError(404, 'not-found', `${issue.message}${where}`, 'invalid-code');
}

async function placeOf(
  context: FhirContext,
  { system, code, date, status }: Lookup,
  wanted: ReadonlySet<string> | undefined,
): Promise<Hierarchy | undefined> {
  if (status !== 'billable' && status !== 'header') return undefined;
  if (wanted && !wanted.has('parent') && !wanted.has('child')) return undefined;
  // Children asked for by name are not left out in silence: without a snapshot they cannot be told.
  const reference = wanted?.has('child') ? await context.withCatalogue() : context.reference;
  return readHierarchy(operationPorts({ ...context, reference }), { system, code, date });
}

function lookupAnswer(
  { system, version }: Point,
  lookup: Lookup,
  place: Hierarchy | undefined,
  wanted: ReadonlySet<string> | undefined,
): Parameters {
  const { code, title, status } = lookup;
  const header: ParametersParameter[] = [
    { name: 'name', valueString: nameOf(system) },
    { name: 'version', valueString: version },
    { name: 'display', valueString: title?.long ?? code },
    { name: 'code', valueCode: code },
    { name: 'system', valueUri: codeSystems[system].uri },
    { name: 'abstract', valueBoolean: status === 'header' },
  ];
  const designations =
    !wanted || wanted.has('designation') ? [shortTitle(title?.short ?? code)] : [];
  const properties = propertiesOf(lookup, place).filter(([name]) => !wanted || wanted.has(name));
  return {
    resourceType: 'Parameters',
    parameter: [...header, ...designations, ...properties.map(([, property]) => property)],
  };
}

const shortTitle = (short: string): ParametersParameter => ({
  name: 'designation',
  part: [
    { name: 'language', valueCode: 'en' },
    { name: 'use', valueCoding: shortTitleUse },
    { name: 'value', valueString: short },
  ],
});

type Value = Omit<ParametersParameter, 'name' | 'part'>;
type Named = readonly [name: string, property: ParametersParameter];

function propertiesOf(lookup: Lookup, place: Hierarchy | undefined): readonly Named[] {
  const { status, effective } = lookup;
  const listed = status === 'billable' || status === 'header';
  const parent = place?.ancestors[0];
  return [
    property('inactive', { valueBoolean: !listed }),
    property('status', { valueCode: listed ? 'active' : status === 'ended' ? 'retired' : status }),
    property('billable', { valueBoolean: status === 'billable' }),
    property('notSelectable', { valueBoolean: status === 'header' }),
    ...(effective ? [property('effectiveFrom', { valueDateTime: effective.from })] : []),
    ...(effective?.to ? [property('effectiveTo', { valueDateTime: effective.to })] : []),
    ...(parent ? [property('parent', { valueCode: parent.code }, parent.title.long)] : []),
    ...(place?.children ?? []).map((child) =>
      property('child', { valueCode: child.code }, child.title.long),
    ),
    ...lookup.replacedBy.map((one) => replacement('replacedBy', one)),
    ...lookup.replaces.map((one) => replacement('replaces', one)),
  ];
}

function property(name: string, value: Value, description?: string): Named {
  const part: ParametersParameter[] = [
    { name: 'code', valueCode: name },
    { name: 'value', ...value },
  ];
  if (description !== undefined) part.push({ name: 'description', valueString: description });
  return [name, { name: 'property', part }];
}

function replacement(
  name: string,
  { code, source, effective }: Lookup['replacedBy'][number],
): Named {
  const [, { part = [] }] = property(name, { valueCode: code });
  const sub = (key: string, value: Value): ParametersParameter => ({
    name: 'subproperty',
    part: [
      { name: 'code', valueCode: key },
      { name: 'value', ...value },
    ],
  });
  const told = [
    sub('source', { valueCode: source }),
    sub('effective', { valueDateTime: effective }),
  ];
  return [name, { name: 'property', part: [...part, ...told] }];
}
