// One process per data folder, and no lock that outlives its process.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FolderLock, lockFolder, readHolder } from '../../infra/local/folder-lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'codewatch-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function take(): FolderLock {
  const lock = lockFolder(folder, 'serve');
  if ('release' in lock) return lock;
  throw new Error(`held by ${lock.pid}`);
}

/** The number of a process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

describe('infra/local/folder-lock.ts', () => {
  test('a folder held by a living process says by whom, and is free after release', () => {
    const lock = take();
    expect(lockFolder(folder, 'pull')).toMatchObject({ pid: process.pid, command: 'serve' });
    lock.release();
    expect(readHolder(folder)).toBeUndefined();
    take().release();
  });

  test('a serving process announces its address and token to its own user only', () => {
    const lock = take();
    lock.announce({ url: 'http://127.0.0.1:1', token: 'secret' });
    expect(readHolder(folder)).toMatchObject({ url: 'http://127.0.0.1:1', token: 'secret' });
    expect(statSync(join(folder, 'lock.json')).mode & 0o077).toBe(0);
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('the lock of a process that was killed is taken over', () => {
    writeFileSync(
      join(folder, 'lock.json'),
      JSON.stringify({ pid: deadPid(), started: null, command: 'serve' }),
    );
    take().release();
  });

  test.skipIf(!existsSync('/proc/self/stat'))(
    'a lock whose process number now belongs to another process is taken over',
    () => {
      const lock = { pid: process.pid, started: '1', command: 'serve' };
      writeFileSync(join(folder, 'lock.json'), JSON.stringify(lock));
      take().release();
    },
  );

  test.skipIf(!existsSync('/proc/self/stat'))(
    'the start of this process is what Linux says: clock ticks since boot',
    () => {
      const lock = take();
      const { started } = readHolder(folder) ?? {};
      const upSeconds = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
      // 100 ticks a second on every Linux that Node runs on.
      expect(upSeconds - Number(started) / 100).toBeCloseTo(process.uptime(), -1);
      lock.release();
    },
  );

  test('a lock file that cannot be read is taken over', () => {
    writeFileSync(join(folder, 'lock.json'), '{"pid":');
    take().release();
  });
});
