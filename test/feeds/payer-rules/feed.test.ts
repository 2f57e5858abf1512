// Payer rules in JSON and CSV: the documented examples, every kind of bad file by name, and several versions in one file.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarDate } from '../../../shared/core/calendar-date.ts';
import { createPayerRulesFeed } from '../../../shared/feeds/payer-rules/feed.ts';
import { errorsOf, policy, readFile, readFiles, rulesFile, rulesUrl } from './rules-files.ts';

const docs = readFileSync(new URL('../../../docs/payer-rules.md', import.meta.url), 'utf8');
const example = (language: string): string =>
  new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(docs)?.[1] ?? '';
const json = example('json');
const csv = example('csv');

describe('shared/feeds/payer-rules/feed.ts', () => {
  it('reads the documented example with its ranges, wildcards and rules', async () => {
    const { documents, findings, complete, published } = await readFile(json);
    expect(findings).toEqual([]);
    expect([complete, published]).toEqual([false, '2025-11-15']);
    expect(documents).toEqual([
      {
        source: 'acme',
        id: 'ACME-SPINE-12',
        kind: 'rules',
        payer: 'acme',
        plan: 'Gold PPO',
        version: '3',
        title: 'Epidural steroid injections',
        url: 'https://acme.example/policies/spine-12',
        published: '2025-11-01',
        effective: '2026-01-01',
        ends: '2026-12-31',
        jurisdictions: [{ contractor: 'Acme Health', states: ['CA', 'NV'] }],
        procedureGroups: [
          { group: '1', codes: ['62321', '62323'], nonCovered: false },
          { group: '2', codes: ['62320', '62322'], nonCovered: false },
        ],
        groups: [
          {
            list: 'covered',
            group: '1',
            diagnoses: {
              codes: ['M5416', 'M5417'],
              ranges: [
                { from: 'M48061', to: 'M4807' },
                { from: 'M51', to: 'M51' },
              ],
            },
            everythingElse: false,
            asterisked: [],
            procedures: ['62321', '62323'],
            mapping: 'explicit',
          },
          {
            list: 'not-covered',
            group: '1',
            diagnoses: { codes: [], ranges: [] },
            everythingElse: true,
            asterisked: [],
            procedures: ['62320', '62322'],
            mapping: 'explicit',
          },
          {
            list: 'requires',
            group: '1',
            diagnoses: { codes: [], ranges: [{ from: 'M5450', to: 'M5459' }] },
            everythingElse: false,
            asterisked: [],
            procedures: ['62321', '62323'],
            mapping: 'explicit',
            quote: 'Four weeks of conservative therapy without success.',
          },
        ],
        revisions: [],
        related: [],
        texts: {},
      },
    ]);
  });

  it('reads the example in CSV to the same policy, its columns in any order', async () => {
    const inJson = await readFile(json);
    const inCsv = await readFile(csv);
    expect(inCsv.findings).toEqual([]);
    expect(inCsv.documents).toEqual(inJson.documents);
    const turned = csv
      .trimEnd()
      .split('\n')
      .map((line) => line.split(',').toReversed().join(','))
      .join('\r\n');
    expect((await readFile(`${turned}\r\n`)).documents).toEqual(inJson.documents);
    const payerFirst = csv.replaceAll(/^([^,\n]*),([^,\n]*),/gm, '$2,$1,');
    expect(payerFirst).toMatch(/^payer,format_version,/);
    expect((await readFile(payerFirst)).documents).toEqual(inJson.documents);
  });

  it('takes * of any other rule as any diagnosis', async () => {
    const rules = [{ rule: 'prior-authorization', procedureGroup: '1', diagnoses: ['*'] }];
    const { documents } = await readFile(rulesFile([policy({ rules })]));
    expect(documents[0]?.groups[0]).toMatchObject({
      everythingElse: false,
      diagnoses: { codes: [], ranges: [{ from: 'A00', to: 'U99' }] },
    });
  });

  it('takes every version of a policy, by id and version number', async () => {
    const versions = [10, 9, 2].map((version) =>
      policy({ version, effectiveFrom: `20${10 + version}-01-01` }),
    );
    const file = rulesFile([...versions, policy({ id: 'ACME-0', effectiveFrom: '2030-01-01' })]);
    const { documents, findings } = await readFile(file);
    expect(findings).toEqual([]);
    expect(documents.map(({ id, version }) => `${id} ${version}`)).toEqual([
      'ACME-0 1',
      'ACME-1 2',
      'ACME-1 9',
      'ACME-1 10',
    ]);
  });

  it('is complete only with every configured file at hand and none refused', async () => {
    const [a, b] = ['https://a.example/a.json', 'https://a.example/b.json'];
    const one = rulesFile([policy()]);
    const other = rulesFile([policy({ id: 'ACME-2' })]);
    const whole = await readFiles({ [a]: one, [b]: other }, { complete: true });
    expect([whole.complete, whole.documents.length]).toEqual([true, 2]);
    const part = await readFiles({ [a]: one }, { complete: true, urls: [a, b] });
    expect([part.complete, part.documents.length]).toEqual([false, 1]);
    const bad = await readFiles({ [a]: one, [b]: '{' }, { complete: true });
    expect([bad.complete, bad.documents.length]).toEqual([false, 0]);
    const twice = await readFiles({ [a]: one, [b]: one }, { complete: true });
    expect(twice.findings.map(({ code }) => code)).toEqual(['policy-duplicate']);
  });

  it('skips a byte order mark and says so', async () => {
    const { documents, findings } = await readFile(`\ufeff${csv}`);
    expect(documents).toHaveLength(1);
    expect(findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'info byte-order-mark',
    ]);
  });

  it('tells what is listed twice and takes it in once', async () => {
    const { documents, findings } = await readFile(
      rulesFile([
        policy({
          procedureGroups: [{ group: '1', codes: ['g0260', 'G0260'] }],
          rules: [1, 2].map(() => ({
            rule: 'covered',
            procedureGroup: '1',
            diagnoses: ['M54.16', 'm5416'],
          })),
        }),
      ]),
    );
    expect(findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'warning procedure-repeated',
      'warning diagnosis-repeated',
      'warning rule-repeated',
      'warning diagnosis-repeated',
    ]);
    expect(documents[0]?.groups[0]?.diagnoses.codes).toEqual(['M5416']);
    expect(documents[0]?.procedureGroups[0]?.codes).toEqual(['G0260']);
  });
});

