// The FHIR face over a real snapshot of small releases: the M54.5 story, a code that ended, and a little of ICD-10-PCS.

import type { OperationOutcome, Parameters, ParametersParameter } from 'fhir/r4.js';
import { createApp } from '../../../functions/api/app.ts';
import { createMemoryItemStore } from '../../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../../shared/edge/memory-queue.ts';
import { createTenantStore } from '../../../shared/store/tenant-table.ts';
import { payers } from '../../support/payers.ts';
import { conversion, release } from '../../support/releases.ts';
import { openSnapshotOf, takeIn } from '../../support/test-reference.ts';

/** FHIR system URIs. */
export const cm = 'http://hl7.org/fhir/sid/icd-10-cm';
export const pcs = 'http://www.cms.gov/Medicare/Coding/ICD10';

const before = [
  'J15 0 Bacterial pneumonia, not elsewhere classified',
  'J158 1 Pneumonia due to other specified bacteria',
  'M54 0 Dorsalgia',
  'M542 1 Cervicalgia',
  'M545 1 Low back pain',
];

/** FY2021: J15.8 and M54.5 are billable. FY2022: M54.5 is split. FY2023: J15.8 ends. */
export const releases = [
  release('2020-10-01', before),
  release(
    '2021-10-01',
    [
      ...before.slice(0, 4),
      'M545 0 Low back pain',
      'M5450 1 Low back pain, unsp|Low back pain, unspecified',
      'M5451 1 Vertebrogenic low back pain',
      'M5459 1 Other low back pain',
    ],
    {
      conversions: ['M5450', 'M5451', 'M5459'].map((code) =>
        conversion(code, '2021-10-01', 'M545'),
      ),
    },
  ),
  release(
    '2022-10-01',
    [
      'J15 0 Bacterial pneumonia, not elsewhere classified',
      'J1561 1 Pneumonia due to Acinetobacter baumannii',
      'M54 0 Dorsalgia',
      'M542 1 Cervicalgia',
      'M545 0 Low back pain',
      'M5450 1 Low back pain, unsp|Low back pain, unspecified',
      'M5451 1 Vertebrogenic low back pain',
      'M5459 1 Other low back pain',
    ],
    { conversions: [conversion('J1561', '2022-10-01', 'J158')] },
  ),
  release(
    '2021-10-01',
    [
      '001 0 Central Nervous System and Cranial Nerves, Bypass',
      '0016070 1 Bypass Cerebral Ventricle',
    ],
    { system: 'icd10pcs' },
  ),
];

/** Takes in what a test needs beside the releases. */
type MoreOf = (stores: Awaited<ReturnType<typeof takeIn>>) => Promise<void>;

/** The app; its day is 1 March 2023. */
export async function fhirUnderTest(moreOf: MoreOf = async () => undefined) {
  const stores = await takeIn(releases);
  await moreOf(stores);
  const { items, ...reference } = await openSnapshotOf(stores);
  const ports = {
    codeTable: reference.codeTable,
    reference: { now: () => reference, withCatalogue: async () => reference },
    tenants: createTenantStore(createMemoryItemStore()),
    codeItems: items,
    ingestQueue: createMemoryQueue(),
    policiesQueue: createMemoryQueue(),
    payers,
    clock: { now: () => '2023-03-01T12:00:00.000Z' },
  };
  const app = createApp({
    ports,
    callerOf: () => ({ tenant: 'nobody', operator: false }),
    ready: () => true,
    limits: { rate: null },
  });
  return { app, ports };
}

/** Asks by GET and by POST: `ask.get('CodeSystem/$lookup', {…})`, `ask.post('…', parameters)`. */
export async function openFhir(moreOf?: MoreOf) {
  const { app } = await fhirUnderTest(moreOf);
  const send = async (path: string, init: RequestInit = {}) => {
    const response = await app.request(`/fhir/R4/${path}`, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: JSON.parse(text || 'null') };
  };
  return {
    send,
    get: (path: string, query: Readonly<Record<string, string>> = {}) =>
      send(`${path}?${new URLSearchParams(query)}`),
    post: (path: string, ...parameter: readonly ParametersParameter[]) =>
      send(path, {
        method: 'POST',
        headers: { 'content-type': 'application/fhir+json' },
        body: JSON.stringify({ resourceType: 'Parameters', parameter }),
      }),
  };
}

/** The value of a parameter of an answer, whatever its type. */
export function valueIn(body: Parameters, name: string): unknown {
  const found = body.parameter?.find((one) => one.name === name);
  const member = Object.entries(found ?? {}).find(([key]) => key.startsWith('value'));
  return member?.[1];
}

/** Texts of the issues of an OperationOutcome, or of the one inside an answer. */
export function issuesIn(body: Parameters | OperationOutcome): readonly string[] {
  const inside = body.resourceType === 'Parameters' ? body.parameter : [];
  const found = inside?.find((one) => one.name === 'issues')?.resource ?? body;
  // Whoever asks for issues of an answer without any gets an empty list, and the test fails on that.
  if (found.resourceType !== 'OperationOutcome') return [];
  const outcome = found as OperationOutcome;
  return outcome.issue.map((one) =>
    [one.severity, one.code, one.details?.coding?.[0]?.code, one.details?.text].join(' | '),
  );
}

/** The properties $lookup answered, values by name. */
export function propertiesIn(body: Parameters): Readonly<Record<string, readonly unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const one of body.parameter ?? []) {
    if (one.name !== 'property') continue;
    const name = one.part?.find((part) => part.name === 'code')?.valueCode ?? '';
    const value = Object.entries(one.part?.find((part) => part.name === 'value') ?? {}).find(
      ([key]) => key !== 'name',
    );
    found[name] = [...(found[name] ?? []), value?.[1]];
  }
  return found;
}
