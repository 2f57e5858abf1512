// What kind of claim a Claim or ExplanationOfBenefit is, and which day governs it.
import type { ClaimSetting } from '../../core/artifact.ts';
import { type CalendarDate, parseCalendarDate } from '../../core/calendar-date.ts';
import { settingOfBill } from '../x12/bill-type.ts';
import { anyCodesOf } from './code-systems.ts';
import { isObject, type JsonObject, objectAt, objectsAt, textAt } from './json-access.ts';

/** The supportingInfo of a category (CARIN C4BBSupportingInfoType), in its order. */
function supportingInfo(resource: JsonObject, category: string): readonly JsonObject[] {
  return objectsAt(resource, 'supportingInfo')
    .map(({ value }) => value)
    .filter((value) => anyCodesOf(objectAt(value, 'category')).includes(category));
}

// NUBC UB-04 form locator 4: leading zero, facility, care, frequency.
const billShape = /^0?(\d{2})([0-9A-Z])$/;

/** Facility and frequency of the type of bill; undefined when it is not told. */
export function billOf(resource: JsonObject): { facility: string; frequency: string } | undefined {
  for (const info of supportingInfo(resource, 'typeofbill')) {
    for (const { value } of objectsAt(objectAt(info, 'code'), 'coding')) {
      const isBill = /typeofbill$/i.test(textAt(value, 'system') ?? '');
      const match = isBill ? billShape.exec(textAt(value, 'code') ?? '') : null;
      if (match?.[1] && match[2]) return { facility: match[1], frequency: match[2] };
    }
  }
  return undefined;
}

/** The day of a date or dateTime, as its sender's calendar shows it; undefined for a month or year alone. */
export const dayOf = (text: string | undefined): CalendarDate | undefined =>
  text === undefined ? undefined : parseCalendarDate(text.slice(0, 10));

/** The last day of a period; its first where it has no end. */
export const lastDayOf = (period: JsonObject | undefined): CalendarDate | undefined =>
  dayOf(textAt(period, 'end')) ?? dayOf(textAt(period, 'start'));

const profileOf = (resource: JsonObject): string => {
  const profiles = objectAt(resource, 'meta')?.profile;
  return Array.isArray(profiles) ? profiles.filter((one) => typeof one === 'string').join(' ') : '';
};

/** Inpatient or outpatient, from what tells it first: subtype, type of bill, CARIN profile, a period of admission. */
function institutionalSetting(resource: JsonObject): ClaimSetting {
  const subtypes = anyCodesOf(objectAt(resource, 'subType'));
  if (subtypes.some((code) => code.startsWith('inpatient'))) return 'inpatient';
  if (subtypes.some((code) => code.startsWith('outpatient'))) return 'outpatient';
  const bill = billOf(resource);
  if (bill) return settingOfBill(bill.facility);
  const profile = profileOf(resource);
  if (profile.includes('Outpatient-Institutional')) return 'outpatient';
  if (profile.includes('Inpatient-Institutional')) return 'inpatient';
  return supportingInfo(resource, 'admissionperiod').length > 0 ? 'inpatient' : 'outpatient';
}

/** The setting; undefined for dental, vision and pharmacy claims and those that do not say. */
export function settingOf(resource: JsonObject): ClaimSetting | undefined {
  const types = anyCodesOf(objectAt(resource, 'type'));
  if (types.includes('professional')) return 'professional';
  return types.includes('institutional') ? institutionalSetting(resource) : undefined;
}

/** The end of the admission, for inpatient claims the day of discharge. */
export const dischargeOf = (resource: JsonObject): CalendarDate | undefined =>
  supportingInfo(resource, 'admissionperiod')
    .map((info) => dayOf(textAt(objectAt(info, 'timingPeriod'), 'end')))
    .find((day) => day !== undefined);

/** True when a date or period is given from which no day can be read. */
export const isUnread = (given: unknown, day: CalendarDate | undefined): boolean =>
  day === undefined &&
  (typeof given === 'string' || (isObject(given) && Object.keys(given).length > 0));
