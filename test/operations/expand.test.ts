// Value sets on a date: everything, what is billable, one category; pages, words, counts of the official files.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { type ExpandRequest, expand } from '../../shared/operations/expand.ts';
import { lookUpCode } from '../../shared/operations/look-up-code.ts';
import { haveOfficialFiles } from '../support/official-files.ts';
import { officialReleases, officialRows } from '../support/official-order-files.ts';
import { officialReference, openTestReference } from '../support/test-reference.ts';
import { smallReleases } from './small-releases.ts';

const clock = { now: () => '2021-09-30T12:00:00.000Z' };
const small = { ...(await openTestReference(smallReleases)), clock };
const cm = (date: string, more: Partial<ExpandRequest> = {}): ExpandRequest => ({
  system: 'icd10cm',
  date: calendarDate(date),
  billableOnly: true,
  offset: 0,
  limit: 1000,
  ...more,
});
const codes = async (request: ExpandRequest) =>
  (await expand(small, request)).items.map((one) => one.code);

describe('shared/operations/expand.ts', () => {
  test('all billable codes, in tabular order, as they were on the date', async () => {
    expect(await codes(cm('2021-09-30'))).toEqual([
      'I10',
      'M54.2',
      'M54.5',
      'M54.9',
      'T36.0X1A',
      'T36.0X1D',
      'W19.XXXA',
      'Y93.I1',
    ]);
    const next = await codes(cm('2021-10-01'));
    expect(next).not.toContain('M54.5');
    expect(next.slice(1, 5)).toEqual(['M54.2', 'M54.50', 'M54.51', 'M54.59']);
  });

  test('all of the system has the headers too, and says which they are', async () => {
    const all = await expand(small, cm('2021-10-01', { billableOnly: false }));
    expect(all).toMatchObject({ total: 15, release: 'icd10cm-2022', version: '2021-10-01' });
    expect(all.items.filter((one) => !one.billable).map((one) => one.code)).toEqual([
      'M54',
      'M54.5',
      'T36',
      'T36.0X1',
      'W19',
    ]);
  });

  test('a category has itself and all under it, in any spelling', async () => {
    const isa = (code: string, date: string, billableOnly = false) =>
      codes(cm(date, { isa: code, billableOnly }));
    expect(await isa('m54.5', '2021-10-01')).toEqual(['M54.5', 'M54.50', 'M54.51', 'M54.59']);
    expect(await isa('M545', '2021-10-01', true)).toEqual(['M54.50', 'M54.51', 'M54.59']);
    // Billable itself before the split.
    expect(await isa('M54.5', '2021-09-30', true)).toEqual(['M54.5']);
    expect(await isa('M54', '2025-10-01', true)).toEqual([
      'M54.2',
      'M54.50',
      'M54.51',
      'M54.A0',
      'M54.9',
    ]);
    expect(await isa('T36', '2021-10-01')).toEqual(['T36', 'T36.0X1', 'T36.0X1A', 'T36.0X1D']);
  });

  test('words narrow it, the category itself included', async () => {
    const of = (text: string) => codes(cm('2021-10-01', { isa: 'M54', billableOnly: false, text }));
    expect(await of('dorsal')).toEqual(['M54', 'M54.9']);
    expect(await of('low, back')).toEqual(['M54.5', 'M54.50', 'M54.51', 'M54.59']);
    expect(await of('hypertension')).toEqual([]);
    expect(await of('   ')).toHaveLength(7);
  });

  test('pages of any size give every code once, in the same order, with the same total', async () => {
    const requests = [
      cm('2021-10-01'),
      cm('2021-10-01', { billableOnly: false, isa: 'M54' }),
      cm('2025-10-01', { billableOnly: false, text: 'pain' }),
    ];
    for (const request of requests) {
      const whole = await codes(request);
      for (const limit of [1, 2, 3, 7, 100]) {
        const paged: string[] = [];
        for (let offset = 0; offset < whole.length; offset += limit) {
          const page = await expand(small, { ...request, offset, limit });
          expect([page.total, page.offset]).toEqual([whole.length, offset]);
          paged.push(...page.items.map((one) => one.code));
        }
        expect(paged).toEqual(whole);
      }
    }
  });

  test('nothing is on a page past the end, and a page of none still counts', async () => {
    expect(await expand(small, cm('2021-10-01', { offset: 500 }))).toMatchObject({
      total: 10,
      items: [],
    });
    expect(await expand(small, cm('2021-10-01', { limit: 0 }))).toMatchObject({
      total: 10,
      items: [],
    });
  });

  test('a date no release covers and a category not listed on it are not found, by name', async () => {
    await expect(expand(small, cm('2020-09-30'))).rejects.toMatchObject({
      code: 'not-found',
      message: 'no release of ICD-10-CM covers 2020-09-30; the oldest takes effect on 2020-10-01',
    });
    await expect(expand(small, cm('2021-09-30', { isa: 'M54.50' }))).rejects.toMatchObject({
      code: 'not-found',
      message: 'M54.50 is not listed in ICD-10-CM on 2021-09-30',
    });
    await expect(expand(small, cm('2021-09-30', { isa: 'low back' }))).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('systems do not mix', async () => {
    expect(await codes(cm('2021-10-01', { system: 'icd10pcs' }))).toEqual(['0DTJ4ZZ']);
  });
});

describe.skipIf(!haveOfficialFiles)('shared/operations/expand.ts, official files', () => {
  test.each(officialReleases.map((one) => [one.effective, one.billable, one.rows] as const))(
    'on %s there are %i billable codes among %i',
    async (effective, billable, rows) => {
      const ports = { ...(await officialReference()), clock };
      const count = async (billableOnly: boolean) =>
        (await expand(ports, cm(effective, { billableOnly, limit: 0 }))).total;
      expect([await count(true), await count(false)]).toEqual([billable, rows]);
    },
  );

  test('the first and the last thousand of FY2026 are those of the order file, in its order', async () => {
    const ports = { ...(await officialReference()), clock };
    const release = officialReleases.at(-1);
    if (!release) throw new Error('there is no official release');
    const listed = [...officialRows(release)].filter(([, row]) => row.flag === '1');
    for (const offset of [0, listed.length - 1000]) {
      const page = await expand(ports, cm('2025-10-01', { offset }));
      expect(page.items.map((one) => [one.code.replace('.', ''), one.title.long])).toEqual(
        listed.slice(offset, offset + 1000).map(([code, row]) => [code, row.long]),
      );
    }
  });

  test('whatever is in an expansion looks up as billable on that date', async () => {
    const ports = { ...(await officialReference()), clock };
    const dates = officialReleases.flatMap(({ effective }) => [
      effective,
      `${effective.slice(0, 4)}-12-31`,
    ]);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...dates), fc.nat({ max: 75_000 }), async (date, offset) => {
        const { items } = await expand(ports, cm(date, { offset, limit: 20 }));
        for (const { system, code, title, effective, release } of items) {
          const found = await lookUpCode(ports, { system, code, date: calendarDate(date) });
          expect(found).toMatchObject({ code, status: 'billable', title, effective, release });
        }
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});
