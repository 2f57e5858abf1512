// The ValueSet resource $expand answers: which value set, expanded how, and the codes.
import { createHash } from 'node:crypto';
import type {
  ValueSet,
  ValueSetExpansion,
  ValueSetExpansionContains,
  ValueSetExpansionParameter,
} from 'fhir/r4.js';
import { codeSystems } from '../../../shared/core/code-system.ts';
import type { ListedCode } from '../../../shared/operations/listed-code.ts';
import { coverageSetResource } from './coverage-set-resource.ts';
import type { FhirContext } from './fhir-context.ts';
import type { Point } from './known-versions.ts';
import { shortTitleUse } from './title-use.ts';
import type { ValueSetDefinition } from './value-set-definition.ts';
import { valueSetResource } from './value-set-resource.ts';

/** A code and what to show for it. */
export type ExpandedCode = { readonly code: ListedCode; readonly display: string };

/** A page of codes, and for which days and versions. */
export type ExpandedPage = {
  readonly points: readonly Point[];
  readonly total: number;
  readonly codes: readonly ExpandedCode[];
};

/** Parameters of the operation that shape an expansion, as they are echoed in it. */
export type EchoedValues = {
  readonly date?: string;
  readonly filter?: string;
  readonly offset?: number;
  readonly count?: number;
  readonly activeOnly?: boolean;
  readonly includeDesignations?: boolean;
  readonly includeDefinition?: boolean;
  readonly excludeNested?: boolean;
  readonly excludeNotForUI?: boolean;
  readonly excludePostCoordinated?: boolean;
  readonly displayLanguage?: string;
  readonly 'system-version'?: string;
};

/** The answer. */
export function expansionOf(
  context: FhirContext,
  definition: ValueSetDefinition,
  values: EchoedValues,
  { points, total, codes }: ExpandedPage,
): ValueSet {
  const parameter = [...echoes(values), ...usedVersions(points, values)];
  const expansion: ValueSetExpansion = {
    identifier: identifierOf([
      context.reference.stamp,
      definition.url,
      definition.given,
      parameter,
    ]),
    timestamp: context.clock.now(),
    total,
    offset: values.offset ?? 0,
    parameter,
    ...(codes.length > 0 && {
      contains: codes.map((one) => contained(one, values.includeDesignations === true)),
    }),
  };
  return { ...describedAs(definition, points, values.includeDefinition === true), expansion };
}

/** The value set itself: of our own what reading it answers, of one sent along what it says of itself. */
function describedAs(
  { own, coverage, given }: ValueSetDefinition,
  points: readonly Point[],
  withCompose: boolean,
): ValueSet {
  const [point] = points;
  const ours = coverage
    ? coverageSetResource(coverage)
    : own && point && valueSetResource(own, point.version);
  const whole: ValueSet = ours ?? given ?? { resourceType: 'ValueSet', status: 'active' };
  const { compose, expansion: _expansion, ...described } = whole;
  return {
    ...described,
    resourceType: 'ValueSet',
    status: whole.status ?? 'active',
    ...(withCompose && compose && { compose }),
  };
}

function contained(
  { code: { system, code, status, title }, display }: ExpandedCode,
  withDesignations: boolean,
): ValueSetExpansionContains {
  return {
    system: codeSystems[system].uri,
    ...(status === 'header' && { abstract: true }),
    code,
    display,
    ...(withDesignations && {
      designation: [{ language: 'en', use: shortTitleUse, value: title.short }],
    }),
  };
}

function echoes(values: EchoedValues): ValueSetExpansionParameter[] {
  const { date, filter, offset, count, displayLanguage } = values;
  const out: ValueSetExpansionParameter[] = [];
  if (filter !== undefined) out.push({ name: 'filter', valueString: filter });
  if (date !== undefined) out.push({ name: 'date', valueDateTime: date });
  if (offset !== undefined) out.push({ name: 'offset', valueInteger: offset });
  if (count !== undefined) out.push({ name: 'count', valueInteger: count });
  const booleans = [
    'activeOnly',
    'includeDesignations',
    'includeDefinition',
    'excludeNested',
    'excludeNotForUI',
    'excludePostCoordinated',
  ] as const;
  for (const name of booleans) {
    const value = values[name];
    if (value !== undefined) out.push({ name, valueBoolean: value });
  }
  if (displayLanguage !== undefined) {
    out.push({ name: 'displayLanguage', valueCode: displayLanguage });
  }
  const version = values['system-version'];
  if (version !== undefined) out.push({ name: 'system-version', valueUri: version });
  return out;
}

/** The versions of the code systems used, and the day where neither the caller nor a version says which. */
function usedVersions(
  points: readonly Point[],
  { date }: EchoedValues,
): ValueSetExpansionParameter[] {
  const used = new Set(
    points.map(({ system, version }) => `${codeSystems[system].uri}|${version}`),
  );
  const today = points.find((point) => !point.pinned);
  return [
    ...(date === undefined && today
      ? [{ name: 'date', valueDateTime: today.date } satisfies ValueSetExpansionParameter]
      : []),
    ...[...used].flatMap((valueUri) => [
      { name: 'used-codesystem', valueUri },
      { name: 'version', valueUri },
    ]),
  ];
}

/** The same expansion has the same identifier: a UUID (RFC 9562, version 8) made of what determines it. */
function identifierOf(parts: readonly unknown[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) % 4];
  const groups = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `urn:uuid:${groups.join('-')}`;
}