const withRule = (changes: object): string =>
  rulesFile([
    policy({
      rules: [{ rule: 'covered', procedureGroup: '1', diagnoses: ['M54.16'], ...changes }],
    }),
  ]);
const diagnoses = (...codes: string[]): string => withRule({ diagnoses: codes });
const head = (changes: object): string => rulesFile([policy({ ...changes })]);
const utf16 = Buffer.from(`\ufeff${json}`, 'utf16le');

const badJson: readonly (readonly [string, string | Uint8Array, string])[] = [
  [
    'of an unknown format version',
    rulesFile([policy()], { formatVersion: 2 }),
    'rules-format-version formatVersion',
  ],
  ['of another format', rulesFile([policy()], { format: 'fhir' }), 'rules-format'],
  ['that is a list', '[]', 'rules-format'],
  [
    'of another payer',
    rulesFile([policy()], { payer: 'other' }),
    'payer-unknown policies[0] payer',
  ],
  ['with a field of no meaning', head({ pages: 3 }), 'rules-shape policies[0]'],
  ['without a title', head({ title: undefined }), 'rules-shape policies[0].title'],
  ['with a blank title', head({ title: ' ' }), 'policy-title policies[0] title'],
  ['with a version in words', head({ version: '3' }), 'rules-shape policies[0].version'],
  ['with an id that would cut a key', head({ id: 'A#1' }), 'policy-id policies[0] id'],
  ['with a plan of signs only', head({ plan: ' - ' }), 'policy-plan policies[0] plan'],
  ['with an unknown state', head({ states: ['CA', 'ZZ'] }), 'state-unknown policies[0] states'],
  [
    'with a day that is none',
    head({ effectiveFrom: '2026-02-29' }),
    'policy-date policies[0] effectiveFrom',
  ],
  [
    'with a day written the American way',
    head({ published: '1/2/2026' }),
    'policy-date policies[0] published',
  ],
  [
    'that ends before it begins',
    head({ effectiveTo: '2025-12-31' }),
    'policy-dates-reversed policies[0] effectiveTo',
  ],
  [
    'with a link that is script',
    head({ sourceUrl: 'javascript:alert(1)' }),
    'policy-url policies[0] sourceUrl',
  ],
  [
    'with a procedure that is none',
    head({ procedureGroups: [{ group: '1', codes: ['6232'] }] }),
    'procedure-code policies[0].procedureGroups[0] codes[0]',
  ],
  [
    'with a group of procedures twice',
    head({
      procedureGroups: [
        { group: '1', codes: ['62323'] },
        { group: '1', codes: ['62321'] },
      ],
    }),
    'procedure-group-duplicate policies[0].procedureGroups[1]',
  ],
  [
    'with a rule about no group',
    withRule({ procedureGroup: '7' }),
    'procedure-group-unknown policies[0].rules[0]',
  ],
  ['with a rule of no kind', withRule({ rule: 'maybe' }), 'rule-unknown policies[0].rules[0].rule'],
  [
    'that requires and does not say what',
    withRule({ rule: 'requires' }),
    'rule-without-note policies[0].rules[0]',
  ],
  [
    'with a code that cannot be one',
    diagnoses('M5.45'),
    'diagnosis-code policies[0].rules[0] diagnoses[0]',
  ],
  [
    'with a word for a code',
    diagnoses('M54.16', 'BACK'),
    'diagnosis-code policies[0].rules[0] diagnoses[1]',
  ],
  [
    'with a code of eight characters',
    diagnoses('S72.001AX'),
    'diagnosis-code policies[0].rules[0] diagnoses[0]',
  ],
  [
    'with Medicare’s word for every code',
    diagnoses('M54.16', 'xx000'),
    'diagnosis-code policies[0].rules[0] diagnoses[1]',
  ],
  [
    'with a code of three letters',
    diagnoses('MMA.16'),
    'diagnosis-code policies[0].rules[0] diagnoses[0]',
  ],
  [
    'with XX000 and below',
    diagnoses('XX0.*'),
    'diagnosis-wildcard policies[0].rules[0] diagnoses[0]',
  ],
  [
    'with a range to XX000',
    diagnoses('M54.16-XX000'),
    'diagnosis-range policies[0].rules[0] diagnoses[0]',
  ],
  [
    'with two codes in one place',
    diagnoses('M54.16, M54.17'),
    'diagnosis-list policies[0].rules[0] diagnoses[0]',
  ],
  [
    'with a reversed range',
    diagnoses('M54.59-M54.50'),
    'diagnosis-range-reversed policies[0].rules[0] diagnoses[0]',
  ],
  [
    'with a range that the Tabular List has the other way round',
    diagnoses('J4A-J45', 'J45-J4A'),
    'diagnosis-range-reversed policies[0].rules[0] diagnoses[1]',
  ],
  [
    'with a range of one end',
    diagnoses('M54.50-'),
    'diagnosis-range policies[0].rules[0] diagnoses[0]',
  ],
  [
    'with a range of wildcards',
    diagnoses('M54.*-M55.*'),
    'diagnosis-range policies[0].rules[0] diagnoses[0]',
  ],
  [
    'with a wildcard before nothing',
    diagnoses('M.*'),
    'diagnosis-wildcard policies[0].rules[0] diagnoses[0]',
  ],
  [
    'with a policy twice',
    rulesFile([policy(), policy({ title: 'Other' })]),
    'policy-duplicate policies[1]',
  ],
  [
    'with a name twice in an object',
    rulesFile([policy()]).replace('"id":', '"id":"B","id":'),
    'json-duplicate-key policies[0].id',
  ],
  ['that is cut off', json.slice(0, -20), 'json-malformed'],
  ['nested without end', `${'['.repeat(60)}${']'.repeat(60)}`, 'json-depth the file'],
  [
    'that is a web page',
    '<!DOCTYPE html><html><body>Not found</body></html>',
    'html-instead-of-file',
  ],
  ['that is empty', ' \n', 'empty-file'],
  ['in UTF-16', utf16, 'encoding'],
  ['in UTF-16 without its mark', utf16.subarray(2), 'encoding'],
  ['in Latin-1', Buffer.from(json.replace('Gold', 'Grün'), 'latin1'), 'encoding line 11'],
  ['that is a zip', Buffer.from('PK\u0003\u0004\u0000\u0000rules'), 'control-characters'],
];

