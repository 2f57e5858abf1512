// CodeSystem resources: what is said of a code system and one version of it. The codes themselves are not in it.
import type { CodeSystemProperty, CodeSystem as CodeSystemResource } from 'fhir/r4.js';
import { type CodeSystemId, codeSystems, isIcd10 } from '../../../shared/core/code-system.ts';
import type { ReleaseRecord } from '../../../shared/core/release.ts';
import { allCodes } from './canonical.ts';

const hl7 = (name: string): string => `http://hl7.org/fhir/concept-properties#${name}`;

/** Properties of every concept, on a date. */
export const conceptProperties: readonly CodeSystemProperty[] = [
  {
    code: 'inactive',
    uri: hl7('inactive'),
    description: 'True when the code is not listed on the date: it ended before, or begins later.',
    type: 'boolean',
  },
  {
    code: 'status',
    uri: hl7('status'),
    description:
      'active (listed on the date), retired (ended before it) or future (begins after it).',
    type: 'code',
  },
  {
    code: 'billable',
    description: 'True when the code may be submitted on the date (order file, column 15).',
    type: 'boolean',
  },
  {
    code: 'notSelectable',
    uri: hl7('notSelectable'),
    description:
      'True of a header (category): listed, but never billable. Such codes are abstract.',
    type: 'boolean',
  },
  {
    code: 'effectiveFrom',
    description: 'First day on which status and titles are as answered.',
    type: 'dateTime',
  },
  {
    code: 'effectiveTo',
    description:
      'Last day on which status and titles are as answered; absent while nothing known ends them.',
    type: 'dateTime',
  },
  { code: 'parent', uri: hl7('parent'), description: 'The code directly above.', type: 'code' },
  { code: 'child', uri: hl7('child'), description: 'A code directly under it.', type: 'code' },
  {
    code: 'replacedBy',
    description:
      'Of a code that ended or became a header: a code that is billable on the date in its place. ' +
      'Subproperties: source (official: conversion table; inferred: from the code tree), effective.',
    type: 'code',
  },
  {
    code: 'replaces',
    description: 'Of a billable code: a code it took over from. Subproperties as of replacedBy.',
    type: 'code',
  },
];

/** Computer-friendly names, as the specification has them. */
export const nameOf = (system: CodeSystemId): string =>
  codeSystems[system].title.replaceAll(/[^A-Za-z0-9]/g, '');

const publishers: Readonly<Record<CodeSystemId, string>> = {
  icd10cm: 'Centers for Disease Control and Prevention, National Center for Health Statistics',
  icd10pcs: 'Centers for Medicare & Medicaid Services',
  hcpcs: 'Centers for Medicare & Medicaid Services',
};

const otherwise = 'other spellings are understood.';

/** How codes are written. */
const spelling: Readonly<Record<CodeSystemId, string>> = {
  icd10cm: `Codes are written with the official dot; ${otherwise}`,
  icd10pcs: `Codes are written with the official dot; ${otherwise}`,
  hcpcs: 'Codes are a letter and four digits.',
};

/** The resource of one version. `id` is what it was asked for under. */
export function codeSystemResource(release: ReleaseRecord, id: string): CodeSystemResource {
  const { system, effective, rows, published } = release;
  const { uri, title } = codeSystems[system];
  return {
    resourceType: 'CodeSystem',
    id,
    url: uri,
    version: effective,
    name: nameOf(system),
    title,
    status: 'active',
    experimental: false,
    date: published,
    publisher: publishers[system],
    description:
      `${title} as in force from ${effective}${isIcd10(system) ? ', with headers' : ''}. ${spelling[system]} ` +
      ' The codes are not listed here: $lookup, $validate-code and ' +
      'ValueSet/$expand tell them, for a version or a date.',
    jurisdiction: [{ coding: [{ system: 'urn:iso:std:iso:3166', code: 'US' }] }],
    caseSensitive: false,
    valueSet: allCodes(system).url,
    hierarchyMeaning: 'is-a',
    compositional: false,
    versionNeeded: true,
    content: 'not-present',
    count: rows,
    filter: [
      {
        code: 'concept',
        description: 'A code and all codes under it.',
        operator: ['is-a'],
        value: 'a code',
      },
      {
        code: 'billable',
        description: 'Only codes that may be submitted.',
        operator: ['='],
        value: 'true',
      },
      {
        code: 'range',
        description: 'Codes from one to another, both with all under them.',
        operator: ['='],
        value: 'two codes with a dash between',
      },
    ],
    property: [...conceptProperties],
  };
}
