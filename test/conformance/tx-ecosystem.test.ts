import { readFileSync } from 'node:fs';
import type { Hono } from 'hono';
import { beforeAll, describe, expect, test } from 'vitest';
import { haveOfficialFiles } from '../support/official-files.ts';
import { compareAnswer } from './fhir-date/compare.ts';
import { readSuite } from './fhir-date/suite.ts';
import { fhirSend, officialApp } from './official-app.ts';
import { accountOf, idOf } from './tx-ecosystem/accounts.ts';
import { namedTests } from './tx-ecosystem/by-name.ts';
import { compareShape } from './tx-ecosystem/compare-shape.ts';
import { conformanceTables, withTables } from './tx-ecosystem/document-tables.ts';
import {
  type EcosystemTest,
  haveEcosystemTests,
  readEcosystemFile,
  readEcosystemTests,
} from './tx-ecosystem/ecosystem-files.ts';
import { suitesNotRun } from './tx-ecosystem/not-run.ts';
import { reexpress } from './tx-ecosystem/reexpress.ts';
import { reexpressions } from './tx-ecosystem/reexpressions.ts';
import { officialTitles } from './tx-ecosystem/value-sets.ts';

const haveBoth = haveOfficialFiles && haveEcosystemTests;
const tests: readonly EcosystemTest[] = haveEcosystemTests ? readEcosystemTests() : [];
const stored = tests.filter(({ request }) => readEcosystemFile(request) !== undefined);
const reexpressed = tests.filter((one) => reexpressions[idOf(one)]);
const named = tests.filter((one) => namedTests[idOf(one)]);

const document = readFileSync(new URL('../../docs/conformance.md', import.meta.url), 'utf8');

describe.skipIf(!haveEcosystemTests)('the accounts of the HL7 terminology ecosystem tests', () => {
  test('every one of the 920 tests is accounted for', () => {
    expect(tests.length).toBe(920);
    const accounts = tests.map(accountOf);
    expect(accounts.filter(({ how, why }) => how === 'not run' && why === '')).toEqual([]);
  });

  test('nothing is accounted for that is not among them', () => {
    const ids = new Set(tests.map(idOf));
    const suites = new Set(tests.map(({ suite }) => suite));
    const strange = [...Object.keys(reexpressions), ...Object.keys(namedTests)];
    expect(strange.filter((id) => !ids.has(id))).toEqual([]);
    expect(Object.keys(suitesNotRun).filter((suite) => !suites.has(suite))).toEqual([]);
  });

  test('every test whose request is stored is re-expressed, but for those about states ICD-10-CM does not have', () => {
    expect(stored.length).toBe(99);
    const left = stored.filter((one) => !reexpressions[idOf(one)]);
    const suites = Map.groupBy(left, ({ suite }) => suite);
    expect([...suites].map(([suite, group]) => `${suite} ${group.length}`)).toEqual([
      'deprecated 11',
      'notSelectable 10',
    ]);
  });

  test('docs/conformance.md says what is run, what comes of it and why the rest is not', () => {
    const tables = conformanceTables(tests, readSuite().cases);
    expect(document).toBe(withTables(document, tables));
    for (const one of tests.filter(({ suite }) => stored.some((each) => each.suite === suite))) {
      expect(document, idOf(one)).toMatch(new RegExp(`\`(?:${one.suite}/)?${one.name}\``));
    }
  });
});

describe.skipIf(!haveBoth)('the FHIR face on the HL7 terminology ecosystem tests', () => {
  let app: Hono;
  let titles: (code: string) => string;
  beforeAll(async () => {
    titles = officialTitles();
    app = await officialApp();
  }, 300_000);

  const ask = async (path: string, request?: object) => {
    const response = await fhirSend(app)(
      path,
      request === undefined
        ? {}
        : {
            method: 'POST',
            headers: { 'content-type': 'application/fhir+json' },
            body: JSON.stringify(request),
          },
    );
    return { status: response.status, body: JSON.parse(await response.text()) };
  };

  const outcomeOf = async (one: EcosystemTest) => {
    const by = reexpressions[idOf(one)] ?? {};
    const request = readEcosystemFile(one.request);
    const response = readEcosystemFile(one['response:flat']) ?? readEcosystemFile(one.response);
    if (!request || !response) throw new Error(`${idOf(one)}: its files are not stored`);
    const { path, request: ours, expected } = reexpress(one, { request, response }, by, titles);
    const answer = await ask(path, ours);
    return { by, expected, answer, ...compareShape(expected, answer.body) };
  };

  test.each(reexpressed.filter((one) => !reexpressions[idOf(one)]?.differs))(
    '$suite/$name passes, re-expressed',
    async (one) => {
      const { wrong, answer } = await outcomeOf(one);
      expect(wrong, JSON.stringify(answer.body, null, 1)).toEqual([]);
      expect(answer.status).toBe(200);
    },
  );

  test.each(reexpressed.filter((one) => reexpressions[idOf(one)]?.differs))(
    '$suite/$name differs, as docs/conformance.md says',
    async (one) => {
      const { by, wrong, answer } = await outcomeOf(one);
      expect(wrong.length).toBeGreaterThan(0);
      if (by.differs?.how === 'refused') {
        expect(answer).toMatchObject({
          status: 400,
          body: { resourceType: 'OperationOutcome', issue: [{ code: 'not-supported' }] },
        });
      } else expect(answer.status).toBe(200);
    },
  );

  test.each(named)('$suite/$name, by name', async (one) => {
    const asked = namedTests[idOf(one)];
    if (!asked) throw new Error(`${idOf(one)} has no request`);
    const answer = await ask(asked.path, asked.request);
    const found = compareAnswer(asked.response, answer);
    expect(found, JSON.stringify(answer.body, null, 1)).toEqual([]);
  });
});
