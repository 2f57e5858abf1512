// A weekly export of full size: time, requests and items of an edition, memory of a process of its own, the same again, thirty
// changed documents, the snapshot that carries it, and coverage looked up from either.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { createDynamoDbItemStore } from '../../shared/edge/dynamodb-item-store.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { packFile } from '../../shared/edge/snapshot-draft.ts';
import { openSnapshot } from '../../shared/edge/sqlite/open-snapshot.ts';
import { createSnapshotWriter } from '../../shared/edge/sqlite/snapshot-writer.ts';
import { checkCoverage } from '../../shared/operations/check-coverage.ts';
import type { PolicyTable } from '../../shared/ports/policy-table.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';
import { buildSnapshot } from '../../shared/store/replay-snapshot.ts';
import { startTestEngines } from '../support/engines.ts';
import { type FullSize, fullSizeMcdExport } from '../support/full-size-mcd-export.ts';
import { mcdExportBytes, mcdExportRows, mcdExportZip } from '../support/mcd-export-bytes.ts';
import { payers } from '../support/payers.ts';
import { officialReference } from '../support/test-reference.ts';
import { type Figure, median } from './figure.ts';
import { type EditionStores, exportMessage, takeInExport } from './policy-editions.ts';
import { processorMs } from './processor-time.ts';

const articles = 2000;
const rows = { coveredRows: 431_000, nonCoveredRows: 45_000 };
const changed = 30;
const nextWeek = { changed, day: '2026-09-13' };
/** Documents of the edition for the embedded DynamoDB. */
const onEngineDocuments = 500;
/** MB of heap that V8 may take in the process of its own. */
const heapMb = 256;

const zipOf = (size: FullSize = {}): Buffer => mcdExportBytes(fullSizeMcdExport(size));

/** The same tables in another zip, as a publisher packs them anew every week. */
const packedAnew = (size: FullSize = {}): Buffer =>
  mcdExportZip(mcdExportRows(fullSizeMcdExport(size)), { 'notes.csv': 'note\r\n' });

