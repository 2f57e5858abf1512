// I8 Minimum necessary: files full of marked identifiers, whole and broken in many ways, go in through every door; then
// everything that was written, answered, sent or logged is searched for the markers.

import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ApiPorts } from '../../functions/api/api-ports.ts';
import { createApp } from '../../functions/api/app.ts';
import { createCallerOf } from '../../functions/api/authenticate.ts';
import { intakeRoutes } from '../../functions/api/intake-routes.ts';
import { createHandler } from '../../functions/intake/handler.ts';
import { idrTogether } from '../../shared/claims/idr/read-idr.ts';
import { usualSettings } from '../../shared/core/tenant-settings.ts';
import { createLog } from '../../shared/edge/log.ts';
import { createMemoryInbox } from '../../shared/edge/memory-inbox.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { temporaryJoins } from '../../shared/edge/sqlite/temporary-join.ts';
import { createTableReference } from '../../shared/edge/table-reference.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { handBuiltTable } from '../operations/hand-built-table.ts';
import { releases, versions } from '../operations/spine.ts';
import { payers } from '../support/payers.ts';
import { controlNumber, damages, mapping, marked, markedFiles } from './marked-files.ts';

/** Places a file is broken at in each way. */
const placesEach = 40;

/** Doors that lead into Codewatch: each takes a text in for a tenant, and answers all it said of it. */
type Door = (tenant: string, text: string) => Promise<string>;

type Leak = { readonly where: string; readonly what: string };

const leaks: Leak[] = [];
let at = '';

/** Searches what left the parser; of a tenant that asks for hashes, claims' own numbers are marked, too. */
function search(where: string, text: string): void {
  const isHashed = !where.includes('as-sent');
  const found = marked.exec(text) ?? (isHashed ? controlNumber.exec(text) : undefined);
  if (found) {
    const around = text.slice(Math.max(0, found.index - 80), found.index + 80);
    leaks.push({ where: `${at} → ${where}`, what: around });
  }
}

const tenantItems = createMemoryItemStore({
  beforeWrite: (item) => search(`item of ${item.pk}`, JSON.stringify(item)),
});
const inbox = createMemoryInbox({ pieceBytes: 700 });
const intakeQueue = createMemoryQueue();
const ingestQueue = createMemoryQueue();
const tenants = ['hashed', 'as-sent'] as const;
let app: Hono;
let portsOfApp: ApiPorts;
const fail = async (): Promise<never> => {
  throw new Error('broken');
};
let handler: ReturnType<typeof createHandler>;
let printed: ReturnType<typeof spyOnOutput>;

/** Everything this process prints. */
function spyOnOutput() {
  const take = (chunk: unknown): true => {
    search('output', String(chunk));
    return true;
  };
  return [
    vi.spyOn(process.stdout, 'write').mockImplementation(take),
    vi.spyOn(process.stderr, 'write').mockImplementation(take),
    ...(['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation((...words) => void take(words.join(' '))),
    ),
  ];
}

beforeAll(async () => {
  const { codeTable, items: codeItems } = await handBuiltTable({ releases, versions });
  const reference = createTableReference(codeTable, createPolicyTable(codeItems));
  const clock = { now: () => '2026-02-01T00:00:00.000Z' };
  const store = createTenantStore(tenantItems);
  const related = idrTogether(temporaryJoins());
  const ports = {
    ...{ codeTable, reference, tenants: store, codeItems, clock, related, payers },
    ...{ ingestQueue, policiesQueue: ingestQueue },
  };
  portsOfApp = ports;
  const callerOf = createCallerOf(
    new Map(tenants.map((tenant) => [`token-${tenant}`, { tenant, operator: false }])),
  );
  app = createApp({
    intake: intakeRoutes,
    ports,
    callerOf,
    ready: () => true,
    limits: { rate: null },
  });
  const log = createLog({}, (line) => search('log of the inbox', line));
  handler = createHandler({
    ...{ codeItems, tenantItems, inbox, intakeQueue, reference, payers, clock, log },
  });
  await store.addReferenceKey('hashed', 'a key');
  for (const references of tenants) {
    await store.putSettings(references, { ...usualSettings, references, csvMapping: mapping });
  }
  printed = spyOnOutput();
});
afterAll(() => printed.forEach((spy) => void spy.mockRestore()));

/** Types that are wrong half of the time: the content decides. */
const types = ['application/octet-stream', 'text/csv', 'application/edi-x12', 'application/json'];

let sent = 0;
const throughApi: Door = async (tenant, text) => {
  sent += 1;
  const headers = {
    authorization: `Bearer token-${tenant}`,
    'content-type': types[sent % types.length] ?? '',
  };
  const request = { method: 'POST', headers, body: Buffer.from(text) };
  const response = await app.request('/v1/intake', request);
  const head = JSON.stringify([...response.headers]);
  return `${response.status} ${head} ${await response.text()}`;
};

const throughInbox: Door = async (tenant, text) => {
  const key = `inbox/${tenant}/file`;
  inbox.objects.set(key, Buffer.from(text));
  const body = JSON.stringify({ Records: [{ s3: { object: { key } } }] });
  const result = await handler({ Records: [{ messageId: 'm', body }] });
  if (result.batchItemFailures.length > 0) throw new Error('the inbox gave a message back');
  const written = [...inbox.objects].map(([name, bytes]) => `${name} ${Buffer.from(bytes)}`);
  inbox.objects.clear();
  return `200 ${written.join()} ${JSON.stringify(intakeQueue.messages)}`;
};

const doors: Readonly<Record<string, Door>> = { API: throughApi, inbox: throughInbox };

async function goIn(door: string, tenant: string, name: string, text: string): Promise<string> {
  at = `${name} through the ${door}`;
  const answer = await doors[door]?.(tenant, text);
  search(`answer to ${tenant}`, answer ?? '');
  return answer ?? '';
}

const acceptedIn = (answer: string): number => Number(/"accepted": ?(\d+)/.exec(answer)?.[1]);

/** Places all over a text, the same in every run. */
function placesIn(text: string, seed: number): number[] {
  let state = seed * 7919 + 1;
  return Array.from({ length: placesEach }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state % text.length;
  });
}

