// Asks an API the example request of an operation, over stores in which everything its examples name is there.
import type { Operation } from '../../functions/api/openapi/operation.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { Alert } from '../../shared/core/finding.ts';
import { createMemorySnapshotStore } from '../../shared/edge/memory-snapshot-store.ts';
import { moveSnapshotPointer } from '../../shared/store/snapshot-pointer.ts';
import { putWaitingRelease, waitingRelease } from '../support/waiting-release.ts';
import { apiWithSnapshot, headersOf } from './api-under-test.ts';

/** Name of the snapshot the example downloads. */
const snapshotName = 'f2_icd10cm-9_icd10pcs-3_hcpcs-4_0123456789ab.sqlite.gz';

/** Example parts of paths that stand for other things in these stores. */
const ids: Readonly<Record<string, string>> = { approveRelease: waitingRelease.id };

/** An API with a template, a claim, an alert, a release in quarantine, a feed and a snapshot to download. */
export async function apiWithEverything() {
  const snapshots = createMemorySnapshotStore();
  const api = await apiWithSnapshot({ build: 'test', snapshots });
  const { ports } = api;
  await snapshots.keep(snapshotName, Uint8Array.of(31, 139));
  await moveSnapshotPointer(ports.codeItems, pointer, undefined);
  await putWaitingRelease(ports.codeItems);
  await ports.tenants.addAlert(alert);
  for (const [path, body] of stored) {
    const headers = headersOf('clinic', true);
    await api.app.request(path, { method: 'PUT', headers, body: JSON.stringify(body) });
  }
  return api;
}

const pointer = {
  stamp: 'f2_icd10cm-9_icd10pcs-3_hcpcs-4',
  name: snapshotName,
  form: 1,
  bytes: 100,
  gzippedBytes: 2,
  sha256: 'ab'.repeat(32),
  seqs: { icd10cm: 9, icd10pcs: 3 },
  publishedAt: '2026-01-05T12:00:00.000Z',
};

const codes = [{ system: 'icd10cm', code: 'M54.5' }];
const stored: readonly (readonly [path: string, body: unknown])[] = [
  ['/v1/templates/spine-superbill', { name: 'Spine', owner: 'Front desk', codes }],
  [
    '/v1/claims/visit-1',
    {
      codes,
      dateOfService: '2021-10-01',
      payer: 'medicare',
      lines: [{ procedure: '99213', dateOfService: '2021-10-01', billed: 120.5 }],
      state: 'TX',
    },
  ],
];

const alert: Alert = {
  id: 'icd10cm-2022.0123456789abcdef01234567',
  tenant: 'clinic',
  system: 'icd10cm',
  release: 'icd10cm-2022',
  seq: 2,
  effective: calendarDate('2021-10-01'),
  createdAt: '2026-01-02T12:00:00.000Z',
  severity: 'high',
  kinds: ['expanded'],
  codes: [
    {
      code: 'M545',
      kind: 'expanded',
      effective: calendarDate('2021-10-01'),
      title: { before: 'Low back pain', after: 'Low back pain' },
      replacedBy: [
        {
          code: 'M5450',
          source: 'official',
          effective: calendarDate('2021-10-01'),
          title: 'Low back pain, unspecified',
        },
      ],
      templates: [{ id: 'spine-superbill', name: 'Spine', finding: 'icd10cm-2022.M545.f' }],
      claims: { count: 1, billedCents: 12_050 },
      reworkCents: { min: 2500, max: 10_000 },
      habit: {
        claims: 2,
        billedCents: 24_000,
        from: calendarDate('2021-01-04'),
        to: calendarDate('2021-06-30'),
      },
    },
  ],
  totals: {
    codes: 1,
    templates: 1,
    claims: 1,
    billedCents: 12_050,
    reworkCents: { min: 2500, max: 10_000 },
    habitCodes: 1,
  },
};

/** The answer to an operation's example; `query` is added to it, `accept` sent with it. */
export async function askExample(
  operation: Operation,
  more: { readonly query?: string; readonly accept?: string } = {},
) {
  const { app } = await apiWithEverything();
  const { id, method, inPath = {}, example = {}, body } = operation;
  let path = operation.path;
  for (const [name, part] of Object.entries(inPath)) {
    const text = name === 'id' ? (ids[id] ?? part.example) : part.example;
    path = path.replace(`{${name}}`, encodeURIComponent(text));
  }
  const query = [new URLSearchParams(example).toString(), more.query ?? ''].filter(Boolean);
  const headers: Record<string, string> = {
    ...(operation.needsToken &&
      headersOf(operation.needsToken === 'operator' ? 'operator' : 'clinic')),
    ...(body && { 'content-type': body.type ?? 'application/json' }),
    ...(more.accept !== undefined && { accept: more.accept }),
  };
  const response = await app.request(query.length > 0 ? `${path}?${query.join('&')}` : path, {
    method: method.toUpperCase(),
    headers,
    ...(body && { body: JSON.stringify(body.example) }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { response, body: isJson ? JSON.parse(text) : text };
}
