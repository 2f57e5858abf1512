// The snapshot of every official release in the mirror: built once by whoever needs it first, then a file that the other
// test files and runs open. Its name says what it was made from, by which code.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { createMirrorFetcher } from '../../shared/edge/mirror-fetcher.ts';
import { createSnapshotWriter } from '../../shared/edge/sqlite/snapshot-writer.ts';
import { ingest } from '../../shared/steps/ingest.ts';
import { pull } from '../../shared/steps/pull.ts';
import { buildSnapshot } from '../../shared/store/replay-snapshot.ts';
import { mirrorFolder } from './official-files.ts';
import { importsOf, resolveImport } from './source-files.ts';

/** When the official releases are pulled and recorded: all at one instant. */
export const officialInstant = '2025-11-01T12:00:00.000Z';

/** Pulls the mirror and takes every release of both systems in, into memory. */
export async function takeInOfficial() {
  const items = createMemoryItemStore();
  const archive = createMemoryArchive();
  const ingestQueue = createMemoryQueue();
  const assessQueue = createMemoryQueue();
  const clock = { now: () => officialInstant };
  const fetcher = createMirrorFetcher({ folder: mirrorFolder, now: clock.now });
  await pull({ fetcher, archive, items, ingestQueue, clock }, {});
  for (const message of ingestQueue.messages) {
    const ports = { items, archive, assessQueue, clock };
    const { record } = await ingest(ports, JSON.parse(message.body));
    if (record.status === 'quarantined') throw new Error(`${record.id} is in quarantine`);
  }
  return { items, archive };
}

const root = join(import.meta.dirname, '../..');

/** What decides on the bytes of the snapshot. */
const builders = [
  'shared/steps/pull.ts',
  'shared/steps/ingest.ts',
  'shared/store/replay-snapshot.ts',
  'shared/edge/sqlite/snapshot-writer.ts',
];

/** Hash of the code that makes a snapshot, and of the mirror's files by name, size and time. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const seen = new Set<string>();
  const addSource = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const text = readFileSync(join(root, path), 'utf8');
    hash.update(path).update(text);
    for (const specifier of importsOf(text)) {
      const target = resolveImport(path, specifier);
      if (target !== undefined) addSource(target);
    }
  };
  builders.forEach(addSource);
  const files = readdirSync(mirrorFolder, { recursive: true, withFileTypes: true });
  const paths = files
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name));
  for (const path of paths.sort()) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** A builder that takes longer has died: its claim is void. */
const buildMsMax = 180_000;
const pollMs = 100;

/** True for the one process that is to build; the claim is a folder, made or not in one step. */
function claim(folder: string): boolean {
  if (existsSync(folder) && Date.now() - statSync(folder).mtimeMs > buildMsMax) {
    rmSync(folder, { recursive: true, force: true });
  }
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

/** Removes what earlier code or another mirror gave: 75 MB each. Who has one open can go on reading it. */
function removeOthers(path: string): void {
  for (const name of readdirSync(tmpdir())) {
    const other = join(tmpdir(), name);
    if (/^codewatch-official-\w+\.sqlite$/.test(name) && other !== path) rmSync(other);
  }
}

/** Path of the official snapshot, built now if nobody has yet; waits while another process builds it. */
export async function officialSnapshotPath(): Promise<string> {
  const path = join(tmpdir(), `codewatch-official-${fingerprint()}.sqlite`);
  const building = `${path}.building`;
  while (!existsSync(path)) {
    if (!claim(building)) {
      await wait(pollMs);
      continue;
    }
    try {
      const stores = await takeInOfficial();
      await buildSnapshot({ ...stores, path, createWriter: createSnapshotWriter });
      removeOthers(path);
    } finally {
      rmSync(building, { recursive: true, force: true });
    }
  }
  return path;
}
