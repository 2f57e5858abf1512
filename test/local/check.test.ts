// `codewatch check`: what it finds in files, on which day it breaks, and its reports for people and machines.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { junitXml } from '../../infra/local/check-junit.ts';
import {
  type CheckRequest,
  checkArtifacts,
  type Problem,
} from '../../infra/local/check-problems.ts';
import { sarifLog } from '../../infra/local/check-sarif.ts';
import { checkText } from '../../infra/local/check-table.ts';
import {
  type FileArtifact,
  readArtifactFiles,
} from '../../infra/local/commands/read-artifact-files.ts';
import type { AskApi } from '../../infra/local/session.ts';
import type { Artifact } from '../../shared/core/artifact.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { apiWithSnapshot, headersOf } from '../api/api-under-test.ts';
import { hcpcsReleases } from '../support/hcpcs-releases.ts';
import { run } from './codewatch-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'codewatch-check-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { app } = await apiWithSnapshot();
const ask: AskApi = async (method, path, body) =>
  app.request(path, {
    method,
    headers: headersOf('clinic', body !== undefined),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

const use = (code: string) => ({ system: 'icd10cm', code }) as const;
const from = (artifact: Artifact, where = 'line 2', file = 'practice.csv'): FileArtifact => ({
  file,
  where,
  artifact,
});
const template = (id: string, ...codes: string[]): Artifact => ({
  type: 'template',
  id,
  name: `Template ${id}`,
  codes: codes.map(use),
});
const claim = (id: string, date: string, code: string, more: object = {}): Artifact => ({
  type: 'claim',
  id,
  codes: [use(code)],
  setting: 'professional',
  dateOfService: calendarDate(date),
  ...more,
});
const request = (on: string, until?: string): CheckRequest => ({
  on: calendarDate(on),
  today: calendarDate('2022-01-01'),
  ...(until !== undefined && { until: calendarDate(until) }),
});
const told = (problems: readonly Problem[]) =>
  problems.map(({ artifact, rule, code, date, breaksOn }) => [
    artifact.id,
    rule,
    code,
    breaksOn ?? date,
  ]);

describe('infra/local/check-problems.ts', () => {
  test('a template is checked on the day asked for', async () => {
    const artifacts = [from(template('lumbar', 'M545', 'M542'))];
    expect((await checkArtifacts(ask, artifacts, request('2021-09-30'))).problems).toEqual([]);
    const { problems, codes } = await checkArtifacts(ask, artifacts, request('2021-10-01'));
    expect(codes).toBe(2);
    expect(told(problems)).toEqual([['lumbar', 'code-header', 'M54.5', '2021-10-01']]);
    expect(problems[0]).toMatchObject({
      file: 'practice.csv',
      where: 'line 2',
      artifact: { type: 'template', id: 'lumbar', name: 'Template lumbar' },
      severity: 'error',
      replacedBy: [{ code: 'M54.50' }, { code: 'M54.51' }, { code: 'M54.59' }],
    });
    expect(problems[0]).not.toHaveProperty('breaksOn');
  });

  test('with a last day, each problem comes once, with the first release day it breaks on', async () => {
    const artifacts = [from(template('back', 'M545', 'M5459', 'M542'))];
    // M54.59 begins with the release M54.5 is divided by, and ends on 2025-10-01.
    const later = await checkArtifacts(ask, artifacts, request('2021-09-30', '2025-10-01'));
    expect(told(later.problems)).toEqual([
      ['back', 'code-future', 'M54.59', '2021-09-30'],
      ['back', 'code-header', 'M54.5', '2021-10-01'],
      ['back', 'code-ended', 'M54.59', '2025-10-01'],
    ]);
    const sooner = await checkArtifacts(ask, artifacts, request('2021-10-01', '2025-09-30'));
    expect(told(sooner.problems)).toEqual([['back', 'code-header', 'M54.5', '2021-10-01']]);
  });

  test('a template’s HCPCS code breaks on the day of the quarterly release that ends it', async () => {
    const own = await apiWithSnapshot({}, hcpcsReleases);
    const askOwn: AskApi = async (method, path, body) =>
      own.app.request(path, {
        method,
        headers: headersOf('clinic', body !== undefined),
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    const codes = [use('M542'), { system: 'hcpcs', code: 'Q5102' } as const];
    const artifacts = [from({ type: 'template', id: 'infusions', codes })];
    const { problems, codes: checked } = await checkArtifacts(
      askOwn,
      artifacts,
      request('2018-03-31', '2018-12-31'),
    );
    expect(checked).toBe(2);
    expect(told(problems)).toEqual([['infusions', 'code-ended', 'Q5102', '2018-04-01']]);
    expect(problems[0]).toMatchObject({ system: 'hcpcs', replacedBy: [{ code: 'Q5103' }, {}] });
    expect((await checkArtifacts(askOwn, artifacts, request('2018-03-31'))).problems).toEqual([]);
  });

  test('a claim is checked on its own day, whatever is asked for, and says until when to file it', async () => {
    const artifacts = [from(claim('late', '2021-10-01', 'M545', { billedCents: 12_050 }))];
    const { problems, atRisk } = await checkArtifacts(
      ask,
      artifacts,
      request('2021-01-01', '2026-01-01'),
    );
    expect(told(problems)).toEqual([['late', 'code-header', 'M54.5', '2021-10-01']]);
    expect(problems[0]).toMatchObject({
      fileBy: '2022-10-01',
      atRisk: { billedCents: 12_050, reworkCentsMin: 2_500, reworkCentsMax: 10_000 },
    });
    expect(atRisk).toEqual({
      claims: 1,
      billedCents: 12_050,
      reworkCents: { min: 2_500, max: 10_000 },
    });
  });

  test('templates come first, then claims, what is lost first before the rest', async () => {
    const artifacts = [
      from(claim('later', '2021-12-01', 'M545', { billedCents: 500 })),
      from(claim('soon, less', '2021-10-01', 'M545', { billedCents: 100 })),
      from(claim('soon, more', '2021-10-01', 'M545', { billedCents: 900 })),
      from(template('t', 'M545')),
    ];
    const { problems } = await checkArtifacts(ask, artifacts, request('2021-10-01'));
    expect(problems.map(({ artifact }) => artifact.id)).toEqual([
      't',
      'soon, more',
      'soon, less',
      'later',
    ]);
  });

  test('more artifacts than one request takes are all checked, each answer with its own', async () => {
    const artifacts = Array.from({ length: 450 }, (_, n) =>
      from(template(`t${n}`, n % 100 === 7 ? 'M545' : 'M542'), `line ${n}`),
    );
    const { problems } = await checkArtifacts(ask, artifacts, request('2021-10-01'));
    expect(problems.map(({ artifact }) => artifact.id)).toEqual([
      't7',
      't107',
      't207',
      't307',
      't407',
    ]);
  });

  test('what is said and needs no correction is a note', async () => {
    const artifacts = [from(claim('c', '2021-10-01', 'M542'))];
    const { problems, notes, atRisk } = await checkArtifacts(ask, artifacts, request('2021-10-01'));
    expect(problems).toEqual([]);
    expect(notes.map(({ rule }) => rule)).toContain('not-checked');
    expect(atRisk.claims).toBe(0);
  });
});

const artifacts = [
  from(template('lumbar <1> & "2"', 'M545')),
  from(template('fine', 'M542'), 'line 3'),
  from(claim('c1', '2021-10-01', 'M545', { billedCents: 5_000 }), 'segment 12, HI01', 'a b/#1.837'),
];
const rejected = [
  { file: 'practice.csv', where: 'line 4', code: 'field-invalid', message: 'codes: missing' },
] as const;
const checked = await checkArtifacts(ask, artifacts, request('2021-10-01'));

describe('infra/local/check-table.ts', () => {
  test('tells what is wrong, what to do and what it comes to', () => {
    const text = checkText(checked, rejected);
    for (const part of [
      'practice.csv',
      'M54.50 (Low back pain,',
      '$50.00 billed, file by 2022-10-01',
    ]) {
      expect(text).toContain(part);
    }
    const [closing, unread] = text.split('\n').reverse();
    expect(unread).toBe('practice.csv, line 4: codes: missing (field-invalid)');
    expect(closing).toMatch(
      /^3 code uses checked: 2 errors, 0 warnings, \d+ notes?, 1 record unreadable; at risk: 1 claim, \$50\.00 billed, \$25\.00 to \$100\.00 of rework$/,
    );
  });

  test('with a last day it says how many break when', async () => {
    const found = await checkArtifacts(
      ask,
      [from(template('a', 'M545')), from(template('b', 'M545', 'M542'), 'line 3')],
      request('2021-09-30', '2021-10-01'),
    );
    expect(checkText(found, [])).toContain('\n2 templates break on 2021-10-01\n');
  });
});

/** What SARIF 2.1.0 requires of the objects used here (OASIS standard, sections 3.13 to 3.52). */
const level = z.enum(['none', 'note', 'warning', 'error']);
const message = z.strictObject({ text: z.string().min(1) });
const sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z.array(
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string().min(1),
          version: z.string(),
          rules: z.array(
            z.strictObject({
              id: z.string().min(1),
              shortDescription: message,
              fullDescription: message.optional(),
              defaultConfiguration: z.strictObject({ level }),
            }),
          ),
        }),
      }),
      columnKind: z.enum(['utf16CodeUnits', 'unicodeCodePoints']),
      invocations: z.array(z.strictObject({ executionSuccessful: z.boolean() })),
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: z.int().min(0),
          level,
          message,
          locations: z.array(
            z.strictObject({
              physicalLocation: z.strictObject({
                artifactLocation: z.strictObject({
                  // A URI reference: no blanks, no backslashes, no fragment of a file's name.
                  uri: z.string().regex(/^[^\s\\#?]+$/),
                  uriBaseId: z.literal('%SRCROOT%').optional(),
                }),
                region: z.strictObject({ startLine: z.int().min(1) }),
              }),
              logicalLocations: z
                .array(z.strictObject({ name: z.string(), fullyQualifiedName: z.string() }))
                .optional(),
            }),
          ),
          partialFingerprints: z.record(z.string(), z.string()),
          properties: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
  ),
});

