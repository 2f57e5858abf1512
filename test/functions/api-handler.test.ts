// The API as API Gateway calls it: events in, answers out, tenants by stored tokens, and all of it within its role.

import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { createHandler } from '../../functions/api/handler.ts';
import { createLog } from '../../shared/edge/log.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue, type MemoryQueue } from '../../shared/edge/memory-queue.ts';
import type { ItemStore } from '../../shared/ports/item-store.ts';
import { tokenKey } from '../../shared/store/keys.ts';
import { addEdits, addTabular } from '../../shared/store/reference-documents.ts';
import { editList, node, note, tabularList } from '../scrub/hand-facts.ts';
import { payers } from '../support/payers.ts';
import { fy2021, publishedOf } from '../support/published-snapshots.ts';
import { recordItems, type Use } from '../support/recording-stores.ts';
import { release } from '../support/releases.ts';
import { mayUseItem, mayUseObject } from '../support/role-permissions.ts';
import { synthesizeStack } from '../support/synthesized-stack.ts';
import { putWaitingRelease, waitingRelease } from '../support/waiting-release.ts';

const token = 'a-token-of-the-clinic';
const operatorToken = 'a-token-of-an-operator';
const uses: Use[] = [];
const lines: string[] = [];

/** FY2022 with a title longer than any real one. */
const wordy = release('2021-10-01', [
  'M54 0 Dorsalgia',
  `M545 0 Low back pain|${'Low back pain, '.repeat(40)}and no end`,
  'M5450 1 Low back pain, unspecified',
]);

type Handler = ReturnType<typeof createHandler>;
type Event = Parameters<Handler>[0];

/** An event of payload format 2.0, as API Gateway makes it (AWS: "Working with AWS Lambda proxy integrations"). */
function eventOf(
  method: string,
  path: string,
  more: { headers?: Record<string, string>; body?: string } = {},
): Event {
  const [rawPath = '', rawQueryString = ''] = path.split('?');
  const http = {
    method,
    path: rawPath,
    protocol: 'HTTP/1.1',
    sourceIp: '192.0.2.1',
    userAgent: '',
  };
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers: { host: 'api.example.org', ...more.headers },
    body: more.body ?? null,
    isBase64Encoded: false,
    requestContext: {
      accountId: '0',
      apiId: 'api',
      authentication: null,
      authorizer: {},
      domainName: 'api.example.org',
      domainPrefix: 'api',
      http,
      requestId: 'r',
      routeKey: '$default',
      stage: '$default',
      time: '',
      timeEpoch: 0,
    },
  };
}

/** A tabular list that has the underlying disease coded before M54, and edits by which M54.50 is no principal diagnosis. */
async function documentsIn(items: ItemStore) {
  const archive = createMemoryArchive();
  const arrival = {
    source: { url: 'https://example.org/a', sha256: 'a' },
    takenInAt: '2021-11-01T06:00:00.000Z',
  };
  const list = tabularList('2021-10-01', node('M54', [note('codeFirst', 'underlying disease')]));
  const notes = { codes: 1, nodes: 1, notes: 1, notesByKind: {}, targets: 0, unreadable: 0 };
  await addTabular({ items, archive }, { list, counts: notes }, arrival);
  const edits = editList({ M5450: 'UNACCEPTABLE' });
  const rows = { read: 1, rows: 1, ages: 0, rejected: 0 };
  await addEdits({ items, archive }, { list: edits, counts: rows }, arrival);
  return archive;
}

