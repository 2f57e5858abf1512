// Tests of the HL7 terminology ecosystem whose files are not stored, asked of ICD-10-CM by what their names and descriptions
// say: the forms of $validate-code, a code system too big to expand, case, and the two capability statements.
import type { ExpectedResponse } from '../fhir-date/suite.ts';
import { ours } from './value-sets.ts';

/** A request and what the answer must hold, by the rules of fhir-date/readme.md. */
export type NamedTest = {
  readonly path: string;
  /** Absent for GET. */
  readonly request?: Readonly<Record<string, unknown>>;
  readonly response: ExpectedResponse;
  /** Why theirs would be answered otherwise; absent when it would not. */
  readonly differs?: string;
};

type Parameter = Readonly<Record<string, unknown>>;

const parameters = (...parameter: readonly Parameter[]) => ({
  resourceType: 'Parameters',
  parameter,
});
const url = (valueUri: string): Parameter => ({ name: 'url', valueUri });
const tree = url(`${ours.system}?fhir_vs=isa/K35.2`);
const everything = url(`${ours.system}?fhir_vs`);
const unknownSet = url('http://example.org/no-such-value-set');
const elsewhere = 'http://example.org/no-such-system';
const flag = (name: string): Parameter => ({ name, valueBoolean: true });
const number = (name: string, valueInteger: number): Parameter => ({ name, valueInteger });

type GivenCode = { readonly code: string; readonly system?: string; readonly display?: string };
/** The three ways of asking. */
const forms = {
  code: ({ code, system, display }: GivenCode): Parameter[] => [
    { name: 'code', valueCode: code },
    ...(system === undefined ? [] : [{ name: 'system', valueUri: system }]),
    ...(display === undefined ? [] : [{ name: 'display', valueString: display }]),
  ],
  coding: (valueCoding: GivenCode): Parameter[] => [{ name: 'coding', valueCoding }],
  codeableconcept: (coding: GivenCode): Parameter[] => [
    { name: 'codeableConcept', valueCodeableConcept: { coding: [coding] } },
  ],
};
const formNames = ['code', 'coding', 'codeableconcept'] as const;

const title = 'Acute appendicitis with generalized peritonitis, without perforation or abscess';
const good: GivenCode = { system: ours.system, code: 'K35.200' };
const bad: GivenCode = { system: ours.system, code: 'K35.2X' };

const issue = (severity: string, code: string, tx: string) => ({
  severity,
  code,
  details: { coding: [{ system: 'http://hl7.org/fhir/tools/CodeSystem/tx-issue-type', code: tx }] },
});
const issues = (...all: readonly object[]): Parameter => ({
  name: 'issues',
  resource: { resourceType: 'OperationOutcome', issue: all },
});
const valid = (...more: readonly Parameter[]): ExpectedResponse => ({
  status: 200,
  body: parameters(
    { name: 'result', valueBoolean: true },
    { name: 'display', valueString: title },
    ...more,
  ),
});
const invalid = (...more: readonly Parameter[]): ExpectedResponse => ({
  status: 200,
  body: parameters(
    { name: 'result', valueBoolean: false },
    { name: 'message', valueString: '$any$' },
    ...more,
  ),
});
const refused = (code: string): ExpectedResponse => ({
  status: '4xx',
  body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code }] },
});

const unknownCode = issue('error', 'code-invalid', 'invalid-code');
const notInSet = issue('error', 'code-invalid', 'not-in-vs');
const wrongTitle = (severity: string) => issue(severity, 'invalid', 'invalid-display');
const wrong = { ...good, display: 'Tonsillitis' };

const unknownSystem =
  'An unknown code system is refused (404, not-found): the server cannot say that the code is wrong. Theirs is result = false.';
const noSystem =
  'A coding without system is refused (400, required), as is a code without system. Theirs is result = false.';

const inSet = (...request: readonly Parameter[]) => ({
  path: 'ValueSet/$validate-code',
  request: parameters(...request),
});
const inSystem = (code: GivenCode) => ({
  path: 'CodeSystem/$validate-code',
  request: parameters(url(ours.system), { name: 'code', valueCode: code.code }),
});
const expand = (...request: readonly Parameter[]) => ({
  path: 'ValueSet/$expand',
  request: parameters(everything, ...request),
});

