// A process of its own for `policy-export`: takes the exports named by its arguments in, one after the other, with tables that
// keep no policy and an archive on disk, so that the memory it needs is the step's own. Prints its figures as JSON.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import type { Archive } from '../../shared/ports/archive.ts';
import type { ItemStore } from '../../shared/ports/item-store.ts';
import { exportMessage, takeInExport } from './policy-editions.ts';
import { collectGarbage, forgetPeak, peakMb } from './resident-memory.ts';

const folder = mkdtempSync(join(tmpdir(), 'codewatch-bench-'));
const keep = async (bytes: Uint8Array): Promise<string> => {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  writeFileSync(join(folder, sha256), bytes);
  return sha256;
};
const read = async (sha256: string): Promise<Uint8Array> => readFileSync(join(folder, sha256));
const archive: Archive = { keep, read, keepNormalForm: keep, readNormalForm: read };

/** Keeps what is put one by one (editions, attempts); versions, changes and indexes come by many, and are let go. */
const items: ItemStore = { ...createMemoryItemStore(), putMany: async () => undefined };

try {
  const figures: { seconds: number; peakMb: number; changed: number }[] = [];
  for (const path of process.argv.slice(2)) {
    const message = await exportMessage(archive, readFileSync(path), path);
    collectGarbage();
    forgetPeak();
    const start = performance.now();
    const made = await takeInExport({ items, archive }, message);
    const seconds = (performance.now() - start) / 1000;
    const changed = made.outcome === 'committed' ? made.edition.changed : 0;
    figures.push({ seconds, peakMb: peakMb(), changed });
  }
  console.log(JSON.stringify(figures));
} finally {
  rmSync(folder, { recursive: true });
}
