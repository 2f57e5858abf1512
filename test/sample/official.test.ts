// The sample is factual: each of its releases is the official one restricted to the sample's codes, under the officials'
// own folders, names and dates.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleMirrorFolder } from '../../infra/local/sample/sample.ts';
import { haveOfficialFiles, mirrorFolder } from '../support/official-files.ts';
import { conversionLines } from './conversion-cells.ts';
import { publishedProcedures, publishedReleases, publishedTables } from './published-releases.ts';
import { cdcPath, cmsHost, codeOf, listed, membersOf, rowsOf, textOf } from './published-text.ts';

const sampleRows = async (path: string): Promise<string[]> =>
  rowsOf(await textOf(sampleMirrorFolder, path));

/** Every code that any sample release of the paths lists. */
async function codesIn(paths: readonly string[]): Promise<Set<string>> {
  const codes = new Set<string>();
  for (const path of paths) for (const row of await sampleRows(path)) codes.add(codeOf(row));
  return codes;
}

const officialRows = async (path: string, codes: ReadonlySet<string>): Promise<string[]> =>
  rowsOf(await textOf(mirrorFolder, path)).filter((row) => codes.has(codeOf(row)));

const sampleZips = (): string[] =>
  readdirSync(sampleMirrorFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.zip'))
    .map((entry) => relative(sampleMirrorFolder, join(entry.parentPath, entry.name)))
    // Exports of policies are compared in policies.test.ts.
    .filter((path) => !path.startsWith('downloads.cms.gov'));

describe.skipIf(!haveOfficialFiles)('infra/local/sample/mirror', () => {
  it.each(publishedReleases)(
    'has for $effective the official rows of its codes: flag, titles, order',
    async ({ order }) => {
      const codes = await codesIn(publishedReleases.map((release) => release.order));
      expect(codes.size).toBe(457);
      expect(await sampleRows(order)).toEqual(await officialRows(order, codes));
    },
  );

  it.each(publishedTables)(
    'has the official conversion rows of its codes in $path',
    async ({ path }) => {
      const codes = await codesIn(publishedReleases.map((release) => release.order));
      const official = await conversionLines(mirrorFolder, path);
      const expected = official.filter((line) => codes.has(codeOf(line)));
      expect(expected.length).toBeGreaterThan(10);
      expect(await conversionLines(sampleMirrorFolder, path)).toEqual(expected);
    },
  );

  it('has the official ICD-10-PCS rows of its codes', async () => {
    const { april2024, october2024 } = publishedProcedures;
    const codes = await codesIn([april2024, october2024]);
    expect(codes.size).toBe(91);
    for (const path of [april2024, october2024]) {
      expect(await sampleRows(path)).toEqual(await officialRows(path, codes));
    }
  });

  it('has the official ICD-10-PCS addenda of April 2024 of its codes', async () => {
    const changes = async (mirror: string): Promise<string[]> => {
      const text = await textOf(mirror, publishedProcedures.april2024Addenda);
      return text.split('\r\n').filter((line) => /^(?:Add|Delete|Revise)/.test(line));
    };
    const own = await changes(sampleMirrorFolder);
    const codes = new Set(own.map((line) => line.slice(13, 20)));
    const official = await changes(mirrorFolder);
    expect(own).toEqual(official.filter((line) => codes.has(line.slice(13, 20))));
    expect(own).toHaveLength(9);
  });

  it('lists folders and files under the official names and dates', () => {
    const pages = readdirSync(join(sampleMirrorFolder, cdcPath), {
      recursive: true,
      encoding: 'utf8',
    }).filter((name) => name.endsWith('index.html'));
    expect(pages).toHaveLength(12);
    for (const page of pages) {
      const own = listed(readFileSync(join(sampleMirrorFolder, cdcPath, page), 'latin1'));
      const official = listed(readFileSync(join(mirrorFolder, cdcPath, page), 'latin1'));
      expect(own.size).toBeGreaterThan(0);
      for (const [name, date] of own) {
        // The loose texts of one release stand at one time here, minutes apart there.
        expect(date.split(' ')[0], `${dirname(page)}/${name}`).toBe(
          official.get(name)?.split(' ')[0],
        );
      }
    }
  });

  it('links from the CMS page what the officials link', () => {
    const page = `${cmsHost}/medicare/coding-billing/icd-10-codes/index.html`;
    const links = (mirror: string): string[] =>
      readFileSync(join(mirror, page), 'utf8').match(/<li>.*<\/li>/g) ?? [];
    const official = links(mirrorFolder);
    expect(links(sampleMirrorFolder)).toHaveLength(4);
    expect(links(sampleMirrorFolder)).toEqual(
      official.filter((link) => links(sampleMirrorFolder).includes(link)),
    );
  });

  it('packs members under the official names', async () => {
    expect(sampleZips()).toHaveLength(13);
    for (const zip of sampleZips()) {
      expect(existsSync(join(mirrorFolder, zip)), zip).toBe(true);
      const own = await membersOf(readFileSync(join(sampleMirrorFolder, zip)));
      const official = await membersOf(readFileSync(join(mirrorFolder, zip)));
      expect([...official.keys()]).toEqual(expect.arrayContaining([...own.keys()]));
    }
  });
});
