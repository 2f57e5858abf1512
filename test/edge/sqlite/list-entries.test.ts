import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calendarDate } from '../../../shared/core/calendar-date.ts';
import type { ListQuery } from '../../../shared/ports/catalogue.ts';
import { openTestReference, type TestReference } from '../../support/test-reference.ts';
import { backPainAndGout } from './back-pain-and-gout.ts';

let reference: TestReference;
beforeAll(async () => {
  reference = await openTestReference(backPainAndGout);
});
afterAll(() => reference.close());

const eve = calendarDate('2021-09-30');
const day = calendarDate('2021-10-01');

const list = (more: Partial<ListQuery>) =>
  reference.catalogue.list('icd10cm', {
    date: day,
    billableOnly: false,
    offset: 0,
    limit: 100,
    ...more,
  });
const codes = async (more: Partial<ListQuery>) => (await list(more)).items.map(({ code }) => code);

describe('shared/edge/sqlite/list-entries.ts', () => {
  test('all codes of a date come in the order of its order file', async () => {
    const [fy2021, fy2022] = backPainAndGout.map(({ rows }) => rows.map(({ code }) => code));
    expect(await codes({ date: eve })).toEqual(fy2021);
    expect(await codes({})).toEqual(fy2022);
    expect(await codes({ date: calendarDate('2020-09-30') })).toEqual([]);
  });

  test('a page says how many there are in all', async () => {
    expect(await codes({ offset: 4, limit: 3 })).toEqual(['M1A', 'M1A0', 'M10']);
    expect((await list({ offset: 4, limit: 3 })).total).toBe(17);
    expect((await list({ date: eve, limit: 0 })).total).toBe(14);
    expect(await list({ billableOnly: true, offset: 100 })).toEqual({ total: 11, items: [] });
  });

  test('only billable ones', async () => {
    expect(await codes({ billableOnly: true, limit: 4 })).toEqual(['B029', 'H810', 'K05', 'M1A0']);
  });

  test('what is under a code, with it or without it', async () => {
    expect(await codes({ under: 'M545' })).toEqual(['M5450', 'M5451', 'M5459']);
    expect(await codes({ under: 'M545', date: eve })).toEqual([]);
    expect(await codes({ within: 'M545', date: eve })).toEqual(['M545']);
    expect(await codes({ within: 'M545' })).toEqual(['M545', 'M5450', 'M5451', 'M5459']);
    expect(await list({ under: 'M54', billableOnly: true, limit: 2 })).toMatchObject({
      total: 4,
      items: [{ code: 'M5450' }, { code: 'M5451' }],
    });
    expect(await codes({ under: 'M999' })).toEqual([]);
  });

  test('what words are about, in tabular order', async () => {
    expect(await codes({ words: ['gout'] })).toEqual(['K05', 'M1A', 'M1A0', 'M10', 'M109']);
    expect(await codes({ words: ['pain'], under: 'M545' })).toEqual(['M5450', 'M5451', 'M5459']);
    expect(await codes({ words: ['fall'], within: 'W19', offset: 1 })).toEqual(['W19XXXA']);
    expect(await list({ words: ['***'] })).toEqual({ total: 0, items: [] });
  });

  test('the children of a code on a date are directly under it', async () => {
    const children = async (code: string, date = day) =>
      (await reference.catalogue.children('icd10cm', code, date)).map((entry) => entry.code);
    expect(await children('M54')).toEqual(['M545', 'M546']);
    expect(await children('M54', eve)).toEqual(['M545', 'M546', 'M547']);
    expect(await children('M545')).toEqual(['M5450', 'M5451', 'M5459']);
    expect(await children('M545', eve)).toEqual([]);
    expect(await children('M5450')).toEqual([]);
  });

  test('a code whose next beginning is no code is under the one after that: W19.XXXA under W19', async () => {
    const children = await reference.catalogue.children('icd10cm', 'W19', day);
    expect(children).toEqual([
      {
        system: 'icd10cm',
        code: 'W19XXXA',
        status: 'billable',
        short: 'Unspecified fall, initial encounter',
        long: 'Unspecified fall, initial encounter',
        effective: '2020-10-01',
        until: null,
        release: 'icd10cm-2021',
      },
    ]);
  });

  test('a code that is not listed on the date has no children', async () => {
    expect(await reference.catalogue.children('icd10cm', 'W1', day)).toEqual([]);
    expect(await reference.catalogue.children('icd10cm', '', day)).toEqual([]);
    expect(await reference.catalogue.children('icd10pcs', '001', eve)).toHaveLength(1);
  });
});