const [header = '', first = ''] = csv.split('\n');
const rows = (...lines: string[]): string => `${[header, ...lines].join('\n')}\n`;

const badCsv: readonly (readonly [string, string, string])[] = [
  ['of an unknown format version', rows(first.replace('1,', '9,')), 'rules-format-version line 2'],
  ['with semicolons', csv.replaceAll(',', ';'), 'csv-separator line 1'],
  ['with tabs', csv.replaceAll(',', '\t'), 'csv-separator line 1'],
  ['without its header', `${first}\n`, 'csv-columns-missing line 1'],
  ['without a column', csv.replace(',published', ''), 'csv-columns-missing line 1'],
  [
    'with a column of no meaning',
    csv.replace('plan,', 'plan,pages,'),
    'csv-columns-unknown line 1',
  ],
  ['with a column twice', csv.replace('plan,', 'plan,plan,'), 'csv-columns-repeated line 1'],
  ['with a row too short', rows(first.slice(0, 60)), 'csv-cells line 2'],
  ['with an open quote', rows(first.replace('Gold', '"Gold')), 'csv-quotes line 2'],
  ['without rows', `${header}\n`, 'csv-no-rows'],
  ['cut off in a line', csv.trimEnd().slice(0, -3), 'csv-unfinished'],
  [
    'with swapped columns',
    csv.replace('policy_id,policy_version', 'policy_version,policy_id'),
    'policy-version line 2 policy_version',
  ],
  ['of another payer', rows(first.replace('acme', 'other')), 'payer-unknown line 2 payer'],
  ['with a rule of no kind', rows(first.replace('covered', 'perhaps')), 'rule-unknown line 2'],
  [
    'without diagnoses',
    rows(first.replace('M54.16|M54.17|M51.*|M48.061-M48.07', '')),
    'csv-cell-empty line 2',
  ],
  [
    'with rows that disagree',
    rows(first, first.replace('Gold', 'Silver')),
    'policy-rows-disagree line 3',
  ],
  [
    'with a group of other codes',
    rows(first, first.replace('62321|62323', '62321')),
    'procedure-group-differs line 3',
  ],
  [
    'with commas in a list',
    rows(first.replace('M54.16|M54.17', '"M54.16,M54.17"')),
    'csv-quotes line 2',
  ],
];

