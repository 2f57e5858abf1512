// Addenda come in three column layouts and with more or less of a statistics block; all must read alike.
import { describe, expect, it } from 'vitest';
import { parseAddenda } from '../../shared/formats/addenda.ts';

const label = (text: string): string => text.padEnd(13);
const cm = (kind: string, flag: 0 | 1, code: string, title: string): string =>
  `${label(kind)}${flag} ${code.padEnd(7)} ${title.padEnd(60)} ${title}`;
const pcs = (kind: string, code: string, short: string, long: string): string =>
  `${label(kind)}${code.padEnd(7)} ${short.padEnd(60)} ${long}`;
const file = (lines: readonly string[], lineEnd = '\r\n'): Buffer =>
  Buffer.from(lines.map((line) => line + lineEnd).join(''));
const parseCm = (bytes: Buffer) => parseAddenda(bytes, { system: 'icd10cm', where: 'addenda.txt' });
const parsePcs = (bytes: Buffer) =>
  parseAddenda(bytes, { system: 'icd10pcs', where: 'addenda.txt' });

const split = [
  cm('Delete:', 1, 'M545', 'Low back pain'),
  cm('Add:', 0, 'M545', 'Low back pain'),
  cm('Add:', 1, 'M5450', 'Low back pain, unspecified'),
  cm('Revise from:', 1, 'A7741', 'Ehrlichiosis chafeensis'),
  cm('Revise to:', 1, 'A7741', 'Ehrlichiosis chaffeensis'),
];
const statistics = [
  '',
  'Headers',
  '  22737 headers in icd10cm_order_2021jan.txt',
  '  22738 headers in icd10cm_order_2022.txt',
  '      1 additions',
  '      0 deletions',
  '      0 revisions',
  'of which',
  '      0 revisions to both long and short titles',
  '      0 revisions to long title only',
  '      0 revisions to short title only',
  '',
  'Codes',
  '  72621 codes in icd10cm_order_2021jan.txt',
  '  72621 codes in icd10cm_order_2022.txt',
  '      1 additions',
  '      1 deletions',
  '      1 revisions',
];

