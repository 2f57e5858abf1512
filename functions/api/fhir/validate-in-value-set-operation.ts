// ValueSet/$validate-code: is this code in a value set and usable on a date (FHIR R4 ValueSet-validate-code).
import type { CalendarDate } from '../../../shared/core/calendar-date.ts';
import { codeSystems } from '../../../shared/core/code-system.ts';
import { agreed } from './asked-code.ts';
import { requireSystem } from './canonical.ts';
import type { FhirContext } from './fhir-context.ts';
import { FhirError, invalid, missing } from './fhir-error.ts';
import { type CodingToJudge, type JudgedCoding, judgeCoding } from './judge-coding.ts';
import { type CompleteCoding, judgeConcept } from './judge-concept.ts';
import { type Point, pointOf } from './known-versions.ts';
import { operation } from './operation.ts';
import { booleanType, dateType, stringType, uriType, valueSetType } from './parameter-types.ts';
import { one, refused, type Values } from './read-parameters.ts';
import { requireRoot } from './require-root.ts';
import { codingAnswer, conceptAnswer } from './validation-answer.ts';
import { validationParameters } from './validation-parameters.ts';
import { definitionOf, type ValueSetDefinition } from './value-set-definition.ts';
import { holds } from './value-set-include.ts';

const parameters = {
  ...validationParameters,
  url: one(uriType, 'the value set, with |version where one is meant'),
  valueSet: one(valueSetType, 'a value set sent along'),
  valueSetVersion: one(stringType, 'version of the value set: an effective date'),
  system: one(uriType, 'the code system of code'),
  systemVersion: one(stringType, 'version of the code system: an effective date'),
  inferSystem: one(booleanType, 'true: code is of the system of the value set'),
  date: one(dateType, 'the day asked about; today when absent'),
  context: refused('name the value set with url'),
};

type Given = Values<typeof parameters>;

/** The operation. */
export const validateInValueSetOperation = operation(
  'ValueSet',
  'validate-code',
  parameters,
  async (context, values, id) => {
    const { codeableConcept, coding, code, display } = values;
    const systemVersion = values.systemVersion ?? coding?.version;
    const definition = await definitionOf(context, { ...values, systemVersion }, id);
    const ways = [codeableConcept, coding, code].filter((one) => one !== undefined);
    if (ways.length === 0) throw missing('code: needed, or coding or codeableConcept');
    if (ways.length > 1) throw invalid('code: give one of code, coding, codeableConcept');
    if (code === undefined && display !== undefined) {
      throw invalid('display: goes with code; a coding has its own');
    }
    if (codeableConcept && (values.system !== undefined || values.inferSystem !== undefined)) {
      throw invalid('system, inferSystem: go with code; a coding has its own system');
    }
    const judge = (one: CompleteCoding, pathOf: CodingToJudge['pathOf']) =>
      judgeIn(context, definition, values, one, pathOf);
    if (codeableConcept) {
      return conceptAnswer(codeableConcept, await judgeConcept(codeableConcept, judge));
    }
    const asked = completeCoding(values, definition);
    return codingAnswer(await judge(asked, (field) => (coding ? `Coding.${field}` : field)));
  },
);

/** The coding asked about; its system inferred from the value set where the caller asks for that. */
function completeCoding(values: Given, definition: ValueSetDefinition): CompleteCoding {
  const { coding, display } = values;
  const code = coding ? coding.code : values.code;
  if (code === undefined) throw missing('coding.code: needed');
  const uri = agreed({ system: values.system, 'coding.system': coding?.system });
  const given = coding ?? { ...(display !== undefined && { display }) };
  if (uri !== undefined) return { ...given, code, system: requireSystem(uri).uri };
  if (values.inferSystem !== true) {
    throw missing(
      coding ? 'coding.system: needed' : 'system: needed with code, or inferSystem=true',
    );
  }
  const [only, ...more] = new Set(definition.includes.map((one) => one.system));
  if (only && more.length === 0) return { ...given, code, system: codeSystems[only].uri };
  const text = 'system: cannot be inferred, the value set holds codes of several code systems';
  throw new FhirError(400, 'not-found', text, 'cannot-infer');
}

async function judgeIn(
  context: FhirContext,
  definition: ValueSetDefinition,
  values: Given,
  coding: CompleteCoding,
  pathOf: CodingToJudge['pathOf'],
): Promise<JudgedCoding> {
  const point = await pointIn(context, definition, values, coding);
  const including = definition.includes.filter((one) => one.system === point.system);
  for (const include of including) await requireRoot(context, include, point.date);
  return judgeCoding(context, {
    point,
    code: coding.code,
    display: coding.display,
    abstract: values.abstract ?? false,
    lenientDisplay: values['lenient-display-validation'] ?? false,
    pathOf,
    within: {
      name: definition.url ?? 'sent along',
      holds: (lookup) => including.some((include) => holds(include, lookup)),
    },
  });
}

/** The day and version: of the value set, of the request and of the coding, which must not contradict each other. */
async function pointIn(
  context: FhirContext,
  definition: ValueSetDefinition,
  { systemVersion, date }: { systemVersion?: string; date?: CalendarDate },
  coding: CompleteCoding,
): Promise<Point> {
  const system = requireSystem(coding.system).id;
  const including = definition.includes.filter((one) => one.system === system);
  const versions = including.map(
    (one, at) => [`version of the value set's include ${at + 1}`, one.version] as const,
  );
  const version = agreed({
    systemVersion,
    'coding.version': coding.version,
    ...Object.fromEntries(versions),
  });
  return pointOf(context, system, { version, date: date ?? including[0]?.on });
}
