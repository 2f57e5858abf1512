// One process per data folder: a lock file that says who holds it and how to reach it.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the lock file says. */
export type Holder = {
  readonly pid: number;
  /** When the process started, as the system counts it: a number used again by another process is told apart. */
  readonly started: string | null;
  /** The command that holds it. */
  readonly command: string;
  /** Set while it serves: its address and the token of the tenant `local`. */
  readonly url?: string;
  readonly token?: string;
};

/** A folder held by this process. */
export type FolderLock = {
  /** Tells other processes where this one serves. */
  announce(serving: { readonly url: string; readonly token: string }): void;
  release(): void;
};

const lockName = 'lock.json';

/** Takes a data folder, or answers who has it. A lock whose process is gone (killed, rebooted) is taken over. */
export function lockFolder(folder: string, command: string): FolderLock | Holder {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, lockName);
  const own: Holder = { pid: process.pid, started: startOf(process.pid), command };
  const draft = write(`${path}.${process.pid}`, own);
  try {
    for (;;) {
      // A link appears whole and only if there is none: nobody ever reads half a lock.
      if (linked(draft, path)) return heldLock(path, own);
      const holder = readHolder(folder);
      if (holder) return holder;
      rmSync(path, { force: true });
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Who holds a folder: a process that is alive, or undefined. */
export function readHolder(folder: string): Holder | undefined {
  try {
    const holder: Holder = JSON.parse(readFileSync(join(folder, lockName), 'utf8'));
    return isAlive(holder) ? holder : undefined;
  } catch {
    return undefined;
  }
}

function heldLock(path: string, own: Holder): FolderLock {
  return {
    announce: (serving) => renameSync(write(`${path}.new`, { ...own, ...serving }), path),
    release: () => rmSync(path, { force: true }),
  };
}

/** Writes a lock file for its owner's eyes only: it holds the token. */
function write(path: string, holder: Holder): string {
  writeFileSync(path, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  return path;
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another user's process is alive, too.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return started === null || startOf(pid) === started;
}

/**
 * Linux: field 22 of /proc/<pid>/stat, ticks since boot; null for a process that has ended and only waits to be reaped.
 * Elsewhere null, and the process number alone decides.
 */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return /^[ZX]$/.test(state) ? null : (fields[18] ?? null);
  } catch {
    return null;
  }
}
