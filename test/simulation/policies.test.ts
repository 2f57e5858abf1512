// Random editions of payer policies, killed, redelivered and out of order, judged by a naive model of the documents.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, calendarDate } from '../../shared/core/calendar-date.ts';
import type { PolicyDocument } from '../../shared/core/policy.ts';
import { policyLine } from '../../shared/core/policy-normal-form.ts';
import { latestRecords } from '../../shared/core/policy-timeline.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import type { PolicyReading } from '../../shared/feeds/policy-feed.ts';
import type { PolicyTable } from '../../shared/ports/policy-table.ts';
import { ingestPolicies } from '../../shared/steps/ingest-policies.ts';
import type { PolicyMessage } from '../../shared/steps/messages.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';
import { group, policy } from '../support/policies.ts';
import { policyMessage, policyPorts } from '../support/policy-arrivals.ts';
import { openSnapshotOf } from '../support/test-reference.ts';
import { createFuse, survive } from './crash.ts';

const ids = ['A1', 'A2', 'A3'] as const;
const procedures = ['62321', '62323'] as const;
const diagnoses = ['M5416', 'M5417', 'M545'] as const;

/** What an edition says of a document: nothing, or how far its version is ahead of the last and what it lists. */
const state = fc.option(
  fc.record({
    ahead: fc.constantFrom(0, 0, 1, 1, 2),
    codes: fc.subarray([...diagnoses], { minLength: 1 }),
    procedure: fc.constantFrom(...procedures),
    text: fc.constantFrom('one', 'two'),
  }),
  { nil: undefined, freq: 4 },
);

type States = readonly (
  | {
      readonly ahead: number;
      readonly codes: string[];
      readonly procedure: string;
      readonly text: string;
    }
  | undefined
)[];

/** Complete editions a week apart; versions only ever grow, and another content is another version. */
function editionsOf(weeks: readonly States[]): PolicyDocument[][] {
  const newest = new Map<string, PolicyDocument>();
  return weeks.map((states) =>
    states.flatMap((each, at) => {
      const id = ids[at] ?? '';
      if (!each) return [];
      const before = newest.get(id);
      const version = String(Number(before?.version ?? 0) + Math.max(each.ahead, before ? 0 : 1));
      const document =
        before?.version === version
          ? before
          : policy({
              ...{ id, version, effective: `2025-0${1 + (Number(version) % 9)}-01` },
              groups: [group('covered', each.codes.join(' '), each.procedure)],
              texts: { Note: each.text },
            });
      newest.set(id, document);
      return [document];
    }),
  );
}

const anyWeeks: fc.Arbitrary<PolicyDocument[][]> = fc
  .array(fc.tuple(state, state, state), { minLength: 1, maxLength: 5 })
  .map((weeks) => editionsOf(weeks as States[]));

const dayOf = (week: number) => addDays(calendarDate('2025-06-02'), 7 * week);

const readingOf = (documents: readonly PolicyDocument[], week: number): PolicyReading => ({
  ...{ complete: true, published: dayOf(week), documents, reviews: [], findings: [] },
});

function world() {
  const fuse = createFuse();
  const items = createMemoryItemStore({ beforeWrite: fuse.beforeWrite });
  const archive = createMemoryArchive();
  const assessQueue = createMemoryQueue();
  const publishQueue = createMemoryQueue();
  const ports = policyPorts({ items, archive }, { assessQueue, publishQueue });
  return { fuse, items, archive, assessQueue, publishQueue, ports };
}

type World = ReturnType<typeof world>;

const messagesOf = ({ archive }: World, weeks: readonly PolicyDocument[][]) =>
  Promise.all(
    weeks.map((documents, week) =>
      policyMessage(archive, 'mcd/export', dayOf(week), readingOf(documents, week)),
    ),
  );

/** Documents handed over on the one day of a test: the same ones are the same file, in a message of its own. */
const comeBack = async (
  { archive }: World,
  documents: readonly PolicyDocument[],
  occasion: string,
): Promise<PolicyMessage> => {
  const told = { complete: true, documents, reviews: [], findings: [] };
  return { ...(await policyMessage(archive, 'mcd/export', dayOf(0), told)), occasion };
};

/** What a version says, whoever told it: no edition, no day first seen. */
const contentOf = (document: PolicyDocument): string => policyLine({ ...document, texts: {} });

