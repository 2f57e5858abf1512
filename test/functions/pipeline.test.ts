// The handlers of the steps one after the other on the shipped sample, in memory: what they do, and that their roles permit it.
import { beforeAll, describe, expect, it } from 'vitest';
import { createHandler as createAssess } from '../../functions/assess/handler.ts';
import { createHandler as createAssessTenant } from '../../functions/assess-tenant/handler.ts';
import { createHandler as createIngest } from '../../functions/ingest/handler.ts';
import { createHandler as createIngestPolicies } from '../../functions/ingest-policies/handler.ts';
import { createHandler as createNotify } from '../../functions/notify/handler.ts';
import { createHandler as createPublish } from '../../functions/publish/handler.ts';
import { createHandler as createPull } from '../../functions/pull/handler.ts';
import { sampleEarlierFolder, sampleMirrorFolder } from '../../infra/local/sample/sample.ts';
import { feedConfiguration } from '../../infra/topology.ts';
import { createLog } from '../../shared/edge/log.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryPublisher } from '../../shared/edge/memory-publisher.ts';
import { createMemoryQueue, type MemoryQueue } from '../../shared/edge/memory-queue.ts';
import { createMemorySnapshotStore } from '../../shared/edge/memory-snapshot-store.ts';
import type { Metric } from '../../shared/edge/metric.ts';
import { createMirrorFetcher } from '../../shared/edge/mirror-fetcher.ts';
import type { SqsBatch, SqsBatchResult } from '../../shared/edge/sqs-batch.ts';
import { cmsMcdExport } from '../../shared/feeds/cms-mcd-export/feed.ts';
import { readPolicyEditions } from '../../shared/operations/read-policy-editions.ts';
import type { QueueMessage } from '../../shared/ports/queue.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import {
  recordArchive,
  recordItems,
  recordSnapshots,
  type Use,
} from '../support/recording-stores.ts';
import { mayUseItem, mayUseObject } from '../support/role-permissions.ts';
import { type Synthesized, synthesizeStack } from '../support/synthesized-stack.ts';

const steps = [
  ...(['Pull', 'Ingest', 'IngestPolicies', 'Assess', 'AssessTenant'] as const),
  ...(['Publish', 'Notify'] as const),
];
const uses: Record<(typeof steps)[number], Use[]> = {
  Pull: [],
  Ingest: [],
  IngestPolicies: [],
  Assess: [],
  AssessTenant: [],
  Publish: [],
  Notify: [],
};
const metrics: Metric[] = [];
const failures: string[] = [];
let now = '2021-06-01T12:00:00.000Z';
let folder = sampleMirrorFolder;
const policyFeeds = [cmsMcdExport];
const clock = { now: () => now };
const code = createMemoryItemStore();
const tenant = createMemoryItemStore();
const kept = createMemoryArchive();
const snapshots = createMemorySnapshotStore();
const publisher = createMemoryPublisher();
const queues = {
  ingest: createMemoryQueue(),
  ingestPolicies: createMemoryQueue(),
  assess: createMemoryQueue(),
  assessTenant: createMemoryQueue(),
  publish: createMemoryQueue(),
  notify: createMemoryQueue(),
};
const sent: QueueMessage[] = [];

const log = createLog({}, (line) => {
  if (line.includes('"level":"error"')) failures.push(line);
});
const reportMetric = (metric: Metric): void => void metrics.push(metric);
const handlers = {
  pull: createPull({
    codeItems: recordItems(code, 'CodeTable', uses.Pull),
    archive: recordArchive(kept, uses.Pull),
    ingestQueue: queues.ingest,
    policiesQueue: queues.ingestPolicies,
    policyFeeds,
    newFetcher: () => createMirrorFetcher({ folder, now: clock.now }),
    ...{ clock, log, reportMetric },
  }),
  ingest: createIngest({
    codeItems: recordItems(code, 'CodeTable', uses.Ingest),
    archive: recordArchive(kept, uses.Ingest),
    assessQueue: queues.assess,
    publishQueue: queues.publish,
    ...{ clock, log, reportMetric },
  }),
  ingestPolicies: createIngestPolicies({
    codeItems: recordItems(code, 'CodeTable', uses.IngestPolicies),
    archive: recordArchive(kept, uses.IngestPolicies),
    assessQueue: queues.assess,
    publishQueue: queues.publish,
    policyFeeds,
    ...{ clock, log, reportMetric },
  }),
  assess: createAssess({
    codeItems: recordItems(code, 'CodeTable', uses.Assess),
    tenantItems: recordItems(tenant, 'TenantTable', uses.Assess),
    archive: recordArchive(kept, uses.Assess),
    assessTenantQueue: queues.assessTenant,
    ...{ clock, log },
  }),
  assessTenant: createAssessTenant({
    codeItems: recordItems(code, 'CodeTable', uses.AssessTenant),
    tenantItems: recordItems(tenant, 'TenantTable', uses.AssessTenant),
    archive: recordArchive(kept, uses.AssessTenant),
    assessTenantQueue: queues.assessTenant,
    notifyQueue: queues.notify,
    // Two templates are too many for one message: parts are stored, gone through and cleared up.
    limits: { uses: 1, lanes: 2 },
    payers: feedConfiguration.payers,
    ...{ clock, log },
  }),
  publish: createPublish({
    codeItems: recordItems(code, 'CodeTable', uses.Publish),
    archive: recordArchive(kept, uses.Publish),
    snapshots: recordSnapshots(snapshots, uses.Publish),
    ...{ clock, log, reportMetric },
  }),
  notify: createNotify({
    tenantItems: recordItems(tenant, 'TenantTable', uses.Notify),
    baseUrl: 'https://codewatch.example.org',
    ...{ publisher, clock, log },
  }),
};

