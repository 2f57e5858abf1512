import { describe, expect, it } from 'vitest';
import {
  claimsOf,
  institutional,
  onlyClaim,
  professional,
  provider,
  recordsOf,
  subscriber,
  warningsOf,
  x12File,
  x12Text,
} from './x12-text.ts';

const office = 'CLM*C1*150***11:B:1*Y*A*Y*Y';
const codes = 'HI*ABK:M5450';
const line = ['LX*1', 'SV1*HC:99213*150*UN*1***1', 'DTP*472*D8*20251002'];

describe('shared/claims/x12/read-x12-claims.ts', () => {
  it('keeps of a professional claim what the watch needs and nothing else', async () => {
    const file = professional(
      'CLM*C1*165.5***11:B:1*Y*A*Y*Y',
      'HI*ABK:M5450*ABF:E119',
      'NM1*82*1*SMITH*ADAM****XX*1234567893',
      'PRV*PE*PXC*208D00000X',
      'LX*1',
      'SV1*HC:99213:25:59:::office visit*150*UN*1***1:2',
      'DTP*472*D8*20251002',
      'LX*2',
      'SV1*HC:J3301*15.5*UN*1***2',
      'DTP*472*RD8*20251002-20251003',
    );
    expect(await recordsOf(file)).toEqual([
      {
        kind: 'accepted',
        // ISA, GS, ST, five segments of the provider, seven of the subscriber.
        where: 'segment 16 (CLM in ST 0001)',
        artifact: {
          type: 'claim',
          id: 'C1',
          codes: [
            { system: 'icd10cm', code: 'M5450' },
            { system: 'icd10cm', code: 'E119' },
            { system: 'hcpcs', code: 'J3301' },
          ],
          setting: 'professional',
          diagnoses: [
            { system: 'icd10cm', code: 'M5450', role: 'principal' },
            { system: 'icd10cm', code: 'E119', role: 'other' },
          ],
          payer: '87726',
          claimFiling: 'CI',
          billedCents: 16_550,
          lines: [
            {
              procedure: '99213',
              modifiers: ['25', '59'],
              billedCents: 15_000,
              pointers: [1, 2],
              dateOfService: '2025-10-02',
            },
            {
              procedure: 'J3301',
              billedCents: 1_550,
              pointers: [2],
              dateOfService: '2025-10-03',
            },
          ],
          state: 'MD',
          specialty: '208D00000X',
          // Born 1980-05-01, on 2025-10-03.
          age: 45,
          sex: 'female',
        },
      },
    ]);
  });

  it('keeps of an inpatient claim the day of discharge, every role and the procedures', async () => {
    const file = institutional(
      'CLM*H1*12000***11:A:1**A*Y*Y',
      'DTP*096*TM*1130',
      'DTP*434*RD8*20250928-20251003',
      'DTP*435*DT*202509280930',
      'CL1*1*7*01',
      'HI*ABK:S72001A:::::::Y',
      'HI*ABJ:M25551',
      'HI*ABN:W1830XA:::::::Y',
      'HI*DR:480',
      'HI*ABF:E119:::::::Y*ABF:I10:::::::Y',
      'HI*BBR:0SR90JZ:D8:20250929',
      'HI*BBQ:30233N1:D8:20250930',
      'HI*BI:70:RD8:20250920-20250925',
      'HI*BE:80:::5',
      'HI*BG:09',
      'LX*1',
      'SV2*0120**8000*DA*5',
      'LX*2',
      'SV2*0450*HC:99284*4000*UN*1',
    );
    const claim = await onlyClaim(file);
    expect(claim).toMatchObject({
      setting: 'inpatient',
      dischargeDate: '2025-10-03',
      specialty: '207Q00000X',
      lines: [{ billedCents: 800_000 }, { procedure: '99284', billedCents: 400_000 }],
    });
    expect(claim.diagnoses?.map(({ code, role }) => `${code} ${role}`)).toEqual([
      'S72001A principal',
      'M25551 admitting',
      'W1830XA external-cause',
      'E119 other',
      'I10 other',
    ]);
    expect(claim.codes.slice(-2)).toEqual([
      { system: 'icd10pcs', code: '0SR90JZ' },
      { system: 'icd10pcs', code: '30233N1' },
    ]);
    expect(await warningsOf(file)).toEqual([]);
  });

  it('lets occurrence code 42 say the day of discharge', async () => {
    const claim = await onlyClaim(
      institutional(
        'CLM*H1*12000***11:A:4**A*Y*Y',
        'DTP*434*RD8*20250928-20251003',
        'HI*ABK:S72001A',
        'HI*BH:11:D8:20250927*BH:42:D8:20250930',
      ),
    );
    expect(claim.dischargeDate).toBe('2025-09-30');
  });

  it('uses each HCPCS code of its lines once, no CPT code and no rate code', async () => {
    const file = institutional(
      ...['CLM*H3*100***13:A:1**A*Y*Y', 'DTP*434*RD8*20250928-20251003', 'HI*ABK:M5450'],
      ...['LX*1', 'SV2*0636*HC:J3301*10*UN*1', 'LX*2', 'SV2*0636*HC:j3301:JZ*10*UN*1'],
      ...['LX*3', 'SV2*0450*HC:99284*10*UN*1', 'LX*4', 'SV2*0540*HC:A0429:RH*10*UN*1'],
      // A HIPPS code of a rehabilitation stay (X12 C003-01 HP) may look like one of HCPCS.
      ...['LX*5', 'SV2*0024*HP:B0110*60*UN*1'],
    );
    const { codes, lines } = await onlyClaim(file);
    expect(codes).toEqual([
      { system: 'icd10cm', code: 'M5450' },
      { system: 'hcpcs', code: 'J3301' },
      { system: 'hcpcs', code: 'A0429' },
    ]);
    expect(lines?.at(-1)).toEqual({ procedure: 'B0110', billedCents: 6_000 });
  });

  it('dates an outpatient claim by its lines, by its statement where they have no date', async () => {
    const head = ['CLM*H2*100***13:A:1**A*Y*Y', 'DTP*434*RD8*20250928-20251003'];
    const body = ['HI*ABK:M5450*APR:M5450', 'HI*APR:R109', 'LX*1', 'SV2*0450*HC:99284*100*UN*1'];
    const dated = await onlyClaim(institutional(...head, ...body, 'DTP*472*D8*20250930'));
    expect(dated.dateOfService).toBeUndefined();
    expect(dated.lines?.[0]?.dateOfService).toBe('2025-09-30');
    expect(dated.diagnoses?.map(({ role }) => role)).toEqual([
      'principal',
      'reason-for-visit',
      'reason-for-visit',
    ]);
    const undated = await onlyClaim(institutional(...head, ...body));
    expect(undated.dateOfService).toBe('2025-10-03');
  });

  // NUBC type of bill: 12x and 22x are inpatients billed to Part B.
  it.each([
    ['11', 'inpatient'],
    ['12', 'outpatient'],
    ['13', 'outpatient'],
    ['18', 'inpatient'],
    ['21', 'inpatient'],
    ['22', 'outpatient'],
    ['32', 'outpatient'],
    ['72', 'outpatient'],
    ['81', 'outpatient'],
    ['85', 'outpatient'],
    ['011', 'inpatient'],
  ])('takes type of bill %s as %s', async (type, setting) => {
    const segments = [`CLM*H1*1***${type}:A:1`, 'DTP*434*D8*20251001', codes];
    expect((await onlyClaim(institutional(...segments))).setting).toBe(setting);
  });

  it('takes frequency code 7 as the claim itself and 8 as a void', async () => {
    const file = professional(
      office,
      codes,
      ...line,
      'CLM*C1*99***11:B:7*Y*A*Y*Y',
      'REF*F8*PAYERNUMBER',
      'HI*ABK:M5451',
      ...line,
      'CLM*C2*0***11:B:8*Y*A*Y*Y',
      'REF*F8*PAYERNUMBER2',
      codes,
    );
    const records = await recordsOf(file);
    expect(records.map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'void']);
    expect(records[2]).toMatchObject({ type: 'claim', id: 'C2', where: expect.any(String) });
    expect((await claimsOf(file)).map(({ id, billedCents }) => [id, billedCents])).toEqual([
      ['C1', 15_000],
      ['C1', 9_900],
    ]);
  });

  it('takes a claim sent twice once, and refuses another claim of the same id', async () => {
    const file = professional(
      office,
      codes,
      ...line,
      office,
      codes,
      ...line,
      office,
      'HI*ABK:M5451',
      ...line,
    );
    const records = await recordsOf(file);
    expect(records.map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'rejected']);
    expect(records[1]).toMatchObject({
      warnings: [{ where: 'segment 21, CLM01', code: 'repeated' }],
    });
    expect(records[2]).toMatchObject({ where: 'segment 26 (CLM in ST 0001)', code: 'repeated' });
  });

  it('takes the claim again after its void', async () => {
    const voided = 'CLM*C1*0***11:B:8*Y*A*Y*Y';
    const file = professional(office, codes, ...line, voided, office, 'HI*ABK:M5451', ...line);
    const kinds = (await recordsOf(file)).map(({ kind }) => kind);
    expect(kinds).toEqual(['accepted', 'void', 'accepted']);
  });

  it('takes age and sex of the patient, not of the subscriber or of another insured', async () => {
    const dependent = ['HL*3*2*23*0', 'PAT*19', 'NM1*QC*1*DOE*TIM', 'DMG*D8*20171002*M'];
    const other = ['SBR*S*18*******CI', 'DMG*D8*19500101*F', 'NM1*PR*2*OTHER*****PI*99999'];
    const child = await onlyClaim(professional(...dependent, office, codes, ...other, ...line));
    // Eight years old on that very day.
    expect([child.age, child.sex, child.payer]).toEqual([8, 'male', '87726']);
    const unknown = ['HL*3*2*23*0', 'PAT*19', 'NM1*QC*1*DOE*TIM'];
    const none = await onlyClaim(professional(...unknown, office, codes, ...line));
    expect([none.age, none.sex]).toEqual([undefined, undefined]);
  });

  it('starts each subscriber and provider afresh', async () => {
    const file = x12File(
      [
        [
          ...provider,
          ...subscriber(),
          office,
          codes,
          ...line,
          'HL*3*1*22*0',
          'SBR*P*18*******MB',
          office.replace('C1', 'C2'),
          codes,
          ...line,
          'HL*4**20*1',
          'NM1*85*2*OTHER CLINIC*****XX*1234567893',
          'HL*5*4*22*0',
          office.replace('C1', 'C3'),
          codes,
          ...line,
        ],
      ],
      '005010X222A1',
    );
    const kept = (await claimsOf(file)).map(
      ({ id, payer, claimFiling, age, sex, state, specialty }) =>
        [id, payer, claimFiling, age, sex, state, specialty].join(','),
    );
    expect(kept).toEqual([
      'C1,87726,CI,45,female,MD,207Q00000X',
      'C2,,MB,,,MD,207Q00000X',
      'C3,,,,,,',
    ]);
  });

  it('names the payer by its name where it has no number', async () => {
    const file = professional(office, codes, ...line).replace(
      'UNITED*****PI*87726',
      'CAF\u00c9 PLAN',
    );
    expect((await onlyClaim(file)).payer).toBe('CAF\u00c9 PLAN');
  });

  it('reads 004010, whose version stands in its group', async () => {
    const file = x12File(
      [[...provider, ...subscriber(), 'CLM*C1*1***11::1', 'HI*BK:7242*BF:25000', ...line]],
      '004010X098A1',
    ).replace('ST*837*0001*004010X098A1', 'ST*837*0001');
    const claim = await onlyClaim(file);
    expect(claim.codes).toEqual([]);
    expect(claim.diagnoses).toEqual([
      { system: 'icd9cm', code: '7242', role: 'principal' },
      { system: 'icd9cm', code: '25000', role: 'other' },
    ]);
  });

  it.each([
    ['ST*835*0001*005010X221A1', '835 (payment advice)'],
    ['ST*837*0001*005010X224A2', '005010X224A2 (dental claim)'],
    ['ST*837*0001*008020X323', '008020X323'],
    ['ST*837*0001*DOE', 'a version we cannot read'],
    ['ST*constructor*0001', 'a transaction other than 837'],
  ])('refuses %s and says what it is', async (st, what) => {
    const file = professional(office, codes, ...line, office.replace('C1', 'C2'), codes, ...line);
    const records = await recordsOf(file.replace('ST*837*0001*005010X222A1', st));
    expect(records.map(({ kind }) => kind)).toEqual(['rejected', 'rejected']);
    expect(records[0]).toMatchObject({ code: 'unsupported' });
    expect(JSON.stringify(records)).toContain(what);
  });

  it('says of a transaction without claim that it has none', async () => {
    expect(await recordsOf(professional())).toMatchObject([
      { kind: 'rejected', where: 'segment 3 (ST 0001)', code: 'codes-missing' },
    ]);
    expect(await recordsOf(x12Text(['GS*HC']))).toMatchObject([
      { kind: 'rejected', where: 'segment 1', code: 'envelope-invalid' },
    ]);
  });
});
