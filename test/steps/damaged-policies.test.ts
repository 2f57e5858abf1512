// Policies as they come on a bad day, taken in by the real step on top of a history: refused by name with everything known as
// it was, or only what is sound taken in and the rest told.
import { describe, expect, it } from 'vitest';
import { defaultPolicyGateLimits } from '../../shared/core/policy-gate.ts';
import { createCoverageApiFeed } from '../../shared/feeds/cms-mcd-api/feed.ts';
import { ingestPolicies } from '../../shared/steps/ingest-policies.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';
import { createCoverageWorld, setLocalNews } from '../feeds/cms-mcd-api/coverage-world.ts';
import { policy, rulesFile } from '../feeds/payer-rules/rules-files.ts';
import { writeZip } from '../formats/write-zip.ts';
import { type ApiReply, coverageApiAnswers, listed } from '../support/coverage-api.ts';
import { cell, type Damage, swapped, without } from '../support/damaged-rows.ts';
import {
  csvText,
  type ExportRows,
  mcdExportBytes,
  mcdExportRows,
  mcdExportZip,
} from '../support/mcd-export-bytes.ts';
import { haveOfficialFiles } from '../support/official-files.ts';
import { policyWorld } from '../support/policy-world.ts';
import {
  type DamagedFeed,
  exportOf,
  notice,
  policiesWithHistory,
  rss,
  soundNews,
} from './damaged-policies-world.ts';

const covered = 'article_x_icd10_covered.csv';
const nonCovered = 'article_x_icd10_noncovered.csv';
const page = '<!DOCTYPE html><html><body>Service unavailable</body></html>';

const tables = (): ExportRows => mcdExportRows(soundNews);
const whole = mcdExportZip(tables());

/** The tables with one of them damaged. */
const damaged = (name: string, damage: Damage): ExportRows =>
  tables().set(name, damage(tables().get(name) ?? []));
const zipped = (name: string, damage: Damage): Buffer => mcdExportZip(damaged(name, damage));
/** The export with a table of these bytes. */
const having = (name: string, content: Uint8Array | string): Buffer =>
  mcdExportZip(tables(), { [name]: content });
const textOf = (name: string): string => csvText(tables().get(name) ?? []);

const member = (name: string, content: Uint8Array | string, statedSize?: number) => ({
  ...{ name, content },
  ...(statedSize === undefined ? {} : { statedSize }),
});
const nested = (content: Uint8Array, statedSize?: number): Buffer =>
  writeZip([member('current_article_csv.zip', content, statedSize)]);
const inner = writeZip([...tables()].map(([name, rows]) => member(name, csvText(rows))));
/** The zip of tables with one member more. */
const withMember = (name: string): Buffer =>
  nested(
    writeZip([
      ...[...tables()].map(([each, rows]) => member(each, csvText(rows))),
      member(name, 'x'),
    ]),
  );

/** The zip of tables and another member around it. */
const besides = (name: string): Buffer =>
  writeZip([member('current_article_csv.zip', inner), member(name, 'x')]);

const lcd = mcdExportRows({ kind: 'lcd', day: '2026-09-13', documents: [{ id: '30001' }] });
const lcdZip = (damage: Damage): Buffer =>
  mcdExportZip(new Map(lcd).set('lcd.csv', damage(lcd.get('lcd.csv') ?? [])));

const procedures = 'article_x_hcpc_code.csv';
const contractors = 'article_x_contractor.csv';

const headless: Damage = (rows) => rows.slice(1);
const rowless: Damage = (rows) => rows.slice(0, 1);
const half: Damage = (rows) => rows.slice(0, Math.ceil(rows.length / 2));
/** Without the rows of these documents. */
const lacking =
  (...ids: readonly string[]): Damage =>
  (rows) =>
    rows.filter(([id]) => !ids.includes(id ?? ''));
const everyTable = (damage: Damage): ExportRows =>
  new Map([...tables()].map(([name, rows]) => [name, /^article/.test(name) ? damage(rows) : rows]));

type Refusal = readonly [what: string, code: string, says: RegExp, content: Uint8Array | string];

