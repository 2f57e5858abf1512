// Claims and templates from CSV, JSON and NDJSON: what is read, what is refused, and that no record
// is lost.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseArtifact, parseRecord } from '../../shared/claims/parse-artifact.ts';
import { csvColumns, readCsvArtifacts } from '../../shared/claims/read-csv-artifacts.ts';
import { readJsonArtifacts } from '../../shared/claims/read-json-artifacts.ts';

const m545 = { system: 'icd10cm', code: 'M545' } as const;
const codeOf = (parsed: ReturnType<typeof parseArtifact>): string | undefined =>
  parsed.refusal?.code;

describe('shared/claims/parse-artifact', () => {
  it('a claim as the API takes it becomes one with normal codes and exact cents', () => {
    const body = {
      name: ' Visit ',
      codes: [{ system: 'icd10cm', code: 'm54.5' }, 'M545', { code: 'I10' }],
      dateOfService: '2021-10-04',
      payer: 'aetna',
      billed: '1,234.50',
      lines: [{ procedure: '99213', dateOfService: '2021-10-04', billed: 4.35 }, {}],
      state: 'ny',
    };
    expect(parseArtifact(body, 'claim', 'c1')).toEqual({
      artifact: {
        type: 'claim',
        id: 'c1',
        name: 'Visit',
        codes: [m545, { system: 'icd10cm', code: 'I10' }],
        dateOfService: '2021-10-04',
        payer: 'aetna',
        billedCents: 123_450,
        lines: [{ procedure: '99213', dateOfService: '2021-10-04', billedCents: 435 }, {}],
        state: 'NY',
      },
    });
  });

  it('codes of another system name it, each or all at once', () => {
    const pcs = { system: 'icd10pcs', code: '0JH60DZ' };
    for (const body of [{ codes: [pcs] }, { codes: '0jh60dz', system: 'icd10pcs' }]) {
      expect(parseArtifact(body, 'template', 't').artifact?.codes).toEqual([pcs]);
    }
  });

  it.each([
    [{ codes: ['M54.5'], dateOfSevice: '2021-10-04' }, 'unknown-field', 'dateOfSevice'],
    [{ codes: ['M54.5'], lines: [{ modifier: '25' }] }, 'unknown-field', 'lines[0].modifier'],
    [{ codes: ['M54.5'], patientName: 'Doe' }, 'unknown-field', 'patientName'],
    [{}, 'codes-missing', 'codes'],
    [{ codes: [] }, 'codes-missing', 'codes'],
    [{ codes: ' ; ' }, 'codes-missing', 'codes'],
    [{ codes: ['724.2'] }, 'code-malformed', '"724.2" cannot be an ICD-10-CM code'],
    [{ codes: ['M54..5'] }, 'code-malformed', 'M54..5'],
    [{ codes: [{ system: 'icd9', code: '7242' }] }, 'field-invalid', 'codes'],
    [{ codes: 5 }, 'field-invalid', 'codes'],
    [{ codes: ['I10'], dateOfService: '2021-02-29' }, 'date-invalid', 'dateOfService'],
    [{ codes: ['I10'], dateOfService: 20211004 }, 'date-invalid', 'dateOfService'],
    [{ codes: ['I10'], dischargeDate: '10/04/2021' }, 'date-invalid', 'dischargeDate'],
    [{ codes: ['I10'], lines: [{ dateOfService: 'x' }] }, 'date-invalid', 'lines[0].dateOfService'],
    [{ codes: ['I10'], billed: '12.345' }, 'amount-invalid', 'billed'],
    [{ codes: ['I10'], billed: -1 }, 'amount-invalid', 'billed'],
    [{ codes: ['I10'], billed: null }, 'amount-invalid', 'billed'],
    [{ codes: ['I10'], name: 'a\u0007b' }, 'field-invalid', 'name'],
    [{ codes: ['I10'], state: 'New York' }, 'field-invalid', 'state'],
    [{ codes: ['I10'], type: 'template' }, 'type-invalid', 'type'],
    [{ codes: ['I10'], id: 'c2' }, 'id-invalid', 'id'],
    [[], 'unreadable', 'record'],
    [null, 'unreadable', 'record'],
    ['text', 'unreadable', 'record'],
    [JSON.parse('{"codes":["I10"],"__proto__":{"a":1}}'), 'unknown-field', '__proto__'],
  ])('the claim %j is refused as %s', (body, code, message) => {
    const { refusal } = parseArtifact(body, 'claim', 'c1');
    expect(refusal?.code).toBe(code);
    expect(refusal?.message).toContain(message);
  });

  it('a template has no date and no amount', () => {
    expect(
      codeOf(parseArtifact({ codes: ['I10'], dateOfService: '2021-10-04' }, 'template', 't')),
    ).toBe('unknown-field');
    expect(codeOf(parseArtifact({ codes: ['I10'], billed: 1 }, 'template', 't'))).toBe(
      'unknown-field',
    );
  });

  it('an id that could not be stored is refused before anything else', () => {
    expect(codeOf(parseArtifact({ codes: ['I10'] }, 'claim', 'a#b'))).toBe('id-invalid');
    expect(codeOf(parseRecord({ type: 'claim', id: 4.5, codes: ['I10'] }))).toBe('id-invalid');
    expect(codeOf(parseRecord({ type: 'bill', id: '1', codes: ['I10'] }))).toBe('type-invalid');
    expect(parseRecord({ type: 'claim', id: 45, codes: ['I10'] }).artifact?.id).toBe('45');
  });
});

