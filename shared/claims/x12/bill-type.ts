// What kind of claim CLM05 says it is: setting, and whether it replaces or voids another (X12 TR3 005010X222/X223, CLM05;
// NUBC UB-04 form locator 4, type of bill).
import type { ClaimSetting } from '../../core/artifact.ts';

/** What the third part of CLM05 asks for; bills other than 7 and 8 stand for themselves. */
export type ClaimAction = 'take' | 'replace' | 'void';

// Bill types governed by the date of discharge or the last day of the statement: hospital, swing
// bed and skilled nursing inpatient, religious non-medical inpatient, intermediate care and
// residential. 12x and 22x are inpatients billed to Part B line by line, like outpatients.
const inpatientFacilities = new Set(['11', '18', '21', '28', '41', '65', '66', '86']);

/** The setting of an institutional claim from the first two digits of its type of bill. */
export function settingOfBill(facility: string): ClaimSetting {
  return inpatientFacilities.has(facility.replace(/^0+/, '').slice(0, 2))
    ? 'inpatient'
    : 'outpatient';
}

/** What the claim frequency code asks for, also when it is written as a number (`7.00`). */
export function actionOf(frequency: string): ClaimAction {
  const code = frequency.trim().replace(/\.0+$/, '');
  if (code === '7') return 'replace';
  return code === '8' ? 'void' : 'take';
}
