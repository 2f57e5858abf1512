// Where reference answers come from: the newest published snapshot, loaded beside the requests; the table until there is
// one, and whenever none can be had. An answer never waits for a snapshot that is not needed to give it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { CodewatchError } from '../core/errors.ts';
import type { Catalogue } from '../ports/catalogue.ts';
import type { CodeTable } from '../ports/code-table.ts';
import type { PolicyTable } from '../ports/policy-table.ts';
import type { Reference, ReferenceSource } from '../ports/reference-source.ts';
import type { SnapshotPointer, SnapshotReader } from '../ports/snapshot-store.ts';
import { snapshotForm } from '../ports/snapshot-writer.ts';
import type { Log } from './log.ts';
import { unpackSnapshot } from './snapshot-download.ts';

/** A snapshot that is open. */
export type OpenSnapshot = {
  readonly stamp: string;
  readonly codeTable: CodeTable;
  readonly policies: PolicyTable;
  readonly catalogue: Catalogue;
  close(): void;
};

/** What a reference source works with. */
export type ReferenceSourceOptions = {
  /** Answer while no snapshot is open. */
  readonly codeTable: CodeTable;
  readonly policies: PolicyTable;
  readonly pointer: () => Promise<SnapshotPointer | undefined>;
  readonly snapshots: SnapshotReader;
  /** Opens the file at a path; throws when it is none, or of another form. */
  readonly open: (path: string) => OpenSnapshot;
  readonly log: Pick<Log, 'info' | 'warn'>;
  /** Where files pass through; the system's temporary folder by default. */
  readonly folder?: string;
  /** Seconds between two looks at the pointer, 15 by default. */
  readonly checkSeconds?: number;
  /** How long {@link ReferenceSource.withCatalogue} waits for the first snapshot, 8 by default. */
  readonly waitSeconds?: number;
  /** How long a replaced snapshot stays open for those who still read it, 60 by default. */
  readonly graceSeconds?: number;
  /** Milliseconds that only ever grow. */
  readonly elapsed?: () => number;
};

/** A reference source that loads. */
export type LoadingReferenceSource = ReferenceSource & {
  /** Looks at the pointer now and loads what it names. Never throws: what went wrong is logged. */
  refresh(): Promise<void>;
  /** Waits for a load under way, then closes what is open. */
  close(): Promise<void>;
};

/** After failures in a row, waits grow to this many times the usual one: two minutes. */
const backOffMax = 8;

type State = {
  open: OpenSnapshot | undefined;
  /** The check under way. */
  checking: Promise<void> | undefined;
  /** When the next check may begin, in elapsed milliseconds. */
  nextAt: number;
  failures: number;
  readonly replaced: Set<OpenSnapshot>;
};

/** Fetches, checks and opens one snapshot. Its file goes at once: an open file needs no name. */
async function load(
  options: ReferenceSourceOptions,
  pointer: SnapshotPointer,
): Promise<OpenSnapshot> {
  const folder = await mkdtemp(join(options.folder ?? tmpdir(), 'codewatch-snapshot-'));
  try {
    const path = join(folder, 'snapshot.sqlite');
    await unpackSnapshot(await options.snapshots.read(pointer.name), pointer, path);
    const opened = options.open(path);
    if (opened.stamp === pointer.stamp) return opened;
    opened.close();
    throw new CodewatchError('rejected', `snapshot ${pointer.name} calls itself ${opened.stamp}`);
  } finally {
    // Where open files cannot be removed (Windows), the system clears its temporary folder some day.
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Puts a new snapshot in place of the open one, which whoever has it may read to the end. */
function swap(options: ReferenceSourceOptions, state: State, opened: OpenSnapshot): void {
  const old = state.open;
  state.open = opened;
  if (!old) return;
  state.replaced.add(old);
  const drop = (): void => {
    if (state.replaced.delete(old)) old.close();
  };
  setTimeout(drop, (options.graceSeconds ?? 60) * 1000).unref();
}

/** Looks once: after it the pointer's snapshot is open, or there is none. Throws what stands in the way. */
async function look(options: ReferenceSourceOptions, state: State): Promise<void> {
  const pointer = await options.pointer();
  if (!pointer || pointer.stamp === state.open?.stamp) return;
  if (pointer.form !== snapshotForm) {
    const why = `it has form ${pointer.form}, this program reads form ${snapshotForm}`;
    throw new CodewatchError('rejected', `snapshot ${pointer.name} cannot be opened: ${why}`);
  }
  const opened = await load(options, pointer);
  swap(options, state, opened);
  options.log.info('snapshot opened', { stamp: opened.stamp });
}

/**
 * The source of reference answers in a process. `now` starts a look at the pointer (one GetItem) at most every
 * `checkSeconds`; a newer snapshot is fetched, checked and opened beside the requests, which the old one answers
 * meanwhile. One that is damaged, of another form or out of reach is logged, and what was open stays open; the next
 * look comes later the more often it failed. Only `withCatalogue` waits, and only for the first.
 */
export function createReferenceSource(options: ReferenceSourceOptions): LoadingReferenceSource {
  const elapsed = options.elapsed ?? (() => performance.now());
  const checkMs = (options.checkSeconds ?? 15) * 1000;
  const waitMs = (options.waitSeconds ?? 8) * 1000;
  const state: State = {
    ...{ open: undefined, checking: undefined, nextAt: Number.NEGATIVE_INFINITY, failures: 0 },
    replaced: new Set(),
  };
  const check = (): Promise<void> => {
    state.checking ??= look(options, state)
      .then(
        () => {
          state.failures = 0;
        },
        (error: unknown) => {
          state.failures += 1;
          const why = error instanceof Error ? error.message : String(error);
          options.log.warn('the published snapshot cannot be used', { why });
        },
      )
      .finally(() => {
        const times = Math.min(2 ** Math.max(0, state.failures - 1), backOffMax);
        state.nextAt = elapsed() + checkMs * times;
        state.checking = undefined;
      });
    return state.checking;
  };
  const checkIfDue = (): void => {
    if (!state.checking && elapsed() >= state.nextAt) void check();
  };
  const now = (): Reference => {
    checkIfDue();
    return state.open ?? { codeTable: options.codeTable, policies: options.policies };
  };
  return {
    now,
    async withCatalogue() {
      checkIfDue();
      if (!state.open && state.checking) await within(state.checking, waitMs);
      if (state.open) return state.open;
      throw new CodewatchError(
        'unavailable',
        'no snapshot can be searched yet; look-ups work, try again shortly',
      );
    },
    async refresh() {
      await state.checking;
      await check();
    },
    async close() {
      await state.checking;
      for (const one of [...state.replaced, state.open]) one?.close();
      state.replaced.clear();
      state.open = undefined;
      state.nextAt = Number.POSITIVE_INFINITY;
    },
  };
}

/** Waits for a promise that never rejects, but no longer than this. */
async function within(promise: Promise<void>, ms: number): Promise<void> {
  const stop = new AbortController();
  const timer = sleep(ms, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
  await Promise.race([promise, timer]);
  stop.abort();
}