/** Whose message it is, by what only that one has. */
function stepOf(message: object): keyof typeof queues {
  if ('files' in message) return 'collected' in message ? 'ingestPolicies' : 'ingest';
  if ('tenant' in message && 'alert' in message) return 'notify';
  if ('tenant' in message) return 'assessTenant';
  if ('release' in message || 'edition' in message) return 'assess';
  return 'publish';
}

const batchOf = (...bodies: string[]): SqsBatch => ({
  Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })),
});

async function drain(
  queue: MemoryQueue,
  handler: (event: SqsBatch) => Promise<SqsBatchResult>,
): Promise<void> {
  for (let next = queue.receive(); next; next = queue.receive()) {
    sent.push(next.message);
    expect(await handler(batchOf(next.message.body))).toEqual({ batchItemFailures: [] });
    next.finish();
  }
}

async function runOnce(feeds: readonly string[]): Promise<void> {
  await handlers.pull({ feeds });
  await drain(queues.ingest, handlers.ingest);
  await drain(queues.ingestPolicies, handlers.ingestPolicies);
  await drain(queues.assess, handlers.assess);
  await drain(queues.assessTenant, handlers.assessTenant);
  await drain(queues.publish, handlers.publish);
  await drain(queues.notify, handlers.notify);
}

const tenants = createTenantStore(tenant);
let stack: Synthesized;

beforeAll(async () => {
  stack = synthesizeStack();
  await runOnce(['cms-icd10cm']);
  const use = { system: 'icd10cm', code: 'M545' } as const;
  for (const id of ['superbill', 'walk-in']) {
    await tenants.putArtifact('clinic', { type: 'template', id, codes: [use] });
  }
  // FY2022, which expands M54.5, is listed on 23 June 2021.
  now = '2021-07-15T12:00:00.000Z';
  await runOnce(['cms-icd10cm', 'cms-icd10pcs']);
  // A57791 lists M54.5 in the one edition, and in the next it does not.
  now = '2025-08-18T12:00:00.000Z';
  folder = sampleEarlierFolder;
  await runOnce(['cms-mcd-export']);
  now = '2026-09-07T12:00:00.000Z';
  folder = sampleMirrorFolder;
  await runOnce(['cms-mcd-export']);
});

