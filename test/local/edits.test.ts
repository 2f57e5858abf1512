// `codewatch edits FILE` on the real process: takes the Medicare Code Editor's lists in, once, and refuses a damaged file.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { run } from './codewatch-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'codewatch-edits-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const header = 'table,code,from,to,flags';
const rows = [
  'dx,A1814,2015-10-01,2024-09-30,MALE|ADULT',
  'dx,A1814,2024-10-01,2026-09-30,ADULT',
  'age,ADULT,1984-03-01,2026-09-30,15-124',
];

function fileOf(name: string, ...lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

const edits = (...args: readonly string[]) =>
  run(['edits', ...args, '--data', join(folder, 'data')]);

describe('infra/local/commands/edits.ts', () => {
  test('the lists are taken in with their counts, and known the next time', async () => {
    const file = fileOf('mce-43.1-flags.csv', header, ...rows);
    const first = await edits(file);
    expect(first).toMatchObject({ code: 0 });
    expect(first.out.trim()).toBe(
      'Medicare Code Editor 43.1: 3 rows, 2 of codes, 1 of age groups; taken in',
    );
    const again = await edits(file, '--json');
    expect(JSON.parse(again.out)).toEqual({
      ...{ version: '43.1', takenIn: 'already', findings: [] },
      counts: { read: 3, rows: 2, ages: 1, rejected: 0 },
    });
  });

  test('of a damaged file nothing is taken in, and each row says why', async () => {
    const file = fileOf('edits.csv', header, ...rows, 'dx,A1815,never,2024-09-30,MALE');
    const { code, out } = await edits(file, '--mce-version', '44.0');
    expect(code).toBe(1);
    expect(out).toContain(
      'edits.csv line 5: "never" to "2024-09-30" are not two dates. (edit-dates)',
    );
    expect(out).toContain('44.0: 4 rows, 2 of codes, 1 of age groups, 1 rejected; not taken in');
  });

  test.each([
    [[], 'edits takes one file'],
    [['nowhere.csv'], 'nowhere.csv cannot be read (ENOENT)'],
  ])('%j is a usage error', async (args, message) => {
    const { code, err } = await edits(...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test('a file whose name tells no version needs the flag', async () => {
    const { code, err } = await edits(fileOf('edits.csv', header, ...rows));
    expect(code).toBe(2);
    expect(err).toContain('edits.csv does not say which version of the editor, as 43.1');
  });
});
