// A zip from upstream is believed in nothing: each way it can be wrong has its own finding, and none throws.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openZip, type ZipLimits } from '../../shared/formats/zip.ts';
import { type EntryToWrite, writeZip } from './write-zip.ts';

const where = 'https://example.test/release.zip';
const limits: ZipLimits = {
  entriesMax: 3,
  memberBytesMax: 1000,
  totalBytesMax: 1500,
  ratioMax: 20,
};
const order: EntryToWrite = { name: 'icd10cm_order_2026.txt', content: 'the rows' };

const open = (entries: readonly EntryToWrite[]) => openZip(writeZip(entries), { where, limits });
const codesOf = (findings: readonly { code: string }[]): string[] => findings.map((f) => f.code);

/** Text that hardly packs, so that its size and not its ratio is what matters. */
const noise = (bytes: number): string =>
  Array.from({ length: bytes }, (_, i) =>
    String.fromCharCode(33 + ((i * i * 7919 + i * 31) % 90)),
  ).join('');

describe('shared/formats/zip.ts', () => {
  it('lists the files of a zip with base name, size and day, and leaves folders out', async () => {
    const zip = await open([
      { name: 'Code Descriptions/', content: '', stored: true },
      { ...order, name: 'Code Descriptions/order.txt' },
    ]);
    expect(zip.findings).toEqual([]);
    expect(zip.entries).toEqual([
      {
        name: 'Code Descriptions/order.txt',
        basename: 'order.txt',
        sizeBytes: 8,
        modified: '2025-06-10',
      },
    ]);
  });

  it('unpacks deflated and stored members', async () => {
    const zip = await open([order, { name: 'b.txt', content: 'as it is', stored: true }]);
    for (const [name, text] of [
      ['icd10cm_order_2026.txt', 'the rows'],
      ['b.txt', 'as it is'],
    ] as const) {
      const { bytes, findings } = await zip.read(name);
      expect(findings).toEqual([]);
      expect(Buffer.from(bytes).toString()).toBe(text);
    }
  });

  it('reads a zip that lies inside a larger buffer', async () => {
    const bytes = writeZip([order]);
    const larger = new Uint8Array(bytes.length + 13);
    larger.set(bytes, 7);
    const zip = await openZip(larger.subarray(7, 7 + bytes.length), { where });
    expect(Buffer.from((await zip.read(order.name)).bytes).toString()).toBe('the rows');
  });

  it('says that a member is missing instead of throwing', async () => {
    const zip = await open([order]);
    expect(codesOf((await zip.read('other.txt')).findings)).toEqual(['zip-member-missing']);
  });

  it.each([
    ['not-a-zip', Buffer.from('00001 A00     0 Cholera')],
    ['not-a-zip', Buffer.alloc(0)],
    [
      'html-instead-of-file',
      Buffer.from('<!DOCTYPE html><html><body>Page not found</body></html>'),
    ],
    ['zip-truncated', writeZip([order]).subarray(0, 60)],
    ['zip-damaged', Buffer.concat([writeZip([order]), Buffer.from('more')])],
  ])('refuses the whole file: %s', async (code, bytes) => {
    const zip = await openZip(bytes, { where });
    expect(zip.entries).toEqual([]);
    expect(zip.findings).toMatchObject([{ code, severity: 'error', where }]);
    expect(codesOf((await zip.read('a')).findings)).toEqual([code]);
  });

  it('refuses a zip with more members than allowed', async () => {
    const zip = await open(['a', 'b', 'c', 'd'].map((name) => ({ name, content: 'x' })));
    expect(codesOf(zip.findings)).toEqual(['zip-entries-max']);
    expect(zip.entries).toEqual([]);
  });

  it('refuses a zip whose members together are too large', async () => {
    const zip = await open(['a', 'b'].map((name) => ({ name, content: noise(800) })));
    expect(codesOf(zip.findings)).toEqual(['zip-bytes-max']);
    expect(zip.entries).toEqual([]);
  });

  it.each<[string, EntryToWrite]>([
    ['zip-path', { name: '../../etc/passwd', content: 'x' }],
    ['zip-path', { name: '/etc/passwd', content: 'x' }],
    ['zip-path', { name: 'C:\\windows\\x.txt', content: 'x' }],
    ['zip-path', { name: 'a\\..\\..\\x.txt', content: 'x' }],
    ['zip-path', order],
    ['zip-encrypted', { name: 'secret.txt', content: 'x', flags: 1 }],
    ['zip-bytes-max', { name: 'large.txt', content: noise(1001) }],
    ['zip-ratio-max', { name: 'bomb.txt', content: '0'.repeat(900) }],
  ])('leaves out a member and keeps the others: %s %o', async (code, entry) => {
    const zip = await open([order, entry]);
    expect(zip.findings).toMatchObject([{ code, severity: 'error' }]);
    expect(zip.entries.map(({ name }) => name)).toEqual([order.name]);
  });

  it('refuses strong encryption, which hides the directory too', async () => {
    const zip = await open([{ ...order, flags: 0x41 }]);
    expect(codesOf(zip.findings)).toEqual(['zip-encrypted']);
  });

  it.each<[string, string, EntryToWrite]>([
    [
      'a forged size hides a bomb',
      'zip-bytes-max',
      { name: 'a', content: '0'.repeat(5000), statedSize: 10 },
    ],
    [
      'a stored member is larger than stated',
      'zip-bytes-max',
      { name: 'a', content: 'abcdef', stored: true, statedSize: 3 },
    ],
    ['less comes out than stated', 'zip-damaged', { name: 'a', content: 'abc', statedSize: 9 }],
    ['the checksum is wrong', 'zip-damaged', { name: 'a', content: 'abc', statedCrc: 1 }],
    ['the packing method is unknown', 'zip-damaged', { name: 'a', content: 'abc', method: 99 }],
  ])('gives no bytes where %s', async (_, code, entry) => {
    const zip = await open([entry]);
    const { bytes, findings } = await zip.read('a');
    expect(codesOf(findings)).toEqual([code]);
    expect(bytes).toHaveLength(0);
  });

  it('finds a damaged byte in the packed data', async () => {
    const bytes = writeZip([{ name: 'a', content: noise(300) }]);
    bytes[60] = (bytes[60] ?? 0) ^ 0xff;
    const zip = await openZip(bytes, { where });
    expect(codesOf((await zip.read('a')).findings)).toEqual(['zip-damaged']);
  });

  it('never throws and never gives wrong bytes, whatever bytes are changed or cut off', async () => {
    const whole = writeZip([order, { name: 'b.txt', content: noise(200) }]);
    const damage = fc.record({
      at: fc.nat({ max: whole.length - 1 }),
      value: fc.nat({ max: 255 }),
      keep: fc.integer({ min: 0, max: whole.length }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, value, keep }) => {
        const bytes = Buffer.from(whole);
        bytes[at] = value;
        const zip = await openZip(bytes.subarray(0, keep), { where, limits });
        for (const { name } of zip.entries) {
          const read = await zip.read(name);
          if (read.findings.length > 0) continue;
          expect([8, 200]).toContain(read.bytes.length);
        }
        if (keep < whole.length) expect(zip.findings.length).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });
});
