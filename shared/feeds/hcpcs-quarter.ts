// For which quarter a HCPCS file is, told by its name and its zip's, and on which days of it codes begin or end.
import { type CalendarDate, dateOf } from '../core/calendar-date.ts';
import { hcpcsDates, quarterOf } from '../core/hcpcs.ts';
import { parseHcpcsFile } from '../formats/hcpcs-file.ts';
import { basenameOf } from './file-role.ts';
import { readNameDates } from './name-dates.ts';

/** What inspection keeps of a HCPCS file. */
export type HcpcsQuarter = {
  /** First day of the quarter its own name tells. */
  readonly quarter: CalendarDate;
  /** Days after it, up to the next quarter's first, on which codes begin or are no longer valid. */
  readonly dates: readonly CalendarDate[];
  /** The quarter its zip's name tells, where that is another one. */
  readonly zipQuarter?: CalendarDate;
};

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * The quarter of `HCPC2026_APR_ANWEB.txt`: 2026-04-01. A name without a month is the annual file, of January. Undefined
 * when it is no first month of a quarter.
 */
export function quarterOfName(name: string): CalendarDate | undefined {
  const match = /^hcpc(20\d\d)((?:_[a-z]+)*)_anweb/i.exec(basenameOf(name));
  if (!match) return undefined;
  const words = (match[2] ?? '').toLowerCase().split('_');
  const found = words.map((word) => months.indexOf(word.slice(0, 3))).find((index) => index >= 0);
  const date = dateOf(Number(match[1]), (found ?? 0) + 1, 1);
  return date && quarterOf(date) === date ? date : undefined;
}

/** The quarter that `january-2026-alpha-numeric-hcpcs-file.zip` names, or undefined. */
function quarterOfZip(name: string | undefined): CalendarDate | undefined {
  return name === undefined ? undefined : readNameDates(name).effective;
}

/** Looks into a HCPCS file; undefined when its name tells no quarter. What is wrong inside is for the gate. */
export async function inspectHcpcs(
  bytes: Uint8Array,
  name: string,
  zip?: string,
): Promise<HcpcsQuarter | undefined> {
  const quarter = quarterOfName(name);
  if (!quarter) return undefined;
  const { codes } = await parseHcpcsFile(bytes, { name, where: name });
  const told = quarterOfZip(zip);
  return {
    quarter,
    dates: hcpcsDates(codes, quarter),
    ...(told && told !== quarter && { zipQuarter: told }),
  };
}
