// Unpacks one member of a zip from upstream, never beyond the size it states, and checks what came out.
import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
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
