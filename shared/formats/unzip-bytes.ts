// Unpacks a zip while it passes through, from its local headers on, for files that are too large to hold or come over the
// network; `zip.ts` is for those at hand. A damaged or bottomless one ends early and says so. PKWARE APPNOTE 4.3 to 4.5.
import { crc32, createInflateRaw } from 'node:zlib';
import { type ByteSource, createByteSource } from './byte-source.ts';
import type { Gunzipped } from './gunzip.ts';

/** Signatures of parts, as numbers. */
const localHeader = 0x04034b50;
const descriptor = 0x08074b50;
const unpackedBytesMax = 10_000_000_000;

/** True for bytes that begin a zip with files in it. */
export const isZip = (head: Uint8Array): boolean =>
  head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;

/** Which files are unpacked, and what is put between two of them. */
export type UnzipOptions = {
  readonly isWanted: (name: string) => boolean;
  readonly between: Uint8Array;
};

/** Why a zip is read no further; becomes the answer's `fault`. */
class ZipFault extends Error {}

const damaged = (): ZipFault =>
  new ZipFault('is damaged or cut short as zip; pack it again and send it whole');

/** One file of the zip, as its header tells; sizes are unknown where it was packed while it was written. */
type Member = {
  readonly name: string;
  readonly isDeflated: boolean;
  readonly packedBytes: number | undefined;
  readonly crc: number | undefined;
};

async function need(source: ByteSource, length: number): Promise<Buffer> {
  const bytes = await source.take(length);
  if (bytes.length < length) throw damaged();
  return bytes;
}

/** The packed size of a member over 4 GB: in the extra field 1, behind the size unpacked. */
function longSize(extra: Buffer): number {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === 1 && at + 20 <= extra.length) {
      return Number(extra.readBigUInt64LE(at + 12));
    }
  }
  throw damaged();
}

/** The next file; undefined behind the last, where the directory begins. */
async function nextMember(source: ByteSource): Promise<Member | undefined> {
  const signature = await need(source, 4);
  if (signature.readUInt32LE() !== localHeader) return undefined;
  const head = await need(source, 26);
  const flags = head.readUInt16LE(2);
  const method = head.readUInt16LE(4);
  const name = (await need(source, head.readUInt16LE(22))).toString('utf8');
  const extra = await need(source, head.readUInt16LE(24));
  if ((flags & 1) !== 0) throw new ZipFault('is encrypted; pack it without a password');
  const isOpen = (flags & 8) !== 0;
  if ((method !== 8 && method !== 0) || (method === 0 && isOpen)) {
    throw new ZipFault('is packed in a way that is not read; pack it with deflate, the usual one');
  }
  const size = head.readUInt32LE(14);
  return {
    name,
    isDeflated: method === 8,
    packedBytes: isOpen ? undefined : size === 0xffffffff ? longSize(extra) : size,
    crc: isOpen ? undefined : head.readUInt32LE(10),
  };
}

async function* stored(source: ByteSource, length: number): AsyncGenerator<Buffer> {
  for (let left = length; left > 0; ) {
    const piece = await source.some(left);
    if (!piece) throw damaged();
    left -= piece.length;
    yield piece;
  }
}

/** Unpacks one file. What was read beyond its end goes back to the source. */
async function* inflated(source: ByteSource, length: number | undefined): AsyncGenerator<Buffer> {
  const engine = createInflateRaw();
  let fed = 0;
  let last: Buffer = Buffer.alloc(0);
  const over = new Promise<void>((resolve) => {
    engine
      .once('end', resolve)
      .once('close', resolve)
      .once('error', () => resolve());
  });
  let isOver = false;
  void over.then(() => {
    isOver = true;
  });
  const feed = async (): Promise<void> => {
    // What it leaves of a piece lies behind the end of its data.
    while (!isOver && engine.bytesWritten === fed) {
      const piece = await source.some(length === undefined ? undefined : length - fed);
      if (!piece) {
        engine.end();
        return;
      }
      last = piece;
      fed += piece.length;
      await Promise.race([
        new Promise<void>((resolve) => engine.write(piece, () => resolve())),
        over,
      ]);
    }
  };
  const feeding = feed().catch((error: unknown) => {
    engine.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  for await (const piece of engine) yield Buffer.from(piece);
  await feeding;
  const rest = fed - engine.bytesWritten;
  if (length === undefined && rest > 0) source.putBack(last.subarray(last.length - rest));
}

/** Passes the descriptor behind a file whose sizes were not known before, and answers its checksum. */
async function readDescriptor(source: ByteSource): Promise<number> {
  const first = await need(source, 4);
  const crc = first.readUInt32LE() === descriptor ? await need(source, 4) : first;
  await need(source, 8);
  // Sizes are of 8 bytes each in a large file: then no part begins here.
  const next = await need(source, 4);
  source.putBack(next);
  if (next[0] !== 0x50 || next[1] !== 0x4b) await need(source, 8);
  return crc.readUInt32LE();
}

const isOfZlib = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  error.code.startsWith('Z_');

/** Unpacks the wanted files, one behind the other; an error of the source is thrown on, one of the packing becomes `fault`. */
export function unzipBytes(
  packed: AsyncIterable<Uint8Array>,
  { isWanted, between }: UnzipOptions,
): Gunzipped {
  let fault: string | undefined;
  async function* files(source: ByteSource): AsyncGenerator<Uint8Array> {
    let length = 0;
    let files = 0;
    for (;;) {
      const member = await nextMember(source);
      if (!member) return;
      const wanted = isWanted(member.name);
      if (wanted && files > 0) yield between;
      if (wanted) files += 1;
      const { isDeflated, packedBytes } = member;
      let crc = 0;
      for await (const piece of isDeflated
        ? inflated(source, packedBytes)
        : stored(source, packedBytes ?? 0)) {
        crc = crc32(piece, crc);
        length += piece.length;
        if (length > unpackedBytesMax) {
          throw new ZipFault('unpacks to more than 10 GB; send it in parts');
        }
        if (wanted) yield piece;
      }
      const said = member.crc ?? (await readDescriptor(source));
      if (said !== crc) throw damaged();
    }
  }
  async function* unpack(): AsyncGenerator<Uint8Array> {
    try {
      yield* files(createByteSource(packed));
    } catch (error) {
      if (error instanceof ZipFault) fault = error.message;
      else if (isOfZlib(error)) fault = damaged().message;
      else throw error;
    }
  }
  return { bytes: unpack(), fault: () => fault };
}
