// Searching on a date: what the operation adds to the catalogue, whose ranking has its own tests.
import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { type SearchRequest, searchCodes } from '../../shared/operations/search-codes.ts';
import { searchWords, searchWordsMax } from '../../shared/operations/search-words.ts';
import { openTestReference } from '../support/test-reference.ts';
import { smallReleases } from './small-releases.ts';

const reference = await openTestReference(smallReleases);
const ports = { ...reference, clock: { now: () => '2021-09-30T12:00:00.000Z' } };
const search = (text: string, date: string, more: Partial<SearchRequest> = {}) =>
  searchCodes(ports, {
    system: 'icd10cm',
    text,
    date: calendarDate(date),
    offset: 0,
    limit: 100,
    ...more,
  });
const codes = async (...asked: Parameters<typeof search>) =>
  (await search(...asked)).items.map((one) => `${one.code} ${one.status}`).toSorted();

describe('shared/operations/search-codes.ts', () => {
  test('a title finds what was listed under it on the date, as it was then', async () => {
    expect(await codes('low back pain', '2021-09-30')).toEqual(['M54.5 billable']);
    expect(await codes('low back pain', '2021-10-01')).toEqual([
      'M54.5 header',
      'M54.50 billable',
      'M54.51 billable',
      'M54.59 billable',
    ]);
    expect(await codes('low back pain', '2025-10-01', { billableOnly: true })).toEqual([
      'M54.50 billable',
      'M54.51 billable',
      'M54.A0 billable',
    ]);
  });

  test('a hit shows its facts as a look-up would', async () => {
    const { items } = await search('vertebrogenic', '2021-10-01');
    expect(items).toEqual([
      {
        system: 'icd10cm',
        code: 'M54.51',
        status: 'billable',
        billable: true,
        title: { short: 'Vertebrogenic low back pain', long: 'Vertebrogenic low back pain' },
        effective: { from: '2021-10-01', to: null },
        release: 'icd10cm-2022',
      },
    ]);
  });

  test('the last day of a code is shown with it', async () => {
    const { items } = await search('M54.59', '2025-09-30');
    expect(items[0]?.effective).toEqual({ from: '2021-10-01', to: '2025-09-30' });
  });

  test('a code is found by its beginning, with or without dot', async () => {
    expect(await codes('m54.5', '2021-09-30')).toEqual(['M54.5 billable']);
    expect(await codes('M545', '2021-09-30')).toEqual(['M54.5 billable']);
    expect(await codes('M54.5', '2021-09-30', { fields: ['name'] })).toEqual([]);
  });

  test('without a date it answers for today', async () => {
    const { date: _date, ...today } = {
      system: 'icd10cm',
      text: 'low back pain',
      date: '',
    } as const;
    const answer = await searchCodes(ports, { ...today, offset: 0, limit: 10 });
    expect([answer.date, answer.items.map((one) => one.code)]).toEqual(['2021-09-30', ['M54.5']]);
  });

  test('pages hold every hit once, and the total counts them all', async () => {
    const all = (await search('back pain', '2025-10-01')).items.map((one) => one.code);
    expect(all).toHaveLength(5);
    const paged: string[] = [];
    for (let offset = 0; offset < 6; offset += 2) {
      const page = await search('back pain', '2025-10-01', { offset, limit: 2 });
      expect(page.total).toBe(5);
      paged.push(...page.items.map((one) => one.code));
    }
    expect(paged).toEqual(all);
  });

  test('a date nothing can be said of is told apart from nothing found', async () => {
    const before = await search('pain', '2020-09-30');
    expect([before.outsideHorizon, before.total]).toEqual([true, 0]);
    const none = await search('nosuchword', '2021-10-01');
    expect([none.outsideHorizon, none.total]).toEqual([false, 0]);
  });

  test('a text without a word finds nothing', async () => {
    for (const text of ['', '   ', '-', ' , ;']) {
      expect(await search(text, '2021-10-01')).toMatchObject({ total: 0, items: [] });
    }
  });
});

describe('shared/operations/search-words.ts', () => {
  test.each([
    ['low back pain', ['low', 'back', 'pain']],
    ['  Pain, low-back (M54.5) ', ['Pain', 'low-back', 'M54.5']],
    ['diabetes/type 2; "with"', ['diabetes', 'type', '2', 'with']],
    ['M\u00e9ni\u00e8re\u2019s disease', ['M\u00e9ni\u00e8re\u2019s', 'disease']],
    ['- . \u2013', []],
  ])('%j holds %j', (text, words) => {
    expect(searchWords(text)).toEqual(words);
  });

  test('words past the limit are not looked for', () => {
    expect(searchWords('a '.repeat(100))).toHaveLength(searchWordsMax);
  });
});
