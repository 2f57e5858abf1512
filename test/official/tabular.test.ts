// CDC's tabular lists and CMS's edit lists as published: held against the order file of the same year, and against what
// was looked up in them by hand.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { covers } from '../../shared/core/code-range.ts';
import { readMceList } from '../../shared/formats/mce-list.ts';
import { readTabularXml, type TabularXml } from '../../shared/formats/tabular-xml.ts';
import { officialBytes } from '../formats/official-member.ts';
import { haveOfficialFiles, officialFiles } from '../support/official-files.ts';
import { officialReleases, officialRows } from '../support/official-order-files.ts';

/** The two years whose XML is to be had; counts by grep on the files (`grep -c '<diag'`, notes under each kind of element). */
const years = [
  {
    ...{ year: 2016, path: '2016/ICD10CM_FY2016_ Full_ XML.ZIP', member: /^Tabular\.xml$/ },
    ...{ effective: '2015-10-01', codes: 43_028, seven: 48_709, accents: 92 },
    notes: {
      ...{ includes: 945, inclusionTerm: 10_511, excludes1: 5428, excludes2: 2015, codeFirst: 616 },
      ...{ useAdditionalCode: 1258, codeAlso: 203, sevenChrNote: 467, notes: 173 },
    },
  },
  {
    ...{
      year: 2017,
      path: '2017/ICD10CM_FY2017_Full_XML.zip',
      member: /^icd10cm_tabular_2017\.xml$/,
    },
    ...{ effective: '2016-10-01', codes: 43_910, seven: 49_920, accents: 92 },
    notes: {
      ...{ includes: 948, inclusionTerm: 11_001, excludes1: 5426, excludes2: 2138, codeFirst: 628 },
      ...{ useAdditionalCode: 1279, codeAlso: 213, sevenChrNote: 505, notes: 174 },
    },
  },
] as const;

/** Names and titles by a reader that shares nothing with the product's. */
function codesIn(xml: string): Map<string, string> {
  const codes = /<diag[^>]*>\s*<name>([^<]+)<\/name>\s*<desc>([^<]*)<\/desc>/g;
  return new Map([...xml.matchAll(codes)].map(([, name = '', title = '']) => [name, title]));
}

const withoutAccents = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '');
const withoutDoubleBlanks = (text: string): string => text.replace(/\s+/g, ' ').trim();

