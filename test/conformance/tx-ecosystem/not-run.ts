// Why the other tests of the HL7 terminology ecosystem are not run: by suite, and by test where a suite is run in part.

const restOfValidation =
  'Titles in languages other than English, value sets that import or contain others, regular expressions; and a few whose name alone does not say what they ask (`-ws`, `-bad-code-inactive`, `-bad-system2`, `-bad-system-local`, `complex-…`).';
const otherSystem = (name: string) => `About ${name}: not held here.`;
const language =
  'Titles of ICD-10-CM are published in English only; another displayLanguage is refused by name.';
const ownServer =
  'Meant for tx.fhir.org itself (mode `tx.fhir.org`): internal checks of that server.';
const composed =
  'Value sets that import, exclude or contain others are refused by name (400, not-supported).';
const status =
  'About code systems and value sets that are draft, experimental, deprecated or withdrawn: an official release is none of these.';
const flags = 'Every row of an order file says 0 or 1: no code is in an unknown state.';

/** Suites of which nothing is run, or nothing beyond what is re-expressed or asked by name. */
export const suitesNotRun: Readonly<Record<string, string>> = {
  parameters:
    'Expansion parameters over hierarchies, definitions, designations, properties and supplements of code systems sent along. `excludeNested`, `count`, `offset` and `filter` are asked in simple-cases and search, `activeOnly` in `test/conformance/fhir-date`.',
  language,
  language2: language,
  extensions: 'About extensions and supplements of code systems sent along.',
  validation: restOfValidation,
  version:
    'About two versions of a code system sent along and value sets that pin, overlap or force them. Versions of ICD-10-CM by date are what `test/conformance/fhir-date` is about.',
  overload: 'About value sets that cross versions of a code system sent along.',
  fragment: 'About fragments of code systems; an official release is complete.',
  big: 'About value sets that refer to each other in a circle; none can be sent that refer to others.',
  other: 'Two filters by properties of their own code system.',
  errors:
    'About broken filters and combined value sets over code systems sent along; an unknown code system is asked about in validation.',
  deprecated: status,
  case: 'About a case-sensitive code system; codes of ICD-10-CM are read in any case. The third spelling is like the second.',
  tho: otherSystem('HL7 terminology (THO)'),
  exclude: composed,
  'default-valueset-version': 'About several versions of a value set sent along.',
  'tx.fhir.org': ownServer,
  snomed: otherSystem('SNOMED CT'),
  'sct-ecl': otherSystem('SNOMED CT and its expression constraints'),
  batch: 'The batch form of $validate-code is none of R4; `POST /v1/check` does it here.',
  omop: otherSystem('OMOP'),
  UCUM: otherSystem('UCUM'),
  compare: 'About an operation that compares value sets: none of R4.',
  bugs: ownServer,
  permutations:
    'Value sets over their own code system that import, exclude and filter in all combinations.',
  'icd-11': otherSystem('ICD-11'),
  'regex-bad':
    'Filters by regular expression are refused by name, so that none can stop the server.',
  related2: 'About an operation that compares value sets: none of R4.',
  langcodes: otherSystem('BCP 47 language codes'),
};

/** Tests left out of suites that are run. */
export const testsNotRun = (id: string): string | undefined =>
  /^notSelectable\/.*-unknown$/.test(id) ? flags : undefined;