const refusedExports: readonly Refusal[] = [
  ['a zip cut off', 'zip-truncated', /directory is missing/, whole.subarray(0, whole.length / 2)],
  [
    'a zip of tables cut off inside a whole one',
    'zip-truncated',
    /directory is missing/,
    nested(inner.subarray(0, inner.length / 2)),
  ],
  [
    'a table cut off within a cell',
    'csv-quotes',
    /article_x_icd10_covered.csv do not close/,
    having(covered, textOf(covered).slice(0, -6)),
  ],
  ['a web page in status 200', 'html-instead-of-file', /web page/, page],
  [
    'a web page for a table',
    'html-instead-of-file',
    /covered.csv is a web page/,
    having(covered, page),
  ],
  ['an error in JSON in status 200', 'not-a-zip', /not a zip/, '{"error":"rate limited"}'],
  ['an empty file', 'not-a-zip', /0 bytes/, ''],
  ['an empty table', 'empty-file', /covered.csv is empty/, having(covered, '')],
  [
    'a table in UTF-16',
    'encoding',
    /covered.csv has zero bytes, as UTF-16/,
    having(covered, Buffer.from(`\ufeff${textOf(covered)}`, 'utf16le')),
  ],
  [
    'code and group in each other’s column',
    'mcd-columns-swapped',
    /column icd10_code_id/,
    zipped(covered, swapped('icd10_code_id', 'icd10_covered_group')),
  ],
  [
    'title and effective date in each other’s column',
    'mcd-columns-swapped',
    /column article_eff_date/,
    zipped('article.csv', swapped('title', 'article_eff_date')),
  ],
  ['no header row', 'mcd-header-missing', /covered.csv/, zipped(covered, headless)],
  [
    'no header row of the LCDs',
    'mcd-header-missing',
    /lcd.csv has no header row/,
    lcdZip(headless),
  ],
  [
    'no column of LCDs’ effective dates',
    'mcd-column-missing',
    /rev_eff_date/,
    lcdZip(without('rev_eff_date')),
  ],
  [
    'no table of lists',
    'mcd-table-missing',
    /covered.csv/,
    mcdExportZip(tables(), { [covered]: undefined }),
  ],
  [
    'a quote that never closes',
    'csv-quotes',
    /covered.csv do not close/,
    having(covered, textOf(covered).replace('"M47.813"', '"M47.813')),
  ],
  [
    'states of which no table knows',
    'mcd-lookup-row',
    /contractor_jurisdiction.csv/,
    zipped('contractor_jurisdiction.csv', cell('state_id', '999')),
  ],
  [
    'codes that cannot be codes, in every row',
    'mcd-columns-swapped',
    /column icd10_code_id/,
    zipped(covered, cell('icd10_code_id', 'BACKPAIN', 1000)),
  ],
  [
    'a row whose document cannot be read',
    'mcd-row-lost',
    /nor which document it belongs to/,
    zipped(covered, cell('article_id', '-50001')),
  ],
  [
    'no documents at all',
    'mcd-no-documents',
    /no article at all/,
    zipped('article.csv', (rows) => rows.slice(0, 1)),
  ],
  ...[
    covered,
    'article_x_icd10_covered_group.csv',
    procedures,
    'article_x_hcpc_code_group.csv',
    contractors,
    'contractor.csv',
    'contractor_jurisdiction.csv',
    'state_lookup.csv',
    'update_period.csv',
  ].map(
    (name): Refusal => [
      `nothing but the header of ${name}`,
      'mcd-table-empty',
      new RegExp(`${name} has a header and no row`),
      zipped(name, rowless),
    ],
  ),
  [
    'nothing but the header of the contractors of LCDs',
    'mcd-table-empty',
    /lcd_x_contractor.csv has a header and no row/,
    mcdExportZip(
      new Map(lcd).set('lcd_x_contractor.csv', rowless(lcd.get('lcd_x_contractor.csv') ?? [])),
    ),
  ],
  [
    'a table that unpacks without end',
    'csv-quotes',
    /./,
    having('article.csv', Buffer.alloc(20_000_000, 65)),
  ],
  [
    'a zip of tables said to unpack to 600 MB of which there are some KB',
    'zip-ratio-max',
    /current_article_csv.zip/,
    nested(inner, 600 * 2 ** 20),
  ],
  [
    'a zip with a path out of its folder',
    'zip-path',
    /\.\.\/article.csv/,
    withMember('../article.csv'),
  ],
  ['a zip with such a path beside the zip of tables', 'zip-path', /\.\.\/cron/, besides('../cron')],
  ['a zip with an absolute path', 'zip-path', /\/etc\/article.csv/, withMember('/etc/article.csv')],
  [
    'a zip of a thousand members',
    'zip-entries-max',
    /at most 200/,
    nested(writeZip(Array.from({ length: 1000 }, (_, at) => member(`${at}.csv`, 'x')))),
  ],
];

