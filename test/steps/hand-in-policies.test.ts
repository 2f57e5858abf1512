import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { createPayerRulesFeed } from '../../shared/feeds/payer-rules/feed.ts';
import { handInPolicies } from '../../shared/steps/hand-in-policies.ts';
import { ingestPolicies } from '../../shared/steps/ingest-policies.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';
import { policy, rulesFile } from '../feeds/payer-rules/rules-files.ts';

const feed = createPayerRulesFeed({
  ...{ id: 'acme-rules', title: 'Rules of Acme', source: 'acme', complete: false },
  ...{ payer: { id: 'acme', title: 'Acme Health' }, urls: [], hosts: [] },
});

/** Rules handed in by somebody, and taken in at once; the clock stands still, as with `--now`. */
function handing() {
  const codeItems = createMemoryItemStore();
  const archive = createMemoryArchive();
  const policiesQueue = createMemoryQueue();
  const clock = { now: () => '2026-09-07T12:00:00.000Z' };
  const ports = { items: codeItems, archive, clock, feed: () => feed };
  const hand = async (text: string) => {
    const handed = [{ name: 'rules.json', bytes: new TextEncoder().encode(text) }];
    await handInPolicies({ codeItems, archive, policiesQueue, clock }, feed, handed);
    const delivery = policiesQueue.receive();
    if (!delivery) throw new Error('nothing was sent');
    delivery.finish();
    return { body: delivery.message.body, made: await take(delivery.message.body) };
  };
  const take = (body: string) => ingestPolicies(ports, JSON.parse(body));
  /** What the policy lists. */
  const listed = async () => {
    const document = await createPolicyTable(codeItems).versions({ source: 'acme', id: 'ACME-1' });
    return document.at(-1)?.groups[0]?.diagnoses.codes;
  };
  return { hand, take, listed };
}

const rulesOf = (diagnosis: string): string =>
  rulesFile([
    policy({ rules: [{ rule: 'covered', procedureGroup: '1', diagnoses: [diagnosis] }] }),
  ]);

describe('shared/steps/hand-in-policies.ts', () => {
  test('rules, other rules and the first again within one instant: each time what was handed in last counts', async () => {
    const { hand, listed } = handing();
    const [a, b] = [rulesOf('M54.16'), rulesOf('M54.17')];
    const ids = new Set<string>();
    for (const [text, code] of [
      [a, 'M5416'],
      [b, 'M5417'],
      [a, 'M5416'],
      [b, 'M5417'],
    ] as const) {
      const { made } = await hand(text);
      if (made.outcome !== 'committed') throw new Error(`it was ${made.outcome}`);
      ids.add(made.edition.id);
      expect(await listed()).toEqual([code]);
    }
    expect(ids.size).toBe(4);
  });

  test('the same rules twice running say nothing new', async () => {
    const { hand, listed } = handing();
    await hand(rulesOf('M54.16'));
    expect((await hand(rulesOf('M54.16'))).made.outcome).toBe('unchanged');
    expect(await listed()).toEqual(['M5416']);
  });

  test('a message the queue delivers again after other rules were handed in changes nothing', async () => {
    const { hand, take, listed } = handing();
    const first = await hand(rulesOf('M54.16'));
    const same = await hand(rulesOf('M54.16'));
    await hand(rulesOf('M54.17'));
    expect((await take(first.body)).outcome).toBe('repeated');
    expect((await take(same.body)).outcome).toBe('unchanged');
    expect(await listed()).toEqual(['M5417']);
  });

  test('rules say of which day they are: those of a day before bring nothing back', async () => {
    const { hand, listed } = handing();
    const of = (day: string, diagnosis: string) =>
      rulesOf(diagnosis).replace('"policies":', `"published":"${calendarDate(day)}","policies":`);
    await hand(of('2026-01-01', 'M54.16'));
    await hand(of('2026-02-01', 'M54.17'));
    expect((await hand(of('2026-01-01', 'M54.16'))).made.outcome).toBe('unchanged');
    expect(await listed()).toEqual(['M5417']);
  });
});
