import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CodewatchError } from '../../../shared/core/errors.ts';
import { openSnapshot } from '../../../shared/edge/sqlite/open-snapshot.ts';
import { createSnapshotWriter } from '../../../shared/edge/sqlite/snapshot-writer.ts';
import { buildSnapshot } from '../../../shared/store/replay-snapshot.ts';
import { takeIn } from '../../support/test-reference.ts';
import { backPainAndGout } from './back-pain-and-gout.ts';

let folder: string;
let sound: string;

/** The snapshot of the test's releases as a file of this name. */
async function build(name: string): Promise<string> {
  const path = join(folder, name);
  const stores = await takeIn(backPainAndGout);
  await buildSnapshot({ ...stores, path, createWriter: createSnapshotWriter });
  return path;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'codewatch-open-'));
  sound = await build('sound.sqlite');
});
afterAll(() => rmSync(folder, { recursive: true }));

const refusal = (path: string): CodewatchError => {
  try {
    openSnapshot(path).close();
  } catch (error) {
    if (error instanceof CodewatchError) return error;
    throw error;
  }
  throw new Error(`${path} was opened`);
};

/** A copy of the snapshot that something was done to. */
function changed(name: string, change: (path: string) => void): string {
  const path = join(folder, name);
  copyFileSync(sound, path);
  change(path);
  return path;
}

describe('shared/edge/sqlite/open-snapshot.ts', () => {
  test('a snapshot says what it is', () => {
    const snapshot = openSnapshot(sound);
    expect(snapshot.stamp).toBe('f2_icd10cm-2_icd10pcs-1_hcpcs-0');
    snapshot.close();
    snapshot.close();
  });

  test('a path may hold any characters', () => {
    const path = changed('a %20 ?x=1 #y ü.sqlite', () => undefined);
    openSnapshot(path).close();
  });

  test('a file that is not there is refused, and not made', () => {
    const error = refusal(join(folder, 'none.sqlite'));
    expect(error.code).toBe('archive-missing');
    expect(error.message).toContain('none.sqlite');
    expect(readdirSync(folder)).not.toContain('none.sqlite');
  });

  test.each([
    ['a text', (path: string) => writeFileSync(path, 'not a database, but long enough'.repeat(99))],
    ['an empty file', (path: string) => writeFileSync(path, '')],
    [
      'half a snapshot',
      (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 12_288)),
    ],
    [
      'another database',
      (path: string) => {
        rmSync(path);
        const other = new DatabaseSync(path);
        other.exec('CREATE TABLE meta (key, value)');
        other.close();
      },
    ],
  ])('%s is refused', (name, change) => {
    expect(refusal(changed(name, change)).code).toBe('archive-missing');
  });

  test('a snapshot of another form is refused with both numbers', () => {
    const path = changed('form', (at) => {
      const database = new DatabaseSync(at);
      database.exec('PRAGMA user_version = 99');
      database.close();
    });
    expect(refusal(path).message).toContain('form 99, this program reads form 2');
  });

  test('nobody can write through it', () => {
    const before = readFileSync(sound);
    const database = new DatabaseSync(sound, { readOnly: true });
    expect(() => database.exec('DELETE FROM version')).toThrow();
    database.close();
    expect(readFileSync(sound).equals(before)).toBe(true);
  });
});

describe('shared/edge/sqlite/snapshot-writer.ts', () => {
  test('until it is finished nothing has the name of the file; given up, nothing is left', () => {
    const path = join(folder, 'unfinished.sqlite');
    const writer = createSnapshotWriter(path);
    const mine = () => readdirSync(folder).filter((name) => name.startsWith('unfinished'));
    expect(mine()).not.toContain('unfinished.sqlite');
    expect(mine()).toHaveLength(1);
    writer.discard();
    writer.discard();
    expect(mine()).toEqual([]);
  });

  test('the same releases give the same bytes', async () => {
    const again = await build('again.sqlite');
    expect(readFileSync(again).equals(readFileSync(sound))).toBe(true);
  });
});
