import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { createRuleBook } from '../../shared/scrub/create-rule-book.ts';
import { editList, node, note, tabularList } from './hand-facts.ts';

const on = (text: string) => calendarDate(text);

describe('shared/scrub/create-rule-book.ts', () => {
  const book = createRuleBook({
    tabular: [tabularList('2021-10-01'), tabularList('2016-10-01'), tabularList('2017-10-01')],
  });

  test.each([
    ['2016-10-01', '2016-10-01', true],
    ['2017-09-30', '2016-10-01', true],
    ['2017-10-01', '2017-10-01', true],
    ['2018-10-01', '2017-10-01', false],
    ['2021-09-30', '2017-10-01', false],
    ['2021-10-01', '2021-10-01', true],
    ['2022-09-30', '2021-10-01', true],
    ['2022-10-01', '2021-10-01', false],
    ['2015-10-01', '2016-10-01', false],
  ])('on %s the list effective %s answers, exact: %s', (date, effective, exact) => {
    expect(book.tabularOn(on(date))).toMatchObject({ effective, exact });
  });

  test('of two lists of one fiscal year the one in force answers', () => {
    const two = createRuleBook({ tabular: [tabularList('2021-10-01'), tabularList('2022-04-01')] });
    expect(two.tabularOn(on('2022-03-31'))).toMatchObject({ effective: '2021-10-01', exact: true });
    expect(two.tabularOn(on('2022-04-01'))).toMatchObject({ effective: '2022-04-01', exact: true });
  });

  test('without lists nothing is known', () => {
    const empty = createRuleBook({ tabular: [] });
    expect(empty.tabularOn(on('2021-10-01'))).toBeUndefined();
    expect(empty.edits).toBeUndefined();
  });
});

describe('shared/scrub/create-rule-book.ts, periods', () => {
  const same = (book: ReturnType<typeof createRuleBook>, one: string, other: string): boolean =>
    book.periodOf(on(one)) === book.periodOf(on(other));

  test('one ends where a row of the edits begins, and after the last day it holds', () => {
    const dates = { from: on('2022-01-15'), to: on('2022-02-10') };
    const row = { system: 'icd10cm', code: 'O80', ...dates, flags: ['FEMALE'] } as const;
    const book = createRuleBook({
      tabular: [],
      edits: { version: '1', rows: [row], ages: [] },
    });
    expect(same(book, '2022-01-14', '2022-01-15')).toBe(false);
    expect(same(book, '2022-01-15', '2022-02-10')).toBe(true);
    expect(same(book, '2022-02-10', '2022-02-11')).toBe(false);
    expect(same(book, '2022-02-11', '2022-09-30')).toBe(true);
  });

  test('one ends with the fiscal year, when a list may no longer be the one of the date', () => {
    const book = createRuleBook({
      tabular: [tabularList('2021-10-01'), tabularList('2022-04-01')],
    });
    expect(same(book, '2022-03-31', '2022-04-01')).toBe(false);
    expect(same(book, '2022-04-01', '2022-09-30')).toBe(true);
    expect(same(book, '2022-09-30', '2022-10-01')).toBe(false);
  });
});

describe('shared/scrub/tabular-index.ts', () => {
  const list = tabularList(
    '2021-10-01',
    node('M00-M99', [note('excludes2', 'of the chapter')], { level: 'chapter' }),
    node('M05-M14', [note('includes', 'of the section')], { level: 'section' }),
    node('M50-M54', [note('excludes1', 'of the other section')], { level: 'section' }),
    node('M54', [note('excludes1', 'of the category')]),
    node('M545', [note('excludes1', 'of the code')], {
      seventh: [{ char: 'A', meaning: 'initial encounter' }],
    }),
    node('M541', [note('excludes1', 'of a sibling')]),
  );
  const tabular = createRuleBook({ tabular: [list] }).tabularOn(on('2021-10-01'));
  const texts = (code: string) => tabular?.notesOf(code).map(({ note: { text } }) => text);

  test('a code has the notes of everything above it, the highest first', () => {
    const above = ['of the chapter', 'of the other section', 'of the category'];
    expect(texts('M5450')).toEqual([...above, 'of the code']);
    expect(texts('M549')).toEqual(above);
    expect(texts('M54')).toEqual(above);
    expect(texts('M51')).toEqual(['of the chapter', 'of the other section']);
    expect(texts('I10')).toEqual([]);
  });

  test('a category with a letter belongs to the section its number precedes', () => {
    expect(texts('M1A00X0')).toEqual(['of the chapter', 'of the section']);
    expect(texts('M149')).toEqual(['of the chapter', 'of the section']);
    expect(texts('M150')).toEqual(['of the chapter']);
  });

  test('each note comes with the node it stands at', () => {
    expect(tabular?.notesOf('M5450').map((one) => one.node.at.from)).toEqual([
      'M00',
      'M50',
      'M54',
      'M545',
    ]);
  });

  test('seventh characters are those of the nearest node that has any', () => {
    expect(tabular?.seventhOf('M5450XA').map(({ char }) => char)).toEqual(['A']);
    expect(tabular?.seventhOf('M542')).toEqual([]);
  });
});

describe('shared/scrub/edit-index.ts', () => {
  const { edits } = createRuleBook({ tabular: [], edits: editList({ O80: 'MATERNITY|FEMALE' }) });

  test('flags hold from the first to the last day of their row', () => {
    const flags = (date: string) => [...(edits?.flagsOn('icd10cm', 'O80', on(date)) ?? [])];
    expect(flags('2015-09-30')).toEqual([]);
    expect(flags('2015-10-01')).toEqual(['MATERNITY', 'FEMALE']);
    expect(flags('2024-09-30')).toEqual(['MATERNITY', 'FEMALE']);
    expect(flags('2024-10-01')).toEqual([]);
    expect(edits?.flagsOn('icd10pcs', 'O80', on('2020-01-01')).size).toBe(0);
  });

  test('the list covers the dates its rows do', () => {
    const covers = (date: string) => edits?.covers(on(date));
    expect([covers('2015-09-30'), covers('2015-10-01')]).toEqual([false, true]);
    expect([covers('2024-09-30'), covers('2024-10-01')]).toEqual([true, false]);
  });

  test('rows that overlap add up', () => {
    const list = editList({ O80: 'MATERNITY' });
    const more = [...list.rows, ...editList({ O80: 'UNACCEPTABLE' }).rows];
    const book = createRuleBook({ tabular: [], edits: { ...list, rows: more } });
    expect([...(book.edits?.flagsOn('icd10cm', 'O80', on('2020-01-01')) ?? [])]).toEqual([
      'MATERNITY',
      'UNACCEPTABLE',
    ]);
  });

  test('ages of a group are those of the date', () => {
    const ages = [
      { group: 'MATERNITY', from: on('1984-03-01'), to: on('2019-09-30'), ageMin: 12, ageMax: 55 },
      { group: 'MATERNITY', from: on('2019-10-01'), to: on('2026-09-30'), ageMin: 9, ageMax: 64 },
    ];
    const book = createRuleBook({ tabular: [], edits: { ...editList({}), ages } });
    expect(book.edits?.agesOn('MATERNITY', on('2019-09-30'))?.ageMin).toBe(12);
    expect(book.edits?.agesOn('MATERNITY', on('2019-10-01'))?.ageMin).toBe(9);
    expect(book.edits?.agesOn('NEWBORN', on('2019-10-01'))).toBeUndefined();
  });
});
