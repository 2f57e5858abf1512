// The sample's files keep the officials' rules among themselves: layout, codes files, addenda, conversion tables.
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleMirrorFolder } from '../../infra/local/sample/sample.ts';
import { conversionLines } from './conversion-cells.ts';
import {
  publishedProcedures,
  publishedReleases,
  publishedTables,
  secondSources,
} from './published-releases.ts';
import { codeOf, rowsOf, textOf } from './published-text.ts';

const read = (path: string): Promise<string> => textOf(sampleMirrorFolder, path);

/** Rows by code, by effective date. */
const releases = new Map<string, Map<string, string>>();
const byCode = (rows: readonly string[]): Map<string, string> =>
  new Map(rows.map((row) => [codeOf(row), row]));
const rowsOn = (effective: string): Map<string, string> => {
  const rows = releases.get(effective);
  if (!rows) throw new Error(`no release of ${effective}`);
  return rows;
};
const flagOf = (effective: string, code: string): string | undefined =>
  rowsOn(effective).get(code)?.split(' ')[1];
const billable = (effective: string): string[] =>
  [...rowsOn(effective).values()].filter((row) => row.split(' ')[1] === '1');

beforeAll(async () => {
  for (const { effective, order } of publishedReleases) {
    releases.set(effective, byCode(rowsOf(await read(order))));
  }
});

/** The rows after taking `Delete` and `Revise from` lines out and putting `Add` and `Revise to` lines in. */
function apply(
  rows: ReadonlyMap<string, string>,
  addenda: string,
  flags: boolean,
): Map<string, string> {
  const after = new Map(rows);
  const lines = addenda.split('\r\n').filter((line) => /^(?:Add|Delete|Revise)/.test(line));
  const rowOf = (line: string): string => {
    const flag = flags ? line.slice(13, 15) : '';
    const rest = line.slice(13 + flag.length);
    const code = rest.slice(0, 7).trim();
    const shown = flags ? flag.trim() : code.length === 3 ? '0' : '1';
    return `${code} ${shown} ${rest.slice(8, 68).trimEnd()}|${rest.slice(69)}`;
  };
  const takes = lines.filter((line) => /^(?:Delete|Revise from)/.test(line)).map(rowOf);
  for (const row of takes) {
    expect(after.get(codeOf(row))).toBe(row);
    after.delete(codeOf(row));
  }
  for (const row of lines.filter((line) => /^(?:Add|Revise to)/.test(line)).map(rowOf)) {
    expect(after.has(codeOf(row))).toBe(false);
    after.set(codeOf(row), row);
  }
  return after;
}

const sorted = (rows: ReadonlyMap<string, string>): string[] => [...rows.values()].sort();