describe('shared/claims/read-csv-artifacts', () => {
  const header = 'type,id,name,owner,codes,dateOfService,billed';

  it('reads claims and templates, quoted or not, with either line end and a byte order mark', () => {
    const text = `\uFEFF${header}\r\ntemplate,t1,"Spine, ""new""",Dana,M54.5;M51.36,,\r\n\r\nclaim,c1,,,m545 I10,2021-10-04,"$1,234.50"\r\n`;
    expect(readCsvArtifacts(text)).toEqual({
      artifacts: [
        {
          type: 'template',
          id: 't1',
          name: 'Spine, "new"',
          owner: 'Dana',
          codes: [m545, { system: 'icd10cm', code: 'M5136' }],
        },
        {
          type: 'claim',
          id: 'c1',
          codes: [m545, { system: 'icd10cm', code: 'I10' }],
          dateOfService: '2021-10-04',
          billedCents: 123_450,
        },
      ],
      rejected: [],
    });
  });

  it('every bad line is named with its reason and costs no other one', () => {
    const text = [
      header,
      'claim,c1,,,I10,2021-10-04,1',
      'claim,c2,"never closed,,I10,2021-10-04,1',
      'claim,c3,,,I10,2021-10-04,1',
      'claim,c4,,,I10',
      'claim,c5,,,724.2,2021-10-04,1',
      'bill,c6,,,I10,2021-10-04,1',
      'claim,,,,I10,2021-10-04,1',
      'claim,c8,,,I10,2021-02-30,1',
      'claim,c9,,,I10,2021-10-04,free',
      'template,t1,,,I10,2021-10-04,',
      'claim,c10,,,,2021-10-04,1',
      'claim,c11,,,I10,2021-10-04,1',
    ].join('\n');
    const { artifacts, rejected } = readCsvArtifacts(text);
    expect(artifacts.map(({ id }) => id)).toEqual(['c1', 'c3', 'c11']);
    expect(rejected.map(({ where, code }) => `${where} ${code}`)).toEqual([
      'line 3 unreadable',
      'line 5 unreadable',
      'line 6 code-malformed',
      'line 7 type-invalid',
      'line 8 id-invalid',
      'line 9 date-invalid',
      'line 10 amount-invalid',
      'line 11 unknown-field',
      'line 12 codes-missing',
    ]);
  });

  it('columns come in any order and case; an unknown one refuses the file, for it may hold a patient', () => {
    expect(readCsvArtifacts('CODES,Id,type\nI10,1,claim').artifacts).toHaveLength(1);
    const { artifacts, rejected } = readCsvArtifacts('type,id,codes,patient_name\nclaim,1,I10,Doe');
    expect(artifacts).toEqual([]);
    expect(rejected).toMatchObject([{ where: 'line 1', code: 'unknown-field' }]);
    expect(rejected[0]?.message).toContain('"patient_name"');
  });

  it.each(['', 'type,id', 'type,id,codes,codes', '\n\n'])('%j has no usable header', (text) => {
    const { artifacts, rejected } = readCsvArtifacts(text);
    expect(artifacts).toEqual([]);
    expect(rejected).toHaveLength(1);
  });

  it('I6 lines in are lines kept or refused, whatever they hold', () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom('claim', 'I10', '"', ',', '""', '1', '2021-10-04'),
    );
    const line = fc
      .array(cell, { minLength: 1, maxLength: csvColumns.length })
      .map((cells) => cells.join(','));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (given) => {
        const lines = given.map((text) => text.replace(/[\r\n]/g, ' '));
        const { artifacts, rejected } = readCsvArtifacts(
          [csvColumns.join(','), ...lines].join('\n'),
        );
        const filled = lines.filter((text) => text.trim() !== '').length;
        expect(artifacts.length + rejected.length).toBe(filled);
      }),
    );
  });
});

describe('shared/claims/read-json-artifacts', () => {
  const good = {
    type: 'claim',
    id: '1',
    codes: 'M54.5',
    dateOfService: '2021-10-04',
    billed: 120.5,
  };
  const bad = { type: 'claim', id: '2', codes: 'M54.5', date: '2021-10-04' };

  it('a list, one object and one object a line say the same', () => {
    const lines = [good, bad].map((record) => JSON.stringify(record)).join('\n');
    const fromLines = readJsonArtifacts(lines);
    const fromList = readJsonArtifacts(JSON.stringify([good, bad], null, 2));
    expect(fromList.artifacts).toEqual(fromLines.artifacts);
    expect(fromLines.artifacts).toMatchObject([{ id: '1', codes: [m545], billedCents: 12_050 }]);
    expect(fromLines.rejected).toMatchObject([{ where: 'line 2', code: 'unknown-field' }]);
    expect(fromList.rejected).toMatchObject([{ where: 'record 2', code: 'unknown-field' }]);
    expect(readJsonArtifacts(JSON.stringify(good, null, 2)).artifacts).toHaveLength(1);
  });

  it('in NDJSON a line that is no JSON costs no other one; a broken list is refused whole', () => {
    const line = JSON.stringify(good);
    const { artifacts, rejected } = readJsonArtifacts(`${line}\n{"type":\n\n[1]\n${line}\r\n`);
    expect(artifacts).toHaveLength(2);
    expect(rejected.map(({ where, code }) => `${where} ${code}`)).toEqual([
      'line 2 unreadable',
      'line 4 unreadable',
    ]);
    expect(readJsonArtifacts(`[${line},`)).toMatchObject({
      artifacts: [],
      rejected: [{ where: 'file' }],
    });
    expect(readJsonArtifacts('')).toEqual({ artifacts: [], rejected: [] });
  });
});
