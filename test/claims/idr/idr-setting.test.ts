import { describe, expect, it } from 'vitest';
import { readClaimType } from '../../../shared/claims/idr/idr-setting.ts';

describe('shared/claims/idr/idr-setting.ts', () => {
  // CLM_TYPE_CD as CMS lists it (beneficiary-fhir-data, ReferenceTables/CLM_TYPE_CD.csv).
  it.each([
    ['10', 'outpatient', 'MA'],
    ['20', 'inpatient', 'MA'],
    ['30', 'inpatient', 'MA'],
    ['40', 'outpatient', 'MB'],
    ['50', 'outpatient', 'MA'],
    ['60', 'inpatient', 'MA'],
    ['72', 'professional', 'MB'],
    ['82', 'professional', 'MB'],
    ['1011', 'inpatient', 'MA'],
    ['1012', 'outpatient', 'MB'],
    ['2013', 'outpatient', 'MB'],
    ['2021', 'inpatient', 'MA'],
    ['1032', 'outpatient', 'MA'],
    ['2081', 'outpatient', 'MA'],
    ['1700', 'professional', 'MB'],
    ['2800', 'professional', 'MB'],
  ])('reads type %s as %s of Part %s', (type, setting, part) => {
    expect(readClaimType(type, '')).toEqual({ setting, part });
  });

  it('goes by the type, not by the type of bill, and by that for a type that is not known', () => {
    expect(readClaimType('40', '11')).toEqual({ setting: 'outpatient', part: 'MB' });
    expect(readClaimType('99', '11')).toEqual({ setting: 'inpatient', part: 'MA' });
  });

  it('knows what is no claim with diagnoses', () => {
    expect(readClaimType('4', '11')).toHaveProperty('none');
    expect(readClaimType('1900', '81')).toHaveProperty('none');
  });
});
