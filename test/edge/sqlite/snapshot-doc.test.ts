import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicationId } from '../../../shared/edge/sqlite/snapshot-schema.ts';
import { createSnapshotWriter } from '../../../shared/edge/sqlite/snapshot-writer.ts';
import { snapshotForm } from '../../../shared/ports/snapshot-writer.ts';
import { buildSnapshot } from '../../../shared/store/replay-snapshot.ts';
import { group, policy } from '../../support/policies.ts';
import { arrive, policyPorts } from '../../support/policy-arrivals.ts';
import { takeIn } from '../../support/test-reference.ts';
import { backPainAndGout } from './back-pain-and-gout.ts';

const page = readFileSync('docs/snapshot.md', 'utf8');
const queries = [...page.matchAll(/```sql\n([^`]+)```/g)].map((match) => match[1] ?? '');

let folder: string;
let database: DatabaseSync;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'codewatch-snapshot-'));
  const path = join(folder, 'snapshot.sqlite');
  const stores = await takeIn(backPainAndGout);
  const groups = [group('covered', 'M5416 M545', '62323')];
  const gout = {
    ...group('covered', '', '62323'),
    diagnoses: { codes: [], ranges: [{ from: 'K05', to: 'M10' }] },
  };
  const documents = [
    policy({ id: 'A1', groups }),
    policy({ id: 'A2' }),
    policy({ id: 'A3', groups: [gout] }),
  ];
  const edition = { complete: true, documents, reviews: [], findings: [] };
  await arrive(policyPorts(stores), 'mcd', 'export')('2025-06-01', edition);
  await buildSnapshot({ ...stores, path, createWriter: createSnapshotWriter });
  database = new DatabaseSync(path, { readOnly: true });
});
afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

/** Rows of the query that holds this text, as lists of values; `edit` asks it of something else. */
const answer = (text: string, edit = (query: string): string => query): unknown[][] => {
  const query = queries.find((each) => each.includes(text));
  if (!query) throw new Error(`no query with ${text}`);
  return database
    .prepare(edit(query))
    .all()
    .map((row) => Object.values(row));
};

describe('docs/snapshot.md', () => {
  test('every query finds something', () => {
    expect(queries).toHaveLength(11);
    for (const query of queries) expect(database.prepare(query).all(), query).not.toEqual([]);
  });

  test('M54.5 was billable on the last day before it was split', () => {
    expect(answer("valid_from <= '2021-09-30'")).toEqual([
      ['billable', 1, 'Low back pain', '2020-10-01', '2021-09-30'],
    ]);
  });

  test('what replaced it is official', () => {
    expect(answer('code_replacement')).toEqual([
      ['2021-10-01', 'M5450', 'official'],
      ['2021-10-01', 'M5451', 'official'],
      ['2021-10-01', 'M5459', 'official'],
    ]);
  });

  test('the billable codes of a date are those of its order file, in its order', () => {
    const billable = backPainAndGout[1]?.rows.filter((row) => row.billable);
    expect(answer('ORDER BY version_id')).toEqual(
      billable?.map(({ code, short }) => [
        code.length > 3 ? `${code.slice(0, 3)}.${code.slice(3)}` : code,
        short,
      ]),
    );
  });

  test('the search is right for its date', () => {
    expect(answer('MATCH').map(([code]) => code)).toEqual(['M54.5', 'M54.59', 'M54.50', 'M54.51']);
  });

  test('claims after the split are found, those before it are not', () => {
    expect(answer('WITH claim')).toEqual([
      ['M545', '2021-10-01', 'header'],
      ['M547', '2022-01-01', 'ended'],
    ]);
  });

  test('before the second release was recorded nothing of the split was believed', () => {
    expect(answer('PARTITION BY')).toEqual([
      ['2020-10-01', 'billable', 'Low back pain', 'icd10cm-2021'],
    ]);
  });

  test('a document is found by a code and a procedure', () => {
    expect(answer('policy_list')).toEqual([['mcd', 'A1', '1', '2025-01-01', 'covered', 'prose']]);
  });

  test.each([
    ['K05', ['A3']],
    ['M1A0', ['A3']],
    ['M109', ['A3']],
    ['H810', []],
    ['M545', ['A1']],
    ['M5450', []],
  ])('%s is found where a list has it or a range of the Tabular List holds it', (code, found) => {
    const rows = answer('policy_list', (query) => query.replace("'M5416'", `'${code}'`));
    expect(rows.map(([, document]) => document)).toEqual(found);
  });

  test('what a policy gained is told by code and procedure', () => {
    expect(answer('policy_change')).toEqual([
      ['2025-06-01', 'A1', '2025-01-01', 'added', 'covered', '["M5416","M545"]', '["62323"]'],
      ['2025-06-01', 'A3', '2025-01-01', 'added', 'covered', '[]', '["62323"]'],
    ]);
  });

  test('every table, view and column it names is there, and it names every table and view', () => {
    const objects = database
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%'",
      )
      .all()
      .map(({ name }) => String(name))
      .filter((name) => !/^search_\w+_(?:data|idx|config|docsize|content)$/.test(name));
    for (const name of objects) expect(page).toContain(`| \`${name}\``.slice(2));
    expect(page).toContain(String(applicationId));
    expect(page).toContain(`form ${snapshotForm} (this page)`);
  });

  test('the schema of the file explains its columns', () => {
    const version = database.prepare("SELECT sql FROM sqlite_schema WHERE name = 'version'").get();
    expect(version?.sql).toContain('-- of a believed version: last day it holds');
  });
});
