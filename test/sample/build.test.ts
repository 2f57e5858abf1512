// The shipped sample is what its specification builds, byte for byte, and small.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSample } from '../../infra/local/sample/build.ts';
import {
  sampleEarlierFolder,
  sampleMirrorFolder,
  sampleTenantFolder,
} from '../../infra/local/sample/sample.ts';
import { membersOf } from './published-text.ts';

let built = '';
beforeAll(() => {
  built = mkdtempSync(join(tmpdir(), 'codewatch-sample-'));
  buildSample(built);
});
afterAll(() => rmSync(built, { recursive: true, force: true }));

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();

/** zlib of the Node the sample was built with; another one may deflate to other bytes. */
const zlibOfTheBuild = '1.3.2.1-motley-8002e91';

const folders = [
  ['mirror', sampleMirrorFolder],
  ['earlier', sampleEarlierFolder],
  ['tenant', sampleTenantFolder],
] as const;

describe('infra/local/sample/build.ts', () => {
  it.each(folders)('builds the files that are shipped in %s, no more and no fewer', (name, own) => {
    expect(filesUnder(join(built, name))).toEqual(filesUnder(own));
    expect(filesUnder(own).length).toBeGreaterThanOrEqual(1);
  });

  it.each(folders)('builds unpacked texts of %s byte for byte as shipped', (name, own) => {
    const texts = filesUnder(own).filter((file) => /\.(?:txt|csv|json)$/.test(file));
    const differing = texts.filter(
      (file) => !readFileSync(join(built, name, file)).equals(readFileSync(join(own, file))),
    );
    expect(differing).toEqual([]);
  });

  it('builds zips and workbooks with the members that are shipped', async () => {
    const packed = filesUnder(sampleMirrorFolder).filter((file) => /\.(?:zip|xlsx)$/i.test(file));
    expect(packed).toHaveLength(23);
    for (const file of packed) {
      const mine = await membersOf(readFileSync(join(built, 'mirror', file)));
      const shipped = await membersOf(readFileSync(join(sampleMirrorFolder, file)));
      expect([...mine.keys()], file).toEqual([...shipped.keys()]);
      for (const [member, read] of mine) {
        expect((await read()).equals((await shipped.get(member)?.()) ?? Buffer.of())).toBe(true);
      }
    }
  });

  it.skipIf(process.versions.zlib !== zlibOfTheBuild)(
    'builds every byte as shipped, listings with the sizes included',
    () => {
      const differing = filesUnder(sampleMirrorFolder).filter(
        (file) =>
          !readFileSync(join(built, 'mirror', file)).equals(
            readFileSync(join(sampleMirrorFolder, file)),
          ),
      );
      expect(differing).toEqual([]);
    },
  );

  it('ships less than 600 KB', () => {
    const bytes = folders
      .flatMap(([, own]) => filesUnder(own).map((file) => statSync(join(own, file)).size))
      .reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeLessThan(600_000);
  });

  it('lists each file with its true size', () => {
    const pages = filesUnder(sampleMirrorFolder).filter((file) =>
      /ICD10CM.[^/\\]+.index\.html$/.test(file),
    );
    expect(pages).toHaveLength(11);
    for (const page of pages) {
      const folder = join(sampleMirrorFolder, page, '..');
      const text = readFileSync(join(sampleMirrorFolder, page), 'latin1');
      const sizes = [...text.matchAll(/ (\d+) <A HREF="[^"]+">([^<]+)<\/A>/g)];
      expect(sizes.map(([, , name]) => name).sort()).toEqual(
        filesUnder(folder).filter((file) => file !== 'index.html'),
      );
      for (const [, size, name = ''] of sizes) {
        expect(Number(size), name).toBe(statSync(join(folder, name)).size);
      }
    }
  });
});
