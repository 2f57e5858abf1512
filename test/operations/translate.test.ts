// Translating along replacements: chains by date, both directions, and why there is nothing where there is nothing.
import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { lookUpCode } from '../../shared/operations/look-up-code.ts';
import { type TranslationDirection, translate } from '../../shared/operations/translate.ts';
import { haveOfficialFiles } from '../support/official-files.ts';
import { officialReference } from '../support/test-reference.ts';
import { by, handBuiltTable } from './hand-built-table.ts';
import { releases, versions } from './spine.ts';

const clock = { now: () => '2021-10-01T00:00:00.000Z' };
const spine = { ...(await handBuiltTable({ releases, versions })), clock };
const from = (code: string, date: string, direction?: TranslationDirection) =>
  translate(spine, {
    system: 'icd10cm',
    code,
    date: calendarDate(date),
    ...(direction && { direction }),
  });
const targets = async (...asked: Parameters<typeof from>) =>
  (await from(...asked)).targets.map((one) => `${one.code} ${one.source}`);

describe('shared/operations/translate.ts', () => {
  test('a code that became a category goes to each of its replacements, with their titles', async () => {
    const answer = await from('m545', '2021-10-01');
    expect(answer).toMatchObject({
      code: 'M54.5',
      status: 'header',
      direction: 'replaced-by',
      result: true,
      why: null,
    });
    expect(
      answer.targets.map((one) => [one.code, one.source, one.effective, one.title.long]),
    ).toEqual([
      ['M54.50', 'official', '2021-10-01', 'Title of M5450'],
      ['M54.51', 'official', '2021-10-01', 'Title of M5451'],
      ['M54.59', 'official', '2021-10-01', 'Title of M5459'],
    ]);
  });

  test('a chain is walked to what is billable on the date', async () => {
    const all = ['M54.50 official', 'M54.51 official', 'M54.61 official', 'M54.60 inferred'];
    expect(await targets('M54.5', '2025-10-01')).toEqual(all);
    expect(await targets('M54.59', '2025-10-01')).toEqual(['M54.61 official', 'M54.60 inferred']);
  });

  test('titles are those of the date', async () => {
    const { targets: found } = await from('M54.5', '2025-10-01');
    expect(found[0]?.title.long).toBe('Low back pain, NOS');
  });

  test.each([
    ['M54.5', '2021-09-30', 'in-use'],
    ['M54.2', '2025-10-01', 'in-use'],
    ['M54', '2025-10-01', 'no-replacement'],
    ['M54.50', '2021-09-30', 'future'],
    ['M54.77', '2021-10-01', 'unknown'],
    ['low back', '2021-10-01', 'unknown'],
    ['M54.5', '2019-01-01', 'outside-horizon'],
  ] as const)('%s on %s has no target: %s', async (code, date, why) => {
    expect(await from(code, date)).toMatchObject({ result: false, targets: [], why });
  });

  test('backwards, a billable code stands in for those whose chains lead to it', async () => {
    expect(await targets('M54.50', '2021-10-01', 'replaces')).toEqual(['M54.5 official']);
    expect(await targets('M54.61', '2025-10-01', 'replaces')).toEqual([
      'M54.59 official',
      'M54.5 official',
    ]);
    expect(
      (await from('M54.61', '2025-10-01', 'replaces')).targets.map((one) => one.title.long),
    ).toEqual(['Title of M5459', 'Low back pain']);
  });

  test.each([
    ['M54.2', '2025-10-01', 'replaces-nothing'],
    ['M54.5', '2021-09-30', 'replaces-nothing'],
    ['M54.5', '2021-10-01', 'replaces-nothing'],
    ['M54.61', '2021-10-01', 'future'],
    ['M54.77', '2021-10-01', 'unknown'],
  ] as const)('backwards, %s on %s stands in for nothing: %s', async (code, date, why) => {
    expect(await from(code, date, 'replaces')).toMatchObject({ result: false, targets: [], why });
  });

  test('backwards, a code still billable is replaced by none, though another took over a part of it', async () => {
    const split = await handBuiltTable({
      releases,
      versions: [
        ['G43', '2020-10-01', 'billable'],
        ['G44', '2021-10-01', 'billable', { replaces: [by('G43', '2021-10-01')] }],
      ],
    });
    const date = calendarDate('2021-10-01');
    const request = { system: 'icd10cm', code: 'G44', date, direction: 'replaces' } as const;
    expect(await translate({ ...split, clock }, request)).toMatchObject({
      result: false,
      why: 'replaces-nothing',
    });
  });

  test('without a date it answers for today', async () => {
    const answer = await translate(spine, { system: 'icd10cm', code: 'M54.5' });
    expect([answer.date, answer.result]).toEqual(['2021-10-01', true]);
  });
});

describe.skipIf(!haveOfficialFiles)('shared/operations/translate.ts, official files', () => {
  test('M54.5 goes to M54.50, M54.51 and M54.59, as the conversion table says', async () => {
    const ports = { ...(await officialReference()), clock };
    const on = (date: string) =>
      translate(ports, { system: 'icd10cm', code: 'M54.5', date: calendarDate(date) });
    expect(await on('2021-09-30')).toMatchObject({ result: false, why: 'in-use' });
    const split = await on('2021-10-01');
    expect(split.targets.map((one) => [one.code, one.source, one.title.long])).toEqual([
      ['M54.50', 'official', 'Low back pain, unspecified'],
      ['M54.51', 'official', 'Vertebrogenic low back pain'],
      ['M54.59', 'official', 'Other low back pain'],
    ]);
  });

  test('on each release date every officially replaced code is reached back from each of its replacements', async () => {
    const { codeTable, ...rest } = await officialReference();
    const ports = { codeTable, ...rest, clock };
    const system = 'icd10cm' as const;
    let links = 0;
    for (const record of await codeTable.releases(system)) {
      const date = record.effective;
      for (const kind of ['ended', 'expanded'] as const) {
        const { items } = await codeTable.changes(record, { kind, limit: 1000 });
        for (const { code } of items) {
          const forward = await translate(ports, { system, code, date });
          const official = forward.targets.filter((one) => one.source === 'official');
          for (const target of official) {
            const back = await translate(ports, {
              system,
              code: target.code,
              date,
              direction: 'replaces',
            });
            const found = back.targets.map((one) => `${one.code} ${one.source}`);
            expect(found).toContain(`${forward.code} official`);
            const { status } = await lookUpCode(ports, { system, code: target.code, date });
            expect(status).toBe('billable');
            links += 1;
          }
        }
      }
    }
    // FY2017 alone split and replaced hundreds of codes.
    expect(links).toBeGreaterThan(1000);
  }, 120_000);
});