describe('shared/formats/addenda.ts', () => {
  it('reads ICD-10-CM order addenda with flag, titles and both releases', () => {
    const { addenda, findings } = parseCm(file([...split, ...statistics]));
    expect(findings).toEqual([]);
    expect(addenda.entries.slice(0, 3)).toEqual([
      {
        kind: 'delete',
        code: 'M545',
        billable: true,
        short: 'Low back pain',
        long: 'Low back pain',
      },
      { kind: 'add', code: 'M545', billable: false, short: 'Low back pain', long: 'Low back pain' },
      {
        kind: 'add',
        code: 'M5450',
        billable: true,
        short: 'Low back pain, unspecified',
        long: 'Low back pain, unspecified',
      },
    ]);
    expect(addenda.entries.slice(3).map(({ kind, long }) => [kind, long])).toEqual([
      ['revise-from', 'Ehrlichiosis chafeensis'],
      ['revise-to', 'Ehrlichiosis chaffeensis'],
    ]);
    expect(addenda.base).toEqual({ year: 2021, headers: 22737, codes: 72621 });
    expect(addenda.target).toEqual({ year: 2022, headers: 22738, codes: 72621 });
  });

  it('reads ICD-10-CM codes addenda, which have neither flag nor short title', () => {
    const { addenda, findings } = parseCm(
      file([
        `${label('Add:')}A925    Zika virus disease`,
        '',
        'Codes',
        '  69823 codes in icd10cm_order_2016.txt',
        '  71486 codes in icd10cm_order_2017.txt',
        '      1 additions',
      ]),
    );
    expect(findings).toEqual([]);
    expect(addenda).toEqual({
      entries: [
        { kind: 'add', code: 'A925', billable: null, short: '', long: 'Zika virus disease' },
      ],
      base: { year: 2016, headers: null, codes: 69823 },
      target: { year: 2017, headers: null, codes: 71486 },
    });
  });

  it('reads ICD-10-PCS order addenda, which have no flag; headers have three characters', () => {
    const { addenda, findings } = parsePcs(
      file([
        pcs(
          'Revise from:',
          '001',
          'Central Nervous System, Bypass',
          'Central Nervous System, Bypass',
        ),
        pcs(
          'Revise to:',
          '001',
          'Central Nervous System and Cranial Nerves, Bypass',
          'Central Nervous System and Cranial Nerves, Bypass',
        ),
        pcs(
          'Add:',
          '0210083',
          'Bypass 1 Cor Art from Cor Art with Zooplastic, Open Approach',
          'Bypass Coronary Artery, One Artery',
        ),
        '',
        'Headers',
        '    857 headers in icd10pcs_order_2017.txt',
        '    857 headers in icd10pcs_order_2018.txt',
        '      1 revisions',
        'Codes',
        '  75789 codes in icd10pcs_order_2017.txt',
        '  75790 codes in icd10pcs_order_2018.txt',
        '      1 additions',
      ]),
    );
    expect(findings).toEqual([]);
    expect(
      addenda.entries.map(({ kind, code, billable, short }) => [kind, code, billable, short]),
    ).toEqual([
      ['revise-from', '001', null, 'Central Nervous System, Bypass'],
      ['revise-to', '001', null, 'Central Nervous System and Cranial Nerves, Bypass'],
      ['add', '0210083', null, 'Bypass 1 Cor Art from Cor Art with Zooplastic, Open Approach'],
    ]);
    expect(addenda.target).toEqual({ year: 2018, headers: 857, codes: 75790 });
  });

  it('tells ICD-10-PCS codes addenda from order addenda by the columns of the whole file', () => {
    const long =
      'Introduction of Other New Technology Monoclonal Antibody into Muscle, Percutaneous Approach';
    const { addenda, findings } = parsePcs(file([`${label('Add:')}XW023Y7 ${long}`]));
    expect(findings).toEqual([]);
    expect(addenda.entries).toEqual([
      { kind: 'add', code: 'XW023Y7', billable: null, short: '', long },
    ]);
  });

  it('takes a blank that chance put where titles part for part of the title', () => {
    const long = `${'Introduction of a substance into a muscle'.padEnd(60, '.')} by a needle`;
    const { addenda } = parsePcs(file([`${label('Add:')}XW023Y7 ${long}`]));
    expect(addenda.entries).toEqual([
      { kind: 'add', code: 'XW023Y7', billable: null, short: '', long },
    ]);
  });

  it('takes addenda without statistics, as errata have them, and names no release then', () => {
    const { addenda, findings } = parsePcs(
      file([
        pcs(
          'Add:',
          'XW023X7',
          'Introduce Tixagev/Cilgavim in Muscle',
          'Introduction of Tixagevimab and Cilgavimab',
        ),
        '',
        '',
      ]),
    );
    expect(findings).toEqual([]);
    expect(addenda).toMatchObject({ base: null, target: null, entries: [{ code: 'XW023X7' }] });
  });

  it('takes addenda that change nothing, with stray blank lines and mixed line ends', () => {
    const text =
      '\nCodes\n  \r\n  69823 codes in icd10cm_codes_2015.txt\n  69823 codes in icd10cm_codes_2016.txt\n      \r\n      0 additions\n';
    expect(parseCm(Buffer.from(text))).toEqual({
      addenda: {
        entries: [],
        base: { year: 2015, headers: null, codes: 69823 },
        target: { year: 2016, headers: null, codes: 69823 },
      },
      findings: [],
    });
  });

  it('leaves blanks off the end of titles as the order file does', () => {
    const { addenda } = parsePcs(
      file([`${pcs('Add:', 'X2A', 'New Technology', 'New Technology')} `]),
    );
    expect(addenda.entries[0]?.long).toBe('New Technology');
  });

  it('warns where the entries are not as many as the statistics count', () => {
    const { findings } = parseCm(file([...split.slice(0, 3), ...statistics]));
    expect(findings).toMatchObject([
      {
        code: 'addenda-statistics',
        severity: 'warning',
        message: 'The statistics count 1 revisions of codes, the file lists 0.',
      },
    ]);
  });

  it.each<[string, string]>([
    ['an unknown label', cm('Change:', 1, 'A000', 'Cholera')],
    ['no label', 'A000 Cholera'],
    ['another flag', cm('Add:', 1, 'A000', 'Cholera').replace('1 A000', '2 A000')],
    ['a code that is none', cm('Add:', 1, 'A0.00', 'Cholera')],
    ['no titles', label('Add:').concat('1 A000   ')],
  ])('refuses a line with %s', (_, line) => {
    const { addenda, findings } = parseCm(file([...split, line]));
    expect(addenda.entries).toHaveLength(5);
    expect(findings).toMatchObject([
      { code: 'addenda-row', severity: 'error', where: 'addenda.txt line 6' },
    ]);
  });

  it('refuses half a revision, on either side', () => {
    for (const lines of [split.slice(0, 4), [...split.slice(0, 3), ...split.slice(4)]]) {
      expect(parseCm(file(lines)).findings).toMatchObject([
        { code: 'addenda-pair', severity: 'error' },
      ]);
    }
  });

  it('warns of a line in the statistics that it does not know', () => {
    const { findings } = parseCm(file([...split, ...statistics, 'See also the index addenda.']));
    expect(findings).toMatchObject([
      { code: 'addenda-row', severity: 'warning', where: 'addenda.txt line 24' },
    ]);
  });

  it.each([
    ['empty-file', ''],
    ['html-instead-of-file', '<html></html>'],
  ])('reads nothing from what are no addenda: %s', (code, text) => {
    const { addenda, findings } = parseCm(Buffer.from(text));
    expect(addenda).toEqual({ entries: [], base: null, target: null });
    expect(findings).toMatchObject([{ code, severity: 'error' }]);
  });
});
