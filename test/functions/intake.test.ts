// The Lambda of the inbox on events as S3 sends them: files taken in once, told, removed; gone on with; nothing named.

import { describe, expect, it } from 'vitest';
import { createHandler } from '../../functions/intake/handler.ts';
import { feedConfiguration } from '../../infra/topology.ts';
import { usualSettings } from '../../shared/core/tenant-settings.ts';
import { createLog } from '../../shared/edge/log.ts';
import { createMemoryInbox } from '../../shared/edge/memory-inbox.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { createTableReference } from '../../shared/edge/table-reference.ts';
import type { CodeTable } from '../../shared/ports/code-table.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { handBuiltTable } from '../operations/hand-built-table.ts';
import { releases, versions } from '../operations/spine.ts';
import { recordItems, type Use } from '../support/recording-stores.ts';
import { mayUseItem } from '../support/role-permissions.ts';
import { synthesizeStack } from '../support/synthesized-stack.ts';

const claimLine = (id: string, code = 'M54.2'): string =>
  `${JSON.stringify({ type: 'claim', id, codes: [code], dateOfService: '2022-01-10', billed: 100 })}\n`;

const fileOf = (count: number, bad = 0): Buffer =>
  Buffer.from(
    [...Array(count).keys()]
      .map((n) => claimLine(`c${n}`, n % 10 === 0 ? 'M54.5' : 'M54.2'))
      .join('') + 'no JSON\n'.repeat(bad),
  );

/** An event as S3 puts it on a queue (Amazon S3 user guide, "Event message structure"). */
const eventOf = (key: string, versionId?: string): string =>
  JSON.stringify({
    Records: [
      {
        ...{ eventVersion: '2.1', eventSource: 'aws:s3', awsRegion: 'us-east-1' },
        ...{ eventTime: '2026-02-01T00:00:00.000Z', eventName: 'ObjectCreated:Put' },
        s3: {
          ...{ s3SchemaVersion: '1.0', bucket: { name: 'codewatch-inbox' } },
          object: { key, size: 1, eTag: 'x', sequencer: '0', ...(versionId && { versionId }) },
        },
      },
    ],
  });

const batchOf = (...bodies: string[]) => ({
  Records: bodies.map((body, at) => ({ messageId: `m${at}`, body })),
});

async function inboxUnderTest(
  options: Parameters<typeof createMemoryItemStore>[0] = {},
  uses: Use[] = [],
) {
  const { codeTable, items: codeItems } = await handBuiltTable({ releases, versions });
  const tenantItems = createMemoryItemStore(options);
  const [inbox, intakeQueue] = [createMemoryInbox(), createMemoryQueue()];
  const lines: string[] = [];
  const handler = createHandler({
    codeItems: recordItems(codeItems, 'CodeTable', uses),
    tenantItems: recordItems(tenantItems, 'TenantTable', uses),
    ...{ inbox, intakeQueue, payers: feedConfiguration.payers },
    reference: createTableReference(recordedTable(codeTable, uses), createPolicyTable(codeItems)),
    clock: { now: () => '2026-02-01T00:00:00.000Z' },
    log: createLog({}, (line) => lines.push(line)),
  });
  const claims = async (tenant: string): Promise<number> => {
    const tenants = createTenantStore(tenantItems);
    return (await tenants.listArtifacts(tenant, 'claim', { limit: 10_000 })).items.length;
  };
  const resultOf = (key: string) => {
    const bytes = inbox.objects.get(key);
    return bytes && JSON.parse(Buffer.from(bytes).toString());
  };
  return { handler, inbox, intakeQueue, tenantItems, lines, claims, resultOf };
}

/** The table, read through a store that notes what is read. */
function recordedTable(codeTable: CodeTable, uses: Use[]): CodeTable {
  const note = (partition: string): void =>
    void uses.push({ table: 'CodeTable', action: 'Query', partition });
  return {
    ...codeTable,
    versions(system, code, known) {
      note(`CODE#${system}#${code}`);
      return codeTable.versions(system, code, known);
    },
  };
}

const nothingLeft = { batchItemFailures: [] };

/** A context in which time is up after so many looks at it. */
const lasting = (looks: number) => {
  let left = looks;
  return {
    getRemainingTimeInMillis: () => {
      left -= 1;
      return left >= 0 ? 900_000 : 1_000;
    },
  };
};

