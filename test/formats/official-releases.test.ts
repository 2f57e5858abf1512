// Order files, codes files and addenda of every official release, against the officials' own counts and each other.
import { describe, expect, it } from 'vitest';
import { type Addenda, applyAddenda, undoAddenda } from '../../shared/core/addenda.ts';
import type { CodeSystemId } from '../../shared/core/code-system.ts';
import type { Row } from '../../shared/core/release.ts';
import { parseAddenda } from '../../shared/formats/addenda.ts';
import { parseCodesFile } from '../../shared/formats/codes-file.ts';
import { parseOrderFile } from '../../shared/formats/order-file.ts';
import { haveOfficialFiles } from '../support/official-files.ts';
import { type OfficialFile, officialBytes } from './official-member.ts';
import { cmReleases, type OfficialRelease, pcsReleases } from './official-releases.ts';

const all: [CodeSystemId, OfficialRelease][] = [
  ...cmReleases.map((release): [CodeSystemId, OfficialRelease] => ['icd10cm', release]),
  ...pcsReleases.map((release): [CodeSystemId, OfficialRelease] => ['icd10pcs', release]),
];
const named = all.map(
  ([system, release]) => [`${system} ${release.name}`, system, release] as const,
);

async function rowsOf(system: CodeSystemId, release: OfficialRelease): Promise<Row[]> {
  return parseOrderFile(await officialBytes(release.order), { system, where: release.name }).rows;
}

async function addendaOf(system: CodeSystemId, file: OfficialFile): Promise<Addenda> {
  return parseAddenda(await officialBytes(file), { system, where: file.path }).addenda;
}

const textOf = ({ code, billable, short, long }: Omit<Row, 'order'>): string =>
  [code, billable, short, long].join('|');

/** Where two lists of the same length differ: comparing a hundred thousand objects deeply takes seconds. */
const differences = (a: readonly string[], b: readonly string[]): string[] => {
  if (a.length !== b.length) throw new Error(`${a.length} against ${b.length}`);
  return a.filter((text, i) => text !== b[i]);
};

describe.skipIf(!haveOfficialFiles)('shared/formats/order-file.ts on official files', () => {
  it.each(named)(
    '%s has the official counts and nothing to complain of',
    async (_, system, release) => {
      const file = parseOrderFile(await officialBytes(release.order), {
        system,
        where: release.name,
      });
      expect(file.rows).toHaveLength(release.rows);
      expect(file.rows.filter((row) => row.billable)).toHaveLength(release.billable);
      expect(file.rejected).toBe(0);
      const blankTitle = system === 'icd10pcs' && ['FY2017', 'FY2018'].includes(release.name);
      expect(file.findings.map(({ code }) => code)).toEqual(blankTitle ? ['trailing-blank'] : []);
    },
  );

  it('the errata of January 2022 add two ICD-10-PCS codes to the update before them', async () => {
    const path = 'files/zip/errata-january-12-2022.zip';
    const bytes = await officialBytes({ host: 'cms', path, member: /^icd10pcs_order_2022\.txt$/ });
    const { rows, findings } = parseOrderFile(bytes, { system: 'icd10pcs', where: path });
    expect(findings).toEqual([]);
    expect(rows.filter((row) => row.billable)).toHaveLength(78_227 + 2);
    expect(rows).toHaveLength(895 + 78_227 + 2);
  });
});

describe.skipIf(!haveOfficialFiles)('shared/formats/codes-file.ts on official files', () => {
  it.each(named.filter(([, , release]) => release.codes))(
    '%s: the codes file is the billable rows of the order file',
    async (_, system, release) => {
      if (!release.codes) throw new Error('no codes file');
      const { codes, rejected, findings } = parseCodesFile(await officialBytes(release.codes), {
        system,
        where: 'codes',
      });
      const billable = (await rowsOf(system, release)).filter((row) => row.billable);
      const wanted = billable.map(({ code, long }) => `${code} ${long}`);
      expect(
        differences(
          codes.map(({ code, long }) => `${code} ${long}`),
          wanted,
        ),
      ).toEqual([]);
      expect({ rejected, findings }).toEqual({ rejected: 0, findings: [] });
    },
  );
});