describe('minimum necessary', () => {
  it.each(markedFiles)(
    'I8 $name is taken in, and nothing of a patient is written anywhere',
    async (file) => {
      leaks.length = 0;
      for (const door of Object.keys(doors)) {
        for (const tenant of tenants) {
          const answer = await goIn(door, tenant, file.name, file.text);
          expect(acceptedIn(answer)).toBe(file.accepted);
        }
      }
      expect(leaks).toEqual([]);
    },
  );

  it.each(Object.entries(damages))('I8 nor from any file with %s', async (how, damage) => {
    leaks.length = 0;
    for (const [seed, { name, text }] of markedFiles.entries()) {
      for (const [n, place] of placesIn(text, seed).entries()) {
        const door = n % 2 === 0 ? 'API' : 'inbox';
        const tenant = tenants[(n >> 1) % 2] ?? 'hashed';
        await goIn(door, tenant, `${name}, ${how} at ${place}`, damage(text, place));
      }
    }
    expect(leaks).toEqual([]);
  });

  it('I8 nor from claims put one by one, accepted or refused', async () => {
    leaks.length = 0;
    at = 'PUT';
    const bodies = [
      { codes: ['M54.5'], dateOfService: '2022-01-10' },
      { codes: ['M54.5'], patient: { name: 'ZZMARKLAST' } },
      { codes: ['ZZMARKLAST'] },
      { codes: ['M54.5'], ZZMARKLAST: '1957-03-04' },
      { codes: ['M54.5'], dateOfService: '03/04/1957' },
      '{"codes": ["M54.5"], "note": "ZZMARKLAST',
    ];
    for (const body of bodies) {
      const response = await app.request('/v1/claims/visit-1', {
        method: 'PUT',
        headers: { authorization: 'Bearer token-hashed', 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      search('answer to hashed', await response.text());
    }
    expect(leaks).toEqual([]);
  });

  it('I8 nor by a failure nobody expected: its log line names the route, not the claim', async () => {
    leaks.length = 0;
    at = 'a failure';
    const failing = createApp({
      ports: { ...portsOfApp, tenants: { ...portsOfApp.tenants, getArtifact: fail } },
      callerOf: () => ({ tenant: 'hashed', operator: false }),
      ready: () => true,
    });
    const lines: string[] = [];
    const [, , , , , error] = printed;
    const before = error?.mock.calls.length ?? 0;
    const response = await failing.request('/v1/claims/CONTROL-8');
    expect(response.status).toBe(500);
    for (const words of error?.mock.calls.slice(before) ?? []) lines.push(words.join(' '));
    expect(lines.join()).toContain('GET /v1/claims/:id: Error: broken');
    expect(leaks).toEqual([]);
  });

  it('I8 claims are kept all the same: with their codes, ages and amounts, under names that tell nothing', async () => {
    const store = createTenantStore(tenantItems);
    for (const { text, name } of markedFiles) {
      for (const tenant of tenants) await goIn('API', tenant, name, text);
    }
    const { items } = await store.listArtifacts('hashed', 'claim', { limit: 1000 });
    const ofPatient = items.filter((claim) => claim.type === 'claim' && claim.age === 64);
    expect(ofPatient.length).toBeGreaterThanOrEqual(4);
    expect(items.every(({ id }) => /^h1-/.test(id))).toBe(true);
    const asSent = await store.listArtifacts('as-sent', 'claim', { limit: 1000 });
    expect(asSent.items.some(({ id }) => id === 'CONTROL-8')).toBe(true);
  });

  it('finds a marker that gets through: in an item, an answer, a log line, a claim number that should be hashed', () => {
    leaks.length = 0;
    at = 'on purpose';
    search('item of T#hashed', '{"name":"zzmarklast"}');
    search('answer to as-sent', 'line 7: "1957-03-04" is no day');
    search('log of the inbox', 'took in CONTROL-8');
    search('answer to as-sent', 'CONTROL-8 is stored');
    expect(leaks.map(({ where }) => where)).toEqual([
      'on purpose → item of T#hashed',
      'on purpose → answer to as-sent',
      'on purpose → log of the inbox',
    ]);
  });
});