/** Bytes in the archive that are no download and no note of one. */
const derivedBytes = (objects: ReadonlyMap<string, Uint8Array>): number =>
  [...objects].reduce((sum, [key, { length }]) => sum + (/^normal\//.test(key) ? length : 0), 0);

/** Takes an edition in and tells what that took. */
async function costOf(
  stores: EditionStores & Pick<ReturnType<typeof memoryStores>, 'items' | 'archive'>,
  zip: Buffer,
  run: string,
) {
  const message = await exportMessage(stores.archive, zip, run);
  const before = { ...stores.items.counts, bytes: derivedBytes(stores.archive.objects) };
  const start = performance.now();
  const { outcome } = await takeInExport(stores, message);
  return {
    outcome,
    seconds: (performance.now() - start) / 1000,
    items: stores.items.counts.itemsWritten - before.itemsWritten,
    requests: stores.items.counts.requests - before.requests,
    bytes: derivedBytes(stores.archive.objects) - before.bytes,
  };
}

const memoryStores = () => ({ items: createMemoryItemStore(), archive: createMemoryArchive() });

async function editionFigures(stores: ReturnType<typeof memoryStores>): Promise<Figure[]> {
  const first = await costOf(stores, zipOf(), 'first');
  const same = await costOf(stores, zipOf(), 'same');
  const anew = await costOf(stores, packedAnew(), 'anew');
  const next = await costOf(stores, zipOf(nextWeek), 'next');
  const unexpected = [first, same, anew, next].map(({ outcome }) => outcome).join(' ');
  if (unexpected !== 'committed repeated unchanged committed') throw new Error(unexpected);
  return [
    { what: 'first edition, stores in memory', value: first.seconds, unit: 's', max: 60 },
    { what: 'items it writes', value: first.items / articles, unit: 'a document', max: 15 },
    { what: 'requests it makes', value: first.requests, unit: 'requests' },
    { what: 'state and delta it archives', value: first.bytes / 1e6, unit: 'MB' },
    { what: 'the same file again: items written', value: same.items, unit: 'items', max: 0 },
    { what: 'the same packed anew: items written', value: anew.items, unit: 'items', max: 1 },
    { what: 'the same packed anew: archived', value: anew.bytes, unit: 'bytes', max: 0 },
    { what: 'the same packed anew', value: anew.seconds, unit: 's' },
    { what: `${changed} documents changed`, value: next.seconds, unit: 's' },
    {
      what: `${changed} documents changed: items written, all told`,
      value: next.items / changed,
      unit: 'a document',
      max: 5,
    },
    { what: `${changed} documents changed: requests`, value: next.requests, unit: 'requests' },
    { what: `${changed} documents changed: archived`, value: next.bytes / 1e6, unit: 'MB' },
  ];
}

type Edition = { readonly seconds: number; readonly peakMb: number };

/** Takes exports in, one after the other, in a process with a small heap. */
function inProcess(folder: string, ...zips: readonly Buffer[]): Edition[] {
  const paths = zips.map((zip, at) => {
    const path = join(folder, `${at}.zip`);
    writeFileSync(path, zip);
    return path;
  });
  const program = fileURLToPath(new URL('policy-edition-process.ts', import.meta.url));
  const heap = `--max-old-space-size=${heapMb}`;
  const text = execFileSync(process.execPath, [heap, program, ...paths], { encoding: 'utf8' });
  return JSON.parse(text);
}

function memoryFigures(folder: string): Figure[] {
  const none: Edition = { seconds: Number.NaN, peakMb: Number.NaN };
  const [first = none, second = none] = inProcess(folder, zipOf(), zipOf(nextWeek));
  const quarter = { coveredRows: rows.coveredRows / 4, nonCoveredRows: rows.nonCoveredRows / 4 };
  const [fewRows = none] = inProcess(folder, zipOf(quarter));
  const [fewDocuments = none] = inProcess(folder, zipOf({ articles: articles / 4, ...quarter }));
  const own = `in a process of its own with a heap of ${heapMb} MB, peak`;
  return [
    { what: `first edition ${own}`, value: first.peakMb, unit: 'MB', max: 700 },
    { what: 'the next one on top of it', value: second.peakMb, unit: 'MB', max: 700 },
    { what: 'a quarter of the rows in as many documents', value: fewRows.peakMb, unit: 'MB' },
    {
      what: 'all rows against a quarter of them',
      value: first.peakMb / fewRows.peakMb,
      unit: 'times',
      max: 1.5,
    },
    { what: 'a quarter of the documents', value: fewDocuments.peakMb, unit: 'MB' },
  ];
}

/** Microseconds of processor time for a coverage question, each about another procedure. */
async function microsecondsOf(policies: PolicyTable, questions: number): Promise<number> {
  const { codeTable } = await officialReference();
  const clock = { now: () => '2026-11-01T00:00:00.000Z' };
  const ports = { policies, codeTable, payers, clock };
  const date = calendarDate('2026-11-01');
  const ms = await processorMs(async () => {
    for (let at = 0; at < questions; at += 1) {
      const procedure = String(10_000 + ((at * 7919) % (onEngineDocuments * 9)));
      const question = { procedure, diagnosis: 'M54.50', state: 'CA', date };
      const check = await checkCoverage(ports, question);
      if (check.policies.length === 0) throw new Error(`no policy names ${procedure}`);
    }
  });
  return (ms * 1000) / questions;
}

const runs = 5;

async function medianOf(policies: PolicyTable, questions: number): Promise<number> {
  const all: number[] = [];
  for (let run = 0; run < runs; run += 1) all.push(await microsecondsOf(policies, questions));
  return median(all);
}

async function snapshotFigures(stores: EditionStores, folder: string): Promise<Figure[]> {
  const path = join(folder, 'policies.sqlite');
  const buildMs = await processorMs(async () => {
    await buildSnapshot({ ...stores, path, createWriter: createSnapshotWriter });
  });
  let packedBytes = 0;
  const packMs = await processorMs(async () => {
    packedBytes = (await packFile(path)).gzipped.length;
  });
  const snapshot = openSnapshot(path);
  try {
    return [
      { what: 'policies in a snapshot, processor time', value: buildMs / 1000, unit: 's' },
      { what: 'packed, processor time', value: packMs / 1000, unit: 's' },
      { what: 'what they add to it', value: statSync(path).size / 1e6, unit: 'MB' },
      { what: 'what they add to it, packed', value: packedBytes / 1e6, unit: 'MB' },
      {
        what: 'coverage asked of the snapshot, processor time',
        value: await medianOf(snapshot.policies, 2000),
        unit: 'µs',
        max: 1000,
      },
      {
        what: 'coverage asked of the table, in memory',
        value: await medianOf(createPolicyTable(stores.items), 500),
        unit: 'µs',
      },
    ];
  } finally {
    snapshot.close();
  }
}

async function engineFigures(): Promise<Figure[]> {
  const { clients, makeTable, stop } = await startTestEngines();
  try {
    const items = createDynamoDbItemStore({ client: clients.dynamodb(), table: await makeTable() });
    const archive = createMemoryArchive();
    const share = onEngineDocuments / articles;
    const size = {
      articles: onEngineDocuments,
      coveredRows: rows.coveredRows * share,
      nonCoveredRows: rows.nonCoveredRows * share,
    };
    const seconds: number[] = [];
    for (const [run, zip] of [zipOf(size), zipOf({ ...size, ...nextWeek })].entries()) {
      const message = await exportMessage(archive, zip, String(run));
      const start = performance.now();
      await takeInExport({ items, archive }, message);
      seconds.push((performance.now() - start) / 1000);
    }
    const start = performance.now();
    await microsecondsOf(createPolicyTable(items), 100);
    const ms = (performance.now() - start) / 100;
    const [first = Number.NaN, next = Number.NaN] = seconds;
    const beside = 'embedded DynamoDB beside';
    return [
      {
        what: `first edition of ${onEngineDocuments} documents, ${beside}`,
        value: first,
        unit: 's',
      },
      { what: `${changed} of them changed, ${beside}`, value: next, unit: 's' },
      { what: `coverage asked of the table, ${beside}, elapsed`, value: ms, unit: 'ms' },
    ];
  } finally {
    await stop();
  }
}

/** An export of 2,000 articles with 431,000 covered and 45,000 non-covered rows. */
export async function benchPolicyExport(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'codewatch-bench-'));
  try {
    const stores = memoryStores();
    return [
      ...(await editionFigures(stores)),
      ...memoryFigures(folder),
      ...(await snapshotFigures(stores, folder)),
      ...(await engineFigures()),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
