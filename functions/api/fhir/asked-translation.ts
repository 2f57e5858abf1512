// What $translate is asked, in R4's parameter names, in R5's and in the terminology ecosystem's: one form of it all.
import { codeSystems } from '../../../shared/core/code-system.ts';
import { agreed } from './asked-code.ts';
import {
  conceptMapOfId,
  conceptMapOfUrl,
  type OwnConceptMap,
  requireSystem,
  splitCanonical,
  valueSetOfUrl,
} from './canonical.ts';
import { invalid, missing, notFound, notSupported } from './fhir-error.ts';
import {
  booleanType,
  codeableConceptType,
  codeType,
  codingType,
  dateType,
  type GivenCoding,
  stringType,
  uriType,
} from './parameter-types.ts';
import { one, refused, type Values } from './read-parameters.ts';
import { refusedEverywhere } from './validation-parameters.ts';

/** What the operation takes. */
export const translateParameters = {
  ...refusedEverywhere,
  url: one(uriType, 'the map; the one of the code system when absent'),
  conceptMapVersion: one(stringType, 'version of the map: an effective date'),
  date: one(dateType, 'the day asked about; today when absent'),
  reverse: one(booleanType, 'true: from a code in use to what it took over from'),
  code: one(codeType, 'the code, with system'),
  system: one(uriType, 'the code system of the code'),
  version: one(stringType, 'version of the code system: an effective date'),
  coding: one(codingType, 'the code, instead of code and system'),
  codeableConcept: one(codeableConceptType, 'each of its codings is translated'),
  sourceCode: one(codeType, 'as code'),
  sourceSystem: one(uriType, 'as system'),
  sourceCoding: one(codingType, 'as coding'),
  sourceCodeableConcept: one(codeableConceptType, 'as codeableConcept'),
  targetCode: one(codeType, 'as code with reverse'),
  targetCoding: one(codingType, 'as coding with reverse'),
  targetCodeableConcept: one(codeableConceptType, 'as codeableConcept with reverse'),
  source: one(uriType, 'value set of the code: the code system, or its billable codes'),
  target: one(uriType, 'value set of the answer: the code system, or its billable codes'),
  sourceScope: one(uriType, 'as source'),
  targetScope: one(uriType, 'as target'),
  targetsystem: one(uriType, 'code system of the answer: that of the code'),
  targetSystem: one(uriType, 'as targetsystem'),
  conceptMap: refused('only the maps of this server are known'),
  dependency: refused('no replacement depends on another element'),
};

/** What was given. */
export type TranslateValues = Values<typeof translateParameters>;

/** The codings to translate, which way, and by which map. */
export type AskedTranslation = {
  readonly codings: readonly GivenCoding[];
  /** True when they came as a CodeableConcept: one of another code system is then left out. */
  readonly isConcept: boolean;
  readonly reverse: boolean;
  readonly map?: OwnConceptMap;
  readonly mapVersion?: string;
};

/** Reads it; throws 400 for what is missing or contradictory, 404 for a map there is not. */
export function askedTranslation(
  values: TranslateValues,
  id: string | undefined,
  base: string,
): AskedTranslation {
  const { code, sourceCode, targetCode } = values;
  const concept =
    values.codeableConcept ?? values.sourceCodeableConcept ?? values.targetCodeableConcept;
  const coding = values.coding ?? values.sourceCoding ?? values.targetCoding;
  requireOneWay(values);
  const map = mapOf(values.url, id, base);
  const fromTarget =
    (targetCode ?? values.targetCoding ?? values.targetCodeableConcept) !== undefined;
  if (fromTarget && values.reverse === false) {
    throw invalid('reverse: false contradicts targetCode; give sourceCode');
  }
  const uri =
    agreed({ system: values.system, sourceSystem: values.sourceSystem }) ??
    (fromTarget ? values.targetSystem : undefined) ??
    (map.map && codeSystems[map.map.system].uri);
  if ((coding || concept) && (values.system ?? values.sourceSystem) !== undefined) {
    throw invalid('system: goes with code; a coding has its own');
  }
  const text = code ?? sourceCode ?? targetCode;
  const codings = concept ?? [coding ?? { code: text, system: uri }];
  const mapVersion = agreed({
    conceptMapVersion: values.conceptMapVersion,
    'version of url': map.version,
  });
  return {
    codings,
    isConcept: concept !== undefined,
    reverse: fromTarget || values.reverse === true,
    ...(map.map && { map: map.map }),
    ...(mapVersion !== undefined && { mapVersion }),
  };
}

const waysOfCode = [
  'code',
  'coding',
  'codeableConcept',
  'sourceCode',
  'sourceCoding',
  'sourceCodeableConcept',
  'targetCode',
  'targetCoding',
  'targetCodeableConcept',
] as const satisfies readonly (keyof TranslateValues)[];

function requireOneWay(values: TranslateValues): void {
  const [first, second] = waysOfCode.filter((name) => values[name] !== undefined);
  if (first === undefined) throw missing('code: needed, or coding or codeableConcept');
  if (second !== undefined) throw invalid(`${second}: given beside ${first}; give one of them`);
}

function mapOf(
  url: string | undefined,
  id: string | undefined,
  base: string,
): { readonly map?: OwnConceptMap; readonly version?: string } {
  if (url !== undefined && id !== undefined) throw invalid('url: given on an instance');
  if (id !== undefined) {
    const map = conceptMapOfId(id);
    if (!map) throw notFound(`no ConceptMap/${id.slice(0, 64)} here`);
    return { map };
  }
  if (url === undefined) return {};
  const { url: bare, version } = splitCanonical(url);
  const map = conceptMapOfUrl(bare, base);
  if (!map) throw notFound(`concept map ${url} is not known here`);
  return { map, ...(version !== undefined && { version }) };
}

/** Throws when source or target are not of the code's own system: codes are replaced within it. */
export function requireWithin(system: string, values: TranslateValues, base: string): void {
  for (const name of ['targetsystem', 'targetSystem'] as const) {
    const uri = values[name];
    if (uri === undefined || requireSystem(uri).uri === system) continue;
    throw notFound(`${name}: there is no map from ${system} to ${uri}`);
  }
  for (const name of ['source', 'target', 'sourceScope', 'targetScope'] as const) {
    const url = values[name];
    if (url === undefined) continue;
    const own = valueSetOfUrl(splitCanonical(url).url, base);
    if (!own || codeSystems[own.system].uri !== system) {
      throw notFound(`${name}: there is no map between ${system} and the value set ${url}`);
    }
    if (own.isa !== undefined) {
      throw notSupported(`${name}: not supported for a category; give the whole code system`);
    }
  }
}
