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
} from './x12-text.ts';

const office = 'CLM*C1*150***11:B:1*Y*A*Y*Y';
const line = ['LX*1', 'SV1*HC:99213*150*UN*1***1', 'DTP*472*D8*20251002'];
const three = (second: readonly string[]): string =>
  professional(
    office,
    'HI*ABK:M5450',
    ...line,
    ...second,
    office.replace('C1', 'C3'),
    'HI*ABK:M5451',
    ...line,
  );

describe('shared/claims/x12/health-codes.ts', () => {
  it('reads dotted and lower case codes, and says so', async () => {
    const file = professional(office, 'HI*ABK:m54.50*ABF:E11.9*ABF:I10', ...line);
    expect((await onlyClaim(file)).codes.map(({ code }) => code)).toEqual(['M5450', 'E119', 'I10']);
    expect(await warningsOf(file)).toEqual([
      'segment 17, HI01: field-invalid',
      'segment 17, HI02: field-invalid',
    ]);
  });

  it('keeps M545, which is a code that is no longer billable', async () => {
    const file = professional(office, 'HI*ABK:M545', ...line);
    expect((await onlyClaim(file)).codes).toEqual([{ system: 'icd10cm', code: 'M545' }]);
    expect(await warningsOf(file)).toEqual([]);
  });

  it('leaves out what can be no code, and lets the pointers follow', async () => {
    const file = professional(
      office,
      'HI*ABK:M5450*ABF:M5.450*ABF:E119*ABF:I10',
      'LX*1',
      'SV1*HC:99213*150*UN*1***1:2:4:7',
      'DTP*472*D8*20251002',
    );
    const claim = await onlyClaim(file);
    expect(claim.codes.map(({ code }) => code)).toEqual(['M5450', 'E119', 'I10']);
    // 2 was left out, 4 became 3, and 7 pointed three past the last of four: it still does.
    expect(claim.lines?.[0]?.pointers).toEqual([1, 3, 6]);
    expect(await warningsOf(file)).toEqual(['segment 17, HI02: code-malformed']);
  });

  it('refuses a claim of which no code is left, and names the element', async () => {
    const [record] = await recordsOf(
      professional(office, 'HI*ABK:12', 'HI*ABF:SMITH JOHN', ...line),
    );
    expect(record).toEqual({
      kind: 'rejected',
      where: 'segment 16 (CLM in ST 0001)',
      code: 'code-malformed',
      message: 'segment 17, HI01: no diagnosis code can be written like this',
    });
  });

  it('refuses a claim without HI', async () => {
    expect(await recordsOf(professional(office, ...line))).toMatchObject([
      { kind: 'rejected', code: 'codes-missing' },
    ]);
  });

  it('keeps both of two principal diagnoses, first, and lets the pointers follow', async () => {
    const file = professional(
      office,
      'HI*ABF:E119*ABK:M5450*ABF:I10*ABK:M5450',
      'LX*1',
      'SV1*HC:99213*150*UN*1***1:2:4',
      'DTP*472*D8*20251002',
    );
    const claim = await onlyClaim(file);
    expect(claim.diagnoses?.map(({ code }) => code)).toEqual(['M5450', 'M5450', 'E119', 'I10']);
    expect(claim.codes.map(({ code }) => code)).toEqual(['M5450', 'E119', 'I10']);
    expect(claim.lines?.[0]?.pointers).toEqual([3, 1, 2]);
    expect(await warningsOf(file)).toEqual(['segment 17, HI04: segment-invalid']);
  });

  it('goes by the code where the qualifier names the other code set', async () => {
    const file = professional(office, 'HI*BK:M5450*ABF:4019*BF:V7389*ABF:V7389', ...line);
    // V7389 can be of either: the qualifier says which.
    expect((await onlyClaim(file)).diagnoses?.map(({ system }) => system)).toEqual([
      'icd10cm',
      'icd9cm',
      'icd9cm',
      'icd10cm',
    ]);
    expect(await warningsOf(file)).toEqual([
      'segment 17, HI01: field-invalid',
      'segment 17, HI02: field-invalid',
    ]);
  });

  it('reads qualifier and code that stand in two elements', async () => {
    const file = professional(office, 'HI*ABK*M5450*ABF:I10*ABF*ABF:E119', ...line);
    expect((await onlyClaim(file)).codes.map(({ code }) => code)).toEqual(['M5450', 'I10', 'E119']);
    expect(await warningsOf(file)).toEqual([
      'segment 17, HI01: segment-invalid',
      'segment 17, HI04: code-malformed',
    ]);
  });

  it('passes over what is no code of the watch, and tells what it does not know', async () => {
    const file = institutional(
      'CLM*H1*1***13:A:1',
      'DTP*434*D8*20251001',
      'HI*ABK:M5450',
      'HI*BR:7904:D8:20251001',
      'HI*DR:480*BG:09*QQ:1',
      'HI*BBR:O000000',
    );
    expect((await onlyClaim(file)).codes).toHaveLength(1);
    expect(await warningsOf(file)).toEqual([
      'segment 19, HI01: unsupported',
      'segment 20, HI03: segment-invalid',
      'segment 21, HI01: code-malformed',
    ]);
  });
});

