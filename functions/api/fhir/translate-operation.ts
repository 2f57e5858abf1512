// ConceptMap/$translate: what is billable in place of a code out of use, and back (FHIR R4 ConceptMap-translate).
import type { Parameters, ParametersParameter } from 'fhir/r4.js';
import { codeSystems, normalizeCode } from '../../../shared/core/code-system.ts';
import {
  type NotTranslated,
  type Translation,
  type TranslationTarget,
  translate,
} from '../../../shared/operations/translate.ts';
import { agreed, askedCode } from './asked-code.ts';
import {
  type AskedTranslation,
  askedTranslation,
  requireWithin,
  type TranslateValues,
  translateParameters,
} from './asked-translation.ts';
import { canonicalBase, replacementMap, systemOfUri } from './canonical.ts';
import { type FhirContext, operationPorts } from './fhir-context.ts';
import { notFound } from './fhir-error.ts';
import { pointOf } from './known-versions.ts';
import { operation } from './operation.ts';
import type { GivenCoding } from './parameter-types.ts';

/** Extension of a match: where it comes from, `official` (conversion table) or `inferred` (code tree). */
export const replacementSource = `${canonicalBase}/StructureDefinition/replacement-source`;
/** Extension of a match: the day from which it holds. */
export const replacementEffective = `${canonicalBase}/StructureDefinition/replacement-effective`;

/** The operation. */
export const translateOperation = operation(
  'ConceptMap',
  'translate',
  translateParameters,
  async (context, values, id): Promise<Parameters> => {
    const asked = askedTranslation(values, id, context.base);
    const ours = asked.isConcept ? codingsOf(asked) : asked.codings;
    const found: Translation[] = [];
    for (const coding of ours) found.push(await translateOne(context, asked, values, coding));
    return answerOf(found);
  },
);

/** Of a CodeableConcept the codings that can be translated; throws 404 when there is none. */
function codingsOf({ codings, map }: AskedTranslation): readonly GivenCoding[] {
  const ours = codings.filter(({ system: uri }) => {
    const system = uri === undefined ? undefined : systemOfUri(uri);
    return system !== undefined && (!map || map.system === system);
  });
  if (ours.length > 0) return ours;
  throw notFound('codeableConcept: none of its codings is of a code system that is mapped here');
}

async function translateOne(
  context: FhirContext,
  { map, mapVersion, reverse }: AskedTranslation,
  values: TranslateValues,
  coding: GivenCoding,
): Promise<Translation> {
  const { system, code, version } = askedCode({ ...coding, version: values.version }, undefined);
  if (map && map.system !== system.id) {
    throw notFound(`${map.url} maps ${codeSystems[map.system].uri}, not ${system.uri}`);
  }
  requireWithin(system.uri, values, context.base);
  const asked = {
    version: agreed({ version, 'coding.version': coding.version, 'map version': mapVersion }),
    date: values.date,
  };
  const { date } = await pointOf(context, system.id, asked);
  const direction = reverse ? 'replaces' : 'replaced-by';
  return translate(operationPorts(context), { system: system.id, code, date, direction });
}

function answerOf(translations: readonly Translation[]): Parameters {
  const matches = translations.flatMap((one) => one.targets.map((target) => matchOf(one, target)));
  return {
    resourceType: 'Parameters',
    parameter: [
      { name: 'result', valueBoolean: matches.length > 0 },
      { name: 'message', valueString: translations.map(messageOf).join('; ') },
      ...matches,
    ],
  };
}

function matchOf({ system, code }: Translation, target: TranslationTarget): ParametersParameter {
  const equivalence = equivalenceOf(
    normalizeCode(system, code),
    normalizeCode(system, target.code),
  );
  const uri = codeSystems[system].uri;
  const concept = { system: uri, code: target.code, display: target.title.long };
  return {
    name: 'match',
    extension: [
      { url: replacementSource, valueCode: target.source },
      { url: replacementEffective, valueDate: target.effective },
    ],
    part: [
      { name: 'equivalence', valueCode: equivalence },
      { name: 'concept', valueCoding: concept },
      { name: 'source', valueUri: replacementMap(system).url },
    ],
  };
}

/**
 * How the target relates to the code (FHIR R4 concept-map-equivalence reads it from the target): a code under it is
 * `narrower`, one above it `wider`. Of any other nobody says more than that it takes the place: `relatedto`.
 */
function equivalenceOf(code = '', target = ''): 'narrower' | 'wider' | 'relatedto' {
  if (target.startsWith(code)) return 'narrower';
  return code.startsWith(target) ? 'wider' : 'relatedto';
}

function messageOf({ code, date, why, targets, direction }: Translation): string {
  if (why !== null) return `${code}: ${reasons[why]} on ${date}`;
  const inferred = targets.filter((one) => one.source === 'inferred').length;
  const what = direction === 'replaces' ? 'stands in for' : 'is replaced by';
  const codes = targets.length === 1 ? '1 code' : `${targets.length} codes`;
  const sure = inferred === 0 ? 'by the official conversion table' : `${inferred} of them inferred`;
  return `${code} ${what} ${codes} on ${date}, ${sure}`;
}

const reasons: Readonly<Record<NotTranslated, string>> = {
  'in-use': 'billable, nothing replaces it',
  'no-replacement': 'out of use, and nothing known that is billable in its place',
  'replaces-nothing': 'stands in for no other code',
  future: 'not yet listed',
  unknown: 'in no release',
  'outside-horizon': 'no release is known',
};
