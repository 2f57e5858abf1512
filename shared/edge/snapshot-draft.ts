// Makes a snapshot in a folder of its own under the system's temporary folder, and packs it: the file can be a hundred
// megabytes, so its bytes are streamed and only the packed ones are held.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { NewSnapshotDraft, PackedSnapshot } from '../ports/snapshot-draft.ts';
import type { CreateSnapshotWriter } from '../ports/snapshot-writer.ts';

/** zlib's level. All official releases, 75 MB: level 4 packs to 10.1 MB in 0.5 s, 6 to 9.1 in 0.9, 9 to 8.7 in 4. */
const gzipLevel = 6;

/** Fewer, larger pieces than the default of 64 KB. */
const readBytes = 1024 * 1024;

/** Packs the file at a path: its size, its sha256 and its gzipped bytes, in one pass. */
export async function packFile(
  path: string,
  level: number = gzipLevel,
): Promise<Omit<PackedSnapshot, 'ms'>> {
  const hash = createHash('sha256');
  const parts: Buffer[] = [];
  let bytes = 0;
  await pipeline(
    createReadStream(path, { highWaterMark: readBytes }),
    async function* hashed(source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    },
    createGzip({ level, chunkSize: readBytes }),
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        parts.push(chunk);
        done();
      },
    }),
  );
  return { bytes, sha256: hash.digest('hex'), gzipped: Buffer.concat(parts) };
}

/** Begins snapshots in folders under `folder`, each removed when it is discarded. */
export function newSnapshotDrafts(
  createWriter: CreateSnapshotWriter,
  folder: string = tmpdir(),
): NewSnapshotDraft {
  return async () => {
    const began = performance.now();
    const own = await mkdtemp(join(folder, 'codewatch-publish-'));
    const path = join(own, 'snapshot.sqlite');
    return {
      path,
      createWriter,
      async pack() {
        const packed = await packFile(path);
        return { ...packed, ms: Math.round(performance.now() - began) };
      },
      async discard() {
        await rm(own, { recursive: true, force: true });
      },
    };
  };
}