describe('functions/*/handler.ts', () => {
  it('takes in what was published by the day, and tells the tenant once what hits it', async () => {
    expect(failures).toEqual([]);
    const releases = await createCodeTable(code).releases('icd10cm');
    expect(releases.map((each) => `${each.id} ${each.status}`)).toEqual([
      'icd10cm-2019 committed',
      'icd10cm-2020 committed',
      'icd10cm-2021 committed',
      'icd10cm-2021-01 committed',
      'icd10cm-2022 committed',
    ]);
    const alerts = await tenants.listAlerts('clinic', { limit: 10 });
    expect(publisher.publications).toHaveLength(alerts.items.length);
    const [alert] = alerts.items.filter(({ policies }) => !policies);
    expect(alert?.codes.map((each) => [each.code, each.kind, each.effective])).toEqual([
      ['M545', 'expanded', '2021-10-01'],
    ]);
    expect(alert?.codes[0]?.replacedBy.map((each) => each.code)).toEqual([
      'M5450',
      'M5451',
      'M5459',
    ]);
  });

  it('takes in two editions of policies, and tells the tenant of what the second one changes', async () => {
    const editions = await readPolicyEditions({ codeItems: code }, {});
    expect(
      editions.map(({ source, seq, published, changed }) => [source, seq, published, changed]),
    ).toEqual([
      ['mcd', 1, '2025-08-17', 2],
      ['mcd', 2, '2026-09-06', 2],
    ]);
    const { items } = await tenants.listAlerts('clinic', { limit: 10 });
    const told = items.filter(({ policies }) => policies);
    expect(told.map(({ release }) => release)).toEqual([editions[1]?.id]);
    expect(told[0]?.policies?.map(({ id, codes }) => [id, codes])).toEqual([['A57791', ['M545']]]);
    expect(told[0]?.totals.templates).toBe(2);
  });

  it('I2 I5 writes nothing new and tells nobody again when every message comes a second time', async () => {
    const before = JSON.stringify([code.allItems(), tenant.allItems()]);
    const kept = [...snapshots.objects.keys()];
    for (const { body } of [...sent]) {
      const message: object = JSON.parse(body);
      expect(await handlers[stepOf(message)](batchOf(body))).toEqual({ batchItemFailures: [] });
    }
    for (const queue of Object.values(queues)) queue.messages.length = 0;
    expect(JSON.stringify([code.allItems(), tenant.allItems()])).toBe(before);
    expect([...snapshots.objects.keys()]).toEqual(kept);
    expect(publisher.publications).toHaveLength(2);
  });

  it('publishes one snapshot a burst of commits, the last with both systems in it', async () => {
    // Five releases in the first pull, one of ICD-10-CM in the second; the sample's ICD-10-PCS begins later.
    expect(sent.filter(({ groupId }) => groupId === 'snapshot').map(({ body }) => body)).toEqual([
      ...[1, 2, 3, 4, 5].map((seq) => JSON.stringify({ system: 'icd10cm', seq })),
      ...[1, 2].map((seq) => JSON.stringify({ source: 'mcd', seq })),
    ]);
    expect(
      [...snapshots.objects.keys()].map((name) => name.replace(/_[0-9a-f]{12}\..*/, '')),
    ).toEqual([
      ...['f2_icd10cm-4_icd10pcs-0_hcpcs-0', 'f2_icd10cm-5_icd10pcs-0_hcpcs-0'],
      ...['f2_icd10cm-5_icd10pcs-0_hcpcs-0_mcd-1', 'f2_icd10cm-5_icd10pcs-0_hcpcs-0_mcd-2'],
    ]);
    expect(await handlers.publish({})).toMatchObject({ outcome: { outcome: 'current' } });
    const said = metrics.filter(({ name }) => name === 'SnapshotCurrent');
    expect(said.length).toBeGreaterThanOrEqual(3);
  });

  it('reports a completed pull of each feed, and no quarantine', () => {
    const ofFeeds = metrics.filter(({ name }) => name !== 'SnapshotCurrent');
    const pulled = ofFeeds.map(({ name, dimensions }) => `${name} ${dimensions?.Feed ?? ''}`);
    expect(pulled).toEqual([
      'FeedPulled cms-icd10cm',
      'FeedPulled cms-icd10cm',
      'FeedPulled cms-icd10pcs',
      'FeedPulled cms-mcd-export',
      'FeedPulled cms-mcd-export',
    ]);
  });

  it.each(steps)('lets the role of %s do all that its step does', (step) => {
    expect(uses[step].length).toBeGreaterThan(1);
    const refused = uses[step].filter((use) =>
      'table' in use ? !mayUseItem(stack, step, use) : !mayUseObject(stack, step, use),
    );
    expect([...new Set(refused.map((use) => JSON.stringify(use)))]).toEqual([]);
  });

  it.each([
    ...(['ingest', 'ingestPolicies', 'assess', 'assessTenant', 'publish', 'notify'] as const),
  ])('leaves a message that is none in the queue of %s, with all after it', async (name) => {
    const count = failures.length;
    const result = await handlers[name](batchOf('{"tenant":7}', '{}'));
    expect(result.batchItemFailures).toEqual([{ itemIdentifier: 'm0' }, { itemIdentifier: 'm1' }]);
    expect(failures).toHaveLength(count + 1);
  });

  it('refuses to pull a feed that does not exist', async () => {
    await expect(handlers.pull({ feeds: ['cms-icd11'] })).rejects.toThrow('there is no feed');
    await expect(handlers.pull({ feeds: 'cms-icd10cm' })).rejects.toThrow('feeds');
  });
});
