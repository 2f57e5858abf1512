// CodeSystem/$validate-code: is this a code of the system that may be used on a date (FHIR R4 CodeSystem-validate-code).
import { agreed, askedCode, codeSystemOfId } from './asked-code.ts';
import { requireSystem } from './canonical.ts';
import type { FhirContext } from './fhir-context.ts';
import { FhirError, invalid, missing } from './fhir-error.ts';
import { type CodingToJudge, judgeCoding } from './judge-coding.ts';
import { judgeConcept } from './judge-concept.ts';
import { pointOf } from './known-versions.ts';
import { operation } from './operation.ts';
import type { GivenCoding } from './parameter-types.ts';
import { dateType, stringType, uriType } from './parameter-types.ts';
import { one, refused, type Values } from './read-parameters.ts';
import { codingAnswer, conceptAnswer } from './validation-answer.ts';
import { validationParameters } from './validation-parameters.ts';

const parameters = {
  ...validationParameters,
  url: one(uriType, 'the code system'),
  version: one(stringType, 'effective date of a release'),
  date: one(dateType, 'the day asked about; today when absent'),
  codeSystem: refused('only the code systems of this server are validated against'),
};

type Given = Values<typeof parameters>;

/** The operation. */
export const validateInCodeSystemOperation = operation(
  'CodeSystem',
  'validate-code',
  parameters,
  async (context, values, id) => {
    const { codeableConcept, coding, code, display } = values;
    if (codeableConcept) {
      if (coding || code !== undefined) {
        throw invalid('codeableConcept: given beside code or coding; give one of them');
      }
      return answerForConcept(context, values, codeableConcept, id);
    }
    if (coding && display !== undefined)
      throw invalid('display: given beside coding; put it there');
    const names = { code: 'code', system: 'url', coding: 'coding' };
    const asked = askedCode({ ...values, system: values.url }, id, names);
    const point = await pointOf(context, asked.system.id, {
      version: asked.version,
      date: values.date,
    });
    const pathOf: CodingToJudge['pathOf'] = (field) => (coding ? `Coding.${field}` : field);
    return codingAnswer(
      await judgeCoding(context, {
        ...modesOf(values),
        point,
        code: asked.code,
        display: coding ? coding.display : display,
        pathOf,
      }),
    );
  },
);

const modesOf = (values: Given) => ({
  abstract: values.abstract ?? false,
  lenientDisplay: values['lenient-display-validation'] ?? false,
});

async function answerForConcept(
  context: FhirContext,
  values: Given,
  codings: readonly GivenCoding[],
  id: string | undefined,
) {
  if (values.display !== undefined) throw invalid('display: given beside codeableConcept');
  const instance = id === undefined ? undefined : codeSystemOfId(id);
  const uri = agreed({ url: values.url, 'the instance': instance?.system.uri });
  if (uri === undefined) throw missing('url: needed with codeableConcept');
  const system = requireSystem(uri);
  const members = await judgeConcept(codings, async (coding, pathOf) => {
    if (coding.system !== uri) {
      const text = `a coding of ${coding.system} is no code of ${uri}: not judged`;
      throw new FhirError(404, 'not-found', text, 'invalid-data');
    }
    const version = agreed({
      version: values.version,
      'coding.version': coding.version,
      "the instance's version": instance?.version,
    });
    const point = await pointOf(context, system.id, { version, date: values.date });
    const { code, display } = coding;
    return judgeCoding(context, { ...modesOf(values), point, code, display, pathOf });
  });
  return conceptAnswer(codings, members);
}
