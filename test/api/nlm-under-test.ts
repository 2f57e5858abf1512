// The API over a real snapshot of small releases around the split of M54.5, for the tests of the NLM face.
import { createApp } from '../../functions/api/app.ts';
import type { Limits } from '../../functions/api/limits.ts';
import type { Catalogue } from '../../shared/ports/catalogue.ts';
import type { Reference } from '../../shared/ports/reference-source.ts';
import { conversion, release } from '../support/releases.ts';
import { openTestReference } from '../support/test-reference.ts';
import { apiUnderTest } from './api-under-test.ts';

const neighbours = [
  'A15 0 Respiratory tuberculosis',
  'A150 1 Tuberculosis of lung',
  'A154 1 Tuberculosis of intrathoracic lymph nodes',
  'A156 1 Tuberculous pleurisy',
  'K50 0 Crohn disease',
  "K5090 1 Crohn's disease, unspecified, without complications",
  'M35 0 Other systemic involvement of connective tissue',
  'M3501 1 Sjogren syndrome with keratoconjunctivitis',
  'M54 0 Dorsalgia',
  'M542 1 Cervicalgia',
];
const strains = [
  'S39 0 Injuries of lower back',
  ...Array.from({ length: 9 }, (_, n) => `S39${n}12A 1 Strain of lower back, kind ${n}`),
];
const fy2021 = [...neighbours, 'M545 1 Low back pain', 'M546 1 Pain in thoracic spine', ...strains];
const fy2022 = [
  ...neighbours,
  'M545 0 Low back pain',
  'M5450 1 Low back pain, unspecified',
  'M5451 1 Vertebrogenic low back pain',
  'M5459 1 Other low back pain',
  'M546 1 Pain in thoracic spine',
  ...strains,
];

/** M54.5 billable in FY2021, split in FY2022; in ICD-10-PCS one code and its header. */
export const releases = [
  release('2020-10-01', fy2021),
  release('2021-10-01', fy2022, {
    conversions: ['M5450', 'M5451', 'M5459'].map((code) => conversion(code, '2021-10-01', 'M545')),
  }),
  release('2020-10-01', ['001 0 Bypass', '0016070 1 Bypass of cerebral ventricle, open approach'], {
    system: 'icd10pcs',
  }),
];

/** An API that answers from `reference`, without a limit of requests; its clock stands in February 2026. */
export async function apiOn(
  reference: Reference & { readonly catalogue: Catalogue },
  limits: Partial<Limits> = {},
) {
  const { ports } = await apiUnderTest();
  const { codeTable, policies, catalogue, stamp } = reference;
  const state = { codeTable, policies, catalogue, ...(stamp !== undefined && { stamp }) };
  return createApp({
    ports: {
      ...ports,
      codeTable,
      reference: { now: () => state, withCatalogue: async () => state },
    },
    callerOf: () => ({ tenant: 'nobody', operator: false }),
    ready: () => true,
    limits: { rate: null, ...limits },
  });
}

/** {@link apiOn} over {@link releases}. */
export const nlmApi = async () => apiOn(await openTestReference(releases));