describe('shared/claims/x12/claim-lines.ts', () => {
  it('leaves out days and amounts that are none, and keeps the rest', async () => {
    const file = professional(
      'CLM*C1*-5***11:B:1',
      'HI*ABK:M5450',
      'LX*1',
      'SV1*HC:99213*1.005*UN*1***1:A',
      'DTP*472*D8*20250931',
      'LX*2',
      'SV1*HC:99 213*.5*UN*1***1',
      'DTP*472*RD8*20251005-20251001',
      'SV1*HC:99214*100.*UN*1***1.00',
      'DTP*472*RD8*2025100-20251002',
    );
    expect((await onlyClaim(file)).lines).toEqual([
      { procedure: '99213', pointers: [1] },
      { billedCents: 50, pointers: [1], dateOfService: '2025-10-05' },
      { procedure: '99214', billedCents: 10_000, pointers: [1], dateOfService: '2025-10-02' },
    ]);
    expect(await warningsOf(file)).toEqual([
      'segment 16, CLM02: amount-invalid',
      'segment 19, SV102: amount-invalid',
      'segment 19, SV107: field-invalid',
      'segment 20, DTP03: date-invalid',
      'segment 22, SV101: code-malformed',
      'segment 23, DTP03: date-invalid',
      'segment 25, DTP03: date-invalid',
    ]);
  });

  it('says when a claim has no date at all', async () => {
    const file = professional(office, 'HI*ABK:M5450', 'LX*1', 'SV1*HC:99213*1*UN*1***1');
    expect((await onlyClaim(file)).age).toBeUndefined();
    expect(await warningsOf(file)).toEqual(['segment 16, CLM: date-invalid']);
  });
});

describe('shared/claims/x12/finish-claim.ts', () => {
  it.each([
    ['A#1', 'A%231'],
    ['A%231', 'A%25231'],
    ['A%251', 'A%25251'],
    ['50%', '50%'],
  ])('stores the id %s as %s, so that no two become one', async (sent, id) => {
    const file = professional(office.replace('C1', sent), 'HI*ABK:M5450', ...line);
    expect((await onlyClaim(file)).id).toBe(id);
  });

  it.each(['', 'x'.repeat(129)])(
    'refuses a claim that has no id to be stored under',
    async (id) => {
      const file = professional(office.replace('C1', id), 'HI*ABK:M5450', ...line);
      expect(await recordsOf(file)).toMatchObject([{ kind: 'rejected', code: 'id-invalid' }]);
    },
  );
});

