// Writes a zip archive whose bytes depend on its content and the given times alone, so that the sample can be rebuilt
// and compared. Layout: PKWARE APPNOTE.TXT 4.3.
import { crc32, deflateRawSync } from 'node:zlib';

/** One file in a zip; `modified` as `YYYY-MM-DDTHH:MM`, local to whoever made it, as zip keeps it. */
export type ZipMember = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly modified: string;
};

const versionNeeded = 20;
const methodDeflate = 8;

/** MS-DOS time and date words of APPNOTE 4.4.6. */
function dosTime(modified: string): { time: number; date: number } {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/.exec(modified);
  if (!match) throw new Error(`not YYYY-MM-DDTHH:MM: ${modified}`);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map(Number);
  return { time: (hour << 11) | (minute << 5), date: ((year - 1980) << 9) | (month << 5) | day };
}

/** The fields that local and central header share, from `version needed` to `extra field length`. */
function sharedFields(member: ZipMember, packed: Buffer): Buffer {
  const { time, date } = dosTime(member.modified);
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(versionNeeded, 0);
  fields.writeUInt16LE(methodDeflate, 4);
  fields.writeUInt16LE(time, 6);
  fields.writeUInt16LE(date, 8);
  fields.writeUInt32LE(crc32(member.bytes), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(member.bytes.length, 18);
  fields.writeUInt16LE(Buffer.byteLength(member.name), 22);
  return fields;
}

function centralHeader(shared: Buffer, name: Buffer, offset: number): Buffer {
  const head = Buffer.alloc(6);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(versionNeeded, 4);
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(offset, 10);
  return Buffer.concat([head, shared, tail, name]);
}

function endRecord(members: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members, 8);
  end.writeUInt16LE(members, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}

/** Bytes of a zip with the members in the given order, deflated. */
export function zipBytes(members: readonly ZipMember[]): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  const signature = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
  let offset = 0;
  for (const member of members) {
    const name = Buffer.from(member.name);
    const packed = deflateRawSync(member.bytes, { level: 9 });
    const shared = sharedFields(member, packed);
    central.push(centralHeader(shared, name, offset));
    const local = Buffer.concat([signature, shared, name, packed]);
    parts.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  return Buffer.concat([...parts, directory, endRecord(members.length, directory.length, offset)]);
}
