// What a look-up says beyond the code itself: what is billable under a header, and what an unknown code may have meant.
import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { checkCodes } from '../../shared/operations/check-codes.ts';
import { lookUpCode } from '../../shared/operations/look-up-code.ts';
import { haveOfficialFiles } from '../support/official-files.ts';
import { release } from '../support/releases.ts';
import { officialReference, openTestReference } from '../support/test-reference.ts';
import { smallReleases } from './small-releases.ts';

const clock = { now: () => '2026-02-01T00:00:00.000Z' };
const reference = await openTestReference(smallReleases);
const ports = { ...reference, clock };
const lookUp = (code: string, date: string, system: 'icd10cm' | 'icd10pcs' = 'icd10cm') =>
  lookUpCode(ports, { system, code, date: calendarDate(date) });
const meant = async (code: string, date: string, system: 'icd10cm' | 'icd10pcs' = 'icd10cm') =>
  (await lookUp(code, date, system)).nearMisses?.map((one) =>
    [one.code, one.reason, one.status].join(' '),
  );

describe('shared/operations/look-up-code.ts, under a header', () => {
  test('the codes billable under it on the date, in tabular order, with their titles', async () => {
    const answer = await lookUp('M54.5', '2021-10-01');
    expect(answer.children).toEqual([
      { code: 'M54.50', short: 'Low back pain, unspecified' },
      { code: 'M54.51', short: 'Vertebrogenic low back pain' },
      { code: 'M54.59', short: 'Other low back pain' },
    ]);
    expect(answer.childrenTotal).toBe(3);
  });

  test('a child that ended is not among them, one at any depth is', async () => {
    const codes = async (code: string, date: string) =>
      (await lookUp(code, date)).children?.map((one) => one.code);
    expect(await codes('M54.5', '2025-10-01')).toEqual(['M54.50', 'M54.51']);
    expect(await codes('M54', '2020-10-01')).toEqual(['M54.2', 'M54.5', 'M54.9']);
    expect(await codes('T36', '2020-10-01')).toEqual(['T36.0X1A', 'T36.0X1D']);
  });

  test('no other status has any', async () => {
    for (const [code, date] of [
      ['M54.5', '2021-09-30'],
      ['M54.59', '2025-10-01'],
      ['M54.50', '2021-09-30'],
      ['M54.77', '2021-10-01'],
    ] as const) {
      const answer = await lookUp(code, date);
      expect([answer.status, answer.children, answer.childrenTotal]).toEqual([
        answer.status,
        [],
        0,
      ]);
    }
  });

  test('a hundred are named, ten in a batch, and all are counted', async () => {
    const codes = Array.from({ length: 150 }, (_, i) => `A${String(i).padStart(4, '0')}`);
    const big = await openTestReference([
      release('2020-10-01', ['A00 0 One hundred', ...codes.map((code) => `${code} 1 Some`)]),
    ]);
    const item = { system: 'icd10cm', code: 'A00', date: calendarDate('2020-10-01') } as const;
    const single = await lookUpCode({ ...big, clock }, item);
    // A00.00 to A00.99 begin with A00; A01.00 and later do not.
    expect([single.children?.length, single.childrenTotal]).toEqual([100, 100]);
    const [inBatch] = await checkCodes(big, [item]);
    expect([inBatch?.children?.length, inBatch?.childrenTotal]).toEqual([10, 100]);
    expect(inBatch?.children?.at(-1)?.code).toBe('A00.09');
  });

  test('what was believed earlier comes without children: the snapshot lists what is believed now', async () => {
    const known = '2999-01-01T00:00:00.000Z';
    const date = calendarDate('2021-10-01');
    const answer = await lookUpCode(ports, { system: 'icd10cm', code: 'M54.5', date, known });
    expect([answer.status, answer.children, answer.childrenTotal]).toEqual(['header', null, null]);
  });
});

