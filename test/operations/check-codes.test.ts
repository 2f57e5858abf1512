// Checking batches: order, duplicates, limits.
import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { checkCodes } from '../../shared/operations/check-codes.ts';
import type { Catalogue } from '../../shared/ports/catalogue.ts';
import type { CodeTable } from '../../shared/ports/code-table.ts';
import { handBuiltTable } from './hand-built-table.ts';
import { releases, versions } from './spine.ts';

const { codeTable: table } = await handBuiltTable({ releases, versions });

/** The table, counting reads of timelines and how many were under way at once. */
function watched() {
  const seen = { reads: 0, atOnce: 0, atOnceMax: 0 };
  const counting: CodeTable = {
    ...table,
    async versions(system, code, known) {
      seen.reads += 1;
      seen.atOnce += 1;
      seen.atOnceMax = Math.max(seen.atOnceMax, seen.atOnce);
      await new Promise((done) => setTimeout(done, 1));
      seen.atOnce -= 1;
      return table.versions(system, code, known);
    },
  };
  return { seen, ports: { codeTable: counting } };
}

const item = (code: string, date: string) => ({
  system: 'icd10cm' as const,
  code,
  date: calendarDate(date),
});

describe('shared/operations/check-codes.ts', () => {
  test('answers come in the order asked, each for its own date', async () => {
    const { ports } = watched();
    const results = await checkCodes(ports, [
      item('M54.2', '2021-09-30'),
      item('M545', '2021-09-30'),
      item('m54.50', '2021-09-30'),
      item('M54.5', '2021-10-01'),
    ]);
    expect(results.map((one) => [one.code, one.date, one.status])).toEqual([
      ['M54.2', '2021-09-30', 'billable'],
      ['M54.5', '2021-09-30', 'billable'],
      ['M54.50', '2021-09-30', 'future'],
      ['M54.5', '2021-10-01', 'header'],
    ]);
  });

  test('a code asked for many times is read once, whatever its spelling and date', async () => {
    const { ports, seen } = watched();
    const spellings = ['M54.2', 'm542', 'M542'];
    const items = spellings.flatMap((code) => [item(code, '2021-01-01'), item(code, '2022-01-01')]);
    expect(await checkCodes(ports, [...items, ...items])).toHaveLength(12);
    expect(seen.reads).toBe(1);
  });

  test('ten thousand items are taken, with few reads at once; one more is refused', async () => {
    const { ports, seen } = watched();
    const items = Array.from({ length: 10_000 }, (_, i) =>
      item(`Z${String(i % 500).padStart(4, '0')}`, '2022-01-01'),
    );
    expect(await checkCodes(ports, items)).toHaveLength(10_000);
    expect(seen.reads).toBe(500);
    expect(seen.atOnceMax).toBeGreaterThan(1);
    expect(seen.atOnceMax).toBeLessThanOrEqual(32);
    await expect(checkCodes(ports, [...items, item('M542', '2022-01-01')])).rejects.toMatchObject({
      code: 'too-large',
    });
  });

  test('with a snapshot items are taken one at a time, and a header or slip is looked into once', async () => {
    const { ports, seen } = watched();
    let lists = 0;
    const catalogue: Catalogue = {
      search: () => Promise.reject(new Error('a check searches nothing')),
      children: () => Promise.reject(new Error('a check asks for all that is under a header')),
      async list() {
        lists += 1;
        return { total: 0, items: [] };
      },
    };
    const asked = [item('M54', '2021-10-01'), item('M54', '2021-10-02'), item('I1O', '2021-10-01')];
    const once = await checkCodes({ ...ports, catalogue }, asked);
    const reads = seen.reads;
    expect([lists, once.map((one) => one.status)]).toEqual([2, ['header', 'header', 'unknown']]);
    lists = 0;
    seen.reads = 0;
    const often = await checkCodes({ ...ports, catalogue }, [...asked, ...asked, ...asked]);
    expect([lists, seen.reads, seen.atOnceMax]).toEqual([2, reads, 1]);
    expect(often.slice(6)).toEqual(once);
  });

  test('nothing asked is nothing answered', async () => {
    expect(await checkCodes({ codeTable: table }, [])).toEqual([]);
  });
});