async function apiOf() {
  const { items, snapshots, pointer } = await publishedOf([fy2021, wordy]);
  const archive = await documentsIn(items);
  const tenantItems = createMemoryItemStore();
  const keyOf = (text: string) => tokenKey(createHash('sha256').update(text).digest('hex'));
  await tenantItems.put({ ...keyOf(token), tenant: 'clinic' });
  await tenantItems.put({ ...keyOf(operatorToken), tenant: 'operations', operator: true });
  await putWaitingRelease(items);
  const ingestQueue = createMemoryQueue();
  const handler = createHandler({
    codeItems: recordItems(items, 'CodeTable', uses),
    tenantItems: recordItems(tenantItems, 'TenantTable', uses),
    snapshots: {
      read(name) {
        uses.push({ object: 'snapshot/', action: 's3:GetObject' });
        return snapshots.read(name);
      },
      link: async (name) => `https://bucket.example.org/snapshot/${name}?signed`,
    },
    archive: {
      readNormalForm(sha256) {
        uses.push({ object: 'normal/', action: 's3:GetObject' });
        return archive.readNormalForm(sha256);
      },
    },
    ingestQueue,
    policiesQueue: createMemoryQueue(),
    payers,
    clock: { now: () => '2021-11-01T12:00:00.000Z' },
    log: createLog({}, (line) => lines.push(line)),
  });
  return { handler, pointer, ingestQueue };
}

let handler: Handler;
let ingestQueue: MemoryQueue;
let name: string;
beforeAll(async () => {
  const made = await apiOf();
  ({ handler, ingestQueue } = made);
  name = made.pointer.name;
});

const ask = async (...event: Parameters<typeof eventOf>) => {
  const { statusCode, headers, body, isBase64Encoded } = await handler(eventOf(...event));
  return { status: statusCode, headers: headers ?? {}, body, isBase64Encoded };
};
const bearer = { authorization: `Bearer ${token}` };
const operatorBearer = { authorization: `Bearer ${operatorToken}` };