/** The newest version of each document as the editions say it: absent from the last one, it ended. */
function modelOf(
  weeks: readonly PolicyDocument[][],
): Map<string, { version: string; over: boolean }> {
  const model = new Map<string, { version: string; over: boolean }>();
  for (const documents of weeks) {
    for (const each of model.values()) each.over = true;
    for (const { id, version } of documents) model.set(id, { version, over: false });
  }
  return model;
}

async function expectModel(table: PolicyTable, weeks: readonly PolicyDocument[][]): Promise<void> {
  const model = modelOf(weeks);
  const said = new Map(
    (await table.list({ limit: 10 })).items.map(({ id, version, ends }) => [
      id,
      { version, over: ends !== undefined },
    ]),
  );
  expect(said).toEqual(model);
  for (const id of ids) {
    const told = weeks.flat().filter((document) => document.id === id);
    const recorded = latestRecords(await table.versions({ source: 'mcd', id }));
    expect(recorded.map(({ version }) => version)).toEqual([
      ...new Set(told.map(({ version }) => version)),
    ]);
    for (const { ends: _, ...version } of recorded) {
      const original = told.find((document) => document.version === version.version);
      expect(contentOf(version)).toBe(original && contentOf(original));
    }
  }
  for (const procedure of procedures) {
    const naming = ids.filter((id) =>
      weeks.flat().some((each) => each.id === id && each.groups[0]?.procedures[0] === procedure),
    );
    expect((await table.naming(procedure)).map(({ id }) => id)).toEqual(naming);
  }
}

async function takeIn({ ports }: World, messages: readonly PolicyMessage[]): Promise<void> {
  for (const message of messages) await ingestPolicies(ports, message);
}

const kills = fc.array(fc.nat({ max: 30 }), { maxLength: 4 });