describe('functions/intake/handler.ts', () => {
  it('takes a file in, tells beside it what became of it, and removes it', async () => {
    const { handler, inbox, claims, resultOf, lines, tenantItems } = await inboxUnderTest();
    inbox.objects.set('inbox/clinic/2022/Zebulon März.ndjson', fileOf(30, 2));
    const event = eventOf('inbox/clinic/2022/Zebulon+M%C3%A4rz.ndjson', 'v1');
    expect(await handler(batchOf(event))).toEqual(nothingLeft);
    expect(await claims('clinic')).toBe(30);
    expect([...inbox.objects.keys()]).toEqual(['results/clinic/2022/Zebulon März.ndjson.json']);
    expect(resultOf('results/clinic/2022/Zebulon März.ndjson.json')).toEqual({
      ...{ file: '2022/Zebulon März.ndjson', takenInAt: '2026-02-01T00:00:00.000Z' },
      ...{ records: 32, accepted: 30, created: 30, replaced: 0, unchanged: 0 },
      ...{ removed: 0, unmatchedVoids: 0, rejectedCount: 2, warnings: [], warningsCount: 0 },
      rejected: [
        { where: 'line 31', code: 'unreadable', message: 'record: no JSON' },
        { where: 'line 32', code: 'unreadable', message: 'record: no JSON' },
      ],
      findings: 3,
      atRisk: { claims: 3, billedCents: 30_000, reworkCentsMin: 7_500, reworkCentsMax: 30_000 },
    });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { message: 'inbox file taken-in', tenant: 'clinic', records: 32, accepted: 30, rejected: 2 },
    ]);
    // I8 a file's name is chosen by its sender: it stands in no log line and no item.
    expect(lines.join() + JSON.stringify(tenantItems.allItems())).not.toMatch(
      /Zebulon|M(%C3%A4|ä)rz/,
    );
    expect(tenantItems.allItems().filter(({ pk }) => pk.endsWith('#INTAKE'))).toEqual([]);
  });

  it('I2 a second delivery of the message finds nothing left to do', async () => {
    const { handler, inbox, resultOf, tenantItems } = await inboxUnderTest();
    inbox.objects.set('inbox/clinic/a', fileOf(10));
    await handler(batchOf(eventOf('inbox/clinic/a')));
    const [before, result] = [tenantItems.allItems(), resultOf('results/clinic/a.json')];
    expect(await handler(batchOf(eventOf('inbox/clinic/a')))).toEqual(nothingLeft);
    expect(tenantItems.allItems()).toEqual(before);
    expect(resultOf('results/clinic/a.json')).toEqual(result);
  });

  it('goes on where time was up, in as many runs as it takes, to the result of one run', async () => {
    const whole = await inboxUnderTest();
    whole.inbox.objects.set('inbox/clinic/a', fileOf(1000, 5));
    await whole.handler(batchOf(eventOf('inbox/clinic/a')));
    const parts = await inboxUnderTest();
    parts.inbox.objects.set('inbox/clinic/a', fileOf(1000, 5));
    let runs = 0;
    let body: string | undefined = eventOf('inbox/clinic/a');
    while (body !== undefined) {
      runs += 1;
      expect(await parts.handler(batchOf(body), lasting(300))).toEqual(nothingLeft);
      body = parts.intakeQueue.receive()?.message.body;
      if (body !== undefined) expect(parts.inbox.objects.has('inbox/clinic/a')).toBe(true);
    }
    expect(runs).toBe(4);
    expect(parts.resultOf('results/clinic/a.json')).toEqual(
      whole.resultOf('results/clinic/a.json'),
    );
    expect(parts.tenantItems.allItems()).toEqual(whole.tenantItems.allItems());
    expect(parts.lines.map((line) => JSON.parse(line).message)).toEqual([
      ...Array(3).fill('inbox file continues'),
      'inbox file taken-in',
    ]);
  });

  it('a run that gets no further than the last one fails, and ends as a dead letter', async () => {
    const { handler, inbox, intakeQueue, lines } = await inboxUnderTest();
    inbox.objects.set('inbox/clinic/a', fileOf(10));
    const failed = await handler(batchOf(eventOf('inbox/clinic/a')), lasting(0));
    expect(failed).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect(intakeQueue.messages).toEqual([]);
    expect(lines.join()).toContain('got no further than the last');
  });

  it('I3 killed after any write and delivered again: one result, and the claims of one run', async () => {
    const clean = await inboxUnderTest();
    clean.inbox.objects.set('inbox/clinic/a', fileOf(6, 1));
    await clean.handler(batchOf(eventOf('inbox/clinic/a')));
    const { itemsWritten: writes } = clean.tenantItems.counts;
    // The last write is the mark's removal: killed there, the second run finds the file gone.
    for (let n = 0; n < writes; n += 1) {
      let left = n;
      const killed = await inboxUnderTest({
        beforeWrite() {
          left -= 1;
          if (left === -1) throw new Error('killed');
        },
      });
      killed.inbox.objects.set('inbox/clinic/a', fileOf(6, 1));
      const first = await killed.handler(batchOf(eventOf('inbox/clinic/a')));
      expect(first.batchItemFailures).toHaveLength(1);
      expect(await killed.handler(batchOf(eventOf('inbox/clinic/a')))).toEqual(nothingLeft);
      expect([...killed.inbox.objects.keys()]).toEqual(['results/clinic/a.json']);
      const result = killed.resultOf('results/clinic/a.json');
      expect(result).toMatchObject({ records: 7, accepted: 6, rejectedCount: 1, findings: 1 });
      expect(killed.tenantItems.allItems()).toEqual(clean.tenantItems.allItems());
    }
  });

  it('only the message that failed stays in the queue', async () => {
    const { handler, inbox, claims } = await inboxUnderTest();
    inbox.objects.set('inbox/clinic/a', fileOf(3));
    inbox.objects.set('inbox/other/b', fileOf(2));
    inbox.objects.set('inbox/nobody', fileOf(1));
    const result = await handler(
      batchOf(
        eventOf('inbox/clinic/a'),
        eventOf('inbox/nobody'),
        'no JSON: inbox/clinic/Zebulon',
        '{"Records":[{"s3":{}}]}',
        eventOf('inbox/other/b'),
      ),
    );
    expect(result.batchItemFailures.map((one) => one.itemIdentifier)).toEqual(['m1', 'm2', 'm3']);
    expect([await claims('clinic'), await claims('other')]).toEqual([3, 2]);
    // What lies at no tenant's place stays there for the operator.
    expect(inbox.objects.has('inbox/nobody')).toBe(true);
  });

  it('passes over what is no file: the test of S3, a folder, a file that is gone', async () => {
    const { handler, inbox, lines } = await inboxUnderTest();
    inbox.objects.set('inbox/clinic/', Buffer.from(''));
    const testEvent = JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'b' });
    const gone = eventOf('inbox/clinic/gone');
    expect(await handler(batchOf(testEvent, eventOf('inbox/clinic/'), gone))).toEqual(nothingLeft);
    expect(lines.map((line) => JSON.parse(line).message)).toEqual(['inbox file gone']);
  });

  it('does nothing that its role does not let it do', async () => {
    const uses: Use[] = [];
    const { handler, inbox, tenantItems } = await inboxUnderTest({}, uses);
    const tenants = createTenantStore(tenantItems);
    await tenants.addReferenceKey('clinic', 'key');
    await tenants.putSettings('clinic', { ...usualSettings, references: 'hashed' });
    inbox.objects.set('inbox/clinic/a', fileOf(30));
    await handler(batchOf(eventOf('inbox/clinic/a')));
    // The same claims with other codes, and one of them cancelled.
    const cancelled = { resourceType: 'Claim', id: 'c1', status: 'cancelled', use: 'claim' };
    const changed = [...Array(9).keys()].map((n) => claimLine(`c${n + 2}`, 'M54.50')).join('');
    inbox.objects.set('inbox/clinic/b', Buffer.from(`${changed}${JSON.stringify(cancelled)}\n`));
    expect(await handler(batchOf(eventOf('inbox/clinic/b')), lasting(5))).toEqual(nothingLeft);
    expect(await handler(batchOf(eventOf('inbox/clinic/b')))).toEqual(nothingLeft);
    const stack = synthesizeStack();
    const refused = uses.filter((use) => 'table' in use && !mayUseItem(stack, 'Intake', use));
    expect([...new Set(refused.map((use) => JSON.stringify(use)))]).toEqual([]);
    const actions = new Set(uses.map(({ action }) => action));
    expect([...actions].toSorted()).toEqual([
      'BatchWriteItem',
      'DeleteItem',
      'GetItem',
      'PutItem',
      'Query',
    ]);
  });

  it('a file that is none is told, not kept', async () => {
    const { handler, inbox, resultOf } = await inboxUnderTest();
    inbox.objects.set('inbox/clinic/scan.pdf', Buffer.from('%PDF-1.7 Zebulon Marker'));
    await handler(batchOf(eventOf('inbox/clinic/scan.pdf')));
    const result = resultOf('results/clinic/scan.pdf.json');
    expect(result).toMatchObject({ records: 1, accepted: 0, rejectedCount: 1 });
    expect(JSON.stringify(result)).not.toContain('Zebulon');
    expect(inbox.objects.has('inbox/clinic/scan.pdf')).toBe(false);
  });

  it.each([
    ['inbox/', 'no tenant'],
    ['inbox//a', 'an empty tenant'],
    ['inbox/cli#nic/a', 'a tenant that could name another one’s items'],
    ['results/clinic/a.json', 'a result'],
    ['../inbox/clinic/a', 'a way out'],
  ])('I10 %s (%s) is nobody’s file', async (key) => {
    const { handler, inbox, tenantItems } = await inboxUnderTest();
    inbox.objects.set(key, fileOf(1));
    const result = await handler(batchOf(eventOf(key)));
    if (!key.endsWith('/')) expect(result.batchItemFailures).toHaveLength(1);
    expect(tenantItems.allItems()).toEqual([]);
  });
});