describe('functions/api/handler.ts', () => {
  it('answers the first look-up before there is a snapshot, and searches once it is loaded', async () => {
    const first = await ask('GET', '/v1/codes/icd10cm/M54.5?date=2021-10-01');
    expect([first.status, JSON.parse(first.body)]).toMatchObject([200, { status: 'header' }]);
    const found = await ask('GET', '/v1/search/icd10cm?q=low+back&date=2021-10-01');
    expect(found.status).toBe(200);
    expect(JSON.parse(found.body).items.map((one: { code: string }) => one.code)).toContain(
      'M54.50',
    );
    const later = await ask('GET', '/v1/codes/icd10cm/M54.5?date=2021-10-01');
    expect(JSON.parse(later.body).children).toEqual([
      { code: 'M54.50', short: 'Low back pain, unspecified' },
    ]);
  });

  it('refuses a tenant route without a token, and with one that is not stored', async () => {
    expect((await ask('GET', '/v1/alerts')).status).toBe(401);
    const made = await ask('GET', '/v1/alerts', { headers: { authorization: 'Bearer x' } });
    expect(made.status).toBe(401);
    const long = { authorization: `Bearer ${'x'.repeat(600)}` };
    expect((await ask('GET', '/v1/alerts', { headers: long })).status).toBe(401);
  });

  it('I10 knows the tenant of a stored token, and stores and removes under it', async () => {
    const json = { ...bearer, 'content-type': 'application/json' };
    const body = JSON.stringify({ codes: [{ system: 'icd10cm', code: 'M54.5' }] });
    const put = await ask('PUT', '/v1/templates/spine', { headers: json, body });
    expect(put.status).toBe(201);
    const got = await ask('GET', '/v1/templates/spine', { headers: bearer });
    expect(JSON.parse(got.body).codes).toEqual([{ system: 'icd10cm', code: 'M54.5' }]);
    expect((await ask('GET', '/v1/findings', { headers: bearer })).status).toBe(200);
    expect((await ask('DELETE', '/v1/templates/spine', { headers: bearer })).status).toBe(204);
    const of = (part: string) =>
      uses.filter((use) => 'partition' in use && use.partition.startsWith(part)).length;
    expect(of('T#clinic')).toBeGreaterThan(0);
    expect(of('TOKEN#')).toBeGreaterThan(0);
  });

  it('lets a stored token that is an operator’s lift a quarantine, and no other', async () => {
    const path = `/v1/releases/${waitingRelease.id}/approve`;
    const body = JSON.stringify({ reason: 'compared by hand' });
    const json = { 'content-type': 'application/json' };
    const refused = await ask('POST', path, { headers: { ...json, ...bearer }, body });
    expect([refused.status, JSON.parse(refused.body).code]).toEqual([403, 'forbidden']);
    expect(ingestQueue.messages).toEqual([]);
    const taken = await ask('POST', path, { headers: { ...json, ...operatorBearer }, body });
    expect([taken.status, JSON.parse(taken.body).approval.by]).toEqual([202, 'operations']);
    expect(ingestQueue.messages).toHaveLength(1);
  });

  it('scrubs with the tabular list and the edits that were taken in', async () => {
    const headers = { ...bearer, 'content-type': 'application/json' };
    const claim = { setting: 'inpatient', dateOfService: '2021-10-15', codes: ['M54.50'] };
    const { status, body } = await ask('POST', '/v1/scrub', {
      headers,
      body: JSON.stringify(claim),
    });
    expect(status).toBe(200);
    const rules = JSON.parse(body).items.map((one: { rule: string }) => one.rule);
    expect(rules).toContain('principal-unacceptable');
    expect(rules).toContain('code-first');
  });

  it('packs a large answer for whoever takes it packed', async () => {
    const items = Array.from({ length: 100 }, () => ({
      system: 'icd10cm',
      code: 'M54.5',
      date: '2021-10-01',
    }));
    const event = {
      headers: { 'content-type': 'application/json', 'accept-encoding': 'gzip' },
      body: JSON.stringify({ items }),
    };
    const { headers, body, isBase64Encoded } = await ask('POST', '/v1/check', event);
    expect([headers['content-encoding'], isBase64Encoded]).toEqual(['gzip', true]);
    const unpacked = gunzipSync(Buffer.from(body, 'base64')).toString();
    expect(JSON.parse(unpacked).results).toHaveLength(100);
  });

  it('says what to do when an answer is too large for Lambda, and gives it packed', async () => {
    const items = Array.from({ length: 10_000 }, () => ({
      system: 'icd10cm',
      code: 'M54.5',
      date: '2021-10-01',
    }));
    const plain = { 'content-type': 'application/json' };
    const body = JSON.stringify({ items });
    // Each answer holds the title: 10,000 times 600 characters and what is around them.
    const {
      status,
      headers,
      body: text,
    } = await ask('POST', '/v1/check', { headers: plain, body });
    expect([status, headers['content-type']]).toEqual([413, 'application/problem+json']);
    expect(JSON.parse(text)).toMatchObject({ code: 'too-large', instance: '/v1/check' });
    const packed = { ...plain, 'accept-encoding': 'gzip' };
    expect((await ask('POST', '/v1/check', { headers: packed, body })).status).toBe(200);
  });

  it('leads to the snapshot in S3 instead of sending it', async () => {
    const about = JSON.parse((await ask('GET', '/v1/snapshot')).body);
    expect(about.href).toBe(`/v1/snapshot/${name}`);
    const { status, headers } = await ask('GET', about.href);
    expect([status, headers.location]).toEqual([
      307,
      `https://bucket.example.org/snapshot/${name}?signed`,
    ]);
    expect((await ask('GET', '/v1/snapshot/..%2Fraw%2Fabc')).status).toBe(404);
  });

  it('never fails on what is no request of ours', async () => {
    expect((await ask('GET', '/nowhere')).status).toBe(404);
    expect((await ask('TRACE', '/v1/alerts')).status).toBeLessThan(500);
    expect((await ask('POST', '/v1/check', { body: '{' })).status).toBe(415);
  });

  it('uses nothing that its role does not permit', () => {
    const stack = synthesizeStack();
    expect(uses.length).toBeGreaterThan(20);
    const refused = uses.filter((use) =>
      'table' in use ? !mayUseItem(stack, 'Api', use) : !mayUseObject(stack, 'Api', use),
    );
    expect([...new Set(refused.map((use) => JSON.stringify(use)))]).toEqual([]);
  });

  it('logs no token', () => {
    expect(lines.join()).not.toMatch(/a-token-of/);
  });
});
