// Answers that are none, empty, another document's or short of a column: the document is named and waits, its neighbour is
// read, nothing known changes, and when upstream is well again it is read.
import { describe, expect, it } from 'vitest';
import { createCoverageApiFeed } from '../../../shared/feeds/cms-mcd-api/feed.ts';
import { type ApiReply, coverageApiAnswers, listed } from '../../support/coverage-api.ts';
import { mcdExportRows } from '../../support/mcd-export-bytes.ts';
import { codesOf, createCoverageWorld, idsOf, setLocalNews } from './coverage-world.ts';

const week = ['20260831', '20260907'] as const;

/** An API with news of A50001 and A50002. */
function createNews() {
  const answers = coverageApiAnswers(
    mcdExportRows({
      documents: ['50001', '50002'].map((id) => ({
        id,
        version: '4',
        procedures: [{ codes: ['62321'], paragraph: 'N/A' }],
        covered: [{ codes: ['M54.16*'], paragraph: 'The following codes support it:' }],
        revisions: [['R4', '2025-01-01', 'Review.']],
      })),
    }),
  );
  setLocalNews(answers, week, [
    listed('A50001', '4', '20260901080000'),
    listed('A50002', '4', '20260902080000'),
  ]);
  return createCoverageWorld(answers);
}

const table = (name: string): string =>
  `/v1/data/article/${name}?articleid=50001${name === 'future-retire' ? '' : '&ver=4'}`;

type Rows = readonly Readonly<Record<string, unknown>>[];
const changed =
  (change: (rows: Rows) => Rows) =>
  (reply: ApiReply): ApiReply =>
    'rows' in reply ? { rows: change(reply.rows) } : reply;
const without = (name: string) => changed((rows) => rows.map(({ [name]: _, ...row }) => row));
const having = (cells: Readonly<Record<string, unknown>>) =>
  changed((rows) => rows.map((row) => ({ ...row, ...cells })));
const body =
  (text: string, status = 200) =>
  (): ApiReply => ({ body: text, status });
const noData = changed(() => []);

const page = '<!DOCTYPE html><html><body>Temporarily unavailable</body></html>';
const failed = '{"meta":{"status":{"id":500,"message":"Query failed"}},"data":[]}';

/** What is damaged, how, the findings, and what the first of them says. */
const cases: readonly (readonly [string, string, (reply: ApiReply) => ApiReply, string, RegExp])[] =
  [
    ['the document with no data', '', noData, 'mcd-api-empty', /A50001: .*no data/],
    ['no contractors', 'contractor', noData, 'mcd-api-empty', /A50001: .*contractor\?/],
    ['no codes where they follow', 'icd10-covered', noData, 'mcd-api-empty', /icd10-covered/],
    ['no procedures for its diagnoses', 'hcpc-code', noData, 'mcd-api-empty', /hcpc-code/],
    [
      'status 400',
      '',
      body('{"message":"Bad Request","code":400}', 400),
      'upstream-unavailable',
      /400/,
    ],
    ['status 404', 'hcpc-code', body('', 404), 'listed-but-missing', /404/],
    [
      'an error in status 200',
      'hcpc-code',
      body(failed),
      'mcd-api-error',
      /error 500: "Query failed"/,
    ],
    [
      'an error alone in status 200',
      '',
      body('{"message":"No","code":401}'),
      'mcd-api-error',
      /401/,
    ],
    ['a web page', 'icd10-covered', body(page), 'html-instead-of-file', /web page/],
    [
      'cut off',
      'icd10-covered',
      body('{"meta":{},"data":[{"article_id":50001,'),
      'json-malformed',
      /cut off|position/,
    ],
    ['nothing at all', 'revision-history', body(''), 'empty-file', /empty/],
    ['no list', 'hcpc-code', body('{"meta":{},"data":{"rows":[]}}'), 'mcd-api-shape', /no list/],
    ['rows that are none', 'hcpc-code', body('{"data":["62321"]}'), 'mcd-api-shape', /Row 1/],
    ['a list of its own', 'hcpc-code', body('[]'), 'mcd-api-shape', /no object/],
    ['a title alone', '', body('{"data":[{"title":"A"}]}'), 'mcd-api-field-missing', /Row 1/],
    [
      'no effective date column',
      '',
      without('article_eff_date'),
      'mcd-api-field-missing',
      /no article_eff_date/,
    ],
    [
      'no column for asterisks',
      'icd10-covered',
      without('asterisk'),
      'mcd-api-field-missing',
      /no asterisk/,
    ],
    [
      'no group',
      'hcpc-code',
      without('hcpc_code_group'),
      'mcd-api-field-missing',
      /no hcpc_code_group/,
    ],
    [
      'columns swapped',
      'icd10-covered',
      having({ icd10_code_id: '1' }),
      'mcd-api-cell',
      /which is no ICD-10 code/,
    ],
    ['an object for a cell', 'hcpc-code', having({ hcpc_code_id: {} }), 'mcd-api-cell', /no text/],
    [
      'no effective date',
      '',
      having({ article_eff_date: 'N/A' }),
      'mcd-no-effective-date',
      /no effective date/,
    ],
    [
      'a date there is not',
      '',
      having({ article_eff_date: '02/30/2026' }),
      'mcd-date',
      /02\/30\/2026/,
    ],
    [
      'a retirement nobody knows',
      '',
      having({ date_retired: '13/45/2026' }),
      'mcd-date',
      /13\/45\/2026/,
    ],
    [
      'another version',
      'icd10-covered',
      having({ article_version: 3 }),
      'mcd-api-version',
      /version 3 instead/,
    ],
    ['another document', '', having({ article_id: 50009 }), 'mcd-api-version', /document 50009/],
    [
      'a contractor of no list',
      'contractor',
      having({ contractor_id: 999 }),
      'mcd-api-contractor',
      /contractor 999/,
    ],
  ];

