// The code tree on a date: who is under whom.
import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { readHierarchy } from '../../shared/operations/read-hierarchy.ts';
import { subsumes } from '../../shared/operations/subsumes.ts';
import { haveOfficialFiles } from '../support/official-files.ts';
import { officialReference, openTestReference } from '../support/test-reference.ts';
import { smallReleases } from './small-releases.ts';

const clock = { now: () => '2021-09-30T12:00:00.000Z' };
const small = { ...(await openTestReference(smallReleases)), clock };

describe('shared/operations/subsumes.ts', () => {
  const relate = (codeA: string, codeB: string, date: string) =>
    subsumes(small, { system: 'icd10cm', codeA, codeB, date: calendarDate(date) });

  test.each([
    ['M54.5', 'm545', '2021-09-30', 'equivalent'],
    ['M54', 'M54.5', '2021-09-30', 'subsumes'],
    ['M54.5', 'M54', '2021-09-30', 'subsumed-by'],
    ['M54', 'M54.50', '2021-10-01', 'subsumes'],
    ['M54.50', 'M54.5', '2021-10-01', 'subsumed-by'],
    ['M54.50', 'M54.51', '2021-10-01', 'not-subsumed'],
    ['T36', 'T36.0X1A', '2021-10-01', 'subsumes'],
    ['I10', 'M54', '2021-10-01', 'not-subsumed'],
  ])('%s and %s on %s: %s', async (a, b, date, outcome) => {
    expect(await relate(a, b, date)).toBe(outcome);
  });

  test('a code not listed on the date relates to nothing, and is named', async () => {
    await expect(relate('M54.5', 'M54.50', '2021-09-30')).rejects.toMatchObject({
      code: 'not-found',
      message: 'M54.50 is not listed in ICD-10-CM on 2021-09-30',
    });
    await expect(relate('M54.59', 'M54', '2025-10-01')).rejects.toThrow('M54.59 is not listed');
    await expect(relate('M54', 'low back', '2025-10-01')).rejects.toThrow('low back is not listed');
    await expect(relate('M54', 'M54.5', '2019-01-01')).rejects.toThrow('covers 2019-01-01');
  });

  test('without a date it answers for today', async () => {
    const asked = { system: 'icd10cm', codeA: 'M54', codeB: 'M54.5' } as const;
    expect(await subsumes(small, asked)).toBe('subsumes');
    await expect(subsumes(small, { ...asked, codeB: 'M54.50' })).rejects.toThrow('2021-09-30');
  });
});

describe('shared/operations/read-hierarchy.ts', () => {
  const read = async (code: string, date: string) => {
    const found = await readHierarchy(small, {
      system: 'icd10cm',
      code,
      date: calendarDate(date),
    });
    return {
      ancestors: found.ancestors.map((one) => one.code),
      children: found.children?.map((one) => one.code),
    };
  };

  test('beginnings that are no codes are passed over, upward and downward', async () => {
    expect(await read('T36.0X1A', '2021-10-01')).toEqual({
      ancestors: ['T36.0X1', 'T36'],
      children: [],
    });
    expect(await read('T36', '2021-10-01')).toEqual({ ancestors: [], children: ['T36.0X1'] });
    expect((await read('W19XXXA', '2021-10-01')).ancestors).toEqual(['W19']);
  });

  test('children are those of the date, headers included, in tabular order', async () => {
    expect((await read('M54', '2021-09-30')).children).toEqual(['M54.2', 'M54.5', 'M54.9']);
    expect((await read('M54.5', '2021-09-30')).children).toEqual([]);
    expect((await read('M54.5', '2021-10-01')).children).toEqual(['M54.50', 'M54.51', 'M54.59']);
    expect((await read('M54', '2025-10-01')).children).toEqual([
      'M54.2',
      'M54.5',
      'M54.A',
      'M54.9',
    ]);
  });

  test('without a snapshot the children are not known, the ancestors are', async () => {
    const { codeTable } = small;
    const date = calendarDate('2021-10-01');
    const found = await readHierarchy(
      { codeTable, clock },
      { system: 'icd10cm', code: 'M54.50', date },
    );
    expect(found.children).toBeNull();
    expect(found.ancestors.map((one) => one.code)).toEqual(['M54.5', 'M54']);
  });

  test('a code not listed on the date has no place in the tree', async () => {
    await expect(read('M54.50', '2021-09-30')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe.skipIf(!haveOfficialFiles)('shared/operations/subsumes.ts, official files', () => {
  test('M54.50 came under M54.5 on 1 October 2021 and was not there the day before', async () => {
    const ports = { ...(await officialReference()), clock };
    const relate = (date: string) =>
      subsumes(ports, {
        system: 'icd10cm',
        codeA: 'M54.5',
        codeB: 'M54.50',
        date: calendarDate(date),
      });
    expect(await relate('2021-10-01')).toBe('subsumes');
    await expect(relate('2021-09-30')).rejects.toThrow('M54.50 is not listed');
  });
});
