// The Medicare Code Editor's lists as CSV: every row is kept or rejected, and every rejection says where and why.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMceList } from '../../shared/formats/mce-list.ts';

const header = 'table,code,from,to,flags';
const read = (...rows: readonly string[]) =>
  readMceList(new TextEncoder().encode(`${rows.join('\n')}\n`), {
    where: 'mce.csv',
    version: '43.1',
  });
const readBelow = (...rows: readonly string[]) => read(header, ...rows);
const sound = 'dx,A18.14,2015-10-01,2024-09-30,MALE|ADULT';

describe('shared/formats/mce-list.ts', () => {
  it('reads rows of codes and of age groups', () => {
    const { list, counts, findings } = readBelow(
      sound,
      'dx,A1814,2024-10-01,2026-09-30,ADULT',
      'pcs,00F3XZZ,2015-10-01,2026-09-30,NCOV_A',
      'age,MATERNITY,2019-10-01,2026-09-30,9-64',
    );
    expect(findings).toEqual([]);
    expect(counts).toEqual({ read: 4, rows: 3, ages: 1, rejected: 0 });
    expect(list).toEqual({
      version: '43.1',
      rows: [
        {
          system: 'icd10cm',
          code: 'A1814',
          from: '2015-10-01',
          to: '2024-09-30',
          flags: ['MALE', 'ADULT'],
        },
        {
          system: 'icd10cm',
          code: 'A1814',
          from: '2024-10-01',
          to: '2026-09-30',
          flags: ['ADULT'],
        },
        {
          system: 'icd10pcs',
          code: '00F3XZZ',
          from: '2015-10-01',
          to: '2026-09-30',
          flags: ['NCOV_A'],
        },
      ],
      ages: [{ group: 'MATERNITY', from: '2019-10-01', to: '2026-09-30', ageMin: 9, ageMax: 64 }],
    });
  });

  it.each([
    ['dx,A1814,2015-10-01,2024-09-31,MALE', 'edit-dates'],
    ['dx,A1814,10/1/2015,2024-09-30,MALE', 'edit-dates'],
    ['dx,A1814,2024-10-01,2024-09-30,MALE', 'edit-dates'],
    ['hcpcs,A1814,2015-10-01,2024-09-30,MALE', 'edit-table'],
    ['constructor,A1814,2015-10-01,2024-09-30,MALE', 'edit-table'],
    ['dx,A18145678,2015-10-01,2024-09-30,MALE', 'edit-code'],
    ['dx,18.14,2015-10-01,2024-09-30,MALE', 'edit-code'],
    ['pcs,00F3OZZ,2015-10-01,2024-09-30,NCOV_A', 'edit-code'],
    ['dx,A1814,2015-10-01,2024-09-30,', 'edit-flags'],
    ['dx,A1814,2015-10-01,2024-09-30,MALE|', 'edit-flags'],
    ['dx,A1814,2015-10-01,2024-09-30,male or female', 'edit-flags'],
    ['dx,A1814,2015-10-01,2024-09-30', 'edit-columns'],
    ['dx,A1814,2015-10-01,2024-09-30,MALE,ADULT', 'edit-columns'],
    ['age,MATERNITY,2019-10-01,2026-09-30,64-9', 'edit-ages'],
    ['age,MATERNITY,2019-10-01,2026-09-30,9', 'edit-ages'],
    ['age,ADULT,2019-10-01,2026-09-30,15-1240', 'edit-ages'],
    ['age,from 12,2019-10-01,2026-09-30,12-55', 'edit-age-group'],
  ])('rejects %s, says where, and keeps the other rows', (row, code) => {
    const { list, counts, findings } = readBelow(sound, row);
    expect(counts).toEqual({ read: 2, rows: 1, ages: 0, rejected: 1 });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ code, severity: 'error', where: 'mce.csv line 3' });
    expect(list?.rows).toHaveLength(1);
  });

  it('rejects the second of two rows that hold on the same day', () => {
    const { counts, findings } = readBelow(
      sound,
      'dx,A1814,2024-09-30,2026-09-30,ADULT',
      'age,ADULT,1984-03-01,2026-09-30,15-124',
      'age,ADULT,2000-01-01,2000-12-31,18-124',
      'pcs,00F3XZZ,2015-10-01,2026-09-30,NCOV_A',
      // Another code of the same days is none of it.
      'dx,A1815,2015-10-01,2024-09-30,MALE',
    );
    expect(counts).toEqual({ read: 6, rows: 3, ages: 1, rejected: 2 });
    expect(findings.map(({ code, where }) => `${code} ${where}`)).toEqual([
      ...['edit-overlap mce.csv line 3', 'edit-overlap mce.csv line 5'],
    ]);
    expect(findings[0]?.message).toContain('2015-10-01 to 2024-09-30');
  });

  it.each([
    ['a web page', '<html><body>404</body></html>', 'html-instead-of-file'],
    ['nothing', ' ', 'empty-file'],
    ['another table', 'code,flags\nA1814,MALE', 'edit-header'],
    ['only a header', header, 'edit-empty'],
    ['quotes that never close', `${header}\ndx,"A1814,2015-10-01`, 'sheet-unreadable'],
  ])('has no list where there is %s', (_, text, code) => {
    const { list, findings } = read(text);
    expect(list).toBeUndefined();
    expect(findings.map((one) => one.code)).toContain(code);
  });

  it('I6 keeps or rejects every row, whatever is in it', () => {
    const cell = fc.oneof(
      fc.constantFrom(
        'dx',
        'pcs',
        'age',
        'A00',
        'A1814',
        '2015-10-01',
        '2026-09-30',
        'MALE',
        '9-64',
      ),
      fc.string({ unit: fc.constantFrom(...'aA1-|; .') }),
    );
    const row = fc.array(cell, { minLength: 2, maxLength: 6 }).map((cells) => cells.join(','));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (rows) => {
        const { list, counts, findings } = readBelow(...rows);
        expect(counts.read).toBe(rows.length);
        expect(counts.rows + counts.ages + counts.rejected).toBe(counts.read);
        expect(list?.rows.length ?? 0).toBe(counts.rows);
        expect(findings.some(({ severity }) => severity === 'error')).toBe(
          counts.rejected > 0 || counts.rows === 0,
        );
      }),
    );
  });
});