describe('shared/claims/x12/transaction-segments.ts', () => {
  it('gives codes whose CLM was lost to no other claim', async () => {
    const lost = three([
      office.replace('CLM', 'CLX').replace('C1', 'C2'),
      'HI*ABK:Z0000',
      'HI*ABF:Z0001',
      ...line,
    ]);
    const records = await recordsOf(lost);
    expect(records.map(({ kind }) => kind)).toEqual(['accepted', 'rejected', 'accepted']);
    expect(records[1]).toMatchObject({
      where: 'segment 22 (HI in ST 0001)',
      code: 'segment-invalid',
    });
    const [first, third] = await claimsOf(lost);
    expect([first?.codes, first?.lines?.length]).toEqual([
      [{ system: 'icd10cm', code: 'M5450' }],
      1,
    ]);
    expect(third?.codes).toEqual([{ system: 'icd10cm', code: 'M5451' }]);
  });

  it('starts a subscriber at SBR where the HL was lost', async () => {
    const next = subscriber(3)
      .join('\n')
      .replace('HL*3', 'XX*3')
      .replace('87726', '99999')
      .replace('19800501*F', '19900501*M')
      .split('\n');
    const file = three([...next, office.replace('C1', 'C2'), 'HI*ABK:Z0000', ...line]);
    expect(
      (await claimsOf(file)).map(({ payer, age, sex, state }) => [payer, age, sex, state]),
    ).toEqual([
      ['87726', 45, 'female', 'MD'],
      ['99999', 35, 'male', 'MD'],
      ['99999', 35, 'male', 'MD'],
    ]);
  });

  it('never takes the state of a patient for that of the provider', async () => {
    const damaged = professional(office, 'HI*ABK:M5450', ...line)
      .replace('HL*2*', 'HX*2*')
      .replace('SBR*', 'SBX*')
      .replace('NM1*IL*', 'NX1*IL*');
    expect((await onlyClaim(damaged)).state).toBe('MD');
  });

  it('tells of segments with a foreign id or too many elements', async () => {
    const file = professional(
      'nM1*X',
      office,
      'HI*ABK:M5450',
      'LX*1SV1*HC:99213',
      ...line.slice(1),
    );
    expect(await warningsOf(file)).toEqual([
      'segment 16, id: segment-invalid',
      'segment 19, id: segment-invalid',
    ]);
    expect((await onlyClaim(file)).lines).toHaveLength(1);
  });

  it('reads components by the separator CLM05 shows, when ISA16 announces another', async () => {
    const file = professional(office, 'HI*ABK:M5450*ABF:I10', ...line).replaceAll(':', '>');
    const wrong = file.replace('*P*>', '*P*:');
    expect(await claimsOf(wrong)).toEqual(await claimsOf(file));
    expect(await warningsOf(wrong)).toEqual(['segment 16, CLM05: envelope-invalid']);
  });
});

describe('shared/claims/x12/envelope.ts', () => {
  const whole = x12File(
    [
      [...provider, ...subscriber(), office, 'HI*ABK:M5450', ...line],
      [...provider, ...subscriber(), office.replace('C1', 'C2'), 'HI*ABK:M5450', ...line],
    ],
    '005010X222A1',
  );
  // ISA, GS, ST, 12 above the claim, CLM, HI, three of the line: SE is segment 21, the second 40.
  it.each([
    ['SE*19*0001', 'SE*18*0001', ['segment 21, SE01: envelope-invalid']],
    ['SE*19*0002', 'SE*19*0009', ['segment 40, SE02: envelope-invalid']],
    [
      'GE*2*1',
      'GE*1*7',
      ['segment 41, GE01', 'segment 41, GE02'].map((at) => `${at}: envelope-invalid`),
    ],
    ['IEA*1*000000001', 'IEA*1*2', ['segment 42, IEA02: envelope-invalid']],
    ['SE*19*0001~\n', '', ['segment 21, ST: envelope-invalid']],
    ['GE*2*1~\n', '', ['segment 41, IEA: envelope-invalid']],
    ['IEA*1*000000001~\n', '', ['end of file: envelope-invalid']],
    ['*ZZ*SENDER         *', '*ZZ*SENDER*', ['segment 1, ISA06: envelope-invalid']],
  ])('tells that %s is wrong, and takes in the claims', async (good, bad, expected) => {
    const file = whole.replace(good, bad);
    expect(await claimsOf(whole)).toHaveLength(2);
    expect(await claimsOf(file)).toEqual(await claimsOf(whole));
    expect(await warningsOf(file)).toEqual(expected);
  });

  it('refuses only the last claim of a file that was cut off inside it', async () => {
    const cut = whole.slice(0, whole.lastIndexOf('DTP*472') + 12);
    const records = await recordsOf(cut);
    expect(records.map(({ kind }) => kind)).toEqual(['accepted', 'rejected']);
    expect(records[1]).toMatchObject({
      where: 'segment 35 (CLM in ST 0002)',
      code: 'envelope-invalid',
    });
  });

  it('takes in the next interchange behind one that was cut off', async () => {
    const cut = whole.slice(0, whole.lastIndexOf('DTP*472'));
    const next = whole.replaceAll('CLM*C', 'CLM*D');
    const records = await recordsOf(cut + next);
    expect(records.map(({ kind }) => kind)).toEqual([
      'accepted',
      'rejected',
      'accepted',
      'accepted',
    ]);
  });

  it('refuses claims outside any transaction, each', async () => {
    const file = whole.replace(/ST\*837\*0001.*\n/, '');
    const records = await recordsOf(file);
    expect(records).toMatchObject([
      { kind: 'rejected', where: 'segment 15 (CLM)', code: 'envelope-invalid' },
      { kind: 'accepted', where: 'segment 34 (CLM in ST 0002)' },
    ]);
  });
});
