// Unpacks a gzip file while it passes through; a damaged or bottomless one ends early and says so.
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** True for bytes that begin a gzip file (RFC 1952). */
export const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;

/** What a gzip file may unpack to; a small one can be made to unpack without end. */
const unpackedBytesMax = 10_000_000_000;

/** The unpacked bytes, and why they end early, once they have. */
export type Gunzipped = {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly fault: () => string | undefined;
};

const isOfZlib = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  error.code.startsWith('Z_');

/** Unpacks; an error of the source is thrown on, one of the packing becomes `fault`. */
export function gunzipBytes(packed: AsyncIterable<Uint8Array>): Gunzipped {
  let fault: string | undefined;
  async function* unpack(): AsyncGenerator<Uint8Array> {
    const gunzip = createGunzip();
    pipeline(Readable.from(packed), gunzip, () => undefined);
    let length = 0;
    try {
      for await (const piece of gunzip) {
        if (!(piece instanceof Uint8Array)) throw new Error('gunzip gave no bytes');
        length += piece.length;
        if (length > unpackedBytesMax) {
          fault = 'unpacks to more than 10 GB; send it in parts';
          return;
        }
        yield piece;
      }
    } catch (error) {
      if (!isOfZlib(error)) throw error;
      fault = 'is damaged or cut short as gzip; pack it again and send it whole';
    }
  }
  return { bytes: unpack(), fault: () => fault };
}
