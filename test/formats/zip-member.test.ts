// A member too large to hold is unpacked as it is read, and believed no more than one that is held.
import { describe, expect, it } from 'vitest';
import { openZip } from '../../shared/formats/zip.ts';
import { type EntryToWrite, writeZip } from './write-zip.ts';

const rows = 'M54.50,covered\r\n'.repeat(40_000);
const zipLimits = { entriesMax: 9, memberBytesMax: 9e6, totalBytesMax: 9e6, ratioMax: 1100 };

async function streamed(entry: EntryToWrite, damage?: (bytes: Buffer) => void) {
  const bytes = writeZip([entry]);
  damage?.(bytes);
  const zip = await openZip(bytes, { where: 'https://example.test/a.zip', limits: zipLimits });
  const member = zip.stream(entry.name);
  const pieces: Uint8Array[] = [];
  for await (const piece of member?.bytes ?? []) pieces.push(Uint8Array.from(piece));
  return { pieces, text: Buffer.concat(pieces).toString(), fault: member?.fault()?.code };
}

describe('shared/formats/zip-member.ts', () => {
  it.each([false, true])('gives the bytes of a member in pieces (stored: %s)', async (stored) => {
    const { pieces, text, fault } = await streamed({ name: 'a.csv', content: rows, stored });
    expect(text).toBe(rows);
    expect(pieces.length).toBeGreaterThan(1);
    expect(fault).toBeUndefined();
  });

  it.each<[string, string, Partial<EntryToWrite>]>([
    ['a forged size hides more', 'zip-bytes-max', { statedSize: 10 }],
    ['less comes out than stated', 'zip-damaged', { statedSize: 700_000 }],
    ['the checksum is wrong', 'zip-damaged', { statedCrc: 1 }],
    ['the packing method is unknown', 'zip-damaged', { method: 99 }],
  ])('says at the end that %s', async (_, code, forged) => {
    const { fault } = await streamed({ name: 'a.csv', content: rows, ...forged });
    expect(fault).toBe(code);
  });

  it('says that packed bytes are damaged', async () => {
    const { fault } = await streamed({ name: 'a.csv', content: rows }, (bytes) => {
      bytes.fill(0xff, 60, 90);
    });
    expect(fault).toBe('zip-damaged');
  });

  it('has no stream of a member there is not', async () => {
    const zip = await openZip(writeZip([{ name: 'a', content: 'b' }]), { where: 'a.zip' });
    expect(zip.stream('other')).toBeUndefined();
  });
});