describe('infra/local/sample/mirror', () => {
  it.each(publishedReleases)(
    'has an order file for $effective in the official layout',
    async (release) => {
      const lines = (await read(release.order)).split('\r\n');
      expect(lines.pop()).toBe('');
      lines.forEach((line, at) => {
        expect(line).toMatch(/^\d{5} [A-Z][0-9A-Z]{2,6} +[01] .{60} \S.*\S$/);
        expect(line.slice(13, 14) + line.slice(15, 16) + line.slice(76, 77)).toBe('   ');
        expect(Number(line.slice(0, 5))).toBe(at + 1);
      });
      expect(lines.length).toBeGreaterThanOrEqual(300);
      expect(lines.length).toBeLessThanOrEqual(450);
      const codes = lines.map((line) => line.slice(6, 13).trim());
      const orphans = codes.filter((code) => !codes.includes(code.slice(0, 3)));
      expect(orphans).toEqual([]);
    },
  );

  it.each(publishedReleases)(
    'has the billable rows of $effective as its codes file',
    async (release) => {
      const expected = billable(release.effective).map(
        (row) => `${codeOf(row).padEnd(7)} ${row.slice(row.indexOf('|') + 1)}\r\n`,
      );
      expect(await read(release.codes)).toBe(expected.join(''));
    },
  );

  it.each(publishedReleases.filter(({ addenda }) => addenda))(
    'leads by addenda from the earlier release to $effective exactly',
    async ({ effective, addenda }) => {
      const text = await read(addenda?.order ?? '');
      const from = rowsOn(addenda?.from ?? '');
      expect(sorted(apply(from, text, true))).toEqual(sorted(rowsOn(effective)));
      const stated = [...text.matchAll(/^ *(\d+) (headers|codes) in /gm)].map(([, count]) =>
        Number(count),
      );
      const before = billable(addenda?.from ?? '').length;
      const after = billable(effective).length;
      expect(stated).toEqual([from.size - before, rowsOn(effective).size - after, before, after]);
    },
  );

  it('states in the statistics of April 2022 what happened: one split, two headers and three codes more', async () => {
    const addenda = publishedReleases.find(({ effective }) => effective === '2022-04-01')?.addenda;
    const text = await read(addenda?.order ?? '');
    expect(
      text
        .split('\r\n')
        .slice(0, 6)
        .map((line) => line.slice(0, 22).trimEnd()),
    ).toEqual([
      'Delete:      1 Z283',
      'Add:         0 Z283',
      'Add:         0 Z2831',
      'Add:         1 Z28310',
      'Add:         1 Z28311',
      'Add:         1 Z2839',
    ]);
    expect(text).toContain(
      'headers in icd10cm_order_2022.txt\r\n      2 additions\r\n      0 deletions\r\n',
    );
    expect(text).toContain(
      'codes in icd10cm_order_2022.txt\r\n      3 additions\r\n      1 deletions\r\n',
    );
    expect(await read(addenda?.codes ?? '')).toMatch(
      /^Delete: {6}Z283 {4}Underimmunization status\r\nAdd: {9}Z28310 {2}Unvaccinated for COVID-19\r\n/,
    );
  });

  it('has a conversion row for each new billable code of each step, and no other', async () => {
    const tables = new Map<string, string[]>();
    for (const { path, upTo } of publishedTables) {
      tables.set(upTo, await conversionLines(sampleMirrorFolder, path));
    }
    let steps = 0;
    for (const [at, { effective }] of publishedReleases.entries()) {
      const before = publishedReleases[at - 1]?.effective;
      if (!before) continue;
      const table = tables.get(effective) ?? tables.get('2021-01-01') ?? [];
      const days = table.map((line) => line.split(' ').slice(0, 2));
      const named = days.filter(([, day = '']) => day > before && day <= effective);
      const gained = billable(effective)
        .map(codeOf)
        .filter((code) => flagOf(before, code) !== '1');
      if (gained.length === 0) continue;
      steps += 1;
      expect(named.map(([code]) => code).sort(), effective).toEqual(gained.sort());
    }
    expect(steps).toBe(10);
  });

  it('stays within the share of rows that a release may change', () => {
    for (const [at, { effective }] of publishedReleases.entries()) {
      const before = publishedReleases[at - 1]?.effective;
      if (!before) continue;
      const lost = billable(before).filter((row) => flagOf(effective, codeOf(row)) !== '1').length;
      expect(lost / billable(before).length, effective).toBeLessThanOrEqual(0.08);
      expect(rowsOn(effective).size / rowsOn(before).size, effective).toBeLessThanOrEqual(1.15);
    }
  });

  it('changes nothing in the April re-issues of 2024 and 2025', () => {
    expect(sorted(rowsOn('2024-04-01'))).toEqual(sorted(rowsOn('2023-10-01')));
    expect(sorted(rowsOn('2025-04-01'))).toEqual(sorted(rowsOn('2024-10-01')));
  });

  it('has the same rows from CMS as from CDC', async () => {
    for (const [effective, path] of Object.entries(secondSources)) {
      expect(rowsOf(await read(path))).toEqual([...rowsOn(effective).values()]);
    }
  });

  it('leads by addenda from ICD-10-PCS April 2024 to FY2025, and lists three ended codes', async () => {
    const april = byCode(rowsOf(await read(publishedProcedures.april2024)));
    const october = byCode(rowsOf(await read(publishedProcedures.october2024)));
    const applied = apply(april, await read(publishedProcedures.october2024Addenda), false);
    expect(sorted(applied)).toEqual(sorted(october));
    const ended = [...april.keys()].filter((code) => !october.has(code));
    expect(ended).toEqual(['XW033K5', 'XW033U5', 'XXE5XM5']);
    expect(april.has('3E0L317')).toBe(true);
    expect(await read(publishedProcedures.april2024Addenda)).toMatch(/^Add: {9}3E0L317 /);
  });
});
