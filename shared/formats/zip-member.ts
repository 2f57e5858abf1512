// Unpacks one member of a zip from upstream, never beyond the size it states, and checks what came out.
import { pipeline, Readable } from 'node:stream';
import { promisify } from 'node:util';
import { crc32, createInflateRaw, inflateRaw } from 'node:zlib';
import type * as yauzl from 'yauzl';
import type { ZipFault } from './zip-directory.ts';

const inflate = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflateRaw);

/**
 * The bytes of a member, or why there are none: `zip-bytes-max` when more comes out than it states (a bomb), else
 * `zip-damaged`. `source` is the whole zip.
 */
export async function unpackMember(
  source: Buffer,
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
): Promise<Uint8Array | ZipFault> {
  const stated = entry.uncompressedSize;
  const damaged = (reason: string): ZipFault => ({
    code: 'zip-damaged',
    message: `The member cannot be unpacked: ${reason}`,
  });
  let bytes: Uint8Array;
  try {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const packed = source.subarray(fileDataStart, fileDataStart + entry.compressedSize);
    if (entry.compressionMethod === 0) bytes = packed;
    else if (entry.compressionMethod !== 8)
      return damaged(`compression method ${entry.compressionMethod}.`);
    else bytes = await inflate(packed, { maxOutputLength: Math.max(stated, 1) });
  } catch (error) {
    if (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
      return {
        code: 'zip-bytes-max',
        message: `It states ${stated} bytes and unpacks to more: the size is forged.`,
      };
    }
    return damaged(error instanceof Error ? error.message : String(error));
  }
  if (bytes.length > stated) {
    return {
      code: 'zip-bytes-max',
      message: `It states ${stated} bytes and holds ${bytes.length}: the size is forged.`,
    };
  }
  if (bytes.length < stated) return damaged(`it states ${stated} bytes and holds ${bytes.length}.`);
  if (crc32(bytes) !== entry.crc32) return damaged('its checksum does not fit its content.');
  return bytes;
}

/** A member while it is unpacked: its bytes, and why they end early or are not what they should be, once they have. */
export type MemberStream = {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** To be asked when `bytes` has ended. */
  readonly fault: () => ZipFault | undefined;
};

// Pieces of the packed bytes: what is unpacked at once stays small however large the member is.
const packedPieceBytes = 65_536;

function* piecesOf(packed: Buffer): Generator<Buffer> {
  for (let at = 0; at < packed.length; at += packedPieceBytes) {
    yield packed.subarray(at, at + packedPieceBytes);
  }
}

async function* unpackedPieces(packed: Buffer, method: number): AsyncGenerator<Uint8Array> {
  if (method === 0) {
    yield* piecesOf(packed);
    return;
  }
  const inflated = createInflateRaw();
  pipeline(Readable.from(piecesOf(packed)), inflated, () => undefined);
  for await (const piece of inflated) {
    if (!(piece instanceof Uint8Array)) throw new Error('inflate gave no bytes');
    yield piece;
  }
}

const isOfZlib = (error: unknown): error is Error =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  error.code.startsWith('Z_');

/** Unpacks a member piece by piece, for one too large to hold: same checks and faults as {@link unpackMember}. */
export function streamMember(source: Buffer, zip: yauzl.ZipFile, entry: yauzl.Entry): MemberStream {
  const stated = entry.uncompressedSize;
  let fault: ZipFault | undefined;
  const damaged = (reason: string): void => {
    fault = { code: 'zip-damaged', message: `The member cannot be unpacked: ${reason}` };
  };
  async function* unpack(): AsyncGenerator<Uint8Array> {
    const method = entry.compressionMethod;
    if (method !== 0 && method !== 8) return damaged(`compression method ${method}.`);
    let length = 0;
    let checksum = 0;
    try {
      const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
      const packed = source.subarray(fileDataStart, fileDataStart + entry.compressedSize);
      for await (const piece of unpackedPieces(packed, method)) {
        length += piece.length;
        if (length > stated) {
          const message = `It states ${stated} bytes and unpacks to more: the size is forged.`;
          fault = { code: 'zip-bytes-max', message };
          return;
        }
        checksum = crc32(piece, checksum);
        yield piece;
      }
    } catch (error) {
      if (!isOfZlib(error)) throw error;
      return damaged(error.message);
    }
    if (length < stated) damaged(`it states ${stated} bytes and holds ${length}.`);
    else if (checksum !== entry.crc32) damaged('its checksum does not fit its content.');
  }
  return { bytes: unpack(), fault: () => fault };
}