describe('shared/operations/near-misses-on.ts', () => {
  test.each([
    ['M5.45', '2021-09-30', ['M54.5 dot billable']],
    ['M5.45', '2021-10-01', ['M54.5 dot header']],
    ['M54 50', '2021-10-01', ['M54.50 punctuation billable']],
    ['M54 50', '2021-09-30', ['M54.5 surplus-character billable', 'M54.50 punctuation future']],
    ['M54/59', '2025-10-01', ['M54.5 surplus-character header', 'M54.59 punctuation ended']],
    ['I1O', '2021-10-01', ['I10 letter-o-digit-0 billable']],
    ['Y93.11', '2021-10-01', ['Y93.I1 letter-i-digit-1 billable']],
    ['W19A', '2021-10-01', ['W19.XXXA placeholder billable']],
    ['T36.01', '2021-10-01', ['T36.0X1 placeholder header']],
    ['W19.X', '2021-10-01', ['W19.XXXA seventh-character billable']],
    ['I10.0', '2021-10-01', ['I10 surplus-character billable']],
    ['0DTJ4ZZ', '2021-10-01', ['0DTJ4ZZ other-system billable']],
    ['Q77.777', '2021-10-01', []],
  ])('%s on %s: %j', async (text, date, expected) => {
    expect(await meant(text, date)).toEqual(expected);
  });

  test('a code of the other system says which', async () => {
    const answer = await lookUp('M5450', '2021-10-01', 'icd10pcs');
    expect(answer.status).toBe('unknown');
    expect(answer.nearMisses).toEqual([
      { system: 'icd10cm', code: 'M54.50', reason: 'other-system', status: 'billable' },
    ]);
  });

  test('in ICD-10-PCS the letter O is always the digit 0', async () => {
    expect(await meant('ODTJ4ZZ', '2021-10-01', 'icd10pcs')).toEqual([
      '0DTJ4ZZ letter-o-digit-0 billable',
    ]);
  });

  test('a code in some release has none, whatever it is on the date', async () => {
    expect(await meant('M54.59', '2021-09-30')).toEqual([]);
    expect(await meant('M54.59', '2025-10-01')).toEqual([]);
    expect(await meant('M54.77', '2015-10-01')).toEqual([]);
  });

  test('a batch finds them with a snapshot, and without one says it did not look', async () => {
    const items = [{ system: 'icd10cm', code: 'I1O', date: calendarDate('2021-10-01') }] as const;
    const [found] = await checkCodes(reference, items);
    expect(found?.nearMisses?.map((one) => one.code)).toEqual(['I10']);
    const [notLooked] = await checkCodes({ codeTable: reference.codeTable }, items);
    expect(notLooked?.nearMisses).toBeNull();
    const single = await lookUpCode({ codeTable: reference.codeTable, clock }, items[0]);
    expect(single.nearMisses?.map((one) => one.code)).toEqual(['I10']);
  });
});

describe.skipIf(!haveOfficialFiles)('shared/operations/near-misses-on.ts, official files', () => {
  test.each([
    // On the right: what the FY2026 order file has, read by eye.
    ['M545O', 'M54.50'],
    ['IlO', 'I10'],
    ['I10.0', 'I10'],
    ['150.9', 'I50.9'],
    ['W19A', 'W19.XXXA'],
    ['T36.01A', 'T36.0X1A'],
    ['Z9989O', 'Z99.89'],
    ['S52.521', undefined],
    ['S52 521A', 'S52.521A'],
    ['O99.2', undefined],
    ['Z0000.', 'Z00.00'],
    ['Z00.000', 'Z00.00'],
  ])('%s: first of all %s', async (text, expected) => {
    const { codeTable, catalogue } = await officialReference();
    const date = calendarDate('2025-10-01');
    const request = { system: 'icd10cm', code: text, date } as const;
    const answer = await lookUpCode({ codeTable, catalogue, clock }, request);
    expect(answer.nearMisses?.[0]?.code).toBe(expected);
  });
});
