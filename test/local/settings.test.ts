// Settings: flags before variables before defaults, and errors that name what was wrong.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readSettings } from '../../infra/local/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'codewatch-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('infra/local/settings.ts', () => {
  test('without flags and variables the documented defaults hold', () => {
    expect(readSettings({}, {})).toEqual({
      port: 8787,
      data: join(process.cwd(), '.codewatch'),
      source: { kind: 'sample' },
    });
  });

  test('a flag wins over its variable, a variable over the default', () => {
    const env = { CODEWATCH_PORT: '1234', CODEWATCH_DATA: ':memory:' };
    expect(readSettings({}, env)).toMatchObject({ port: 1234, data: ':memory:' });
    expect(readSettings({ port: '0' }, env)).toMatchObject({ port: 0, data: ':memory:' });
  });

  test('an empty variable counts as not set', () => {
    expect(readSettings({}, { CODEWATCH_PORT: '', CODEWATCH_TOKEN: '' })).toEqual(
      readSettings({}, {}),
    );
  });

  test('a source is the sample, the real sites or a folder that exists', () => {
    expect(readSettings({ source: 'live' }, {}).source).toEqual({ kind: 'live' });
    expect(readSettings({ source: folder }, {}).source).toEqual({ kind: 'mirror', folder });
  });

  test('now is a date or an instant', () => {
    expect(readSettings({ now: '2021-07-15' }, {}).now).toBe('2021-07-15');
    expect(readSettings({ now: '2021-07-15T09:30:00Z' }, {}).now).toBe('2021-07-15T09:30:00Z');
  });

  const file = join(folder, 'file');
  writeFileSync(file, '');
  test.each([
    ['port', '80a', '--port: "80a" is not a port'],
    ['port', '65536', '--port: "65536" is not a port'],
    ['port', '-1', '--port: "-1" is not a port'],
    ['data', file, `--data: "${file}" is not a folder`],
    ['source', join(folder, 'none'), '--source: '],
    ['source', file, '--source: '],
    ['now', '2023-02-29', '--now: "2023-02-29" is not a date'],
    ['now', '2023-02-28T25:00:00Z', '--now: '],
    ['now', 'today', '--now: "today"'],
    ['dynamodb', 'localhost:8000', '--dynamodb: "localhost:8000" is not an address'],
  ])('--%s %s is refused by name', (flag, text, message) => {
    expect(() => readSettings({ [flag]: text }, {})).toThrow(message);
  });

  test('a wrong variable is named as the variable', () => {
    expect(() => readSettings({}, { CODEWATCH_NOW: 'soon' })).toThrow('CODEWATCH_NOW: "soon"');
  });

  test('a wrong token is refused without being shown', () => {
    const refused = () => readSettings({ token: 'two words' }, {});
    expect(refused).toThrow('--token: not a token');
    expect(refused).not.toThrow('two words');
  });
});
