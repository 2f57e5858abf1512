import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { PolicyDocument } from '../../shared/core/policy.ts';
import { defaultPolicyGateLimits } from '../../shared/core/policy-gate.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import type { PolicyReading } from '../../shared/feeds/policy-feed.ts';
import type { ItemStore } from '../../shared/ports/item-store.ts';
import { approvePolicyEdition } from '../../shared/steps/approve-policies.ts';
import { ingestPolicies } from '../../shared/steps/ingest-policies.ts';
import { readWaitingEditions } from '../../shared/store/policy-attempts.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';
import { group, policy } from '../support/policies.ts';
import { arrive, policyMessage, policyPorts, readingFeed } from '../support/policy-arrivals.ts';

const reading = (
  documents: readonly PolicyDocument[],
  more: Partial<PolicyReading> = {},
): PolicyReading => ({ complete: true, documents, reviews: [], findings: [], ...more });

/** Documents `A100`, `A101`, … that each list three codes for one procedure. */
const many = (count: number, codes = 'M5416 M5417 M545'): PolicyDocument[] =>
  Array.from({ length: count }, (_, at) =>
    policy({ id: `A${100 + at}`, groups: [group('covered', codes, '62323')] }),
  );

function world() {
  const items = createMemoryItemStore();
  const archive = createMemoryArchive();
  const assessQueue = createMemoryQueue();
  const publishQueue = createMemoryQueue();
  const ports = policyPorts(
    { items, archive },
    { assessQueue, publishQueue, limits: defaultPolicyGateLimits },
  );
  const weekly = arrive(ports, 'mcd', 'export');
  return {
    items,
    archive,
    assessQueue,
    publishQueue,
    ports,
    weekly,
    table: createPolicyTable(items),
  };
}

const bodies = (queue: { readonly messages: readonly { readonly body: string }[] }): unknown[] =>
  queue.messages.map(({ body }) => JSON.parse(body));