describe('infra/local/check-sarif.ts', () => {
  const log = sarif.parse(sarifLog(checked, rejected, '1.2.3'));
  const [sarifRun] = log.runs;

  test('has one result a problem, note and unreadable record, each with a rule that is described', () => {
    const rules = sarifRun?.tool.driver.rules ?? [];
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    const results = sarifRun?.results ?? [];
    expect(results).toHaveLength(checked.problems.length + checked.notes.length + rejected.length);
    for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex]?.id).toBe(ruleId);
  });

  test('errors are errors where they stand, notes are notes', () => {
    const shown = (sarifRun?.results ?? []).map((one) => {
      const [location] = one.locations;
      const { artifactLocation, region } = location?.physicalLocation ?? {};
      return [one.ruleId, one.level, artifactLocation?.uri, region?.startLine];
    });
    expect(shown[0]).toEqual(['code-header', 'error', 'practice.csv', 2]);
    // A segment is no line of the file.
    expect(shown[1]).toEqual(['code-header', 'error', 'a%20b/%231.837', 1]);
    expect(shown.at(-1)).toEqual(['record-unreadable', 'error', 'practice.csv', 4]);
    expect(shown.slice(2, -1).every(([, of]) => of === 'note')).toBe(true);
  });

  test('the same problem has the same fingerprint wherever it stands later', async () => {
    const moved = await checkArtifacts(
      ask,
      [from(template('lumbar <1> & "2"', 'M545'), 'line 99')],
      request('2021-10-02'),
    );
    const again = sarif.parse(sarifLog(moved, [], '1.2.4'));
    expect(again.runs[0]?.results[0]?.partialFingerprints).toEqual(
      sarifRun?.results[0]?.partialFingerprints,
    );
  });

  test('a file outside the working folder is named by its whole address', () => {
    const outside = sarif.parse(
      sarifLog(
        { ...checked, problems: [], notes: [] },
        [{ ...rejected[0], file: '/srv/a.csv' }],
        '1',
      ),
    );
    expect(outside.runs[0]?.results[0]?.locations[0]?.physicalLocation.artifactLocation).toEqual({
      uri: 'file:///srv/a.csv',
    });
  });
});

