import type { Hono } from 'hono';
import { beforeAll, describe, expect, test } from 'vitest';
import { addDays, parseCalendarDate } from '../../shared/core/calendar-date.ts';
import { haveOfficialFiles } from '../support/official-files.ts';
import { officialReleases } from '../support/official-order-files.ts';
import { compareAnswer } from './fhir-date/compare.ts';
import { contradiction, type Officials, openOfficials } from './fhir-date/facts.ts';
import { runCase, type Send } from './fhir-date/run-case.ts';
import { type Case, type ExpectedResponse, readSuite } from './fhir-date/suite.ts';
import { fhirSend, officialApp } from './official-app.ts';

const { manifest, cases } = readSuite();

/** The expectation with each of its values altered in turn: what no right answer may satisfy. */
function altered(expected: ExpectedResponse): ExpectedResponse[] {
  const out: ExpectedResponse[] = [];
  const alter = (value: unknown, put: (other: unknown) => unknown): void => {
    if (Array.isArray(value)) {
      value.forEach((each, at) => {
        alter(each, (other) => put(value.with(at, other)));
      });
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, each] of Object.entries(value)) {
        alter(each, (other) => put({ ...value, [name]: other }));
      }
    } else if (value !== '$any$') {
      const other = typeof value === 'boolean' ? !value : `${String(value).replaceAll('$', '')}~`;
      const body = put(other);
      if (typeof body === 'object' && body !== null) out.push({ ...expected, body: { ...body } });
    }
  };
  alter(expected.body, (body) => body);
  const status = expected.status === 200 ? '4xx' : 200;
  return [...out, { ...expected, status }];
}

describe('test/conformance/fhir-date', () => {
  test('there are at least 60 cases, each with a name of its own in its file', () => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
    const names = cases.map(({ file, id }) => `${file} ${id}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test('every case is about a date or a version', () => {
    const about = ({ path, query, body }: Case['request']): boolean =>
      /"(?:date|version)"/.test(JSON.stringify([path, Object.keys(query ?? {}), body]));
    expect(cases.filter(({ request }) => !about(request)).map(({ id }) => id)).toEqual([]);
  });

  test('every choice is explained', () => {
    const unexplained = cases.filter(({ level, why }) => level === 'choice' && why.length < 60);
    expect(unexplained.map(({ id }) => id)).toEqual([]);
  });

  test('every case without an official fact is about a malformed or unknown name or date', () => {
    const without = cases.filter(({ facts }) => facts.length === 0);
    expect(without.filter(({ response }) => response.status === 200)).toEqual([]);
  });
});

describe.skipIf(!haveOfficialFiles)('the facts of test/conformance/fhir-date', () => {
  let officials: Officials;
  beforeAll(async () => {
    officials = await openOfficials(manifest.conversionTable);
  });

  test.each(cases.filter(({ facts }) => facts.length > 0))(
    '$file $id: the official files say so',
    ({ facts }) => {
      expect(facts.map((fact) => contradiction(officials, fact))).toEqual(
        facts.map(() => undefined),
      );
    },
  );

  test.each([
    ['2021-01-01 M545 0 Low back pain', '1 Low back pain'],
    ['2021-01-01 M545 1 Low back', '1 Low back pain'],
    ['2021-01-01 M545 -', '1 Low back pain'],
    ['2021-01-01 M5450 1 Low back pain', '-'],
    ['count 2021-10-01 rows 95524 72747', '95524 72748'],
    ['count 2021-10-01 under M545 3 3', '4 3'],
    ['word 2021-10-01 vertebrogenic -', 'M5451'],
    ['conversion M545 M5450 2020-10-01', '2021-10-01'],
    ['conversion M545 M542 2021-10-01', 'none'],
  ])('"%s" is not what they say', (fact, said) => {
    expect(contradiction(officials, fact)).toBe(said);
  });

  test('the manifest names the files of the releases', () => {
    const files = new Map(manifest.releases.map(({ effective, file }) => [effective, file]));
    for (const { effective, file } of officialReleases) expect(files.get(effective)).toBe(file);
  });
});

describe.skipIf(!haveOfficialFiles)('the FHIR face on test/conformance/fhir-date', () => {
  let app: Hono;
  beforeAll(async () => {
    app = await officialApp();
  }, 300_000);

  test.each(cases)('$file $id: $why', async (one) => {
    const { differences, answer } = await runCase(fhirSend(app), one, manifest.settings);
    expect(differences, JSON.stringify(answer.body, null, 1)).toEqual([]);
  });

  /** Required cases that fail when every request's date is turned into another before the server sees it. */
  const failing = async (turned: (date: string) => string | undefined): Promise<string[]> => {
    const send: Send = (path, init) => {
      const [at = '', query = ''] = path.split('?');
      const given = new URLSearchParams(query);
      const date = turned(given.get('date') ?? '');
      if (date === undefined) given.delete('date');
      else if (given.has('date')) given.set('date', date);
      return fhirSend(app)(`${at}?${given}`, init);
    };
    const failed: string[] = [];
    for (const one of cases.filter(({ level, request }) => level === 'required' && request.query)) {
      const { differences } = await runCase(send, one, manifest.settings);
      if (differences.length > 0) failed.push(`${one.file} ${one.id}`);
    }
    return failed;
  };

  test('a server that ignores the date fails', async () => {
    const failed = await failing(() => undefined);
    expect(failed.length).toBeGreaterThan(50);
    expect(failed).toContain('validate-code.json m545-last-day');
    expect(failed).toContain('date-forms.json not-a-day-february');
  });

  test.each([
    ['early', 1, 'validate-code.json m545-last-day'],
    ['late', -1, 'validate-code.json m5450-first-day'],
  ])('a server that changes over a day too %s fails', async (_when, days, id) => {
    const failed = await failing((text) => {
      const date = parseCalendarDate(text);
      return date ? addDays(date, days) : text;
    });
    expect(failed.length).toBeGreaterThan(20);
    expect(failed).toContain(id);
  });

  test('no case passes with any of its expected values altered', async () => {
    let tried = 0;
    for (const one of cases) {
      const { answer } = await runCase(fhirSend(app), one, manifest.settings);
      for (const response of altered(one.response)) {
        tried += 1;
        const found = compareAnswer(response, answer);
        expect(found.length, `${one.id}: ${JSON.stringify(response)}`).toBeGreaterThan(0);
      }
    }
    expect(tried).toBeGreaterThan(1000);
  });
});
