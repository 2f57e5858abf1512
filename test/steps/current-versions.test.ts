// Timelines for a long run: each code read once, and a release that comes meanwhile is not missed.
import { describe, expect, it } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { Version } from '../../shared/core/change.ts';
import type { CodeSystemId } from '../../shared/core/code-system.ts';
import { createCurrentVersions } from '../../shared/steps/current-versions.ts';

const use = (code: string) => ({ system: 'icd10cm', code }) as const;

/** A table at a sequence number, whose versions tell that number; counts what is read of it. */
function tableAt(seq: number) {
  const table = {
    seq,
    reads: 0,
    fails: false,
    async head(system: CodeSystemId) {
      const [from, newest] = [calendarDate('2020-10-01'), calendarDate('2025-10-01')];
      return { system, seq: table.seq, abandoned: [], from, newest };
    },
    async versions(system: CodeSystemId, code: string): Promise<readonly Version[]> {
      table.reads += 1;
      if (table.fails) throw new Error('away');
      const facts = {
        short: code,
        long: code,
        kind: 'added',
        replacedBy: [],
        replaces: [],
      } as const;
      const effective = calendarDate('2020-10-01');
      const release = 'icd10cm-2021';
      return [{ system, code, effective, status: 'billable', seq: table.seq, release, ...facts }];
    },
  };
  return table;
}

const portsOf = (table: ReturnType<typeof tableAt>, snapshot = table) => ({
  codeTable: table,
  reference: { now: () => ({ codeTable: snapshot }) },
});

describe('shared/steps/current-versions', () => {
  it('reads each code once, from the snapshot when it holds all that is committed', async () => {
    const [table, snapshot] = [tableAt(5), tableAt(5)];
    const read = createCurrentVersions(portsOf(table, snapshot));
    for (let n = 0; n < 50; n += 1) {
      const versionsOf = await read([use('M545'), use('M542'), use('M545')]);
      expect(versionsOf(use('M545'))[0]?.seq).toBe(5);
      expect(versionsOf(use('R05'))).toEqual([]);
    }
    expect([table.reads, snapshot.reads]).toEqual([0, 2]);
  });

  it('sees a release that was committed since, though the snapshot is older', async () => {
    const [table, snapshot] = [tableAt(5), tableAt(5)];
    const read = createCurrentVersions(portsOf(table, snapshot));
    await read([use('M545')]);
    table.seq = 6;
    expect((await read([use('M545')]))(use('M545'))[0]?.seq).toBe(6);
    expect([table.reads, snapshot.reads]).toEqual([1, 1]);
    snapshot.seq = 6;
    await read([use('M545'), use('M542')]);
    expect([table.reads, snapshot.reads]).toEqual([1, 2]);
  });

  it('asks again for what could not be read', async () => {
    const table = tableAt(5);
    const read = createCurrentVersions(portsOf(table));
    table.fails = true;
    await expect(read([use('M545')])).rejects.toThrow('away');
    table.fails = false;
    expect((await read([use('M545')]))(use('M545'))).toHaveLength(1);
  });
});