describe('shared/feeds/cms-mcd-api/collect-documents.ts', () => {
  it.each(cases)('names a document of which came: %s', async (_, name, damage, code, says) => {
    const world = createNews();
    const path = table(name);
    const good = world.answers.get(path) ?? { rows: [] };
    world.answers.set(path, damage(good));
    const { pulled, reading } = await world.run('2026-09-10');
    expect(idsOf(reading)).toEqual(['A50002 v4']);
    expect(reading?.findings).toEqual([]);
    const found = pulled.findings.filter((one) => one.code === code);
    expect(found.map(({ message }) => message).join('\n')).toMatch(says);
    const waits = pulled.findings.find((one) => one.code === 'mcd-api-waiting');
    expect(waits?.message).toMatch(/^A50001 version 4 is listed as new but could not be read/);
    expect(codesOf(pulled)).toContain('info mcd-api-left');

    world.answers.set(path, good);
    const well = await world.run('2026-09-11');
    expect(idsOf(well.reading)).toEqual(['A50001 v4']);
    expect(codesOf(well.pulled)).toEqual([]);
  });

  it('does not take a document that is listed and refused for an upstream that is away', async () => {
    const world = createNews();
    world.answers.set(table(''), { status: 400, body: '{}' });
    expect((await world.run('2026-09-10')).pulled.reached).toBe(true);
    world.answers.set(table(''), { status: 403, body: '{}' });
    expect((await world.run('2026-09-11')).pulled.reached).toBe(false);
  });

  it('leaves a document to the export after ten runs in vain, and reads it when it is updated', async () => {
    const world = createNews();
    const good = world.answers.get(table('')) ?? { rows: [] };
    world.answers.set(table(''), { status: 400, body: '{}' });
    let last = await world.run('2026-09-10');
    for (let day = 11; day < 20; day += 1) last = await world.run(`2026-09-${day}`);
    expect(codesOf(last.pulled)).toContain('warning mcd-api-given-up');
    expect((await world.run('2026-09-20')).asked).toHaveLength(3);
    world.answers.set(table(''), good);
    setLocalNews(world.answers, week, [listed('A50001', '4', '20260904080000')]);
    expect(idsOf((await world.run('2026-09-21')).reading)).toEqual(['A50001 v4']);
  });

  it('takes unknown columns, numbers as text and null for nothing', async () => {
    const world = createNews();
    const odd = having({
      article_id: '50001',
      added_lately: { deep: [] },
      range: null,
      sort_order: '1',
    });
    const path = table('icd10-covered');
    world.answers.set(path, odd(world.answers.get(path) ?? { rows: [] }));
    const { reading } = await world.run('2026-09-10');
    expect(idsOf(reading)).toEqual(['A50001 v4', 'A50002 v4']);
    expect(reading?.documents[0]?.groups[0]).toMatchObject({ asterisked: ['M5416'] });
  });

  const shared: readonly (readonly [string, string, ApiReply, string])[] = [
    ['licence', '/v1/metadata/license-agreement/', { rows: [] }, 'mcd-api-no-token'],
    [
      'licence of another form',
      '/v1/metadata/license-agreement/',
      { rows: [{ token: 'a\r\nb' }] },
      'mcd-api-no-token',
    ],
    ['contractors', '/v1/data/contractor/', { body: page }, 'html-instead-of-file'],
    ['states', '/v1/metadata/states/', { body: '{' }, 'json-malformed'],
    [
      'documents of a state',
      '/v1/reports/local-coverage-articles/?state_id=1',
      { body: failed },
      'mcd-api-error',
    ],
    [
      'all of it in no state',
      '/v1/reports/local-coverage-articles/?state_id=1',
      { rows: [] },
      'mcd-api-no-states',
    ],
  ];
  it.each(shared)('reads nothing and loses nothing without %s', async (_, path, reply, code) => {
    const world = createNews();
    const good = world.answers.get(path);
    world.answers.set(path, reply);
    const { pulled, message } = await world.run('2026-09-10');
    expect(message).toBeUndefined();
    expect(pulled.findings.map((one) => one.code)).toContain(code);
    if (good) world.answers.set(path, good);
    else world.answers.delete(path);
    expect(idsOf((await world.run('2026-09-11')).reading)).toEqual(['A50001 v4', 'A50002 v4']);
  });

  it('stops asking when five documents in a row do not begin to come', async () => {
    const world = createNews();
    const ids = ['60001', '60002', '60003', '60004', '60005', '60006', '60007'];
    setLocalNews(
      world.answers,
      week,
      ids.map((id) => listed(`A${id}`, '1', '20260901080000')),
    );
    for (const id of ids) {
      world.answers.set(`/v1/data/article/?articleid=${id}&ver=1`, { status: 400, body: '{}' });
    }
    const { asked } = await world.run('2026-09-10');
    expect(asked.filter((path) => path.startsWith('/v1/data/article/'))).toHaveLength(5);
  });
});

