import { describe, expect, it } from 'vitest';
import { artifactsOf, onlyRefusal, recordsOf, refusalsOf, warningsOf } from '../intake-text.ts';

const lumbar = {
  type: 'template',
  id: 'Spine/Low back',
  name: 'Spine: Low back',
  kind: 'fee sheet',
  codes: [
    { system: 'icd10cm', code: 'M5450' },
    { system: 'icd10cm', code: 'M5136' },
  ],
};

describe('shared/claims/tables/fee-sheet.ts', () => {
  it('makes a template of each category and option, with its ICD-10 codes and no CPT code', async () => {
    const rows = [
      ['fs_category', 'fs_option', 'fs_codes'],
      ['1Spine', '1Low back', 'CPT4|99213|~ICD10|M54.50|~ICD10|M51.36|~ICD10|M54.50|'],
      ['1Spine', '2Neck', 'ICD9|723.1|~ICD10|NAME|~ICD10|M54.2|'],
      ['2New Patient', '1Brief', 'CPT4|99201|'],
      ['2New Patient', '', 'ICD10|I10|'],
    ];
    for (const separator of [',', '\t']) {
      const text = rows.map((row) => row.join(separator)).join('\n');
      const records = await recordsOf(text);
      const [first, second] = artifactsOf(records);
      expect(first).toEqual(lumbar);
      expect(second).toMatchObject({ id: 'Spine/Neck', codes: [{ code: 'M542' }] });
      expect(warningsOf(records)).toEqual(['line 3 unsupported', 'line 3 code-malformed']);
      expect(refusalsOf(records)).toEqual(['line 4 codes-missing', 'line 5 id-invalid']);
    }
  });

  it('takes HCPCS Level II codes; a CPT code entered as HCPCS is left out in silence', async () => {
    const sheet = [
      'fs_category\tfs_option\tfs_codes',
      '1Injections\t1Steroid\tHCPCS|J3301|~HCPCS|20610|~CPT4|20610|~HCPCS|j1030|~HCPCS|J3301|',
    ].join('\n');
    const records = await recordsOf(sheet);
    expect(artifactsOf(records)).toMatchObject([
      {
        id: 'Injections/Steroid',
        codes: [
          { system: 'hcpcs', code: 'J3301' },
          { system: 'hcpcs', code: 'J1030' },
        ],
      },
    ]);
    expect(warningsOf(records)).toEqual([]);
  });
});

describe('shared/claims/tables/fee-sheet-sql.ts', () => {
  const dump = [
    '-- MySQL dump 10.13',
    'DROP TABLE IF EXISTS `patient_data`;',
    "INSERT INTO `patient_data` VALUES (1,'MARKNAME','M54.50');",
    'CREATE TABLE `fee_sheet_options` (`fs_category` varchar(63), `fs_option` varchar(63));',
    'INSERT INTO `fee_sheet_options` (`fs_category`, `fs_option`, `fs_codes`) VALUES',
    "('1Spine', '1Low back', 'ICD10|M54.50|~ICD10|M51.36|'),",
    "('1Children\\'s', '1Fever; ''high''', 'ICD10|R50.9|');",
    "INSERT INTO fee_sheet_options VALUES ('2Heart','1Pressure','ICD10|I10|');",
    "INSERT INTO `zz_notes` VALUES ('MARKNOTE','ICD10|I21.9|','x');",
  ].join('\n');

  it('reads the rows of the table out of a dump, in either way of writing them, and nothing else', async () => {
    const records = await recordsOf(dump);
    expect(records.map(({ where }) => where)).toEqual(['line 6', 'line 7', 'line 8']);
    expect(artifactsOf(records)).toMatchObject([
      lumbar,
      { id: "Children's/Fever; 'high'", codes: [{ code: 'R509' }] },
      { id: 'Heart/Pressure' },
    ]);
    expect(JSON.stringify(records)).not.toContain('MARK');
  });

  it('reads the same from pieces of any size, and from a dump with much around it', async () => {
    const long = `-- dump\n${"INSERT INTO log VALUES ('x');\n".repeat(2_000)}${dump.slice(20)}`;
    const expected = await recordsOf(long);
    expect(expected).toHaveLength(3);
    for (const size of [1, 7, 100, 4_001]) {
      expect(await recordsOf(long, { size }), `${size}`).toEqual(expected);
    }
  });

  it('refuses a row of another shape and goes on with the next statement', async () => {
    const records = await recordsOf(
      "INSERT INTO fee_sheet_options VALUES ('1A','1B',7);\nINSERT INTO fee_sheet_options VALUES ('1A','1C','ICD10|I10|');\n",
    );
    expect(refusalsOf(records)).toEqual(['line 1 unreadable']);
    expect(artifactsOf(records).map(({ id }) => id)).toEqual(['A/C']);
  });

  it('says that a dump without the table holds nothing to read', async () => {
    const { code } = await onlyRefusal('-- MySQL dump\nCREATE TABLE x (y int);\n');
    expect(code).toBe('unsupported');
  });
});
