// A mirror folder answers as the sites would: pages, percent signs, validators, 404, and nothing from outside it.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMirrorFetcher } from '../../shared/edge/mirror-fetcher.ts';
import { writeZip } from '../formats/write-zip.ts';

let base: string;
let folder: string;

// write-zip dates its members 2025-06-10.
const zip = writeZip([{ name: 'icd10pcs_order_2026.txt', content: 'pcs' }]);

async function put(path: string, content: string | Uint8Array): Promise<void> {
  const file = join(base, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'codewatch-mirror-'));
  folder = join(base, 'mirror');
  await put('mirror/ftp.cdc.gov/pub/2022/index.html', '<html>listing</html>');
  await put('mirror/ftp.cdc.gov/pub/2022/Code Descriptions zip.zip', zip);
  await put('mirror/www.cms.gov/medicare/icd-10-codes/index.html', '<html>page</html>');
  await put('mirror/www.cms.gov/files/zip/2026-pcs.zip', zip);
  await put('mirror/www.cms.gov/files/zip/damaged.zip', 'no zip');
  await put('outside.txt', 'secret');
});

afterAll(() => rm(base, { recursive: true }));

const get = (
  url: string,
  more: { now?: string; bytesMax?: number; ifNoneMatch?: string; ifModifiedSince?: string } = {},
) => {
  const { now = '2025-11-01T00:00:00.000Z', bytesMax = 10_000, ...conditions } = more;
  return createMirrorFetcher({ folder, now: () => now }).fetch({ url, bytesMax, ...conditions });
};
const pcs = 'https://www.cms.gov/files/zip/2026-pcs.zip';
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe('shared/edge/mirror-fetcher.ts', () => {
  it('answers a folder with its index, with or without the slash at the end', async () => {
    const listing = await get('https://ftp.cdc.gov/pub/2022/');
    expect([listing.status, textOf(listing.bytes)]).toEqual([200, '<html>listing</html>']);
    const page = await get('https://www.cms.gov/medicare/icd-10-codes');
    expect(textOf(page.bytes)).toBe('<html>page</html>');
    expect(page.headers['content-type']).toBe('text/html');
  });

  it('decodes blanks in names', async () => {
    const found = await get('https://ftp.cdc.gov/pub/2022/Code%20Descriptions%20zip.zip');
    expect([found.status, found.bytes.length]).toEqual([200, zip.length]);
  });

  it('answers 404 for what is not there, a folder without an index included', async () => {
    expect((await get('https://www.cms.gov/files/zip/none.zip')).status).toBe(404);
    expect((await get('https://www.cms.gov/files/zip/')).status).toBe(404);
    expect((await get('https://unknown.example/')).status).toBe(404);
  });

  it.each([
    'https://www.cms.gov/..%2f..%2foutside.txt',
    'https://www.cms.gov/files/%2e%2e/%2e%2e%2f%2e%2e/outside.txt',
    'https://www.cms.gov/..%5c..%5coutside.txt',
    'https://../outside.txt',
    'file:///outside.txt',
    'http://www.cms.gov/files/zip/2026-pcs.zip',
    'https://www.cms.gov/%00',
    'https://www.cms.gov/%zz',
  ])('gives nothing for %s', async (url) => {
    const { status, bytes } = await get(url);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(bytes).toHaveLength(0);
  });

  it('dates a zip by its newest member and answers 304 to either validator', async () => {
    const { headers } = await get(pcs);
    expect(headers['last-modified']).toBe('Tue, 10 Jun 2025 00:00:00 GMT');
    const etag = headers.etag ?? '';
    const same = await get(pcs, { ifNoneMatch: etag });
    expect([same.status, same.bytes.length]).toEqual([304, 0]);
    const since = await get(pcs, { ifModifiedSince: 'Tue, 10 Jun 2025 00:00:00 GMT' });
    expect(since.status).toBe(304);
    // An ETag that differs counts more than a date that does not.
    const other = { ifNoneMatch: '"other"', ifModifiedSince: 'Tue, 10 Jun 2025 00:00:00 GMT' };
    expect((await get(pcs, other)).status).toBe(200);
  });

  it('has no zip yet before the day of its newest member, unless a listing dates it', async () => {
    const early = { now: '2025-06-09T23:59:59.000Z' };
    expect((await get(pcs, early)).status).toBe(404);
    expect((await get(pcs, { now: '2025-06-10T00:00:00.000Z' })).status).toBe(200);
    const listed = 'https://ftp.cdc.gov/pub/2022/Code%20Descriptions%20zip.zip';
    expect((await get(listed, early)).status).toBe(200);
  });

  it('serves a damaged zip as it is: to find that out is not its affair', async () => {
    const damaged = await get('https://www.cms.gov/files/zip/damaged.zip');
    expect(textOf(damaged.bytes)).toBe('no zip');
    expect(damaged.headers['last-modified']).toBeUndefined();
  });

  it('refuses more bytes than allowed, and a mirror that is not there', async () => {
    await expect(get(pcs, { bytesMax: zip.length - 1 })).rejects.toMatchObject({
      code: 'too-large',
    });
    const nowhere = createMirrorFetcher({ folder: join(base, 'nowhere'), now: () => '2025-01-01' });
    const failed = nowhere.fetch({ url: pcs, bytesMax: 10 });
    await expect(failed).rejects.toMatchObject({ code: 'upstream-unavailable' });
  });
});