describe('shared/feeds/cms-mcd-api/list-changes.ts', () => {
  const period = '/v1/metadata/update-period/';
  const wrong: readonly (readonly [string, ApiReply, string])[] = [
    ['no data', { rows: [] }, 'mcd-api-period'],
    ['a web page', { body: page }, 'html-instead-of-file'],
    [
      'a period of no days',
      { rows: [{ begin_date: 'N/A', end_date: '20261345' }] },
      'mcd-api-period',
    ],
  ];
  it.each(wrong)('asks nothing more when update periods are %s', async (_, reply, code) => {
    const world = createNews();
    const good = world.answers.get(period) ?? { rows: [] };
    world.answers.set(period, reply);
    const { asked, pulled } = await world.run('2026-09-10');
    expect(asked).toEqual([period]);
    expect(codesOf(pulled)).toEqual([`warning ${code}`]);
    world.answers.set(period, good);
    expect(idsOf((await world.run('2026-09-11')).reading)).toHaveLength(2);
  });

  it('leaves out a row that is no listed document, and no other', async () => {
    const world = createNews();
    setLocalNews(world.answers, week, [
      { doc_id: '50001', doc_type: 'Article', contractor: '', source_url: '' },
      listed('A50002', '4', 'yesterday'),
      listed('A50001', '4', '20260901080000', { document_id: '50002' }),
      listed('A50002', '4', '20260902080000'),
    ]);
    const { pulled, reading } = await world.run('2026-09-10');
    expect(idsOf(reading)).toEqual(['A50002 v4']);
    expect(codesOf(pulled)).toEqual(['warning mcd-api-field-missing', 'warning mcd-api-listed']);
  });
});

describe('shared/feeds/cms-mcd-api/read-answers.ts', () => {
  it('withholds, by name, a document of which an archived answer is missing or damaged', async () => {
    const world = createNews();
    const { message } = await world.run('2026-09-10');
    const files = message?.files ?? [];
    const feed = createCoverageApiFeed({ base: 'https://127.0.0.1', requestsMax: 1 });
    const collected = message?.collected;
    if (!collected) throw new Error('nothing was sent');
    const bytesOf = ({ sha256 }: { readonly sha256: string }) => world.archive.read(sha256);
    const short = files.filter(({ url }) => !url.endsWith('hcpc-code?articleid=50001&ver=4'));
    const reading = await feed.read(short, { bytesOf, collected });
    expect(idsOf(reading)).toEqual(['A50002 v4']);
    expect(reading.withheld).toEqual(['A50001']);
    expect(codesOf(reading)).toEqual(['warning mcd-api-answer-missing']);

    const damaged = files.find(({ url }) => url.endsWith('/icd10-covered?articleid=50002&ver=4'));
    const cut = async (file: { readonly sha256: string }) => {
      const bytes = await bytesOf(file);
      return file.sha256 === damaged?.sha256 ? bytes.subarray(0, 90) : bytes;
    };
    const other = await feed.read(files, { bytesOf: cut, collected });
    expect(other.withheld).toEqual(['A50002']);
    expect(codesOf(other)).toEqual(['warning json-malformed', 'warning mcd-api-answer-missing']);
  });
});
