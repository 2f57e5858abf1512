// Goes through the directory of a zip from upstream and leaves out every member that may not be read: paths that lead
// elsewhere, encryption, sizes no real file has.
import * as yauzl from 'yauzl';
import { type CalendarDate, dateOf } from '../core/calendar-date.ts';
import type { FindingList } from './finding-list.ts';

/** One file in a zip; folders are left out. */
export type ZipEntry = {
  /** Path inside the zip, with `/`. */
  readonly name: string;
  /** The path's last part: what a file is recognised by. */
  readonly basename: string;
  /** Size unpacked, as the zip says; `read` holds it to that. */
  readonly sizeBytes: number;
  /** Day of last change as packed, in the packer's own time zone. */
  readonly modified: CalendarDate | undefined;
};

/** What one zip may hold at most. */
export type ZipLimits = {
  readonly entriesMax: number;
  readonly memberBytesMax: number;
  readonly totalBytesMax: number;
  /** Unpacked size over packed size. */
  readonly ratioMax: number;
};

const mebibyte = 1024 * 1024;

/** In every respect at least four times what the largest release zip of either publisher has. */
export const defaultZipLimits: ZipLimits = {
  entriesMax: 200,
  memberBytesMax: 64 * mebibyte,
  totalBytesMax: 256 * mebibyte,
  ratioMax: 200,
};

/** A finding in the making: its code and message. */
export type ZipFault = { readonly code: string; readonly message: string };

/** What is wrong with an entry, by what the zip says of it. */
function faultOfEntry(entry: yauzl.Entry, name: string, limits: ZipLimits): ZipFault | undefined {
  const size = entry.uncompressedSize;
  const pathFault = yauzl.validateFileName(name);
  if (pathFault !== null) {
    return { code: 'zip-path', message: `A member has a path that leads elsewhere: ${pathFault}` };
  }
  if (entry.isEncrypted()) return { code: 'zip-encrypted', message: 'The member is encrypted.' };
  if (size > limits.memberBytesMax) {
    return {
      code: 'zip-bytes-max',
      message: `Unpacked it has ${size} bytes; at most ${limits.memberBytesMax} are read.`,
    };
  }
  if (size > limits.ratioMax * Math.max(entry.compressedSize, 1)) {
    return {
      code: 'zip-ratio-max',
      message: `${entry.compressedSize} bytes unpack to ${size}: no real file does.`,
    };
  }
  return undefined;
}

function describe(entry: yauzl.Entry, name: string): ZipEntry {
  const packed = entry.lastModFileDate;
  return {
    name,
    basename: name.slice(name.lastIndexOf('/') + 1),
    sizeBytes: entry.uncompressedSize,
    modified: dateOf((packed >> 9) + 1980, (packed >> 5) & 0xf, packed & 0x1f),
  };
}

/** Members by name: as yauzl has them and as callers see them. */
export type Members = Map<string, { readonly entry: yauzl.Entry; readonly shown: ZipEntry }>;

/** The members that may be read, by name; the others are said and left out. */
export async function listMembers(
  zip: yauzl.ZipFile,
  limits: ZipLimits,
  where: string,
  list: FindingList,
): Promise<Members> {
  const members: Members = new Map();
  let totalBytes = 0;
  for await (const entry of zip.eachEntry()) {
    // Names come undecoded, so that a bad one is said and does not end the reading.
    const name = yauzl.getFileNameLowLevel(
      entry.generalPurposeBitFlag,
      entry.fileNameRaw,
      entry.extraFields,
      false,
    );
    if (name.endsWith('/')) continue;
    let fault = faultOfEntry(entry, name, limits);
    if (!fault && members.has(name)) {
      fault = { code: 'zip-path', message: 'Two members have the same name.' };
    }
    if (fault) {
      list.add(fault.code, 'error', `${where} member ${name}`, fault.message);
      continue;
    }
    totalBytes += entry.uncompressedSize;
    members.set(name, { entry, shown: describe(entry, name) });
  }
  if (totalBytes > limits.totalBytesMax) {
    const message = `Unpacked it has ${totalBytes} bytes; at most ${limits.totalBytesMax} are read.`;
    list.add('zip-bytes-max', 'error', where, message);
    members.clear();
  }
  return members;
}