const validationForms = Object.fromEntries(
  formNames.flatMap((form): [string, NamedTest][] => {
    const name = `validation/validation-simple-${form}`;
    const ask = forms[form];
    const lenient = flag('lenient-display-validation');
    return [
      [`${name}-good`, { ...inSet(tree, ...ask(good)), response: valid() }],
      [
        `${name}-bad-code`,
        { ...inSet(tree, ...ask(bad)), response: invalid(issues(unknownCode, notInSet)) },
      ],
      [
        `${name}-bad-valueSet`,
        { ...inSet(unknownSet, ...ask(good)), response: refused('not-found') },
      ],
      [
        `${name}-good-display`,
        { ...inSet(tree, ...ask({ ...good, display: title })), response: valid() },
      ],
      [
        `${name}-bad-display`,
        { ...inSet(tree, ...ask(wrong)), response: invalid(issues(wrongTitle('error'))) },
      ],
      [
        `${name}-bad-display-warning`,
        { ...inSet(tree, ...ask(wrong), lenient), response: valid(issues(wrongTitle('warning'))) },
      ],
    ];
  }),
);

const page = (offset: number): ExpectedResponse => ({
  status: 200,
  body: {
    resourceType: 'ValueSet',
    expansion: {
      total: 98_186,
      offset,
      contains: Array.from({ length: 50 }, () => ({ code: '$any$' })),
    },
  },
  exactly: ['contains'],
});

/** By `suite/test`. */
export const namedTests: Readonly<Record<string, NamedTest>> = {
  'metadata/metadata': {
    path: 'metadata',
    response: {
      status: 200,
      body: {
        resourceType: 'CapabilityStatement',
        status: 'active',
        date: '$any$',
        kind: 'instance',
        fhirVersion: '4.0.1',
        instantiates: ['http://hl7.org/fhir/CapabilityStatement/terminology-server'],
        format: ['json'],
        rest: [
          {
            mode: 'server',
            resource: [
              {
                type: 'CodeSystem',
                operation: ['lookup', 'validate-code', 'subsumes'].map((name) => ({ name })),
              },
              {
                type: 'ValueSet',
                operation: ['expand', 'validate-code'].map((name) => ({ name })),
              },
              { type: 'ConceptMap', operation: [{ name: 'translate' }] },
            ],
          },
        ],
      },
    },
  },
  'metadata/term-caps': {
    path: 'metadata?mode=terminology',
    response: {
      status: 200,
      body: {
        resourceType: 'TerminologyCapabilities',
        status: 'active',
        date: '$any$',
        kind: 'instance',
        codeSystem: [
          {
            uri: ours.system,
            version: [{ code: ours.version, isDefault: true }, { code: '2015-10-01' }],
          },
          { uri: 'http://www.cms.gov/Medicare/Coding/ICD10' },
        ],
        expansion: { parameter: ['date', 'filter', 'count', 'offset'].map((name) => ({ name })) },
      },
    },
  },
  ...validationForms,
  'validation/validation-simple-code-implied-good': {
    ...inSet(tree, ...forms.code({ code: good.code }), flag('inferSystem')),
    response: valid(),
  },
  'validation/validation-simple-code-implied-bad-code': {
    ...inSet(tree, ...forms.code({ code: bad.code }), flag('inferSystem')),
    response: invalid(issues(unknownCode, notInSet)),
  },
  'validation/validation-simple-code-bad-system': {
    ...inSet(tree, ...forms.code({ ...good, system: elsewhere })),
    response: refused('not-found'),
    differs: unknownSystem,
  },
  'validation/validation-simple-coding-bad-system': {
    ...inSet(tree, ...forms.coding({ ...good, system: elsewhere })),
    response: refused('not-found'),
    differs: unknownSystem,
  },
  'validation/validation-simple-codeableconcept-bad-system': {
    ...inSet(tree, ...forms.codeableconcept({ ...good, system: elsewhere })),
    response: invalid(issues(issue('error', 'not-found', 'not-found'))),
  },
  'validation/validation-simple-coding-no-system': {
    ...inSet(tree, ...forms.coding({ code: good.code })),
    response: refused('required'),
    differs: noSystem,
  },
  'validation/validation-cs-code-good': { ...inSystem(good), response: valid() },
  'validation/validation-cs-code-bad-code': {
    ...inSystem(bad),
    response: invalid(issues(unknownCode)),
  },
  'case/case-insensitive-code1-1': {
    ...inSet(tree, ...forms.coding(good)),
    response: { ...valid(), absent: ['normalized-code', 'issues'] },
  },
  'case/case-insensitive-code1-2': {
    ...inSet(tree, ...forms.coding({ ...good, code: 'k35.200' })),
    response: valid({ name: 'normalized-code', valueCode: 'K35.200' }),
  },
  'big/big-echo-no-limit': { ...expand(), response: refused('too-costly') },
  'big/big-echo-zero-fifty-limit': {
    ...expand(number('offset', 0), number('count', 50)),
    response: page(0),
  },
  'big/big-echo-fifty-fifty-limit': {
    ...expand(number('offset', 50), number('count', 50)),
    response: page(50),
  },
};