describe('infra/local/check-junit.ts', () => {
  const parser = new XMLParser({
    ignoreAttributes: false,
    isArray: (name) => /^test(?:suite|case)$/.test(name),
  });
  const xml = junitXml(artifacts, checked, rejected);
  const { testsuites } = parser.parse(xml);

  test('is well-formed and its counts add up', () => {
    expect(XMLValidator.validate(xml)).toBe(true);
    expect([testsuites['@_tests'], testsuites['@_failures'], testsuites['@_errors']]).toEqual([
      '4',
      '2',
      '1',
    ]);
    const counts = testsuites.testsuite.map((suite: Record<string, unknown>) => [
      suite['@_name'],
      suite['@_tests'],
      suite['@_failures'],
      suite['@_errors'],
      (suite.testcase as unknown[]).length,
    ]);
    expect(counts).toEqual([
      ['practice.csv', '3', '1', '1', 3],
      ['a b/#1.837', '1', '1', '0', 1],
    ]);
  });

  test('a template with an error fails by its name, one without passes, what cannot be read is an error', () => {
    const [broken, fine, unread] = testsuites.testsuite[0].testcase;
    expect(broken['@_name']).toBe('lumbar <1> & "2" (Template lumbar <1> & "2")');
    expect(broken.failure['@_type']).toBe('code-header');
    expect(broken.failure['#text']).toContain('M54.50 (Low back pain, unspecified)');
    expect(fine).not.toHaveProperty('failure');
    expect(unread.error).toEqual({ '@_type': 'field-invalid', '@_message': 'codes: missing' });
  });

  test('characters that XML has not are replaced', () => {
    const odd = from(template(`a\u0001b\ud800${'\uffff'}`, 'M542'));
    const made = junitXml([odd], { problems: [], notes: [] }, []);
    expect(XMLValidator.validate(made)).toBe(true);
    expect(made).toContain('name="a\ufffdb\ufffd\ufffd');
    const [problem] = checked.problems;
    if (!problem) throw new Error('nothing was found');
    const told = { ...problem, message: 'a\u0001 <b> & c' };
    const failed = junitXml(artifacts, { problems: [told], notes: [] }, []);
    expect(XMLValidator.validate(failed)).toBe(true);
    expect(failed).toContain(': a\ufffd &lt;b&gt; &amp; c ');
  });
});

