// Brings a published snapshot to this machine: read, unpacked as a stream, checked against its hash, and only then used.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { CodewatchError } from '../core/errors.ts';
import type { SnapshotPointer } from '../ports/snapshot-store.ts';

/** Fewer, larger pieces than the default. */
const pieceBytes = 1024 * 1024;

/**
 * Unpacks gzipped bytes to the file at `path`, which must not exist, and checks that they are those of the pointer.
 * What is written before a failure stays there for the caller to remove.
 *
 * @throws CodewatchError `rejected` when they are damaged, or not the file the pointer speaks of
 */
export async function unpackSnapshot(
  gzipped: Uint8Array | AsyncIterable<Uint8Array>,
  pointer: Pick<SnapshotPointer, 'name' | 'bytes' | 'sha256'>,
  path: string,
): Promise<void> {
  const hash = createHash('sha256');
  let bytes = 0;
  const source = gzipped instanceof Uint8Array ? [gzipped] : gzipped;
  try {
    await pipeline(
      Readable.from(source),
      createGunzip({ chunkSize: pieceBytes }),
      async function* hashed(pieces: AsyncIterable<Buffer>) {
        for await (const piece of pieces) {
          hash.update(piece);
          bytes += piece.length;
          // Never more on the disk than was promised, whatever a damaged stream unpacks to.
          if (bytes > pointer.bytes) throw wrong(pointer.name, `over ${pointer.bytes} bytes`);
          yield piece;
        }
      },
      createWriteStream(path, { flags: 'wx', highWaterMark: pieceBytes }),
    );
  } catch (cause) {
    const isDamage = cause instanceof Error && 'code' in cause && /^Z_/.test(String(cause.code));
    throw isDamage ? wrong(pointer.name, 'it cannot be unpacked', cause) : cause;
  }
  const found = hash.digest('hex');
  if (found !== pointer.sha256) throw wrong(pointer.name, `its sha256 is ${found}`);
}

const wrong = (name: string, why: string, cause?: unknown): CodewatchError =>
  new CodewatchError('rejected', `snapshot ${name} is not as published: ${why}`, { cause });
