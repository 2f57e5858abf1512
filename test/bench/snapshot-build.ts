// The snapshot of the whole official history: time and memory to build it, its size, and what it costs to have it open.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packFile } from '../../shared/edge/snapshot-draft.ts';
import { createSnapshotWriter } from '../../shared/edge/sqlite/snapshot-writer.ts';
import { buildSnapshot } from '../../shared/store/replay-snapshot.ts';
import { takeInOfficial } from '../support/official-snapshot.ts';
import type { Figure } from './figure.ts';
import { processorMs } from './processor-time.ts';
import { collectGarbage, forgetPeak, peakMb, residentMb } from './resident-memory.ts';

/** Both systems, from stores in memory; then opened and asked by another process. */
export async function benchSnapshotBuild(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'codewatch-bench-'));
  const path = join(folder, 'snapshot.sqlite');
  try {
    return [...(await buildFigures(path)), ...openFigures(path)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function buildFigures(path: string): Promise<Figure[]> {
  const stores = await takeInOfficial();
  collectGarbage();
  forgetPeak();
  const before = residentMb();
  const buildMs = await processorMs(async () => {
    await buildSnapshot({ ...stores, path, createWriter: createSnapshotWriter });
  });
  const added = peakMb() - before;
  let sizes = { file: 0, packed: 0 };
  const packMs = await processorMs(async () => {
    const { bytes, gzipped } = await packFile(path);
    sizes = { file: bytes / 1e6, packed: gzipped.length / 1e6 };
  });
  return [
    {
      what: 'snapshot of all official releases built, processor time',
      value: buildMs / 1000,
      unit: 's',
    },
    { what: 'packed, processor time', value: packMs / 1000, unit: 's' },
    { what: 'the file', value: sizes.file, unit: 'MB' },
    { what: 'the file, packed', value: sizes.packed, unit: 'MB' },
    { what: 'memory that building it adds, at its peak', value: added, unit: 'MB' },
  ];
}

function openFigures(path: string): Figure[] {
  const program = fileURLToPath(new URL('open-snapshot-process.ts', import.meta.url));
  const text = execFileSync(process.execPath, [program, path], { encoding: 'utf8' });
  const { openMs, ownMb }: { openMs: number; ownMb: number } = JSON.parse(text);
  return [
    { what: 'opened', value: openMs, unit: 'ms' },
    { what: 'own memory after 20,000 look-ups and some searches', value: ownMb, unit: 'MB' },
  ];
}
