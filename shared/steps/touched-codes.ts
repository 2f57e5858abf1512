// First part of assess: what the changes of a release touch, by tenant. Reads who uses a changed
// code, then only the months that can matter: `open`, those from the effective date on, and for
// habit the last twelve.
import { addDays, addMonths, type CalendarDate, monthOf } from '../core/calendar-date.ts';
import type { Change, Version } from '../core/change.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import type { Habit } from '../core/finding.ts';
import { hitsClaim, hitsTemplate, losesBillability } from '../core/impact.ts';
import type { StoredUse, TenantStore } from '../ports/tenant-store.ts';

/** A changed code that a tenant uses, and in which months. */
export type TenantChange = { readonly change: Change; readonly months: readonly string[] };

/** What a change does to a tenant. */
export type Touched = {
  readonly change: Change;
  readonly hits: readonly StoredUse[];
  readonly habit?: Habit;
};

/**
 * Where and when: the last day a claim by habit can be of is the earlier of today and the day
 * before the change.
 */
export type TouchRequest = {
  readonly tenant: string;
  readonly system: CodeSystemId;
  readonly today: CalendarDate;
  /**
   * Versions of a changed code, of which later ones may have undone the change; none in order of
   * arrival.
   */
  readonly versionsOf: (change: Change) => Promise<readonly Version[]>;
};

/** Codes asked about at once. */
const readsAtOnce = 16;

/**
 * The tenants that use changed codes, in order of their ids, each with its changes in order of kind
 * and code.
 */
export async function tenantsTouched(
  tenants: Pick<TenantStore, 'whoUses'>,
  system: CodeSystemId,
  changes: readonly Change[],
): Promise<[tenant: string, changes: TenantChange[]][]> {
  const touched = new Map<string, TenantChange[]>();
  for (let i = 0; i < changes.length; i += readsAtOnce) {
    const some = changes.slice(i, i + readsAtOnce);
    const answers = some.map(({ code }) => tenants.whoUses({ system, code }));
    const used = await Promise.all(answers);
    some.forEach((change, j) => {
      for (const { tenant, months } of used[j] ?? []) {
        const list = touched.get(tenant) ?? [];
        list.push({ change, months });
        touched.set(tenant, list);
      }
    });
  }
  return [...touched].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** First and last day of service that count as habit; empty when the change is a year old. */
const habitSpan = (
  change: Change,
  today: CalendarDate,
): { readonly from: CalendarDate; readonly to: CalendarDate } => {
  const eve = addDays(change.effective, -1);
  return { from: addDays(addMonths(today, -12), 1), to: eve < today ? eve : today };
};

const isTemplate = (use: StoredUse): boolean => use.artifact.type === 'template';

function habitOf(
  uses: readonly StoredUse[],
  change: Change,
  today: CalendarDate,
): Habit | undefined {
  const { from, to } = habitSpan(change, today);
  const dates: CalendarDate[] = [];
  let billedCents = 0;
  for (const { date, billedCents: billed = 0 } of uses) {
    if (date === undefined || date < from || date > to) continue;
    dates.push(date);
    billedCents += billed;
  }
  const [first] = dates.sort();
  const last = dates.at(-1);
  if (!first || !last) return undefined;
  return { claims: dates.length, billedCents, from: first, to: last };
}

async function readMonths(
  tenants: Pick<TenantStore, 'uses'>,
  { tenant, system }: TouchRequest,
  code: string,
  months: readonly string[],
): Promise<StoredUse[]> {
  const read = months.map(async (month) => {
    const uses: StoredUse[] = [];
    for await (const use of tenants.uses(tenant, { system, code }, month)) uses.push(use);
    return uses;
  });
  return (await Promise.all(read)).flat();
}

/** What one change does to one tenant; undefined when nothing. */
export async function touchedBy(
  tenants: Pick<TenantStore, 'uses'>,
  request: TouchRequest,
  { change, months }: TenantChange,
): Promise<Touched | undefined> {
  const { code, effective } = change;
  const read = (wanted: readonly string[]): Promise<StoredUse[]> =>
    readMonths(tenants, request, code, wanted);
  const open = await read(months.filter((month) => month === 'open'));
  const dated = months.filter((month) => month !== 'open');
  const lost = losesBillability(change);
  const onTemplate = open.some(isTemplate);
  const span = habitSpan(change, request.today);
  const isAfter = (month: string): boolean => lost && month >= monthOf(effective);
  const isHabit = (month: string): boolean =>
    lost && !onTemplate && month >= monthOf(span.from) && month <= monthOf(span.to);
  const claims = await read(dated.filter((month) => isAfter(month) || isHabit(month)));
  const versions = await request.versionsOf(change);
  const hits = [
    ...open.filter((use) => isTemplate(use) && hitsTemplate(change, versions)),
    ...claims.filter((use) => hitsClaim(change, use.date, versions)),
  ];
  const habit = lost && !onTemplate ? habitOf(claims, change, request.today) : undefined;
  if (hits.length === 0 && !habit) return undefined;
  return { change, hits, ...(habit ? { habit } : {}) };
}
