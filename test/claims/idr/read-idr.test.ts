import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { directory, member } from '../../formats/zip-text.ts';
import { haveOfficialFiles, officialFiles } from '../../support/official-files.ts';
import {
  artifactsOf,
  countIntake,
  onlyRefusal,
  recordsOf,
  refusalsOf,
  warningsOf,
} from '../intake-text.ts';
import {
  clm,
  dates,
  idrTable,
  lines,
  prod,
  recordsTogether,
  revenue,
  together,
} from './idr-text.ts';

const claimOf = async (...tables: readonly string[]) => {
  const records = await recordsTogether(tables.join(''));
  const [artifact] = artifactsOf(records);
  if (artifact?.type !== 'claim' || records.length !== 1) throw new Error(JSON.stringify(records));
  return { claim: artifact, warnings: warningsOf(records) };
};

const codes = prod([
  'D M545',
  'P M545',
  'D E119 2',
  'A R52',
  '1 W010XXA',
  'E W010XXA',
  'E Y929 2',
  'S 30233N1',
]);

describe('shared/claims/idr/read-idr.ts', () => {
  it('joins the tables of a claim, whatever their order', async () => {
    const tables = [
      clm({ CLM_SBMT_CHRG_AMT: '1200.5' }),
      codes,
      lines(
        { CLM_LINE_NUM: '1', CLM_LINE_HCPCS_CD: 'J2270', CLM_LINE_THRU_DT: '2025-10-02' },
        { CLM_LINE_NUM: '2', CLM_LINE_REV_CTR_CD: '0001', CLM_LINE_SBMT_CHRG_AMT: '1200.50' },
      ),
      revenue({ CLM_LINE_NUM: '1', CLM_LINE_INSTNL_REV_CTR_DT: '2025-09-29' }),
      dates('2025-10-01'),
    ];
    const { claim, warnings } = await claimOf(...tables);
    expect(claim).toEqual({
      type: 'claim',
      id: '9001',
      codes: [
        ...['M545', 'E119', 'R52', 'W010XXA', 'Y929'].map((code) => ({ system: 'icd10cm', code })),
        { system: 'icd10pcs', code: '30233N1' },
        { system: 'hcpcs', code: 'J2270' },
      ],
      diagnoses: [
        { system: 'icd10cm', code: 'M545', role: 'principal' },
        { system: 'icd10cm', code: 'E119', role: 'other' },
        { system: 'icd10cm', code: 'R52', role: 'admitting' },
        { system: 'icd10cm', code: 'W010XXA', role: 'external-cause' },
        { system: 'icd10cm', code: 'Y929', role: 'external-cause' },
      ],
      setting: 'inpatient',
      dischargeDate: '2025-10-01',
      payer: 'medicare',
      claimFiling: 'MA',
      billedCents: 120_050,
      lines: [{ procedure: 'J2270', dateOfService: '2025-09-29' }],
    });
    expect(warnings).toEqual([]);
    expect((await claimOf(...tables.toReversed())).claim).toEqual(claim);
  });

  it('takes the first diagnosis as principal where none is called so, and those of lines as pointers', async () => {
    const { claim } = await claimOf(
      clm({ CLM_TYPE_CD: '71' }),
      prod(['D E119 2', 'D M545 1'], { CLM_TYPE_CD: '71' }),
      lines({
        CLM_TYPE_CD: '71',
        CLM_LINE_DGNS_CD: 'E119',
        CLM_LINE_FROM_DT: '2025-10-01',
        HCPCS_1_MDFR_CD: '25',
      }),
    );
    expect(claim).toMatchObject({
      setting: 'professional',
      claimFiling: 'MB',
      diagnoses: [
        { code: 'M545', role: 'principal' },
        { code: 'E119', role: 'other' },
      ],
      lines: [{ modifiers: ['25'], dateOfService: '2025-10-01', pointers: [2] }],
    });
    expect(claim.dateOfService).toBeUndefined();
  });

  it('joins keys that a spreadsheet wrote as numbers', async () => {
    const written = prod(['P M545'], { GEO_BENE_SK: '077', CLM_NUM_SK: '1.0' });
    expect((await claimOf(clm({}), written)).claim.codes).toHaveLength(1);
  });

  it('governs an inpatient claim without day of discharge by its last day', async () => {
    expect((await claimOf(clm({}), codes, dates('1000-01-01'))).claim.dischargeDate).toBe(
      '2025-10-02',
    );
  });

  it.each([
    ['not the latest of its claim', { CLM_LTST_CLM_IND: 'N' }],
    ['not its final action', { CLM_FINL_ACTN_IND: 'N' }],
    ['of an earlier time of the warehouse', { CLM_OBSLT_DT: '2025-11-01' }],
    ['a void', { CLM_BILL_FREQ_CD: '8' }],
  ])('takes back a claim whose row is %s', async (_what, cells) => {
    const records = await recordsTogether(clm(cells) + codes);
    expect(records).toEqual([{ kind: 'void', where: 'CLM line 2', type: 'claim', id: '9001' }]);
  });

  it('lets a replacement take the place of an earlier row of its id', async () => {
    const records = await recordsTogether(
      clm({ CLM_SBMT_CHRG_AMT: '1' }, { CLM_SBMT_CHRG_AMT: '2', CLM_BILL_FREQ_CD: '7' }) + codes,
    );
    expect(artifactsOf(records)).toMatchObject([{ billedCents: 100 }, { billedCents: 200 }]);
  });

  it('refuses what is no claim with diagnoses, what lacks its codes, and codes that lack their claim', async () => {
    const records = await recordsTogether(
      clm({ CLM_TYPE_CD: '1' }, { CLM_TYPE_CD: '2900' }, { CLM_TYPE_CD: '40' }, {}) +
        codes +
        prod(['P M545', 'D E119'], { CLM_NUM_SK: '2' }),
    );
    expect(refusalsOf(records)).toEqual([
      'CLM line 2 codes-missing',
      'CLM line 3 codes-missing',
      'CLM line 4 codes-missing',
      'CLM_PROD line 2 codes-missing',
    ]);
    expect(countIntake(records)).toEqual({ accepted: 1, rejected: 4, void: 0 });
  });

  it('loses a row that cannot be read, says where it stands in its own table, and keeps the others', async () => {
    const broken = codes.replace('E119', 'E119,surplus').replace('R52', '"R52');
    const records = await recordsTogether(`${clm({})}${broken}`);
    expect(refusalsOf(records)).toEqual([
      'CLM_PROD line 4 unreadable',
      'CLM_PROD line 5 unreadable',
    ]);
    expect(artifactsOf(records)[0]?.codes).toHaveLength(4);
  });

  it('warns of cells that cannot be read, and keeps the claim', async () => {
    const { claim, warnings } = await claimOf(
      clm({ CLM_SBMT_CHRG_AMT: 'much', CLM_THRU_DT: 'soon' }),
      prod(['P M545', 'D SMITH']),
    );
    expect(claim.dischargeDate).toBe('2025-09-28');
    expect(warnings).toEqual([
      'CLM line 2, CLM_THRU_DT date-invalid',
      'CLM line 2, CLM_SBMT_CHRG_AMT amount-invalid',
      'CLM_PROD line 3, CLM_DGNS_CD code-malformed',
    ]);
  });

  it('leaves out a table without the columns it is joined by, and one that is no table of claims', async () => {
    const records = await recordsTogether(
      `${clm({})}${codes}\u001c\nBENE_SK,BENE_LAST_NAME\n1,SMITH\n\u001c\n${lines({}).replace('CLM_NUM_SK', 'NUM')}`,
    );
    expect(refusalsOf(records)).toEqual([
      'table 3 line 1 unsupported',
      'CLM_LINE line 1 unknown-field',
    ]);
    expect(JSON.stringify(records)).not.toMatch(/SMITH|BENE/);
    expect(artifactsOf(records)).toHaveLength(1);
  });

  it('refuses a table alone, says what belongs to it and how to hand it in', async () => {
    const related = together();
    const alone = await onlyRefusal(codes, { related });
    expect(alone.code).toBe('unsupported');
    expect(alone.message).toContain('came CLM_PROD, the diagnoses and procedures');
    expect(alone.message).toContain('missing: CLM;');
    expect(alone.message).toContain('codewatch intake with their folder');
    // Where nothing can be joined, as in the API on AWS, it is refused by its header.
    expect((await onlyRefusal(codes)).message).toBe(alone.message);
  });

  it('stops and says so when there is no room to join them', async () => {
    const records = await recordsOf(clm({}) + codes, { related: together(500) });
    expect(records).toMatchObject([{ kind: 'rejected', where: 'file', code: 'unreadable' }]);
  });

  it('gives the same records however the bytes come', async () => {
    const text = clm({}, { CLM_NUM_SK: '2', CLM_UNIQ_ID: '9002' }) + codes;
    const whole = await recordsTogether(text);
    for (const size of [1, 7, 4096]) {
      expect(await recordsOf(text, { related: together(), size })).toEqual(whole);
    }
    expect(await recordsTogether(gzipSync(text))).toEqual(whole);
  });

  it('reads them out of a zip, and passes over what machines put in', async () => {
    const zip = Buffer.concat([
      member('__MACOSX/._claims.csv', 'junk', 'deflated'),
      member('export/claims.csv', clm({}).trimEnd(), 'streamed'),
      member('export/readme.md', 'junk', 'stored'),
      member('export/codes.csv', codes, 'deflated'),
      directory,
    ]);
    expect(await recordsTogether(zip)).toEqual(await recordsTogether(clm({}) + codes));
    const cut = await recordsTogether(zip.subarray(0, -directory.length - 20));
    expect(refusalsOf(cut).at(-1)).toBe('file unreadable');
  });

  it('refuses a zip of anything else, whether it can join tables or not', async () => {
    const zip = Buffer.concat([member('claims.837', 'ISA*00*', 'deflated'), directory]);
    for (const options of [{}, { related: together() }]) {
      const { code, message } = await onlyRefusal(zip, options);
      expect([code, message]).toEqual(['unsupported', expect.stringContaining('unpack it')]);
    }
  });

  it('does not take a mapped table of somebody else for one of them', async () => {
    const records = await recordsTogether('Claim No,DX1\n1,M545\n');
    expect(refusalsOf(records)).toEqual(['line 1 unknown-field']);
  });

  it('keeps no key of a person: what is joined by is not what is stored', async () => {
    const { claim } = await claimOf(clm({ BENE_SK: '4711', CLM_CNTL_NUM: 'ICN4711' }), codes);
    expect(JSON.stringify(claim)).not.toMatch(/4711|"77"|"500"/);
    expect(idrTable([], [])).toContain('GEO_BENE_SK');
  });
});