describe('infra/local/commands/check.ts', () => {
  const file = join(folder, 'templates.csv');
  writeFileSync(file, 'type,id,name,codes\ntemplate,lumbar,Lumbar,M54.5 M54.2\n');

  test('files are read with the place of each record', async () => {
    const { artifacts: read } = await readArtifactFiles([file]);
    expect(read.map(({ where, artifact }) => [where, artifact.id])).toEqual([['line 2', 'lumbar']]);
  });

  test.each([
    [['check'], 'check takes one or more files'],
    [['check', file, '--on', '2021-02-30'], '--on: "2021-02-30" is not a date'],
    [
      ['check', file, '--on', '2021-10-01', '--until', '2021-09-30'],
      '--until: 2021-09-30 is before',
    ],
    [['check', file, '--sarif', '-', '--json'], 'only one of --json, --sarif - and --junit -'],
    [['check', file, '--fail-on', 'info'], '--fail-on: "info" is neither'],
  ])('%j is refused as wrong usage', async (args, message) => {
    const refused = await run([...args, '--data', ':memory:']);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(message);
  });

  test('one run writes SARIF to standard output and JUnit to a file, and ends with 1', {
    timeout: 120_000,
  }, async () => {
    const junit = join(folder, 'junit.xml');
    const args = ['--on', '2021-09-30', '--until', '2021-10-01', '--sarif', '-', '--junit', junit];
    const ended = await run(['check', file, ...args, '--data', ':memory:']);
    expect([ended.code, ended.err]).toEqual([
      1,
      expect.stringContaining('1 template breaks on 2021-10-01'),
    ]);
    const log = sarif.parse(JSON.parse(ended.out));
    expect(log.runs[0]?.results[0]).toMatchObject({
      ruleId: 'code-header',
      properties: { code: 'M54.5', breaksOn: '2021-10-01' },
    });
    expect(readFileSync(junit, 'utf8')).toContain('<failure type="code-header"');
  });
});
