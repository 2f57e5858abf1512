// The inbox in memory, for tests and simulation.
import { createHash } from 'node:crypto';
import { CodewatchError } from '../core/errors.ts';
import type { Inbox } from '../ports/inbox.ts';

/** An inbox in memory; `objects` by key, for tests to fill and look into. */
export type MemoryInbox = Inbox & { readonly objects: Map<string, Uint8Array> };

/** An empty inbox that keeps no versions; files come in pieces of `pieceBytes`. */
export function createMemoryInbox({ pieceBytes = 65_536 } = {}): MemoryInbox {
  const objects = new Map<string, Uint8Array>();
  async function* pieces(key: string, bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    for (let start = 0; start < bytes.length; start += pieceBytes) {
      if (objects.get(key) !== bytes) {
        throw new CodewatchError('conflict', 'the file was replaced while it was taken in');
      }
      yield bytes.subarray(start, start + pieceBytes);
    }
  }
  return {
    objects,
    async open({ key }) {
      const bytes = objects.get(key);
      if (!bytes) return undefined;
      const identity = createHash('sha256').update(bytes).digest('hex');
      return { identity, bytes: pieces(key, bytes) };
    },
    async writeResult(key, json) {
      objects.set(key, new TextEncoder().encode(json));
    },
    async remove({ key }) {
      objects.delete(key);
    },
  };
}