describe.skipIf(!haveOfficialFiles)('shared/formats/addenda.ts on official files', () => {
  it.each(named.filter(([, , release]) => release.addenda))(
    '%s: the addenda lead to the counts of the order file and agree with themselves',
    async (_, system, release) => {
      for (const file of [release.addenda, release.codesAddenda]) {
        if (!file) continue;
        const { addenda, findings } = parseAddenda(await officialBytes(file), {
          system,
          where: file.path,
        });
        expect(findings).toEqual([]);
        expect(addenda.target?.codes).toBe(release.billable);
        expect(addenda.target?.headers ?? release.rows - release.billable).toBe(
          release.rows - release.billable,
        );
      }
    },
  );

  it.each<[string, OfficialFile, CodeSystemId]>([
    [
      'errata order addenda',
      { host: 'cms', path: 'files/zip/errata-january-12-2022.zip', member: /^order_addenda/ },
      'icd10pcs',
    ],
    [
      'errata codes addenda',
      { host: 'cms', path: 'files/zip/errata-january-12-2022.zip', member: /^codes_addenda/ },
      'icd10pcs',
    ],
  ])('reads the %s, which name no release', async (_, file, system) => {
    const { addenda, findings } = parseAddenda(await officialBytes(file), {
      system,
      where: file.path,
    });
    expect(findings).toEqual([]);
    expect(addenda.entries.map(({ code }) => code)).toEqual(['XW023X7', 'XW023Y7']);
    expect(addenda).toMatchObject({ base: null, target: null });
  });

  it('reads the addenda of FY2016, which change nothing', async () => {
    const path = 'medicare/coding/icd10/downloads/2016-code-descriptions-in-tabular-order.zip';
    const bytes = await officialBytes({ host: 'cms', path, member: /^icd10cm_addenda_2016\.txt$/ });
    expect(parseAddenda(bytes, { system: 'icd10cm', where: path })).toEqual({
      addenda: {
        entries: [],
        base: { year: 2015, headers: null, codes: 69_823 },
        target: { year: 2016, headers: null, codes: 69_823 },
      },
      findings: [],
    });
  });
});

/** Pairs of a release with the one its addenda lead from, where both are published. */
function steps(): [string, CodeSystemId, OfficialRelease, OfficialRelease][] {
  const pairs: [string, CodeSystemId, OfficialRelease, OfficialRelease][] = [];
  for (const [system, list] of [
    ['icd10cm', cmReleases],
    ['icd10pcs', pcsReleases],
  ] as const) {
    for (const [i, release] of list.entries()) {
      const base = list[system === 'icd10cm' && release.name === 'January 2021' ? i - 2 : i - 1];
      // CMS replaced its October files of FY2022 to FY2024 by the updates; the addenda start from the replaced ones.
      const replaced = system === 'icd10pcs' && release.name.startsWith('April');
      if (base && release.addenda && !replaced)
        pairs.push([`${system} ${release.name}`, system, base, release]);
    }
  }
  return pairs;
}

describe.skipIf(!haveOfficialFiles)('shared/core/addenda.ts on official files', () => {
  it.each(steps())(
    'I4 %s: the release before and the addenda make the release, and back, in tabular order',
    async (_, system, base, release) => {
      if (!release.addenda) throw new Error('no addenda');
      const [before, after] = [await rowsOf(system, base), await rowsOf(system, release)];
      const addenda = await addendaOf(system, release.addenda);

      const applied = applyAddenda(system, before, addenda);
      const given = after.map(({ code }) => {
        const facts = applied.facts.get(code);
        return facts ? textOf({ code, ...facts }) : `${code} is missing`;
      });
      expect(applied.misfits).toEqual([]);
      expect(applied.facts.size).toBe(after.length);
      expect(differences(given, after.map(textOf))).toHaveLength(release.omitted ?? 0);

      const { rows, misfits } = undoAddenda(system, after, addenda);
      expect(misfits).toEqual([]);
      expect(rows.map(({ order }) => order)).toEqual(before.map(({ order }) => order));
      const codes = (list: readonly Row[]): string[] => list.map(({ code }) => code);
      expect(differences(codes(rows), codes(before))).toHaveLength(release.moved ?? 0);
      const sorted = (list: readonly Row[]): string[] => list.map(textOf).sort();
      expect(differences(sorted(rows), sorted(before))).toHaveLength(release.omitted ?? 0);
    },
  );

  it.each([
    ['April 2022', 78_220],
    ['April 2023', 78_496],
    ['April 2024', 78_603],
  ])(
    'gives back the ICD-10-PCS release that %s updated, with its %i codes',
    async (name, codes) => {
      const release = pcsReleases.find((candidate) => candidate.name === name);
      if (!release?.addenda) throw new Error('no such release');
      const addenda = await addendaOf('icd10pcs', release.addenda);
      const { rows, misfits } = undoAddenda('icd10pcs', await rowsOf('icd10pcs', release), addenda);
      expect(misfits).toEqual([]);
      expect(rows.filter((row) => row.billable)).toHaveLength(codes);
      expect(rows.map((row) => row.order)).toEqual(rows.map((_, i) => i + 1));
    },
  );
});
