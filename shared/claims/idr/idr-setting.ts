// What kind of claim the IDR says it is: CLM_TYPE_CD, CMS's own number for whose claim it is and how far it has come.
import type { ClaimSetting } from '../../core/artifact.ts';
import { settingOfBill } from '../x12/bill-type.ts';

/** What a claim type means here. */
export type IdrClaimType =
  | { readonly setting: ClaimSetting; readonly part: 'MA' | 'MB' }
  /** No claim with diagnoses, and why. */
  | { readonly none: string };

// Final claims (National Claims History): 10 home health, 20 and 30 skilled nursing, 40 outpatient, 50 hospice, 60 to 64
// inpatient, 71 and 72 carrier, 81 and 82 DMERC.
const finals: Readonly<Record<string, IdrClaimType>> = {
  '10': { setting: 'outpatient', part: 'MA' },
  '20': { setting: 'inpatient', part: 'MA' },
  '30': { setting: 'inpatient', part: 'MA' },
  '40': { setting: 'outpatient', part: 'MB' },
  '50': { setting: 'outpatient', part: 'MA' },
  '60': { setting: 'inpatient', part: 'MA' },
  '61': { setting: 'inpatient', part: 'MA' },
  '62': { setting: 'inpatient', part: 'MA' },
  '63': { setting: 'inpatient', part: 'MA' },
  '64': { setting: 'inpatient', part: 'MA' },
  '71': { setting: 'professional', part: 'MB' },
  '72': { setting: 'professional', part: 'MB' },
  '81': { setting: 'professional', part: 'MB' },
  '82': { setting: 'professional', part: 'MB' },
};

// Bills paid by Part A without being inpatient: home health under a plan of treatment, hospice.
const partABills = new Set(['32', '33', '81', '82']);

function ofBill(bill: string): IdrClaimType {
  const setting = settingOfBill(bill);
  return { setting, part: setting === 'inpatient' || partABills.has(bill) ? 'MA' : 'MB' };
}

/**
 * The meaning of a CLM_TYPE_CD. Claims still on their way through the shared systems are 1000 and 2000 more than their type
 * of bill; 1700, 2700 are professional, 1800, 2800 DME, 1900, 2900 notices of election. `bill`, the type of bill's first two
 * digits, decides for a type that is not known.
 */
export function readClaimType(code: string, bill: string): IdrClaimType {
  const type = code.replace(/^0+(?=\d)/, '');
  if (/^[1-4]$/.test(type)) {
    return { none: 'a Part D event (CLM_TYPE_CD 1 to 4) has no diagnosis; nothing to watch' };
  }
  const final = finals[type];
  if (final) return final;
  const shared = /^[12]0(\d\d)$/.exec(type)?.[1];
  if (shared !== undefined && shared !== '00') return ofBill(shared);
  if (/^[12][78]00$/.test(type)) return { setting: 'professional', part: 'MB' };
  if (/^[12]900$/.test(type)) {
    return { none: 'a notice of election (CLM_TYPE_CD 1900, 2900) asks for no payment' };
  }
  return ofBill(bill);
}
