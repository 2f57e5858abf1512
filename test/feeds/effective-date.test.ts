// The dating rules, each on the real case it was made for, and what happens when the evidence disagrees.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarDate, fiscalYearOf } from '../../shared/core/calendar-date.ts';
import {
  type DatingEvidence,
  effectiveDate,
  fiscalYearNamed,
  midYearDate,
} from '../../shared/feeds/effective-date.ts';

const begins = calendarDate('2015-10-01');

function date(evidence: Partial<DatingEvidence>) {
  const where = 'https://example.test/file';
  const dating = effectiveDate({ where, members: [], addenda: [], ...evidence }, begins);
  return { effective: dating.effective, codes: dating.findings.map(({ code }) => code) };
}

const sure = (effective: string) => ({ effective, codes: [] });
const doubtful = (effective: string) => ({ effective, codes: ['effective-date-conflict'] });
const listed = calendarDate;

describe('shared/feeds/effective-date.ts', () => {
  it('dates a yearly file listed in June to the coming 1 October', () => {
    const members = ['icd10cm_order_2021.txt'];
    const addenda = [{ base: 2020, target: 2021 }];
    const evidence = { folder: '2021', members, addenda, listed: listed('2020-06-26') };
    expect(date(evidence)).toEqual(sure('2020-10-01'));
  });

  it('dates a file that names its month by that month', () => {
    const evidence = { folder: '2021', archive: 'icd10cm-codes-order-Jan-2021.zip' };
    const members = ['icd10cm-order-Jan-2021.txt'];
    const addenda = [{ base: 2020, target: 2021 }];
    expect(date({ ...evidence, members, addenda })).toEqual(sure('2021-01-01'));
  });

  it('tells the two releases of folder 2022 apart: the zip is October, the loose files are April', () => {
    const zip = {
      folder: '2022',
      archive: 'Code Descriptions zip.zip',
      members: ['icd10cm-order-2022.txt'],
      addenda: [{ base: 2021, target: 2022 }],
      listed: listed('2021-06-23'),
    };
    const loose = {
      folder: '2022',
      members: ['icd10cm_order_2022.txt'],
      addenda: [{ base: 2022, target: 2022 }],
      listed: listed('2021-12-16'),
    };
    expect(date(zip)).toEqual(sure('2021-10-01'));
    expect(date(loose)).toEqual(sure('2022-04-01'));
  });

  it('takes addenda relative to the same year for an update even when no date tells', () => {
    const archive = '2024-code-descriptions-tabular-order.zip';
    const addenda = [{ base: 2024, target: 2024 }];
    expect(date({ archive, addenda })).toEqual(sure('2024-04-01'));
  });

  it('takes an update inside FY2021 for January 2021, though its addenda are cumulative', () => {
    const archive = '2021-code-descriptions-tabular-order-updated-12162020.zip';
    const addenda = [{ base: 2020, target: 2021 }];
    expect(date({ archive, addenda })).toEqual(sure('2021-01-01'));
  });

  it('takes an erratum inside the fiscal year for the update it corrects', () => {
    const archive = 'errata-january-12-2022.zip';
    const members = ['icd10pcs_order_2022.txt', 'order_addenda_2022.txt'];
    expect(date({ archive, members, addenda: [{}] })).toEqual(sure('2022-04-01'));
  });

  it('counts 1 October and 30 September as inside the fiscal year, and nothing around them', () => {
    const of = (day: string) => date({ folder: '2024', listed: listed(day) }).effective;
    expect(of('2023-09-30')).toBe('2023-10-01');
    expect(of('2023-10-01')).toBe('2024-04-01');
    expect(of('2024-09-30')).toBe('2024-04-01');
    expect(of('2024-10-01')).toBe('2023-10-01');
  });

  it('lets a listing date past the fiscal year say nothing: old folders were uploaded again', () => {
    const evidence = { folder: '2017', members: ['icd10cm_order_2017.txt'] };
    expect(date({ ...evidence, listed: listed('2019-04-25') })).toEqual(sure('2016-10-01'));
  });

  it('knows no update before FY2021: a listing date inside those years is a re-upload', () => {
    expect(date({ folder: '2018', listed: listed('2018-02-01') })).toEqual(sure('2017-10-01'));
  });

  it('answers no date and no complaint for what lies before ICD-10-CM was in force', () => {
    const members = ['icd10cm_order_2015.txt'];
    expect(date({ folder: '2015', members })).toEqual({ effective: undefined, codes: [] });
  });

  it('answers no date and says so when nothing names a year', () => {
    const unknown = { effective: undefined, codes: ['effective-date-unknown'] };
    expect(date({ archive: 'Code Descriptions zip.zip' })).toEqual(unknown);
  });

  it('doubts a member of another year than its folder, and believes the member', () => {
    const evidence = { folder: '2026', members: ['icd10cm_order_2025.txt'] };
    expect(date(evidence)).toEqual(doubtful('2024-10-01'));
  });

  it('doubts addenda that lead to another year than the name', () => {
    const evidence = { folder: '2026', addenda: [{ base: 2024, target: 2025 }] };
    const { effective, codes } = date(evidence);
    expect(effective).toBe('2025-10-01');
    expect(codes).toContain('effective-date-conflict');
  });

  it('doubts two months named, and one on which nothing takes effect', () => {
    const members = ['icd10cm-order-January-2023.txt'];
    const two = date({ folder: 'April-1-2023-Update', members });
    expect(two).toEqual(doubtful('2023-01-01'));
    expect(date({ archive: 'icd10cm-codes-June-2025.zip' })).toEqual(doubtful('2025-06-01'));
  });

  it('doubts an October file whose addenda compare with October itself', () => {
    const archive = 'icd10cm-codes-October-2025.zip';
    const addenda = [{ base: 2026, target: 2026 }];
    expect(date({ archive, addenda })).toEqual(doubtful('2025-10-01'));
  });

  it('doubts a yearly file that appears inside its own year: an October file replaced, or an odd update', () => {
    const addenda = [{ base: 2025, target: 2026 }];
    const evidence = { folder: '2026', addenda, listed: listed('2025-12-10') };
    expect(date(evidence)).toEqual(doubtful('2025-10-01'));
  });

  it('doubts addenda that leap over a year', () => {
    const addenda = [{ base: 2023, target: 2025 }];
    expect(date({ folder: '2025', addenda })).toEqual(doubtful('2024-10-01'));
  });

  it('always answers a date inside the fiscal year named, however the file is listed', () => {
    const day = fc.date({
      min: new Date('2010-01-01'),
      max: new Date('2040-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(fc.integer({ min: 2016, max: 2039 }), day, (year, at) => {
        const dated = date({ folder: `${year}`, listed: listed(at.toISOString().slice(0, 10)) });
        expect(dated.effective && fiscalYearOf(dated.effective)).toBe(year);
      }),
    );
  });

  it('knows the mid-year date: January in FY2021, April since', () => {
    expect([2021, 2022, 2026].map(midYearDate)).toEqual(['2021-01-01', '2022-04-01', '2026-04-01']);
  });

  it('names the fiscal year of a name, of an erratum by the day it was made', () => {
    expect(fiscalYearNamed('2025-Update')).toBe(2025);
    expect(fiscalYearNamed('errata-january-12-2022.zip')).toBe(2022);
    expect(fiscalYearNamed('CM- Committee')).toBeUndefined();
  });
});