const doubtedExports: readonly Refusal[] = [
  [
    'half of the documents gone',
    'policies-lost',
    /4 of 8 documents in force are missing/,
    mcdExportZip(everyTable(lacking('50001', '50002', '50003', '50004'))),
  ],
  [
    'a table cut off between two rows',
    'policy-rows-lost',
    /rows of diagnoses are missing/,
    zipped(covered, half),
  ],
  [
    'a document that covers nothing all at once',
    'policy-emptied',
    /A50001 Version 3 covers no diagnoses; the one before covered 4/,
    zipped(covered, lacking('50001')),
  ],
  [
    'a document whose lists are empty all at once',
    'policy-emptied',
    /A50001 Version 3 lists no diagnoses; the one before listed 5/,
    mcdExportZip(
      damaged(covered, lacking('50001')).set(
        nonCovered,
        lacking('50001')(tables().get(nonCovered) ?? []),
      ),
    ),
  ],
  // Seven of the eight articles have the version they had; each names two procedures, 16 in all.
  [
    'a table of procedures cut off between two rows',
    'policy-procedures-lost',
    /8 of 16 procedures are missing \(50.0 %\), in A50005, A50006, A50007, A50008/,
    zipped(procedures, half),
  ],
  [
    'a document that names no procedure all at once',
    'policy-emptied',
    /A50001 Version 3 names no procedures; the one before named 2/,
    zipped(procedures, lacking('50001')),
  ],
  [
    'publication and effective date in each other’s column',
    'policies-restated',
    /7 of 8 documents in force have other dates, .* \(87.5 %\): A50001, .*, A50007\./,
    zipped('article.csv', swapped('article_pub_date', 'article_eff_date')),
  ],
  [
    'other states for every document',
    'policies-restated',
    /7 of 8 documents in force have other dates, states/,
    zipped('state_lookup.csv', cell('state_abbrev', 'TX')),
  ],
  [
    'no word on what is not listed, in any document',
    'policies-restated',
    /7 of 8 documents in force/,
    zipped(nonCovered, rowless),
  ],
];

type Partial = readonly [
  what: string,
  code: string,
  says: RegExp,
  content: Uint8Array,
  /** Documents of which something is known that was not before. */
  changed: readonly string[],
];

const only = ['A50008'] as const;
const latin1 = (name: string): Buffer => Buffer.from(textOf(name), 'latin1');
const groups = 'article_x_icd10_covered_group.csv';

const date = (value: string): Buffer => zipped('article.csv', cell('article_eff_date', value));