describe('shared/steps/ingest-policies.ts', () => {
  test('assess and publish are told of an edition; of one without meaning only publish', async () => {
    const { weekly, assessQueue, publishQueue } = world();
    const [a] = many(1);
    if (!a) throw new Error('a document is needed');
    const first = await weekly('2025-06-01', reading([a]));
    await weekly('2025-06-08', reading([{ ...a, texts: { Note: 'A typing error corrected.' } }]));
    const edition = first.outcome === 'committed' ? first.edition.id : '';
    expect(edition).toMatch(/^mcd-2025-06-01-[0-9a-f]{6}$/);
    expect(bodies(assessQueue)).toEqual([{ source: 'mcd', edition, seq: 1 }]);
    expect(bodies(publishQueue)).toEqual([
      { source: 'mcd', seq: 1 },
      { source: 'mcd', seq: 2 },
    ]);
  });

  test('writes follow the change: nothing for the same again, a few items a changed document', async () => {
    const { items, weekly } = world();
    const documents = many(200);
    await weekly('2025-06-01', reading(documents));
    // A document each: version, two changes, its place in the list, its procedure; then told, attempt, source, edition.
    expect(items.counts.itemsWritten).toBe(200 * 5 + 4);
    const before = items.counts.itemsWritten;
    await weekly('2025-06-01', reading(documents));
    expect(items.counts.itemsWritten).toBe(before);
    const changed = documents.map((document, at) =>
      at < 30 ? { ...document, version: '2', title: 'Billing and Coding: Others' } : document,
    );
    await weekly('2025-06-08', reading(changed));
    expect(items.counts.itemsWritten - before).toBe(30 * 3 + 4);
  });

  test('an error among the findings of the reading takes nothing in, and cannot be approved', async () => {
    const { items, weekly, table, ports } = world();
    const severity = 'error' as const;
    const findings = [{ code: 'csv-columns', severity, where: 'article.csv', message: 'Swapped.' }];
    const made = await weekly('2025-06-01', reading(many(1), { findings }));
    expect(made.outcome).toBe('quarantined');
    expect(await table.sources()).toEqual([]);
    const [waiting] = await readWaitingEditions(items, 'mcd');
    expect(waiting).toMatchObject({ approvable: false, findings });
    const request = { id: waiting?.id ?? '', by: 'Ada', reason: 'looks right' };
    const queue = createMemoryQueue();
    const asked = approvePolicyEdition({ items, queue, clock: ports.clock }, request);
    await expect(asked).rejects.toMatchObject({ code: 'rejected' });
  });

  test.each<[string, PolicyDocument[], string]>([
    ['an id with a hash', [policy({ id: 'A#1' })], 'policy-id'],
    ['a version that is no number', [policy({ version: 'R3' })], 'policy-version'],
    ['a version twice', [policy(), policy()], 'policy-repeated'],
  ])('%s is refused', async (_, documents, code) => {
    const made = await world().weekly('2025-06-01', reading(documents));
    expect(made).toMatchObject({ outcome: 'quarantined', edition: { findings: [{ code }] } });
  });

  test('an export cut short waits until somebody approves it by name, and is then taken in', async () => {
    const { items, weekly, table, ports, publishQueue } = world();
    await weekly('2025-06-01', reading(many(100)));
    const before = items.allItems().filter(({ pk }) => !pk.startsWith('POLICYQUARANTINE'));
    const made = await weekly('2025-06-08', reading(many(90)));
    expect(made).toMatchObject({
      outcome: 'quarantined',
      edition: { approvable: true, findings: [{ code: 'policies-lost' }] },
    });
    await weekly('2025-06-08', reading(many(90)));
    const after = items.allItems().filter(({ pk }) => !pk.startsWith('POLICYQUARANTINE'));
    expect(after).toEqual(before);
    expect(publishQueue.messages).toHaveLength(1);
    const queue = createMemoryQueue();
    const id = made.outcome === 'quarantined' ? made.edition.id : '';
    const approving = { items, queue, clock: ports.clock };
    const silent = approvePolicyEdition(approving, { id, by: 'Ada', reason: ' ' });
    await expect(silent).rejects.toMatchObject({ code: 'invalid-request' });
    await approvePolicyEdition(approving, { id, by: 'Ada', reason: 'MAC merger' });
    const [message] = queue.messages;
    const taken = await ingestPolicies(ports, JSON.parse(message?.body ?? ''));
    expect(taken.outcome).toBe('committed');
    expect((await table.versions({ source: 'mcd', id: 'A199' })).at(-1)?.ends).toBe('2025-06-07');
    expect(await readWaitingEditions(items, 'mcd')).toEqual([]);
    const again = approvePolicyEdition(approving, { id, by: 'Ada', reason: 'once more' });
    await expect(again).rejects.toMatchObject({ code: 'not-found' });
  });

  test('an export that lost a third of its rows waits, though every document is there', async () => {
    const { weekly } = world();
    await weekly('2025-06-01', reading(many(100)));
    const made = await weekly('2025-06-08', reading(many(100, 'M5416 M5417')));
    expect(made).toMatchObject({
      outcome: 'quarantined',
      edition: { findings: [{ code: 'policy-rows-lost' }] },
    });
  });

  test('a document whose lists are empty all at once waits', async () => {
    const { weekly } = world();
    const [first, ...rest] = many(3);
    await weekly('2025-06-01', reading([...(first ? [first] : []), ...rest]));
    const emptied = policy({ id: 'A100', version: '2', procedures: '62323' });
    const made = await weekly('2025-06-08', reading([emptied, ...rest]));
    expect(made).toMatchObject({
      outcome: 'quarantined',
      edition: { findings: [{ code: 'policy-emptied', where: 'A100' }] },
    });
  });

  test('what a complete edition does not speak of, is not gone', async () => {
    const { weekly, table } = world();
    const lcd = policy({ id: 'L1', kind: 'lcd' });
    await weekly('2025-06-01', reading([...many(3), lcd]));
    const articles = { completeKinds: ['article'] as const, withheld: ['A101'] };
    await weekly('2025-06-08', reading(many(1), articles));
    const ends = (await table.list({ limit: 10 })).items.map((one) => [one.id, one.ends]);
    expect(ends).toEqual([
      ['A100', undefined],
      ['A101', undefined],
      ['A102', '2025-06-07'],
      ['L1', undefined],
    ]);
  });

  test('what another feed told since is neither gone nor taken back', async () => {
    const { weekly, table, ports } = world();
    const daily = arrive(ports, 'mcd', 'api');
    const [a] = many(1);
    if (!a) throw new Error('a document is needed');
    await weekly('2025-06-01', reading([a]));
    const news = [{ ...a, version: '2' }, policy({ id: 'A500' })];
    await daily('2025-06-10', reading(news, { complete: false }));
    // Made on the ninth, collected on the eleventh.
    const published = '2025-06-09' as PolicyReading['published'];
    const old = await weekly('2025-06-11', reading([a], published ? { published } : {}));
    expect(old.outcome).toBe('unchanged');
    const newest = (await table.list({ limit: 5 })).items;
    expect(newest.map(({ id, version, ends }) => [id, version, ends])).toEqual([
      ['A100', '2', undefined],
      ['A500', '1', undefined],
    ]);
  });

  test('two feeds that word one version differently do not change it to and fro', async () => {
    const { weekly, table, ports } = world();
    const daily = arrive(ports, 'mcd', 'api');
    await weekly('2025-06-01', reading(many(1)));
    const worded = many(1).map((one) => ({ ...one, texts: { Note: 'As the API has it.' } }));
    const made = await daily('2025-06-02', reading(worded, { complete: false }));
    expect(made.outcome).toBe('unchanged');
    expect(await table.versions({ source: 'mcd', id: 'A100' })).toHaveLength(1);
  });

  test('a file may hold several versions of a policy, and the same file again says nothing new', async () => {
    const { table, ports } = world();
    const rules = arrive(ports, 'acme', 'rules');
    const version = (number: string, codes: string) =>
      policy({
        ...{ source: 'acme', id: 'MED-7', kind: 'rules', version: number },
        groups: [group('covered', codes, '62323')],
      });
    const two = [version('1', 'M5416'), version('2', 'M5416 M5417')];
    await rules('2025-06-01', reading(two));
    const versions = await table.versions({ source: 'acme', id: 'MED-7' });
    expect(versions.map((each) => each.version)).toEqual(['1', '2']);
    const { items: changes } = await table.changes({ limit: 10 });
    expect(changes.map((each) => [each.version, each.before, each.kinds[0]])).toEqual([
      ['1', undefined, 'new'],
      ['2', '1', 'codes'],
    ]);
    const same = await rules('2025-06-08', reading(two));
    expect(same.outcome).toBe('unchanged');
    const three = [version('1', 'M5416'), version('2', 'M5416'), version('3', 'M5417')];
    await rules('2025-06-15', reading(three));
    const { items: more } = await table.changes({ limit: 10 });
    expect(more.slice(2).map((each) => [each.version, each.before, each.kinds[0]])).toEqual([
      ['2', '2', 'codes'],
      ['3', '2', 'codes'],
    ]);
  });

  test('a file that comes back brings back what another one changed, each time as an edition of its own', async () => {
    const { ports, table } = world();
    const two = reading([policy({ id: 'A1' }), policy({ id: 'A2' })]);
    const one = reading([policy({ id: 'A1' })]);
    const hand = async (told: PolicyReading, occasion: string) => {
      const message = await policyMessage(ports.archive, 'mcd/rules', '2025-06-01', told);
      return ingestPolicies(ports, { ...message, occasion });
    };
    const inForce = async () =>
      (await table.list({ limit: 5 })).items.flatMap(({ id, ends }) => (ends ? [] : [id]));
    const ids: string[] = [];
    for (const [at, told] of [two, one, two, one].entries()) {
      const made = await hand(told, `${at}`);
      if (made.outcome !== 'committed') throw new Error(`it was ${made.outcome}`);
      ids.push(made.edition.id);
      expect(await inForce()).toEqual(told.documents.map(({ id }) => id));
    }
    expect(new Set(ids).size).toBe(4);
    const kinds = (await table.changes({ limit: 10 })).items
      .filter(({ id }) => id === 'A2')
      .map((change) => change.kinds);
    expect(kinds).toEqual([['new'], ['retired'], ['reinstated'], ['retired']]);
  });

  test('the newest file handed over again says nothing new, and a message delivered again is the one it was', async () => {
    const { ports, items, table } = world();
    const first = reading([policy({ id: 'A1' })]);
    const sent = await policyMessage(ports.archive, 'mcd/rules', '2025-06-01', first);
    const [a, again] = ['1', '2'].map((occasion) => ({ ...sent, occasion }));
    const other = await policyMessage(ports.archive, 'mcd/rules', '2025-06-01', reading([]));
    if (!a || !again) throw new Error('two messages are needed');
    expect((await ingestPolicies(ports, a)).outcome).toBe('committed');
    expect((await ingestPolicies(ports, again)).outcome).toBe('unchanged');
    expect((await ingestPolicies(ports, { ...other, occasion: '3' })).outcome).toBe('committed');
    const before = items.allItems();
    // Both long handled: neither brings the file back.
    expect((await ingestPolicies(ports, a)).outcome).toBe('repeated');
    expect((await ingestPolicies(ports, again)).outcome).toBe('unchanged');
    expect(items.allItems()).toEqual(before);
    expect((await table.list({ limit: 5 })).items.map(({ ends }) => ends)).toEqual(['2025-05-31']);
  });

  test('a file that comes back and is doubted waits for an approval of its own', async () => {
    const { items, ports, table } = world();
    const daily = arrive(ports, 'mcd', 'export');
    await daily('2025-06-01', reading(many(90)));
    await daily('2025-06-08', reading(many(100)));
    const message = await policyMessage(
      ports.archive,
      'mcd/export',
      '2025-06-01',
      reading(many(90)),
    );
    const back = { ...message, collected: calendarDate('2025-06-15') };
    expect(await ingestPolicies(ports, back)).toMatchObject({
      outcome: 'quarantined',
      edition: { findings: [{ code: 'policies-lost' }] },
    });
    const [waiting, ...more] = await readWaitingEditions(items, 'mcd');
    expect(more).toEqual([]);
    const queue = createMemoryQueue();
    const request = { id: waiting?.id ?? '', by: 'Ada', reason: 'as published' };
    await approvePolicyEdition({ items, queue, clock: ports.clock }, request);
    const approved = JSON.parse(queue.messages[0]?.body ?? '');
    expect((await ingestPolicies(ports, approved)).outcome).toBe('committed');
    expect(await readWaitingEditions(items, 'mcd')).toEqual([]);
    expect((await table.edition('mcd'))?.seq).toBe(3);
  });

  test('what was refused waits no more once the same files were taken in', async () => {
    const { items, ports } = world();
    const sound = reading(many(1));
    const message = await policyMessage(ports.archive, 'mcd/export', '2025-06-01', sound);
    const error = {
      code: 'payer-unknown',
      severity: 'error',
      where: '1',
      message: 'Whose?',
    } as const;
    const unsound = {
      ...readingFeed('mcd/export', 'mcd'),
      read: async () => ({ ...sound, findings: [error] }),
    };
    const first = { ...message, occasion: '1' };
    await ingestPolicies({ ...ports, feed: () => unsound }, first);
    expect(await readWaitingEditions(items, 'mcd')).toHaveLength(1);
    await ingestPolicies(ports, { ...message, occasion: '2' });
    expect(await readWaitingEditions(items, 'mcd')).toEqual([]);
  });

  test('of two editions at once one is committed, and the other comes again after it', async () => {
    const { ports, items, table } = world();
    const message = (feed: string, id: string) =>
      policyMessage(
        ports.archive,
        feed,
        '2025-06-01',
        reading([policy({ id })], { complete: false }),
      );
    const [slow, quick] = [await message('mcd/export', 'A1'), await message('mcd/api', 'A2')];
    let overtaken = false;
    const store: ItemStore = {
      ...items,
      async putMany(all) {
        if (!overtaken) {
          overtaken = true;
          await ingestPolicies(ports, quick);
        }
        await items.putMany(all);
      },
    };
    const first = ingestPolicies({ ...ports, items: store }, slow);
    await expect(first).rejects.toMatchObject({ code: 'unavailable' });
    const listed = async () =>
      (await table.list({ limit: 5 })).items.map(({ id, seq }) => [id, seq]);
    expect(await listed()).toEqual([['A2', 1]]);
    await ingestPolicies(ports, slow);
    expect(await listed()).toEqual([
      ['A1', 2],
      ['A2', 1],
    ]);
  });
});
