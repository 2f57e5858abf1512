// Looking codes up by date of service, against a table written by hand.
import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { lookUpCode } from '../../shared/operations/look-up-code.ts';
import { by, handBuiltTable, record } from './hand-built-table.ts';
import { releases, versions } from './spine.ts';

const clock = { now: () => '2026-02-01T00:00:00.000Z' };
const { codeTable: table } = await handBuiltTable({ releases, versions });
const ports = { codeTable: table, clock };
const lookUp = (code: string, date: string, known?: string) =>
  lookUpCode(ports, {
    system: 'icd10cm',
    code,
    date: calendarDate(date),
    ...(known !== undefined && { known }),
  });

describe('shared/operations/look-up-code.ts', () => {
  test('a code is billable up to the day before it became a category', async () => {
    expect(await lookUp('m54.5', '2021-09-30')).toEqual({
      system: 'icd10cm',
      code: 'M54.5',
      date: '2021-09-30',
      status: 'billable',
      billable: true,
      title: { short: 'M545', long: 'Low back pain' },
      effective: { from: '2020-10-01', to: '2021-09-30' },
      release: 'icd10cm-2021',
      replacedBy: [],
      replaces: [],
      provisional: false,
      children: [],
      childrenTotal: 0,
      nearMisses: [],
    });
  });

  test('on the day of the split it is a header and names all three codes that stand in for it', async () => {
    const answer = await lookUp('M545', '2021-10-01');
    expect(answer.status).toBe('header');
    expect(answer.billable).toBe(false);
    expect(answer.effective).toEqual({ from: '2021-10-01', to: null });
    expect(answer.release).toBe('icd10cm-2022');
    expect(answer.replacedBy).toEqual([
      by('M54.50', '2021-10-01'),
      by('M54.51', '2021-10-01'),
      by('M54.59', '2021-10-01'),
    ]);
  });

  test('years later the chain is walked on: the ended link is gone, its own replacements are there', async () => {
    const answer = await lookUp('M54.5', '2025-10-01');
    expect(answer.replacedBy).toEqual([
      by('M54.50', '2021-10-01'),
      by('M54.51', '2021-10-01'),
      by('M54.61', '2025-10-01'),
      by('M54.60', '2025-10-01', 'inferred'),
    ]);
  });

  test('an ended code is told apart from one that never was, and keeps its last title', async () => {
    const ended = await lookUp('M54.59', '2025-12-31');
    expect([ended.status, ended.title?.long]).toEqual(['ended', 'Title of M5459']);
    expect(ended.effective).toEqual({ from: '2025-10-01', to: null });
    const unknown = await lookUp('Z99.99', '2025-12-31');
    expect([unknown.status, unknown.title, unknown.effective]).toEqual(['unknown', null, null]);
  });

  test('a code that begins later is future and says from when', async () => {
    const answer = await lookUp('M54.50', '2021-09-30');
    expect(answer).toMatchObject({ status: 'future', billable: false, replacedBy: [] });
    expect(answer.effective).toEqual({ from: '2021-10-01', to: '2025-09-30' });
  });

  test('a retitle starts new facts but keeps what the code took over from', async () => {
    const answer = await lookUp('M54.50', '2025-10-01');
    expect(answer.title?.long).toBe('Low back pain, NOS');
    expect(answer.effective).toEqual({ from: '2025-10-01', to: null });
    expect(answer.replaces).toEqual([by('M54.5', '2021-10-01')]);
  });

  test('before the oldest release nothing can be said, of known and unknown codes alike', async () => {
    expect((await lookUp('M54.5', '2020-09-30')).status).toBe('outside-horizon');
    expect((await lookUp('Z99.99', '2020-09-30')).status).toBe('outside-horizon');
    expect((await lookUp('M54.5', '2020-10-01')).status).toBe('billable');
    expect((await lookUp('Z99.99', '2020-10-01')).status).toBe('unknown');
  });

  test('before ICD-10 began nothing can be said, whatever a release claims', async () => {
    const early = record('2014-10-01', 1, '2026-01-01');
    const built = await handBuiltTable({
      releases: [early],
      versions: [['M545', '2014-10-01', 'billable']],
    });
    const at = (date: string) =>
      lookUpCode(
        { ...built, clock },
        { system: 'icd10cm', code: 'M545', date: calendarDate(date) },
      );
    expect((await at('2015-09-30')).status).toBe('outside-horizon');
    expect((await at('2015-10-01')).status).toBe('billable');
  });

  test('an answer is provisional from the day after the fiscal year of the newest release', async () => {
    expect((await lookUp('M54.2', '2026-09-30')).provisional).toBe(false);
    expect((await lookUp('M54.2', '2026-10-01')).provisional).toBe(true);
  });

  test('known answers as was believed then: before FY2022 was taken in, M54.5 was billable in 2022', async () => {
    const believed = await lookUp('M54.5', '2022-03-01', '2026-01-01T23:00:00.000Z');
    expect(believed).toMatchObject({
      status: 'billable',
      release: 'icd10cm-2021',
      provisional: true,
    });
    const later = await lookUp('M54.5', '2022-03-01', '2026-01-02T12:00:00.000Z');
    expect(later).toMatchObject({ status: 'header', release: 'icd10cm-2022', provisional: false });
  });

  test('before anything was taken in, nothing was known', async () => {
    const answer = await lookUp('M54.5', '2022-03-01', '2025-12-31T00:00:00.000Z');
    expect(answer.status).toBe('outside-horizon');
  });

  test('text that cannot be a code is unknown', async () => {
    expect(await lookUp('low back', '2022-03-01')).toMatchObject({
      code: 'LOW BACK',
      status: 'unknown',
    });
  });

  test('without a snapshot a header says that its children were not looked for', async () => {
    const answer = await lookUp('M54.5', '2021-10-01');
    expect([answer.children, answer.childrenTotal]).toEqual([null, null]);
  });

  test('without a date it answers for today', async () => {
    const answer = await lookUpCode(ports, { system: 'icd10cm', code: 'M54.2' });
    expect(answer.date).toBe('2026-02-01');
  });
});