const partlyTaken: readonly Partial[] = [
  ['Latin-1', 'not-utf8', /read as Latin-1/, having(groups, latin1(groups)), only],
  [
    'UTF-8 and Latin-1 mixed in one table',
    'not-utf8',
    /read as Latin-1/,
    having(
      groups,
      Buffer.concat([
        Buffer.from(textOf(groups).slice(0, 400)),
        Buffer.from(textOf(groups).slice(400), 'latin1'),
      ]),
    ),
    only,
  ],
  ['a byte order mark', 'mcd-rows', /0 rejected/, having(groups, `\ufeff${textOf(groups)}`), only],
  ['a day there is not', 'mcd-date', /2026-02-30/, date('2026-02-30 00:00:00'), only],
  ['a day of zeros', 'mcd-date', /0000-00-00/, date('0000-00-00 00:00:00'), only],
  ['a month of another order', 'mcd-date', /31\/12\/2026/, date('31/12/2026'), only],
  ['no effective date', 'mcd-no-effective-date', /effective date/, date(''), only],
  [
    'an end before the first day',
    'mcd-dates-reversed',
    /ends on 2022-12-31, before its first day, 2023-01-01/,
    zipped('article.csv', cell('article_end_date', '2022-12-31 00:00:00')),
    only,
  ],
  [
    'documents without contractor',
    'mcd-no-contractor',
    /It has no contractor/,
    zipped(contractors, lacking('50001', '50002', '50003')),
    only,
  ],
  ['a word for a date', 'mcd-row', /no date/, date('next year'), only],
  [
    'a publication date that is none, which decides nothing',
    'mcd-date',
    /2026-02-30/,
    zipped('article.csv', cell('article_pub_date', '2026-02-30 00:00:00')),
    ['A50001', 'A50008'],
  ],
  [
    'rows twice',
    'mcd-rows',
    /0 rejected/,
    zipped(covered, ([header = [], ...rows]) => [header, ...rows, ...rows]),
    only,
  ],
  [
    'a document twice',
    'mcd-document-twice',
    /50001 is there more than once/,
    zipped('article.csv', ([header = [], first = [], ...rows]) => [header, first, first, ...rows]),
    only,
  ],
  [
    'a document in an old version besides',
    'mcd-document-twice',
    /50001 is there more than once/,
    zipped('article.csv', (rows) => [...rows, ...cell('article_version', '2')(rows).slice(1, 2)]),
    only,
  ],
  [
    'a contractor of which no table knows',
    'mcd-row',
    /Contractor 77/,
    zipped('article_x_contractor.csv', cell('contractor_id', '77')),
    only,
  ],
  [
    'a code that cannot be one',
    'mcd-row',
    /ICD-10 code: "BACK"/,
    zipped(covered, cell('icd10_code_id', 'BACK')),
    only,
  ],
  [
    'a code of 70,000 characters',
    'mcd-row',
    /^.{1,200}$/,
    zipped(covered, cell('icd10_code_id', 'M'.repeat(70_000))),
    only,
  ],
  [
    'a paragraph of 70,000 characters, which is nothing unusual',
    'mcd-rows',
    /0 rejected/,
    zipped('article.csv', cell('description', 'Text. '.repeat(11_667))),
    ['A50001', 'A50008'],
  ],
  [
    'a row cut off',
    'mcd-row',
    /It has 4 cells/,
    zipped(covered, (rows) => rows.map((row, at) => (at === 2 ? row.slice(0, 4) : row))),
    only,
  ],
  [
    'rows of a version that is not there yet',
    'mcd-row',
    /of version 4 of document 50001, which is at 3/,
    zipped(covered, cell('article_version', '4', 4)),
    only,
  ],
];

const bomb = `<!DOCTYPE r [<!ENTITY a "ha">${'bcdefgh'
  .split('')
  .map((name, at) => `<!ENTITY ${name} "${`&${'abcdefg'[at]};`.repeat(10)}">`)
  .join('')}]>\n`;
const news = '<item><guid>n-3</guid><title>&h; M54.51</title></item>';
const feedOf = (version: string): string =>
  JSON.stringify({ version, title: 'News', items: [{ id: '9', content_text: 'M54.51' }] });