describe.skipIf(!haveOfficialFiles)('the published tables of the repository, together', () => {
  const folder = resolve(officialFiles, 'claims/bfd-idr-csv');
  const texts = () => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));

  it('give a record for each row of CLM, and one for the claim that CLM does not know', async () => {
    const records = await recordsTogether(texts().join('\n\u001c\n'));
    // 150 rows of CLM and the claim of signature 692841068006 and type 2041. Of the 150: 19 Part D events (types 1 to 4);
    // 4 not the latest; 2 with bill frequency 8 (a Part D event has it, too); 3 without rows of CLM_PROD.
    expect(countIntake(records)).toEqual({ accepted: 122, rejected: 23, void: 6 });
  });

  it('hold an inpatient claim with a diagnosis of every kind and a procedure', async () => {
    const records = await recordsTogether(texts().join(''));
    const claim = artifactsOf(records).find(({ id }) => id === '6179923648920');
    expect(claim).toMatchObject({
      setting: 'inpatient',
      dischargeDate: '2018-02-11',
      billedCents: 23_533_802,
      diagnoses: [
        { code: 'V9733', role: 'principal' },
        { code: 'V970', role: 'other' },
        { code: 'W5541XA', role: 'admitting' },
        { code: 'W5922XA', role: 'external-cause' },
      ],
    });
    expect(claim?.codes).toContainEqual({ system: 'icd10pcs', code: '30233N1' });
  });

  it('are each refused alone', async () => {
    for (const text of texts()) {
      expect((await onlyRefusal(text, { related: together() })).code).toBe('unsupported');
    }
  });
});
