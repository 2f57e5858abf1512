// What every archive must do, as a suite to run on each: the contract of shared/ports/archive.ts.
import { beforeAll, expect, test } from 'vitest';
import type { Archive, ArchiveNote } from '../../shared/ports/archive.ts';

/** An archive with a look behind it: the text of an object, and how many writes it has seen so far. */
export type ArchiveUnderTest = {
  readonly archive: Archive;
  objectText(key: string): Promise<string>;
  writes(): number;
};

const note: ArchiveNote = {
  url: 'https://www.cms.gov/files/zip/2026-code-descriptions-tabular-order.zip',
  fetchedAt: '2025-07-01T09:30:00.000Z',
  headers: { etag: '"abc"', 'content-length': '3' },
};

// FIPS 180-2, appendix B.1: the message "abc".
const abc = new TextEncoder().encode('abc');
const abcSha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
// printf '%s' <the URL above> | sha256sum
const noteKeyOfAbc = `note/${abcSha256}/c28f1f4f881a664e64aa428e8eebcf6fbee801622242f1cd5e8a3b16c1eb75a0`;

/** Adds the contract's tests for the archive that `make` makes, empty. */
export function archiveContract(make: () => Promise<ArchiveUnderTest>): void {
  let under: ArchiveUnderTest;
  beforeAll(async () => {
    under = await make();
  });

  test('kept bytes are named by their sha256 and come back as they were', async () => {
    expect(await under.archive.keep(abc, note)).toBe(abcSha256);
    expect(await under.archive.read(abcSha256)).toEqual(abc);
    expect(await under.objectText(`raw/${abcSha256}`)).toBe('abc');
  });

  test('the note about a download lies beside the bytes, by URL', async () => {
    await under.archive.keep(abc, note);
    expect(JSON.parse(await under.objectText(noteKeyOfAbc))).toEqual(note);
  });

  test('keeping the same bytes of the same URL again writes nothing, and the first note stays', async () => {
    await under.archive.keep(abc, note);
    const before = under.writes();
    await under.archive.keep(abc, { ...note, fetchedAt: '2026-01-01T00:00:00.000Z' });
    expect(under.writes()).toBe(before);
    expect(JSON.parse(await under.objectText(noteKeyOfAbc))).toEqual(note);
  });

  test('the same bytes of another URL get one more note', async () => {
    await under.archive.keep(abc, note);
    const before = under.writes();
    await under.archive.keep(abc, { ...note, url: 'https://ftp.cdc.gov/pub/other.zip' });
    expect(under.writes()).toBe(before + 1);
  });

  test('an unknown hash is archive-missing', async () => {
    const missing = { name: 'CodewatchError', code: 'archive-missing', retryable: false };
    await expect(under.archive.read('0'.repeat(64))).rejects.toMatchObject(missing);
    await expect(under.archive.readNormalForm(abcSha256)).rejects.toMatchObject(missing);
  });

  test('normal forms are kept apart from downloads', async () => {
    const form = new TextEncoder().encode('normal form');
    const sha256 = await under.archive.keepNormalForm(form);
    expect(await under.archive.readNormalForm(sha256)).toEqual(form);
    await expect(under.archive.read(sha256)).rejects.toMatchObject({ code: 'archive-missing' });
    const before = under.writes();
    expect(await under.archive.keepNormalForm(form)).toBe(sha256);
    expect(under.writes()).toBe(before);
  });

  test('nothing at all can be kept', async () => {
    // FIPS 180-2: sha256 of the empty message.
    const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    expect(await under.archive.keep(new Uint8Array(), note)).toBe(empty);
    expect(await under.archive.read(empty)).toEqual(new Uint8Array());
  });

  test('ten megabytes with every byte value come back as they were', async () => {
    const bytes = Uint8Array.from({ length: 10_000_000 }, (_, n) => (n * 31 + (n >> 8)) % 256);
    const sha256 = await under.archive.keep(bytes, note);
    expect(Buffer.compare(await under.archive.read(sha256), bytes)).toBe(0);
  });

  test('changing kept or read bytes does not change the archive', async () => {
    const bytes = new TextEncoder().encode('mutable');
    const sha256 = await under.archive.keep(bytes, note);
    bytes.fill(0);
    (await under.archive.read(sha256)).fill(0);
    expect(new TextDecoder().decode(await under.archive.read(sha256))).toBe('mutable');
  });
}
