// The inbox as a folder of the local runtime: what on AWS is a key of the bucket is a path here.
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { CodewatchError } from '../core/errors.ts';
import type { Inbox } from '../ports/inbox.ts';

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** The inbox under a folder: `inbox/<tenant>/…` and `results/<tenant>/…` in it. Keeps no versions. */
export function createFolderInbox(folder: string): Inbox {
  const pathOf = (key: string): string => {
    const path = join(folder, key);
    // A key with `..` in it must not reach files beside the inbox.
    if (relative(folder, path).startsWith(`..${sep}`) || path === folder) {
      throw new CodewatchError('rejected', 'a key of the inbox leads out of its folder');
    }
    return path;
  };
  const identityOf = async (path: string): Promise<string | undefined> => {
    try {
      const { ino, size, mtimeMs, isFile } = await fileAt(path);
      return isFile ? `${ino} ${size} ${mtimeMs}` : undefined;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  };
  async function* bytesOf(path: string, identity: string): AsyncGenerator<Uint8Array> {
    for await (const piece of createReadStream(path)) {
      if ((await identityOf(path)) !== identity) {
        throw new CodewatchError('conflict', 'the file was replaced while it was taken in');
      }
      yield piece;
    }
  }
  return {
    async open({ key }) {
      const path = pathOf(key);
      const identity = await identityOf(path);
      return identity === undefined ? undefined : { identity, bytes: bytesOf(path, identity) };
    },
    async writeResult(key, json) {
      const path = pathOf(key);
      await mkdir(dirname(path), { recursive: true });
      // Whoever looks for it finds it whole or not at all.
      await writeFile(`${path}.new`, json);
      await rename(`${path}.new`, path);
    },
    remove: ({ key }) => rm(pathOf(key), { force: true }),
  };
}

async function fileAt(path: string) {
  const found = await stat(path);
  const { ino, size, mtimeMs } = found;
  return { ino, size, mtimeMs, isFile: found.isFile() };
}
