import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calendarDate } from '../../../shared/core/calendar-date.ts';
import type { SearchField, SearchQuery } from '../../../shared/ports/catalogue.ts';
import { openTestReference, type TestReference } from '../../support/test-reference.ts';
import { backPainAndGout } from './back-pain-and-gout.ts';

let reference: TestReference;
beforeAll(async () => {
  reference = await openTestReference(backPainAndGout);
});
afterAll(() => reference.close());

const eve = calendarDate('2021-09-30');
const day = calendarDate('2021-10-01');
const both: readonly SearchField[] = ['code', 'name'];

const find = (text: string | readonly string[], more: Partial<SearchQuery> = {}) =>
  reference.catalogue.search('icd10cm', {
    words: typeof text === 'string' ? text.split(' ') : text,
    fields: both,
    date: day,
    billableOnly: false,
    offset: 0,
    limit: 100,
    ...more,
  });
const codes = async (text: string | readonly string[], more: Partial<SearchQuery> = {}) =>
  (await find(text, more)).items.map((entry) => entry.code);

describe('shared/edge/sqlite/search-titles.ts', () => {
  test('M54.5 is found as billable until 30 September 2021, as a header from the day after', async () => {
    expect((await find('M54.5', { date: eve })).items).toEqual([
      {
        system: 'icd10cm',
        code: 'M545',
        status: 'billable',
        short: 'Low back pain',
        long: 'Low back pain',
        effective: '2020-10-01',
        until: '2021-09-30',
        release: 'icd10cm-2021',
      },
    ]);
    expect((await find('M54.5')).items[0]).toEqual({
      system: 'icd10cm',
      code: 'M545',
      status: 'header',
      short: 'Low back pain',
      long: 'Low back pain',
      effective: '2021-10-01',
      until: null,
      release: 'icd10cm-2022',
    });
  });

  test('a code is found while it is listed, not before and not after', async () => {
    expect(await codes('vanishing', { date: eve })).toEqual(['M547']);
    expect(await codes('vanishing')).toEqual([]);
    expect(await codes('vertebrogenic', { date: eve })).toEqual([]);
    expect(await codes('vertebrogenic')).toEqual(['M5451']);
    expect(await codes('back', { date: calendarDate('2020-09-30') })).toEqual([]);
  });

  test('a retitled code is found by the title of the date', async () => {
    expect(await codes('thoracic', { date: eve })).toEqual(['M546']);
    expect(await codes('middle', { date: eve })).toEqual([]);
    expect(await codes('thoracic')).toEqual([]);
    expect(await codes('middle')).toEqual(['M546']);
  });

  test.each(['M54.5', 'm54.5', 'M545', 'm545', ' M54.5 '])('the code typed as %s', async (text) => {
    expect(await codes([text])).toEqual(['M545', 'M5450', 'M5451', 'M5459']);
  });

  test.each(['M54.', 'm54', 'M54'])('the beginning of a code typed as %s', async (text) => {
    expect(await codes(text)).toEqual(['M54', 'M545', 'M5450', 'M5451', 'M5459', 'M546']);
  });

  test('codes that begin with the text come in tabular order: M1A before M10', async () => {
    expect(await codes('m1')).toEqual(['M1A', 'M1A0', 'M10', 'M109']);
  });

  test('titles with the whole word come first, short ones before long ones', async () => {
    expect(await codes('gout')).toEqual(['M10', 'M1A', 'M109', 'M1A0', 'K05']);
  });

  test('codes beginning with the text, then the whole word, then words beginning with it', async () => {
    expect((await codes('b')).slice(0, 4)).toEqual(['B02', 'B029', 'Y93', 'M545']);
  });

  test('every word must be found, whole words before beginnings', async () => {
    expect(await codes('low back')).toEqual(['M545', 'M5459', 'M5450', 'M5451']);
    expect(await codes('back low')).toEqual(await codes('low back'));
    expect(await codes('lo ba')).toEqual(['M545', 'M5459', 'M5450', 'M5451']);
    expect(await codes('low gout')).toEqual([]);
  });

  test('a word of the title and the beginning of the code', async () => {
    expect(await codes('m54 other')).toEqual(['M5459']);
  });

  test('headers are left out when only billable codes are wanted', async () => {
    expect(await codes('M54.5', { billableOnly: true })).toEqual(['M5450', 'M5451', 'M5459']);
    expect((await find('M54.5', { billableOnly: true })).total).toBe(3);
  });

  test('only the fields asked for are searched', async () => {
    expect(await codes('m545', { fields: ['name'] })).toEqual([]);
    expect(await codes('low', { fields: ['code'] })).toEqual([]);
    expect(await codes('m545', { fields: ['code'] })).toHaveLength(4);
    expect(await codes('low', { fields: ['name'] })).toHaveLength(4);
  });

  test('case and accents do not matter, apostrophes and hyphens separate words', async () => {
    for (const text of ['MENIERE', 'ménière', "Meniere's", 'Ménière’s']) {
      expect(await codes(text), text).toEqual(['H810']);
    }
    expect(await codes('gouty-looking')).toEqual(['K05']);
  });

  test('each system is searched for itself', async () => {
    expect(await codes('bypass')).toEqual([]);
    const pcs = { words: ['bypass'], fields: both, date: day, billableOnly: false };
    const found = await reference.catalogue.search('icd10pcs', { ...pcs, offset: 0, limit: 9 });
    expect(found.items.map((entry) => entry.code)).toEqual(['001', '0016070']);
  });

  test.each(['b', 'gout', 'low back', 'm54', 'p'])(
    'the pages of "%s" show each code once',
    async (text) => {
      const whole = await find(text);
      expect(whole.total).toBe(whole.items.length);
      for (const limit of [1, 2, 3]) {
        const pages = [];
        for (let offset = 0; offset < whole.total + limit; offset += limit) {
          const page = await find(text, { offset, limit });
          expect(page.total).toBe(whole.total);
          pages.push(...page.items);
        }
        expect(pages).toEqual(whole.items);
      }
    },
  );

  test.each([
    ['nothing', []],
    ['an empty word', ['']],
    ['punctuation', ['"', '*', '()', '--', '^:{}']],
    ['a picture', ['🦴']],
    ['a word of 1,000 letters', ['a'.repeat(1000)]],
    ['a word of another script', ['спина']],
    ['more words than a title has', Array.from({ length: 5000 }, (_, n) => `w${n}`)],
  ])('%s finds nothing', async (_name, words) => {
    expect(await find(words)).toEqual({ total: 0, items: [] });
  });

  test.each(['low"*', 'name:low', '^low', '-low', '{name}:low', 'low\0', 'low*'])(
    'the syntax of the index is text like any other: %s',
    async (text) => {
      const found = await codes([text]);
      expect(found.length === 0 || found.includes('M545')).toBe(true);
    },
  );

  test('whatever is typed is an answer, and a page never holds more than it says', async () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom('AND', 'OR', 'NOT', 'NEAR', 'low', 'M54.', '"', "'", '*', 'NEAR(a b, 3)'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(word, { maxLength: 40 }),
        fc.nat({ max: 5 }),
        async (words, limit) => {
          const { total, items } = await find(words, { limit });
          expect(items.length).toBe(Math.min(limit, total));
          await reference.catalogue.list('icd10cm', {
            words,
            under: words[0] ?? '',
            date: day,
            billableOnly: false,
            offset: 0,
            limit,
          });
        },
      ),
      { numRuns: 1000 },
    );
  });
});
