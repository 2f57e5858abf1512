// Writes small zips for the tests, and zips that lie about themselves: every field of an entry can be forged.
import { crc32, deflateRawSync } from 'node:zlib';

/** One entry to write; what is not given is what a truthful zip says. */
export type EntryToWrite = {
  readonly name: string;
  readonly content: Uint8Array | string;
  readonly stored?: boolean;
  readonly method?: number;
  readonly flags?: number;
  readonly statedSize?: number;
  readonly statedCrc?: number;
  /** DOS date: (year - 1980) << 9 | month << 5 | day. */
  readonly dosDate?: number;
};

const dosDate2025June10 = ((2025 - 1980) << 9) | (6 << 5) | 10;

function fields(entry: EntryToWrite): { shared: Buffer; name: Buffer; data: Buffer } {
  const content = Buffer.from(entry.content);
  const data = entry.stored ? content : deflateRawSync(content);
  const name = Buffer.from(entry.name);
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(20, 0);
  shared.writeUInt16LE(entry.flags ?? 0, 2);
  shared.writeUInt16LE(entry.method ?? (entry.stored ? 0 : 8), 4);
  shared.writeUInt16LE(entry.dosDate ?? dosDate2025June10, 8);
  shared.writeUInt32LE(entry.statedCrc ?? crc32(content), 10);
  shared.writeUInt32LE(data.length, 14);
  shared.writeUInt32LE(entry.statedSize ?? content.length, 18);
  shared.writeUInt16LE(name.length, 22);
  return { shared, name, data };
}

/** A zip of these entries, in this order (PKWARE APPNOTE 4.3). */
export function writeZip(entries: readonly EntryToWrite[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { shared, name, data } = fields(entry);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, name, data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    const made = Buffer.from([20, 0]);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), made, shared, tail, name]));
    locals.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, listing, end]);
}
