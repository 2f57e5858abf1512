// A folder for what need not outlive the process: gone when it ends, or, after a kill, when the next one starts.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'codewatch-';
const ownName = /^codewatch-(\d+)-\w{6}$/;

/** True while a process of that id runs, whoever it belongs to. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Removes the folders of processes that were killed before they could. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(ownName.exec(name)?.[1]);
    if (pid > 0 && !isRunning(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

/** Makes an empty folder under the system's temporary folder; it goes when this process exits. */
export function makePassingFolder(): string {
  sweep();
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