describe('a file that is refused', () => {
  it.each(badJson)('is one %s', async (_, content, error) => {
    const reading = await readFile(content);
    expect(errorsOf(reading)).toContain(error);
    expect([reading.documents, reading.complete]).toEqual([[], false]);
  });

  it.each(badCsv)('is a table %s', async (_, content, error) => {
    const reading = await readFile(content);
    expect(errorsOf(reading)).toContain(error);
    expect(reading.documents).toEqual([]);
  });

  it('is any that was cut off in JSON, and any bytes at all', async () => {
    const whole = Buffer.from(json.trimEnd());
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
        expect(errorsOf(await readFile(whole.subarray(0, length)))).not.toEqual([]);
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(errorsOf(await readFile(bytes))).not.toEqual([]);
      }),
    );
  });
});

describe('the limits of payer rules', () => {
  /** The line with a cell of the first row replaced. */
  const cellOf = (column: string, text: string): string => {
    const at = header.split(',').indexOf(column);
    return rows(first.split(',').with(at, text).join(','));
  };
  const long = (length: number): string => 'é'.repeat(length);
  const limited: readonly (readonly [string, number, (text: string) => string, string])[] = [
    ['title', 300, (title) => head({ title }), 'policies[0] title'],
    ['plan', 100, (plan) => head({ plan }), 'policies[0] plan'],
    ['note', 600, (note) => withRule({ note }), 'policies[0].rules[0] note'],
    ['group', 40, (group) => withRule({ group }), 'policies[0].rules[0] group'],
    [
      'group',
      40,
      (name) =>
        head({
          procedureGroups: [{ group: name, codes: ['62323'] }],
          rules: [{ rule: 'covered', procedureGroup: name, diagnoses: ['M54.16'] }],
        }),
      'policies[0].procedureGroups[0] group',
    ],
    ['title', 300, (text) => cellOf('title', text), 'line 2 title'],
    ['plan', 100, (text) => cellOf('plan', text), 'line 2 plan'],
    ['note', 600, (text) => cellOf('note', text), 'line 2 note'],
    ['group', 40, (text) => cellOf('group', text), 'line 2 group'],
    ['procedure_group', 40, (text) => cellOf('procedure_group', text), 'line 2 procedure_group'],
  ];

  it.each(limited)(
    '%s: %i characters pass and one more does not',
    async (name, most, of, where) => {
      expect(errorsOf(await readFile(of(long(most))))).toEqual([]);
      const { findings, documents } = await readFile(of(long(most + 1)));
      expect(documents).toEqual([]);
      expect(findings).toEqual([
        {
          code: 'rules-text-long',
          severity: 'error',
          where: `${rulesUrl} ${where}`,
          message: `${name} has ${most + 1} characters, ${most} at most.`,
        },
      ]);
    },
  );

  it('are counted in characters, of which a surrogate pair is one', async () => {
    expect(errorsOf(await readFile(head({ plan: '𝔾'.repeat(100) })))).toEqual([]);
    expect(errorsOf(await readFile(cellOf('plan', '𝔾'.repeat(101))))).toEqual([
      'rules-text-long line 2 plan',
    ]);
  });

  it('hold for the number of rules, and are told once', async () => {
    const rule = (at: number) => ({
      rule: 'covered',
      group: `g${at}`,
      procedureGroup: '1',
      diagnoses: ['M54.16'],
    });
    const inJson = (count: number) =>
      head({ rules: Array.from({ length: count }, (_, at) => rule(at)) });
    const column = header.split(',').indexOf('group');
    const inCsv = (count: number) =>
      rows(
        ...Array.from({ length: count }, (_, at) =>
          first.split(',').with(column, `g${at}`).join(','),
        ),
      );
    for (const file of [inJson, inCsv]) {
      expect(errorsOf(await readFile(file(1000)))).toEqual([]);
      const { findings } = await readFile(file(1001));
      expect(findings.filter(({ severity }) => severity === 'error')).toMatchObject([
        { code: 'rules-too-many', message: 'It has 1001 rules, 1000 at most.' },
      ]);
    }
  });

  it('are told of a table by column, like everything else of its head', async () => {
    const { findings } = await readFile(cellOf('effective_from', '1/2/2026'));
    expect(findings).toMatchObject([
      { code: 'policy-date', where: `${rulesUrl} line 2 effective_from` },
    ]);
  });

  it.each([
    ['M54.16', true],
    ['m5416', true],
    ['M1A.*', true],
    ['QA0.0101', true],
    ['O9A.2-O9A.5', true],
    ['*', true],
    ['XX000', false],
    ['MMA.16', false],
    ['62323', false],
  ])(
    'for %s are the same in the published schema and in the reader: %s',
    async (code, expected) => {
      const file = readFileSync(new URL('../../../docs/payer-rules.schema.json', import.meta.url));
      const { policies } = JSON.parse(file.toString()).properties;
      const { pattern } = policies.items.properties.rules.items.properties.diagnoses.items;
      const isRead = errorsOf(await readFile(diagnoses(code))).length === 0;
      expect([new RegExp(pattern, 'u').test(code), isRead]).toEqual([expected, expected]);
    },
  );

  it('say what to write for Medicare’s XX000', async () => {
    const { findings } = await readFile(diagnoses('XX000'));
    expect(findings).toMatchObject([
      { message: '"XX000" is Medicare\'s word for every code; write *.' },
    ]);
  });
});

