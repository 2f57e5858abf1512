import { describe, expect, it } from 'vitest';
import { parseArtifact, parseRecord } from '../../shared/claims/parse-artifact.ts';

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

  it('the HCPCS codes of a claim’s lines are uses behind those listed, each once', () => {
    const lines = ['a9585', '99213', 'G0447', 'A9585', '0213T'].map((procedure) => ({ procedure }));
    const listed = [{ system: 'hcpcs', code: 'g0447' }, 'M54.50'];
    const { artifact } = parseArtifact({ codes: listed, lines }, 'claim', 'c1');
    expect(artifact?.codes).toEqual([
      { system: 'hcpcs', code: 'G0447' },
      { system: 'icd10cm', code: 'M5450' },
      { system: 'hcpcs', code: 'A9585' },
    ]);
    // What was stored, sent back, is the same again.
    const again = parseArtifact({ codes: artifact?.codes, lines }, 'claim', 'c1').artifact;
    expect(again?.codes).toEqual(artifact?.codes);
  });

  it('a claim of lines alone has no diagnosis, and is refused', () => {
    const body = { codes: [], lines: [{ procedure: 'A9585' }] };
    expect(codeOf(parseArtifact(body, 'claim', 'c1'))).toBe('codes-missing');
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
    [{ codes: ['QA0..0101'] }, 'code-malformed', '"QA0..0101"'],
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
    [JSON.parse('{"codes":["I10"],"__proto__":{"a":1}}'), 'unknown-field', 'field 2'],
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
