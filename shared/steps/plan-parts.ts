// Which uses of a tenant have to be looked at for a release, by month: those of templates, those of
// claims from the effective date on, and for habit those of the last twelve months. By month and not
// by code, because a claim lies in one month only: what is counted of months adds up.
import { addDays, addMonths, type CalendarDate, monthOf } from '../core/calendar-date.ts';
import type { Change } from '../core/change.ts';
import { losesBillability } from '../core/impact.ts';
import { emptyTally } from '../core/impact-tally.ts';
import { compareUtf8 } from '../core/utf8-order.ts';
import type { AssessmentPart } from '../ports/assessment-store.ts';
import type { TenantRun } from './assess-run.ts';

/** The name of the part with the templates: the month their uses are kept under. */
export const templateMonth = 'open';

/** The months in which a tenant may use each of its changed codes. */
export type UsedMonths = ReadonlyMap<string, readonly string[]>;

/**
 * True when uses of a changed code in this month may matter: on templates, by claims from the change
 * on, or as habit. A later day leaves out more.
 */
export function mayMatter(change: Change, month: string, today: CalendarDate): boolean {
  if (month === templateMonth) return true;
  if (!losesBillability(change)) return false;
  const { from } = habitSpan(change, today);
  return month >= monthOf(from) || month >= monthOf(change.effective);
}

/** Codes asked about at once. */
const readsAtOnce = 16;

/** Reads them for these codes, in their order. */
export async function readUsedMonths(
  run: TenantRun,
  codes: readonly string[],
): Promise<UsedMonths> {
  const { tenants, tenant, record } = run;
  const used = new Map<string, readonly string[]>();
  for (let i = 0; i < codes.length; i += readsAtOnce) {
    const some = codes.slice(i, i + readsAtOnce);
    const answers = some.map((code) => tenants.usedMonths(tenant, { system: record.system, code }));
    const months = await Promise.all(answers);
    some.forEach((code, j) => void used.set(code, months[j] ?? []));
  }
  return used;
}

/**
 * First and last day of service that count as habit: of the twelve months up to today those before
 * the change. Empty when the change is a year old.
 */
export const habitSpan = (
  change: Change,
  today: CalendarDate,
): { readonly from: CalendarDate; readonly to: CalendarDate } => {
  const eve = addDays(change.effective, -1);
  return { from: addDays(addMonths(today, -12), 1), to: eve < today ? eve : today };
};

const newPart = (month: string): AssessmentPart => ({
  month,
  codes: [],
  habitCodes: [],
  step: 0,
  done: false,
  tally: emptyTally,
});

/** The part with the templates; none when the tenant may have none with a changed code. */
export function templateParts(used: UsedMonths): AssessmentPart[] {
  const codes = [...used].filter(([, months]) => months.includes(templateMonth));
  if (codes.length === 0) return [];
  return [{ ...newPart(templateMonth), codes: codes.map(([code]) => code) }];
}

/** The parts with the claims, by month. A code on a template is no habit. */
export function claimParts(
  run: TenantRun,
  used: UsedMonths,
  onTemplates: ReadonlySet<string>,
): AssessmentPart[] {
  const parts = new Map<string, AssessmentPart>();
  for (const [code, months] of used) {
    const change = run.changes.byCode.get(code);
    if (!change || !losesBillability(change)) continue;
    const span = habitSpan(change, run.today);
    const [first, last] = [monthOf(span.from), monthOf(span.to)];
    const counts = run.tells === 'all' && !onTemplates.has(code) && span.from <= span.to;
    for (const month of months) {
      if (month === templateMonth) continue;
      const isHabit = counts && month >= first && month <= last;
      if (!isHabit && month < monthOf(change.effective)) continue;
      const part = parts.get(month) ?? newPart(month);
      const habitCodes = isHabit ? [...part.habitCodes, code] : part.habitCodes;
      parts.set(month, { ...part, codes: [...part.codes, code], habitCodes });
    }
  }
  return [...parts.values()].sort((a, b) => compareUtf8(a.month, b.month));
}
