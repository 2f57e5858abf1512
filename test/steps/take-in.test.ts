// Taking records in: counts that add up, the later record of a claim counts, and a file sent again changes nothing.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IntakeRecord } from '../../shared/claims/intake-record.ts';
import { CodewatchError } from '../../shared/core/errors.ts';
import { hashedReference } from '../../shared/core/hashed-reference.ts';
import { usualSettings } from '../../shared/core/tenant-settings.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import type { IntakeSummary, StoredCounts } from '../../shared/steps/intake-summary.ts';
import { takeIn } from '../../shared/steps/take-in.ts';
import {
  accepted,
  claim,
  freshPorts,
  portsOver,
  rejected,
  storedClaims,
  stream,
  voidOf,
} from './intake-under-test.ts';

const countsOf = ({ rejections: _, warnings: __, atRisk: ___, ...counts }: IntakeSummary) => counts;

const addsUp = (summary: IntakeSummary): boolean =>
  summary.records ===
    summary.accepted + summary.rejected + summary.removed + summary.unmatchedVoids &&
  summary.accepted === summary.created + summary.replaced + summary.unchanged;

describe('shared/steps/take-in', () => {
  it('stores, replaces, removes and refuses, and the counts add up to the records', async () => {
    const ports = await freshPorts();
    await takeIn(ports, 'clinic', stream([accepted(claim('old')), accepted(claim('gone'))]));
    const { summary, isWhole } = await takeIn(
      ports,
      'clinic',
      stream([
        accepted(claim('1')),
        rejected(),
        accepted(claim('old', 'M5450')),
        voidOf('gone'),
        voidOf('never-sent'),
        accepted(claim('2', 'M545')),
      ]),
    );
    expect(isWhole).toBe(true);
    expect(countsOf(summary)).toEqual({
      ...{ records: 6, accepted: 3, created: 2, replaced: 1, unchanged: 0 },
      ...{ removed: 1, unmatchedVoids: 1, rejected: 1, warned: 0, findings: 1 },
    });
    expect(summary.rejections).toMatchObject([{ code: 'unreadable', message: 'record: no JSON' }]);
    // One claim of 100 dollars on M54.5 after it was split; rework 25 to 100 dollars.
    expect(summary.atRisk).toEqual({
      ...{ claims: 1, billedCents: 10_000, reworkCentsMin: 2_500, reworkCentsMax: 10_000 },
    });
    expect(await storedClaims(ports)).toEqual(['1 M542', '2 M545', 'old M5450']);
  });

  it('I2 a file sent again writes nothing, and finds what it found', async () => {
    const ports = await freshPorts();
    const file = [...Array(90).keys()].map((n) =>
      accepted(claim(`c${n}`, n % 9 === 0 ? 'M545' : 'M542')),
    );
    const first = await takeIn(ports, 'clinic', stream(file));
    const [before, written] = [ports.items.allItems(), ports.items.counts.itemsWritten];
    const second = await takeIn(ports, 'clinic', stream(file));
    expect(countsOf(first.summary)).toMatchObject({ created: 90, unchanged: 0, findings: 10 });
    expect(countsOf(second.summary)).toMatchObject({ created: 0, unchanged: 90, findings: 10 });
    expect(second.summary.atRisk).toEqual(first.summary.atRisk);
    expect(ports.items.allItems()).toEqual(before);
    // A finding that is there is asked for, by a write that is refused.
    expect(ports.items.counts.itemsWritten).toBe(written);
  });

  it('of records of one claim the last counts, however close they come', async () => {
    const ports = await freshPorts();
    const { summary } = await takeIn(
      ports,
      'clinic',
      stream([
        accepted(claim('1', 'M542')),
        accepted(claim('1', 'M542')),
        accepted(claim('1', 'M5450')),
        voidOf('2'),
        accepted(claim('2')),
        accepted(claim('3')),
        voidOf('3'),
        voidOf('3'),
      ]),
    );
    expect(countsOf(summary)).toMatchObject({
      ...{ records: 8, accepted: 5, created: 3, replaced: 1, unchanged: 1 },
      ...{ removed: 1, unmatchedVoids: 2 },
    });
    expect(await storedClaims(ports)).toEqual(['1 M5450', '2 M542']);
  });

  it('agrees with a naive register, whatever the order of claims, voids and refusals', async () => {
    const record = fc.oneof(
      { weight: 6, arbitrary: fc.tuple(fc.constant('put'), fc.nat(7), fc.nat(2)) },
      { weight: 2, arbitrary: fc.tuple(fc.constant('void'), fc.nat(7), fc.constant(0)) },
      { weight: 1, arbitrary: fc.tuple(fc.constant('bad'), fc.constant(0), fc.constant(0)) },
    );
    const codes = ['M542', 'M5450', 'M545'];
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 120 }), async (actions) => {
        const ports = await freshPorts();
        const naive = new Map<string, string>();
        const told = { created: 0, replaced: 0, unchanged: 0, removed: 0, unmatchedVoids: 0 };
        const records = actions.map(([kind, id, code]): IntakeRecord => {
          if (kind === 'bad') return rejected();
          const before = naive.get(`${id}`);
          if (kind === 'void') {
            naive.delete(`${id}`);
            told[before === undefined ? 'unmatchedVoids' : 'removed'] += 1;
            return voidOf(`${id}`);
          }
          const now = codes[code] ?? '';
          naive.set(`${id}`, now);
          if (before === undefined) told.created += 1;
          else told[before === now ? 'unchanged' : 'replaced'] += 1;
          return accepted(claim(`${id}`, now));
        });
        const { summary } = await takeIn(ports, 'clinic', stream(records));
        expect(addsUp(summary)).toBe(true);
        expect(summary).toMatchObject({ records: actions.length, ...told });
        expect(await storedClaims(ports)).toEqual(
          [...naive].map(([id, code]) => `${id} ${code}`).toSorted(),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('a claim no table takes is refused, and its neighbours are stored', async () => {
    const ports = await freshPorts();
    const many = [...Array(1001).keys()].map((n) => `A${String(n).padStart(4, '0')}`);
    const { summary } = await takeIn(
      ports,
      'clinic',
      stream([
        accepted(claim('1')),
        accepted({ ...claim('2'), codes: many.map((code) => ({ system: 'icd10cm', code })) }),
        accepted({ ...claim('3'), lines: Array(9_000).fill({ procedure: '99213' }) }),
        accepted(claim('no#id')),
        voidOf('no#id'),
        accepted(claim('4')),
      ]),
    );
    expect(countsOf(summary)).toMatchObject({ records: 6, accepted: 2, rejected: 4 });
    expect(summary.rejections.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'field-invalid codes: at most 1000 in one claim, those of lines included',
      'field-invalid claim: too many lines or codes for one; split it',
      'id-invalid id: 1 to 128 characters, none of them # or a control or formatting character',
      'id-invalid id: 1 to 128 characters, none of them # or a control or formatting character',
    ]);
    expect(await storedClaims(ports)).toEqual(['1 M542', '4 M542']);
  });

  it('lists the first thousand refusals and warnings, and counts them all', async () => {
    const ports = await freshPorts();
    const warning = { where: 'line 1', code: 'field-invalid', message: 'left out' } as const;
    const file = [...Array(1100).keys()].flatMap((n) => [
      rejected(),
      accepted(claim(`${n}`), warning),
    ]);
    const { summary } = await takeIn(ports, 'clinic', stream(file));
    expect([summary.rejected, summary.rejections.length]).toEqual([1100, 1000]);
    expect([summary.warned, summary.warnings.length]).toEqual([1100, 1000]);
    expect(summary).toMatchObject({ records: 2200, accepted: 1100 });
  });

  it('a claim its reader found twice in the file is at risk once', async () => {
    const ports = await freshPorts();
    const repeated = { where: 'line 9', code: 'repeated', message: 'stored once' } as const;
    const { summary } = await takeIn(
      ports,
      'clinic',
      stream([
        accepted(claim('1', 'M545')),
        ...[...Array(60).keys()].map((n) => accepted(claim(`f${n}`))),
        accepted(claim('1', 'M545'), repeated),
      ]),
    );
    expect(summary).toMatchObject({ unchanged: 1, findings: 1, atRisk: { claims: 1 } });
  });

  it('I3 killed after any write and sent again: the table of a run that was never killed', async () => {
    const file = [
      accepted(claim('1', 'M545')),
      accepted(claim('2', 'M5459', '2025-11-01')),
      accepted(claim('1', 'M542')),
      voidOf('0'),
      accepted(claim('3')),
    ];
    const begin = async (items: ReturnType<typeof createMemoryItemStore>) => {
      const ports = await portsOver(items);
      await takeIn(ports, 'clinic', stream([accepted(claim('0', 'M545')), accepted(claim('2'))]));
      return ports;
    };
    const clean = await begin(createMemoryItemStore());
    const writesBefore = clean.items.counts.itemsWritten;
    await takeIn(clean, 'clinic', stream(file));
    // One more time: a replaced claim remembers the codes of all it was.
    await takeIn(clean, 'clinic', stream(file));
    const writes = clean.items.counts.itemsWritten - writesBefore;
    expect(writes).toBeGreaterThan(20);
    for (let n = 0; n < writes; n += 1) {
      let left = -1;
      const ports = await begin(
        createMemoryItemStore({
          beforeWrite() {
            if (left === 0) throw new Error('killed');
            left -= 1;
          },
        }),
      );
      left = n;
      const killed = await takeIn(ports, 'clinic', stream(file)).catch((error: Error) => error);
      left = -1;
      const resent = await takeIn(ports, 'clinic', stream(file));
      expect(addsUp(resent.summary)).toBe(true);
      if (killed instanceof Error) expect(killed.message).toBe('killed');
      expect(await storedClaims(ports)).toEqual(await storedClaims(clean));
      expect(await openFindings(ports)).toEqual(await openFindings(clean));
    }
  });

  it('says how much is stored when the table goes away, and sending again completes it', async () => {
    let writes = 0;
    let away = true;
    const ports = await portsOver(
      createMemoryItemStore({
        beforeWrite() {
          writes += 1;
          if (away && writes > 1000) throw new CodewatchError('unavailable', 'table is away');
        },
      }),
    );
    const file = [...Array(400).keys()].map((n) => accepted(claim(`c${n}`)));
    const failed = await takeIn(ports, 'clinic', stream(file)).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(CodewatchError);
    expect(failed).toMatchObject({ code: 'unavailable', retryable: true });
    const [, stored] = /; ([\d,]+) records before it are stored, send/.exec(String(failed)) ?? [];
    expect(Number(stored)).toBeGreaterThan(0);
    expect((await storedClaims(ports)).length).toBeGreaterThanOrEqual(Number(stored));
    away = false;
    const { summary } = await takeIn(ports, 'clinic', stream(file));
    expect(summary.created + summary.unchanged).toBe(400);
    expect(summary.unchanged).toBeGreaterThanOrEqual(Number(stored));
    expect(await storedClaims(ports)).toHaveLength(400);
  });

  it('waits for a table that comes back, where it is given a way to wait', async () => {
    let failures = 3;
    const waits: number[] = [];
    const ports = await portsOver(
      createMemoryItemStore({
        beforeWrite() {
          failures -= 1;
          if (failures >= 0) throw new CodewatchError('unavailable', 'table is away');
        },
      }),
    );
    const wait = async (ms: number): Promise<void> => void waits.push(ms);
    const { summary } = await takeIn(ports, 'clinic', stream([accepted(claim('1'))]), { wait });
    expect(summary.created).toBe(1);
    expect(waits).toEqual([500, 2_000, 8_000]);
  });

  it('reads no further ahead than a few chunks, however slow the table', async () => {
    const ports = await freshPorts();
    let read = 0;
    let ahead = 0;
    async function* counting() {
      for (let n = 0; n < 1000; n += 1) {
        read += 1;
        yield accepted(claim(`c${n}`));
      }
    }
    const onStored = ({ records }: StoredCounts): void => {
      ahead = Math.max(ahead, read - records);
    };
    await takeIn(ports, 'clinic', counting(), { onStored });
    expect(read).toBe(1000);
    // Four chunks of 25 under way, and the record at hand.
    expect(ahead).toBeLessThanOrEqual(101);
  });

  it('stops when told to, and goes on where it stopped to the same summary', async () => {
    const file = [...Array(300).keys()].map((n) =>
      n % 7 === 3 ? rejected() : accepted(claim(`c${n}`, n % 10 === 0 ? 'M545' : 'M542')),
    );
    const whole = await takeIn(await freshPorts(), 'clinic', stream(file));
    const ports = await freshPorts();
    let counts: StoredCounts | undefined;
    let left = 130;
    const stopped = await takeIn(ports, 'clinic', stream(file), {
      mayGoOn: () => left-- > 0,
      onStored: (so) => {
        counts = so;
      },
    });
    expect(stopped.isWhole).toBe(false);
    expect(stopped.summary.records).toBe(130);
    expect(addsUp(stopped.summary)).toBe(true);
    if (!counts) throw new Error('nothing was told');
    const requests = ports.items.counts.requests;
    const rest = await takeIn(ports, 'clinic', stream(file), { resume: counts });
    expect(rest).toEqual(whole);
    // What is passed over is not asked for: about as many requests as for the rest alone.
    expect(ports.items.counts.requests - requests).toBeLessThan(170 * 3.5);
  });

  it('names claims by keyed hash where the tenant asks for it: voids and replacements still match', async () => {
    const ports = await freshPorts();
    await ports.tenants.addReferenceKey('clinic', 'first key');
    await ports.tenants.addReferenceKey('clinic', 'another key never takes its place');
    await ports.tenants.putSettings('clinic', { ...usualSettings, references: 'hashed' });
    const file = [
      accepted({ ...claim('CONTROL-1', 'M545'), name: 'NAMED-1' }),
      accepted(claim('CONTROL-2')),
      accepted(claim('CONTROL-1', 'M5450')),
      voidOf('CONTROL-2'),
    ];
    const { summary } = await takeIn(ports, 'clinic', stream(file));
    expect(summary).toMatchObject({ created: 2, replaced: 1, removed: 1 });
    const hashed = hashedReference('first key', 'CONTROL-1');
    expect(await storedClaims(ports)).toEqual([`${hashed} M5450`]);
    expect(JSON.stringify(ports.items.allItems())).not.toMatch(/CONTROL|NAMED/);
    // Another tenant's claim of this number has another name, and nothing tells them apart.
    expect(hashedReference('key of another', 'CONTROL-1')).not.toBe(hashed);
    expect(hashedReference('first key', hashed)).toBe(hashed);
  });

  it('counts rework as the tenant says', async () => {
    const ports = await freshPorts();
    const reworkCost = { centsMin: 4_000, centsMax: 4_500 };
    await ports.tenants.putSettings('clinic', { ...usualSettings, reworkCost });
    const { summary } = await takeIn(ports, 'clinic', stream([accepted(claim('1', 'M545'))]));
    expect(summary.atRisk).toMatchObject({ reworkCentsMin: 4_000, reworkCentsMax: 4_500 });
  });
});

async function openFindings({ tenants }: Awaited<ReturnType<typeof freshPorts>>) {
  const { items } = await tenants.listFindings('clinic', { limit: 100, state: 'open' });
  return items.map(({ artifact, code }) => `${artifact.id} ${code}`);
}