describe('shared/steps/ingest-policies.ts, simulated', () => {
  test('I3: killed after any write and sent again, the table is what the editions say', async () => {
    await fc.assert(
      fc.asyncProperty(anyWeeks, fc.array(kills, { maxLength: 5 }), async (weeks, all) => {
        const [calm, stormy] = [world(), world()];
        await takeIn(calm, await messagesOf(calm, weeks));
        for (const [at, message] of (await messagesOf(stormy, weeks)).entries()) {
          await survive(stormy.fuse, all[at] ?? [], () => ingestPolicies(stormy.ports, message));
        }
        expect(stormy.items.allItems()).toEqual(calm.items.allItems());
        expect(stormy.assessQueue.messages).toEqual(calm.assessQueue.messages);
        expect(stormy.publishQueue.messages).toEqual(calm.publishQueue.messages);
        await expectModel(createPolicyTable(stormy.items), weeks);
      }),
      { numRuns: 300 },
    );
  });

  test('I3: an edition given up half-way and overtaken leaves nothing visible, and may still come', async () => {
    await fc.assert(
      fc.asyncProperty(anyWeeks, fc.nat({ max: 30 }), fc.nat(), async (weeks, writes, which) => {
        const mine = world();
        const messages = await messagesOf(mine, weeks);
        const lost = which % messages.length;
        let gaveUp = false;
        for (const [at, message] of messages.entries()) {
          mine.fuse.set(at === lost ? writes : Number.POSITIVE_INFINITY);
          await ingestPolicies(mine.ports, message).catch(() => {
            gaveUp = true;
          });
        }
        mine.fuse.set(Number.POSITIVE_INFINITY);
        const { seq = 0 } = (await createPolicyTable(mine.items).edition('mcd')) ?? {};
        const committed = mine.items.allItems().filter(({ pk }) => pk === 'EDITION#mcd');
        expect(committed).toHaveLength(seq);
        const rest = weeks.filter((_, at) => at !== lost);
        const isThere = committed.some(({ record }) =>
          JSON.stringify(record).includes(messages[lost]?.files[0]?.sha256 ?? '-'),
        );
        await expectModel(createPolicyTable(mine.items), gaveUp && !isThere ? rest : weeks);
      }),
      { numRuns: 300 },
    );
  });

  test('I2: taking editions in again writes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(anyWeeks, async (weeks) => {
        const mine = world();
        const messages = await messagesOf(mine, weeks);
        await takeIn(mine, messages);
        const before = mine.items.allItems();
        const { itemsWritten } = mine.items.counts;
        await takeIn(mine, messages);
        const again = await policyMessage(
          mine.archive,
          'mcd/export',
          dayOf(weeks.length),
          readingOf(weeks.at(-1) ?? [], weeks.length),
        );
        expect(mine.items.counts.itemsWritten).toBe(itemsWritten);
        expect(mine.items.allItems()).toEqual(before);
        const archived = mine.archive.objects.size;
        // Collected a week later: that this is still all there is, that it was heard, and nothing else.
        const isNote = ({ pk }: { readonly pk: string }) => /^(?:POLICYTOLD|ATTEMPT)#/.test(pk);
        expect((await ingestPolicies(mine.ports, again)).outcome).toBe('unchanged');
        expect(mine.items.counts.itemsWritten).toBe(itemsWritten + 2);
        expect((await ingestPolicies(mine.ports, again)).outcome).toBe('unchanged');
        expect(mine.items.counts.itemsWritten).toBe(itemsWritten + 2);
        expect(mine.archive.objects.size).toBe(archived);
        const changed = mine.items.allItems().filter((item) => !isNote(item));
        expect(changed).toEqual(before.filter((item) => !isNote(item)));
      }),
      { numRuns: 200 },
    );
  });

  test('I2, I3: files that come back on one day count again, and a message delivered once more, however late, does not', async () => {
    const sendings = fc.array(
      fc.record({ which: fc.nat(), kills, late: fc.array(fc.nat(), { maxLength: 2 }) }),
      { minLength: 1, maxLength: 7 },
    );
    await fc.assert(
      fc.asyncProperty(anyWeeks, sendings, async (weeks, sent) => {
        const [calm, stormy] = [world(), world()];
        const handed: PolicyMessage[] = [];
        for (const [at, { which, kills: all, late }] of sent.entries()) {
          const documents = weeks[which % weeks.length] ?? [];
          const message = await comeBack(stormy, documents, String(at));
          await comeBack(calm, documents, String(at));
          await ingestPolicies(calm.ports, message);
          await survive(stormy.fuse, all, () => ingestPolicies(stormy.ports, message));
          handed.push(message);
          for (const one of late) {
            const old = handed[one % handed.length];
            const again = old && (await ingestPolicies(stormy.ports, old));
            expect(['repeated', 'unchanged']).toContain(again?.outcome);
          }
          const { items: listed } = await createPolicyTable(stormy.items).list({ limit: 10 });
          const inForce = listed.filter(({ ends }) => ends === undefined);
          expect(inForce.map(contentOf)).toEqual(documents.map(contentOf));
        }
        expect(stormy.items.allItems()).toEqual(calm.items.allItems());
      }),
      { numRuns: 300 },
    );
  });

  test('in any order of arrival the newest edition says what counts', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyWeeks.chain((weeks) =>
          fc.tuple(
            fc.constant(weeks),
            fc.shuffledSubarray([...weeks.keys()], { minLength: weeks.length }),
          ),
        ),
        async ([weeks, order]) => {
          const mine = world();
          const messages = await messagesOf(mine, weeks);
          await takeIn(
            mine,
            order.flatMap((at) => messages[at] ?? []),
          );
          const listed = (await createPolicyTable(mine.items).list({ limit: 10 })).items;
          const inForce = listed.filter(({ ends }) => ends === undefined);
          expect(inForce.map(contentOf)).toEqual(weeks.at(-1)?.map(contentOf));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('I9: the snapshot answers as the table does', async () => {
    await fc.assert(
      fc.asyncProperty(anyWeeks, fc.array(kills, { maxLength: 5 }), async (weeks, all) => {
        const mine = world();
        for (const [at, message] of (await messagesOf(mine, weeks)).entries()) {
          await survive(mine.fuse, all[at] ?? [], () => ingestPolicies(mine.ports, message));
        }
        const table = createPolicyTable(mine.items);
        const snapshot = await openSnapshotOf(mine);
        const { policies } = snapshot;
        expect(await policies.sources()).toEqual(await table.sources());
        expect(await policies.edition('mcd')).toEqual(await table.edition('mcd'));
        for (const id of ids) {
          const ref = { source: 'mcd', id };
          expect(await policies.versions(ref)).toEqual(await table.versions(ref));
        }
        for (const procedure of procedures) {
          expect(await policies.naming(procedure)).toEqual(await table.naming(procedure));
          const filter = { procedure, limit: 2 };
          expect(await policies.list(filter)).toEqual(await table.list(filter));
        }
        for (const limit of [1, 2, 50]) {
          const first = await table.changes({ limit });
          expect(await policies.changes({ limit })).toEqual(first);
          if (first.next === undefined) continue;
          const more = { limit, after: first.next };
          expect(await policies.changes(more)).toEqual(await table.changes(more));
        }
        snapshot.close();
      }),
      { numRuns: 40 },
    );
  });
});
