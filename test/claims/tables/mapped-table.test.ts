import { describe, expect, it } from 'vitest';
import { type CsvMapping, csvMappingBody } from '../../../shared/claims/tables/csv-mapping.ts';
import {
  artifactsOf,
  onlyClaim,
  onlyRefusal,
  onlyTemplate,
  recordsOf,
  refusalsOf,
  warningsOf,
} from '../intake-text.ts';

const mapping: CsvMapping = {
  columns: {
    id: 'Claim No',
    codes: ['DX1', 'dx2'],
    dateOfService: 'DOS',
    payer: 'Insurance',
    lineProcedure: 'CPT',
    lineModifiers: 'Mod',
    lineDate: 'DOS',
    lineBilled: 'Charge',
    billed: 'Total',
  },
  constants: { setting: 'professional' },
};
const header = 'Claim No,Patient,DX1,DX2,DOS,Insurance,CPT,Mod,Charge,Total';

describe('shared/claims/tables/mapped-table.ts', () => {
  it('makes one claim of rows with the same id, each a line, and never reads what is not mapped', async () => {
    const text = [
      header,
      '"7","Doe, Jane",M54.50,I10,10/1/2021,Aetna,99213,25,$100.00,"$1,120.50"',
      '"7","Doe, Jane",M54.50,E11.9,10/2/2021,Aetna,J3301,,20.5,"$1,120.50"',
    ].join('\r\n');
    expect(await onlyClaim(text, { mapping })).toEqual({
      type: 'claim',
      id: '7',
      codes: [
        ...['M5450', 'I10', 'E119'].map((code) => ({ system: 'icd10cm', code })),
        { system: 'hcpcs', code: 'J3301' },
      ],
      diagnoses: [
        { system: 'icd10cm', code: 'M5450', role: 'principal' },
        { system: 'icd10cm', code: 'I10', role: 'other' },
        { system: 'icd10cm', code: 'E119', role: 'other' },
      ],
      setting: 'professional',
      payer: 'Aetna',
      billedCents: 112_050,
      lines: [
        { procedure: '99213', modifiers: ['25'], dateOfService: '2021-10-01', billedCents: 10_000 },
        { procedure: 'J3301', dateOfService: '2021-10-02', billedCents: 2_050 },
      ],
    });
  });

  it('reads days before months where the mapping says so, and ICD-9-CM as what it is', async () => {
    const text = `${header}\n8,x,724.2,,1/10/2014,Aetna,99213,,10,10`;
    const records = await recordsOf(text, { mapping: { ...mapping, dateOrder: 'dmy' } });
    expect(artifactsOf(records)).toMatchObject([
      {
        codes: [],
        diagnoses: [{ system: 'icd9cm', code: '7242' }],
        lines: [{ dateOfService: '2014-10-01' }],
      },
    ]);
    expect(warningsOf(records)).toEqual(['line 2, codes field-invalid']);
  });

  it('makes one template of rows with the same id, such as a superbill with one code a row', async () => {
    const superbill: CsvMapping = {
      columns: { id: 'Section', name: 'Section', codes: 'ICD' },
      constants: { type: 'template', kind: 'superbill', owner: 'Front desk' },
    };
    const text = 'Section;ICD;Text\nSpine;M54.50;Low back\nSpine;M54.2;Neck\nHeart;I10;Pressure\n';
    expect(artifactsOf(await recordsOf(text, { mapping: superbill }))).toEqual([
      {
        type: 'template',
        id: 'Spine',
        name: 'Spine',
        kind: 'superbill',
        owner: 'Front desk',
        codes: [
          { system: 'icd10cm', code: 'M5450' },
          { system: 'icd10cm', code: 'M542' },
        ],
      },
      {
        type: 'template',
        id: 'Heart',
        name: 'Heart',
        kind: 'superbill',
        owner: 'Front desk',
        codes: [{ system: 'icd10cm', code: 'I10' }],
      },
    ]);
  });

  it('takes the HCPCS codes of a template’s procedure column, and no CPT codes', async () => {
    const superbill: CsvMapping = {
      columns: { id: 'Section', codes: 'ICD', lineProcedure: 'Procedure' },
      constants: { type: 'template' },
    };
    const text = 'Section,ICD,Procedure\nKnee,M17.11,20610\nKnee,,J3301\nKnee,M17.12,J3301\n';
    expect((await onlyTemplate(text, { mapping: superbill })).codes).toEqual([
      { system: 'icd10cm', code: 'M1711' },
      { system: 'icd10cm', code: 'M1712' },
      { system: 'hcpcs', code: 'J3301' },
    ]);
  });

  it('makes one template of a whole file where the mapping gives its id', async () => {
    const problems: CsvMapping = {
      columns: { codes: 'Code' },
      constants: { type: 'template', id: 'problem-list' },
    };
    const template = await onlyTemplate('Code\nI10\nE11.9\n', { mapping: problems });
    expect([template.id, template.codes.length]).toEqual(['problem-list', 2]);
  });

  it('leaves out cells that cannot be read, and refuses rows without code or id', async () => {
    const text = [
      header,
      '1,x,M54.50,NAME,someday,Aetna,9!9,,free,x',
      '2,x,,,10/1/2021,Aetna,99213,,1,1',
      ',x,I10,,10/1/2021,Aetna,99213,,1,1',
    ].join('\n');
    const records = await recordsOf(text, { mapping });
    expect(refusalsOf(records)).toEqual(['line 3 codes-missing', 'line 4 id-invalid']);
    expect(warningsOf(records)).toEqual([
      'line 2, codes code-malformed',
      'line 2, lineProcedure code-malformed',
      'line 2, lineDate date-invalid',
      'line 2, lineBilled amount-invalid',
      'line 2, dateOfService date-invalid',
      'line 2, billed amount-invalid',
      'line 2 date-invalid',
    ]);
  });

  it('says which mapped columns a file lacks; a format that is known needs no mapping', async () => {
    const { code, message } = await onlyRefusal('Claim No,DX1\n1,I10\n', { mapping });
    expect(code).toBe('field-invalid');
    expect(message).toContain('"dx2"');
    const own = await recordsOf('type,id,codes\nclaim,1,I10\n', { mapping });
    expect(refusalsOf(own)).toEqual([]);
  });
});

describe('shared/claims/tables/csv-mapping.ts', () => {
  it.each([
    [{ columns: { id: 'A', codes: ['B', 'C'] } }, true],
    [{ columns: { codes: 'B' }, constants: { id: 'superbill' } }, true],
    [{ columns: { id: 'A' } }, false],
    [{ columns: { codes: 'B' } }, false],
    [{ columns: { id: 'A', codes: 'B', patient: 'C' } }, false],
    [{ columns: { id: 'A', codes: 'B' }, dateOrder: 'ymd' }, false],
  ])('%j is a mapping: %s', (body, isOne) => {
    expect(csvMappingBody.safeParse(body).success).toBe(isOne);
  });
});
