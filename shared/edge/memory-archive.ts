// The archive in memory, for tests and simulation; same keys as the S3 one.
import { CodewatchError } from '../core/errors.ts';
import type { Archive } from '../ports/archive.ts';
import { normalKey, noteKey, rawKey, sha256Hex } from './archive-keys.ts';

/** An archive in memory; `objects` by key (`raw/…`, `normal/…`, `note/…` as JSON) for tests to look into. */
export type MemoryArchive = Archive & { readonly objects: Map<string, Uint8Array> };

/** An empty archive. `beforeWrite` gets the key of every new object and may throw to simulate a crash. */
export function createMemoryArchive(
  options: { readonly beforeWrite?: (key: string) => void } = {},
): MemoryArchive {
  const objects = new Map<string, Uint8Array>();
  const write = (key: string, bytes: Uint8Array): void => {
    if (objects.has(key)) return;
    options.beforeWrite?.(key);
    objects.set(key, Uint8Array.from(bytes));
  };
  const read = (key: string): Uint8Array => {
    const bytes = objects.get(key);
    if (!bytes) throw new CodewatchError('archive-missing', `the archive has no ${key}`);
    return Uint8Array.from(bytes);
  };
  return {
    objects,
    async keep(bytes, note) {
      const sha256 = sha256Hex(bytes);
      write(rawKey(sha256), bytes);
      write(noteKey(sha256, note.url), new TextEncoder().encode(JSON.stringify(note)));
      return sha256;
    },
    read: async (sha256) => read(rawKey(sha256)),
    async keepNormalForm(bytes) {
      const sha256 = sha256Hex(bytes);
      write(normalKey(sha256), bytes);
      return sha256;
    },
    readNormalForm: async (sha256) => read(normalKey(sha256)),
  };
}