describe('what the feed of payer rules asks for', () => {
  const urls = [rulesUrl, 'https://rules.acme.example/more.csv'];
  const feed = createPayerRulesFeed({
    ...{ id: 'acme-rules', title: 'Rules of Acme', source: 'acme', complete: false },
    ...{ payer: { id: 'acme', title: 'Acme Health' }, urls, hosts: [] },
  });
  const discover = async (unchanged: readonly boolean[], since?: string): Promise<string[]> => {
    const { files } = await feed.discover({
      today: calendarDate('2026-02-01'),
      ...(since !== undefined && { since: calendarDate(since) }),
      bytesOf: async () => new Uint8Array(),
      get: async ({ url }) => {
        const same = unchanged[urls.indexOf(url)];
        return same === undefined ? undefined : { url, sha256: url, unchanged: same };
      },
    });
    return files.map(({ url }) => url);
  };

  it('is read together when one file changed, and not at all when none did', async () => {
    expect(await discover([true, false], '2026-01-31')).toEqual(urls);
    expect(await discover([true, true], '2026-01-31')).toEqual([]);
  });

  it('is read although unchanged as long as nothing was taken in', async () => {
    expect(await discover([true, true])).toEqual(urls);
  });

  it('is what could be had', async () => {
    expect(await discover([false], '2026-01-31')).toEqual([rulesUrl]);
    expect(await discover([])).toEqual([]);
  });
});
