// Small zips for tests, packed in every way a program may.
import { crc32, deflateRawSync } from 'node:zlib';

/** How a file is packed: whole, as it is, or while it is written, with its sizes behind it. */
export type Way = 'deflated' | 'stored' | 'streamed';

const u16 = (value: number): Buffer => Buffer.from(Uint16Array.of(value).buffer);
const u32 = (value: number): Buffer => Buffer.from(Uint32Array.of(value).buffer);

/** One file of a zip: local header, data, and where it was streamed the descriptor (APPNOTE 4.3.7 to 4.3.9). */
export function member(name: string, text: string, way: Way, flags = 0): Buffer {
  const raw = Buffer.from(text);
  const data = way === 'stored' ? raw : deflateRawSync(raw);
  const sizes = [u32(crc32(raw)), u32(data.length), u32(raw.length)];
  const isStreamed = way === 'streamed';
  return Buffer.concat([
    ...[u32(0x04034b50), u16(20), u16(flags | (isStreamed ? 8 : 0)), u16(way === 'stored' ? 0 : 8)],
    ...[u32(0), ...(isStreamed ? [u32(0), u32(0), u32(0)] : sizes)],
    ...[u16(Buffer.byteLength(name)), u16(0), Buffer.from(name), data],
    ...(isStreamed ? [u32(0x08074b50), ...sizes] : []),
  ]);
}

/** What follows the files of a zip, as far as it is looked at. */
export const directory = Buffer.from('PK\u0001\u0002 and the rest, which is not read');