const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><id>f</id><title>T</title><entry><id>1</id><title>&h; M54.51</title></entry></feed>`;

const refusedBulletins: readonly Refusal[] = [
  ['a billion laughs in RSS', 'xml-doctype', /./, rss(news, bomb)],
  ['a billion laughs in Atom', 'xml-doctype', /./, bomb + atom],
  [
    'a file of the host as an entity',
    'xml-doctype',
    /./,
    rss(news, '<!DOCTYPE rss [<!ENTITY h SYSTEM "file:///etc/passwd">]>'),
  ],
  ['an item cut off', 'xml-malformed', /./, rss(notice).slice(0, -60)],
  ['a web page', 'html-instead-of-file', /web page/, page],
  ['nothing', 'empty-file', /./, ''],
  ['UTF-16', 'encoding', /./, Buffer.from(`\ufeff${rss(notice)}`, 'utf16le')],
  [
    'Latin-1 that says it is UTF-8',
    'encoding',
    /./,
    Buffer.from(rss(notice.replace('revised', 'révisé')), 'latin1'),
  ],
  [
    'a JSON Feed of a version there is not',
    'json-feed-version',
    /version\/7/,
    feedOf('https://jsonfeed.org/version/7'),
  ],
  [
    'a JSON Feed cut off',
    'json-malformed',
    /./,
    feedOf('https://jsonfeed.org/version/1.1').slice(0, -9),
  ],
  [
    'errors of the Federal Register in status 200',
    'not-a-json-feed',
    /./,
    '{"errors":{"conditions":"is no condition"}}',
  ],
  [
    'fewer documents of the Federal Register than it counts',
    'federal-register-count',
    /./,
    '{"count":3,"results":[]}',
  ],
];

const wrong = (changes: object): string => rulesFile([policy({ version: 3, ...changes })]);
const rule = (diagnoses: readonly string[], name = 'covered') => ({
  ...{ rule: name, procedureGroup: '1', diagnoses },
});

const refusedRules: readonly Refusal[] = [
  [
    'rules of a format version there is not',
    'rules-format-version',
    /./,
    rulesFile([policy()], { formatVersion: 9 }),
  ],
  [
    'rules of a payer nobody configured',
    'payer-unknown',
    /other/,
    rulesFile([policy()], { payer: 'other' }),
  ],
  [
    'rules that contradict each other',
    'rules-contradict',
    /./,
    wrong({ rules: [rule(['M54.16']), rule(['M54.16'], 'not-covered')] }),
  ],
  [
    'a range from its end to its beginning',
    'diagnosis-range-reversed',
    /./,
    wrong({ rules: [rule(['M54.59-M54.50'])] }),
  ],
  [
    'a key twice in an object',
    'json-duplicate-key',
    /./,
    wrong({}).replace('"version":', '"version":2,"version":'),
  ],
  ['a policy twice', 'policy-duplicate', /./, rulesFile([policy(), policy({ title: 'Other' })])],
  ['a day there is not', 'policy-date', /./, wrong({ effectiveFrom: '2026-02-30' })],
  [
    'an end before the beginning',
    'policy-dates-reversed',
    /./,
    wrong({ effectiveTo: '2019-01-01' }),
  ],
  ['a word for a diagnosis', 'diagnosis-code', /./, wrong({ rules: [rule(['BACK'])] })],
  ['a version that is no number', 'rules-shape', /./, wrong({ version: 'R3' })],
  ['JSON cut off', 'json-malformed', /./, wrong({}).slice(0, -10)],
  ['rules in UTF-16', 'encoding', /./, Buffer.from(`\ufeff${wrong({})}`, 'utf16le')],
  ['a web page for rules', 'html-instead-of-file', /./, page],
  ['nothing for rules', 'empty-file', /./, ''],
];

/** Takes something in that must change nothing. */
async function expectRefusal(
  feed: DamagedFeed,
  [, code, says, content]: Refusal,
  approvable: boolean,
): Promise<void> {
  const world = await policiesWithHistory();
  const before = world.known();
  const made = await world.take(feed, content);
  expect(world.known()).toBe(before);
  if (made.outcome !== 'quarantined') throw new Error(`it was ${made.outcome}`);
  const reasons = made.edition.findings.filter(({ severity }) => severity === 'error');
  const named = reasons.filter((finding) => finding.code === code);
  expect(named.map(({ where, message }) => `${where} ${message}`).join('\n')).toMatch(says);
  expect(made.edition.approvable).toBe(approvable);
  expect(world.log.at(-1)).toContain(code);
}

describe('shared/steps/ingest-policies.ts, an export', () => {
  it('is sound where nothing is damaged: only the eighth article is news', async () => {
    const world = await policiesWithHistory();
    const before = await world.histories();
    expect(before.A50008?.map(({ version }) => version)).toEqual(['2', '3']);
    await world.take('export', whole);
    const after = await world.histories();
    expect(after.A50008?.map(({ version }) => version)).toEqual(['2', '3', '4']);
    expect({ ...after, A50008: before.A50008 }).toEqual(before);
  });

  it.each(refusedExports)('that is %s is refused: %s', (...refusal) =>
    expectRefusal('export', refusal, false),
  );

  it.each(doubtedExports)('of %s waits until a person says so: %s', (...refusal) =>
    expectRefusal('export', refusal, true),
  );

  it.each(partlyTaken)('with %s is taken in as far as it is sound: %s', async (...damage) => {
    const [, code, says, content, changed] = damage;
    const world = await policiesWithHistory();
    const before = await world.histories();
    const made = await world.take('export', content);
    if (made.outcome !== 'committed') throw new Error(`it was ${made.outcome}`);
    const told = made.edition.findings?.filter((finding) => finding.code === code) ?? [];
    expect(told.map(({ message }) => message).join('\n')).toMatch(says);
    const after = await world.histories();
    const isOther = (id: string) => JSON.stringify(after[id]) !== JSON.stringify(before[id]);
    expect(Object.keys(after).filter(isOther)).toEqual(changed);
    for (const [id, versions] of Object.entries(before)) {
      expect(after[id]?.slice(0, versions.length)).toEqual(versions);
    }
  });

  it.skipIf(!haveOfficialFiles)(
    'as CMS publishes it raises no doubt, one edition after the other',
    async () => {
      const world = policyWorld({ limits: defaultPolicyGateLimits });
      for (const day of ['2025-08-17', '2026-09-06'] as const) {
        const made = await world.arriveOfficially(day);
        if (made.outcome !== 'committed') throw new Error(`it was ${made.outcome}`);
        const codes = new Set(made.edition.findings?.map(({ code }) => code));
        // Tables that only some editions have, and how many rows there were.
        expect([...codes]).toEqual(['mcd-table-missing', 'mcd-rows']);
      }
    },
  );

  it('with a version that goes back takes the higher one back, and keeps it in the history', async () => {
    const world = await policiesWithHistory();
    const before = await world.histories();
    const back = exportOf('2026-09-13', '3', { 50001: '2' });
    expect((await world.take('export', mcdExportBytes(back))).outcome).toBe('committed');
    const { A50001: versions = [] } = await world.histories();
    expect(versions.map(({ version, withdrawn }) => [version, withdrawn ?? false])).toEqual([
      ['2', false],
      ['2', false],
      ['3', false],
      ['3', true],
    ]);
    const [first, again, third, takenBack] = versions;
    expect([first, third]).toEqual(before.A50001);
    expect([again?.seq, takenBack?.seq]).toEqual([3, 3]);
  });
});

describe('shared/steps/ingest-policies.ts, bulletins', () => {
  it.each(refusedBulletins)('that are %s are refused: %s', (...refusal) =>
    expectRefusal('bulletins', refusal, false),
  );

  it.each<[string, string, string]>([
    ['an item without id and date', 'bulletin-without-id', '<item><title>M54.51</title></item>'],
    [
      'a date that is none',
      'bulletin-date',
      '<item><guid>n-3</guid><title>M54.51</title><pubDate>31 Feb 2026</pubDate></item>',
    ],
    [
      'a link that is script',
      'bulletin-link',
      '<item><guid>n-3</guid><title>M54.51</title><link>javascript:alert(1)</link></item>',
    ],
  ])('with %s are taken in and it is told: %s', async (_, code, added) => {
    const world = await policiesWithHistory();
    const before = await world.reviews();
    const made = await world.take('bulletins', rss(notice + added));
    if (made.outcome !== 'committed') throw new Error(`it was ${made.outcome}`);
    expect(made.edition.findings?.map((finding) => finding.code)).toContain(code);
    const after = await world.reviews();
    expect(after).toHaveLength(before.length + 1);
    expect(after).toEqual(expect.arrayContaining([...before]));
    expect(JSON.stringify(after)).not.toContain('javascript:');
  });

  it('never become rules, whatever they say', async () => {
    const world = await policiesWithHistory();
    const before = await world.histories();
    await world.take(
      'bulletins',
      rss('<item><guid>9</guid><title>A50001 covers M54.16</title></item>'),
    );
    expect(await world.histories()).toEqual(before);
  });
});

describe('shared/steps/ingest-policies.ts, rules of a payer', () => {
  it.each(refusedRules)('are refused when they are %s: %s', (...refusal) =>
    expectRefusal('rules', refusal, false),
  );
});

const apiRows = (version: string): ExportRows => {
  const { contractors = [], documents } = exportOf('2026-09-06', version);
  return mcdExportRows({ contractors, documents: documents.slice(0, 2) });
};

/** News of two articles taken in through the API as version 3, then as version 4, the first of which is damaged. */
async function damagedAnswers(table: string, reply: ApiReply) {
  const week = ['20260831', '20260907'] as const;
  const world = createCoverageWorld(coverageApiAnswers(apiRows('3')));
  const { answers, items, archive } = world;
  const run = async (version: string, collected: string) => {
    for (const [path, answer] of coverageApiAnswers(apiRows(version))) answers.set(path, answer);
    if (version === '4') answers.set(`/v1/data/article/${table}?articleid=50001&ver=4`, reply);
    const stamp = `2026090${version}080000`;
    const ids = ['A50001', 'A50002'];
    setLocalNews(
      answers,
      week,
      ids.map((id) => listed(id, version, stamp)),
    );
    const { pulled, message } = await world.run(collected);
    if (!message) throw new Error('nothing was sent');
    const base = new URL(message.files[0]?.url ?? '').origin;
    const feed = () => createCoverageApiFeed({ base, requestsMax: 500 });
    const clock = { now: () => `${collected}T12:00:00.000Z` };
    return { pulled, made: await ingestPolicies({ items, archive, clock, feed }, message) };
  };
  const versions = (id: string) => createPolicyTable(items).versions({ source: 'mcd', id });
  await run('3', '2026-09-10');
  const before = await versions('A50001');
  const { pulled, made } = await run('4', '2026-09-11');
  return { pulled, made, before, after: await versions('A50001'), other: await versions('A50002') };
}

describe('shared/steps/ingest-policies.ts, answers of the Coverage API', () => {
  it.each<[string, string, string, ApiReply]>([
    ['no data in status 200 for a document', 'mcd-api-empty', '', { rows: [] }],
    [
      'an error in status 200',
      'mcd-api-error',
      'hcpc-code',
      { body: '{"meta":{"status":{"id":500,"message":"Query failed"}},"data":[]}' },
    ],
    ['a web page', 'html-instead-of-file', 'icd10-covered', { body: page }],
  ])('with %s leave the document as it was, and bring its neighbour: %s', async (...answer) => {
    const [, code, table, reply] = answer;
    const { pulled, made, before, after, other } = await damagedAnswers(table, reply);
    expect(made.outcome).toBe('committed');
    expect(pulled.findings.map((finding) => finding.code)).toContain(code);
    expect(before.map(({ version }) => version)).toEqual(['3']);
    expect(after).toEqual(before);
    expect(other.map(({ version }) => version)).toEqual(['3', '4']);
  });

  it('without the codes of a document whose other list says all others wait until a person says so', async () => {
    const { made, before, after } = await damagedAnswers('icd10-covered', { rows: [] });
    if (made.outcome !== 'quarantined') throw new Error(`it was ${made.outcome}`);
    const { findings, approvable } = made.edition;
    expect(findings.map(({ code, where }) => `${code} ${where}`)).toEqual([
      'policy-emptied A50001',
    ]);
    expect(approvable).toBe(true);
    expect(after).toEqual(before);
  });
});