describe.skipIf(!haveOfficialFiles).each(years)(
  'shared/formats/tabular-xml.ts, FY$year',
  (official) => {
    let bytes: Uint8Array;
    let read: TabularXml;
    let rows: ReturnType<typeof officialRows>;
    const nodes = () => read.list?.nodes ?? [];
    const nodeOf = (code: string) =>
      nodes().find(({ at, level }) => level === 'diag' && at.from === code);
    const targetsOf = (code: string, kind: string) =>
      nodeOf(code)
        ?.notes.filter((note) => note.kind === kind)
        .flatMap(({ targets }) =>
          targets.map(({ from, to }) => (from === to ? from : `${from}-${to}`)),
        );

    beforeAll(async () => {
      bytes = await officialBytes({ host: 'cdc', path: official.path, member: official.member });
      read = readTabularXml(bytes, { where: official.path });
      const release = officialReleases.find(({ effective }) => effective === official.effective);
      if (!release) throw new Error(`no order file of ${official.effective}`);
      rows = officialRows(release);
    });

    it('is read whole: every code, every note by its kind, with the date the version names', () => {
      expect(read.list?.effective).toBe(official.effective);
      expect(read.counts.codes).toBe(official.codes);
      expect(read.counts.notesByKind).toEqual(official.notes);
      expect(read.findings.every(({ severity }) => severity === 'info')).toBe(true);
    });

    it('lists exactly the codes of the order file but for seventh characters, under the same titles', () => {
      const codes = codesIn(new TextDecoder().decode(bytes));
      expect(codes.size).toBe(official.codes);
      const inOrderFile = [...rows.keys()].filter((code) => code.length < 7).sort();
      expect([...codes.keys()].map((name) => name.replace('.', '')).sort()).toEqual(inOrderFile);
      const different = [...codes].filter(([name, title]) => {
        const { long = '' } = rows.get(name.replace('.', '')) ?? {};
        return withoutDoubleBlanks(long) !== withoutDoubleBlanks(title);
      });
      // The order file is ASCII: Sezary for Sézary. Nothing else differs, but for double blanks.
      expect(different).toHaveLength(official.accents);
      const really = different.filter(([name, title]) => {
        const { long } = rows.get(name.replace('.', '')) ?? {};
        return long !== withoutAccents(title);
      });
      expect(really).toEqual([]);
    });

    it('spells every code of seven characters of the order file by its seventh characters, and no other', () => {
      const bySeventh = new Map<string, string>();
      for (const { at, seventh } of nodes()) {
        if (seventh.length > 0) bySeventh.set(at.from, seventh.map(({ char }) => char).join(''));
      }
      const seventhOf = (code: string): string => {
        for (let length = code.length; length >= 3; length -= 1) {
          const found = bySeventh.get(code.slice(0, length));
          if (found !== undefined) return found;
        }
        return '';
      };
      const seven = [...rows.keys()].filter((code) => code.length === 7);
      expect(seven).toHaveLength(official.seven);
      const stems = Map.groupBy(seven, (code) => code.slice(0, 6));
      const wrong = [...stems].filter(([stem, codes]) => {
        const used = codes
          .map((code) => code.slice(6))
          .sort()
          .join('');
        return used !== [...seventhOf(stem)].sort().join('');
      });
      expect(wrong).toEqual([]);
    });

    it('reads the codes that notes name, but for eight places that nobody can read for certain', () => {
      // At G02 (B27.- has no fourth character 2), G63 (`B27.0-B27.9 with 1`), J00 (`e.g.`), K77 (`B27.0-B27.9 with .9`),
      // L98.4 (I83.0-I82.2), R44 (`F11-F19 with .5`), S51 (`open fracture 7th character`), W62 (T63.81-R63.83).
      expect(read.counts.unreadable).toBe(8);
      expect(nodeOf('L984')?.notes.find(({ text }) => text.includes('I82.2'))?.targets).toEqual([]);
    });

    it('names codes of the list, but for a few slips of CDC', () => {
      const names = codesIn(new TextDecoder().decode(bytes)).keys();
      const known = new Set([...names].map((name) => name.replace('.', '')));
      const ends = nodes()
        .flatMap(({ notes }) => notes.flatMap(({ targets }) => targets))
        .flatMap(({ from, to }) => [from, to]);
      expect(ends.length).toBeGreaterThan(90_000);
      const isKnown = (code: string): boolean =>
        known.has(code.length < 7 ? code : code.slice(0, 6).replace(/X+$/, ''));
      const unknown = new Set(ends.filter((code) => !isKnown(code)));
      // None of these was ever a code; others, like T84.04- in FY2017, are codes of before.
      expect([...unknown]).toEqual(
        expect.arrayContaining(['M2389', 'M4359', 'O863', 'V94X', 'X09']),
      );
      expect(unknown.size).toBeLessThan(20);
    });

    it('I6 gives the same bytes the same list again', () => {
      expect(readTabularXml(bytes, { where: official.path })).toEqual(read);
    });

    it('names what was looked up by hand', () => {
      expect(nodeOf('M545')?.title).toBe('Low back pain');
      expect(targetsOf('M545', 'excludes1')).toEqual(['S39012', 'M512', 'M544']);
      expect(targetsOf('H42', 'codeFirst')).toEqual(['E85', 'Q131', 'E7203', 'Q1381', 'E70-E88']);
      // An Excludes1 note before FY2017.
      const kind = official.year === 2016 ? 'excludes1' : 'excludes2';
      const diabetes = ['E0839', 'E0939', 'E1039', 'E1139', 'E1339'];
      expect(targetsOf('H42', kind)).toEqual(expect.arrayContaining(diabetes));
      // `diabetes mellitus (E08-E13 with .61-)`: there is no E12.
      expect(targetsOf('M14', 'excludes1')).toEqual(
        expect.arrayContaining(['E0861', 'E0961', 'E1061', 'E1161', 'E1361']),
      );
      const forearm = nodeOf('S52')?.seventh ?? [];
      expect(forearm.map(({ char }) => char).join('')).toBe('ABCDEFGHJKMNPQRS');
      expect(forearm[1]?.meaning).toBe('initial encounter for open fracture type I or II');
    });

    it('narrows poisoning and adverse effect to the codes of that intent', () => {
      const drug = nodeOf('K5903')?.notes ?? nodeOf('G240')?.notes ?? [];
      const adverse = drug.flatMap(({ targets, text }) =>
        /with fifth or sixth/.test(text) ? targets : [],
      );
      // T40.2X5 is an adverse effect of opioids; T40.2X1 the poisoning by them.
      expect(adverse.some((range) => covers(range, 'T402X5A'))).toBe(true);
      expect(adverse.some((range) => covers(range, 'T402X1A'))).toBe(false);
      expect(adverse.some((range) => covers(range, 'T3695XA'))).toBe(true);
    });
  },
);

describe.skipIf(!haveOfficialFiles)('shared/formats/mce-list.ts on version 43.1', () => {
  const path = resolve(officialFiles, 'mce/mce-43.1-flags.csv');

  it('keeps all 27,135 rows: 22,453 of diagnoses, 4,677 of procedures, 5 of age groups', () => {
    const { list, counts, findings } = readMceList(readFileSync(path), {
      where: path,
      version: '43.1',
    });
    expect(findings).toEqual([]);
    expect(counts).toEqual({ read: 27_135, rows: 27_130, ages: 5, rejected: 0 });
    const systems = Map.groupBy(list?.rows ?? [], ({ system }) => system);
    expect(systems.get('icd10cm')).toHaveLength(22_453);
    expect(systems.get('icd10pcs')).toHaveLength(4677);
    const flags = (list?.rows ?? []).flatMap((row) => row.flags);
    const count = (flag: string) => flags.filter((one) => one === flag).length;
    // `cut -d, -f5 | tr '|' '\n' | sort | uniq -c`
    expect(count('ECODEPDX')).toBe(7751);
    expect(count('UNACCEPTABLE')).toBe(3074);
    expect(count('MANIF')).toBe(463);
    expect(count('FEMALE')).toBe(5935);
    expect(list?.ages).toContainEqual({
      ...{ group: 'MATERNITY', from: '2019-10-01', to: '2026-09-30', ageMin: 9, ageMax: 64 },
    });
  });
});
