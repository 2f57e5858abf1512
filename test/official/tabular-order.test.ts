// The order that ranges go by, held against the order of the rows of every official order file and of CDC's tabular XML.
import { beforeAll, describe, expect, it } from 'vitest';
import { covers, isReversed } from '../../shared/core/code-range.ts';
import { compareCodes, placeOfCategory } from '../../shared/core/tabular-order.ts';
import { officialBytes } from '../formats/official-member.ts';
import { haveOfficialFiles } from '../support/official-files.ts';
import { officialReleases, officialRows } from '../support/official-order-files.ts';

const codesOf = (effective: string): string[] => {
  const release = officialReleases.find((one) => one.effective === effective);
  if (!release) throw new Error(`no order file of ${effective}`);
  return [...officialRows(release).keys()];
};

/** Neighbours of the list that the order has the other way round. */
const misplaced = (codes: readonly string[]): string[] =>
  codes.flatMap((code, at) => {
    const before = codes[at - 1];
    return before !== undefined && compareCodes(before, code) >= 0 ? [`${before} ${code}`] : [];
  });

/** In FY2021 the new V02.03 and V06.13 stood before V02.02 and V06.12; from FY2022 on behind them. */
const setRight: Readonly<Record<string, readonly string[]>> = {
  '2020-10-01': ['V02038S V0202', 'V06138S V0612'],
  '2021-01-01': ['V02038S V0202', 'V06138S V0612'],
};

describe.skipIf(!haveOfficialFiles)('shared/core/tabular-order.ts on official files', () => {
  it.each(officialReleases)('is the order of the rows of $id, every one of them', (release) => {
    const codes = codesOf(release.effective);
    expect(codes).toHaveLength(release.rows);
    expect(misplaced(codes)).toEqual(setRight[release.effective] ?? []);
  });

  it.each([
    ['2015-10-01', '2016/ICD10CM_FY2016_ Full_ XML.ZIP', /^Tabular\.xml$/],
    ['2016-10-01', '2017/ICD10CM_FY2017_Full_XML.zip', /^icd10cm_tabular_2017\.xml$/],
  ])('the rows of the order file of %s stand as the tabular XML has them', async (...release) => {
    const [effective, path, member] = release;
    const xml = new TextDecoder().decode(await officialBytes({ host: 'cdc', path, member }));
    const names = [...xml.matchAll(/<diag[^>]*>\s*<name>([^<]+)<\/name>/g)];
    const inXml = names.map(([, name = '']) => name.replace('.', ''));
    // The XML spells out no seventh characters.
    expect(codesOf(effective).filter((code) => code.length < 7)).toEqual(inXml);
  });
});

describe.skipIf(!haveOfficialFiles)('shared/core/code-range.ts on the newest release', () => {
  let codes: string[];
  let categories: string[];
  beforeAll(() => {
    codes = codesOf(officialReleases.at(-1)?.effective ?? '');
    categories = codes.filter((code) => code.length === 3);
  });

  it('a range between any two categories holds each of them as they stand in the list', () => {
    const [first = '', last = ''] = [categories[0], categories.at(-1)];
    const wrong: string[] = [];
    categories.forEach((a, i) => {
      categories.forEach((b, j) => {
        const isBefore = i <= j;
        const agrees =
          covers({ from: a, to: last }, b) === isBefore &&
          covers({ from: first, to: b }, a) === isBefore &&
          isReversed({ from: a, to: b }) !== isBefore &&
          placeOfCategory(a) <= placeOfCategory(b) === isBefore;
        if (!agrees) wrong.push(`${a} ${b}`);
      });
    });
    expect(categories.length).toBeGreaterThan(1900);
    expect(wrong).toEqual([]);
  });

  it.each([
    ['M05', 'M14'],
    ['C43', 'C44'],
    ['J40', 'J4A'],
    ['D37', 'D48'],
    ['M080', 'M109'],
    ['D460', 'D464'],
    ['S060X0', 'S060X9'],
    ['Y9301', 'Y939'],
    ['Z98', 'U09'],
  ])('from %s to %s it holds the rows from the one to the last below the other', (from, to) => {
    const end = codes.findLastIndex((code) => code.startsWith(to)) + 1;
    const rows = codes.slice(codes.indexOf(from), end);
    expect(codes.filter((code) => covers({ from, to }, code))).toEqual(rows);
  });
});
