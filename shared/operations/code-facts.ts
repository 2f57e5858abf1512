// What rules need to know of one code on one date, put together from its timeline and the category it stands in.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Replacement, Version } from '../core/change.ts';
import { type CodeFamily, createFamily, namedMax } from '../core/code-family.ts';
import { normalizeCode } from '../core/code-system.ts';
import type { FamilyCode } from '../core/family-titles.ts';
import type { Catalogue } from '../ports/catalogue.ts';
import type { CodeFacts, MeantCode } from '../scrub/code-facts.ts';
import type { Belief } from './belief.ts';
import { isOutsideHorizon } from './known-date.ts';
import { nearMissesOn } from './near-misses-on.ts';
import type { RecentMap } from './recent-map.ts';
import { replacementsOn } from './replacements-on.ts';
import type { SystemDates } from './system-dates.ts';
import { inForceAt, statusBegin } from './timeline-span.ts';

/** What the facts of one system are put together from. */
export type FactsScope = {
  readonly belief: Belief;
  /** The other systems, for near misses. */
  readonly others: readonly Belief[];
  readonly dates: SystemDates;
  /** Categories of diagnoses, each in the periods in which it stays the same. */
  readonly families: RecentMap<CodeFamily>;
  /** Absent: nothing is known of the code tree. */
  readonly catalogue?: Catalogue;
};

/** More rows than any category has. */
const categoryRowsMax = 20_000;
const categoryLength = 3;
const codeLengthMax = 7;

/** The facts of a code, given in normal form or as typed, on a date. */
export async function factsOn(
  scope: FactsScope,
  text: string,
  date: CalendarDate,
): Promise<CodeFacts> {
  const { belief } = scope;
  if (isOutsideHorizon(belief, date)) return { ...unknown, status: 'outside-horizon' };
  const code = normalizeCode(belief.system, text);
  const family = code === undefined ? undefined : await familyOf(scope, code, date);
  const listed = code === undefined ? undefined : family?.find(code);
  // Nearly every code is: its category tells all there is to tell, and its timeline need not be read.
  if (family && listed?.billable) return billableFacts(listed, family);
  const versions = code === undefined ? [] : await belief.timeline(code);
  const at = inForceAt(versions, date);
  const shown = versions[Math.max(at, 0)];
  const status = versions[at]?.status ?? 'future';
  if (code === undefined || !shown || status === 'withdrawn') {
    return { ...unknown, ...(await meantBy(scope, text, code, date)) };
  }
  const begun = statusBegin(versions, Math.max(at, 0)) ?? shown;
  const common: CodeFacts = { ...unknown, status, title: shown.long, since: begun.effective };
  if (status === 'future')
    return { ...common, replaces: await titled(scope, begun.replaces, date) };
  if (status === 'billable') return { ...common, since: null };
  const replacedBy = await titled(scope, await replacementsOn(belief, code, date), date);
  if (status === 'ended') return { ...common, replacedBy };
  return { ...common, replacedBy, below: await belowOf(scope, code, date) };
}

const unknown: CodeFacts = {
  status: 'unknown',
  title: null,
  since: null,
  replacedBy: [],
  replaces: [],
  below: [],
  nearMisses: [],
  siblings: [],
  side: null,
  otherSides: [],
  moreSpecific: [],
};

/** What may have been meant by an unknown code, and what is listed beside it. */
async function meantBy(
  scope: FactsScope,
  text: string,
  code: string | undefined,
  date: CalendarDate,
): Promise<Pick<CodeFacts, 'nearMisses' | 'below'>> {
  const found = await nearMissesOn(scope.belief, scope.others, text, date);
  const nearMisses = found.map(
    (one): MeantCode => ({ ...one, code: normalizeCode(one.system, one.code) ?? one.code }),
  );
  if (scope.belief.system !== 'icd10cm' || code === undefined) return { nearMisses, below: [] };
  const family = await familyOf(scope, code, date);
  const stem = code.length === codeLengthMax ? code.slice(0, -1) : code;
  const alike = family
    ?.beginningWith(stem)
    .filter((one) => one.code !== stem && one.code.length === codeLengthMax);
  if (alike && alike.length > 0) return { nearMisses, below: alike };
  const [likeliest] = nearMisses;
  const isBelow = likeliest?.reason === 'surplus-character' && likeliest.status === 'header';
  return { nearMisses, below: isBelow ? (family?.below(likeliest.code) ?? []) : [] };
}

/** Codes with the titles they have on a date, or had or will have. */
async function titled(
  { belief }: FactsScope,
  codes: readonly Replacement[],
  date: CalendarDate,
): Promise<CodeFacts['replacedBy']> {
  return Promise.all(
    codes.map(async (one) => {
      const versions: readonly Version[] = await belief.timeline(one.code);
      const title = versions[Math.max(inForceAt(versions, date), 0)]?.long;
      return { ...one, ...(title !== undefined && { title }) };
    }),
  );
}

function billableFacts({ code, title }: FamilyCode, family: CodeFamily): CodeFacts {
  const { side, otherSides } = family.kinOf(code);
  let moreSpecific: CodeFacts['moreSpecific'] | undefined;
  return {
    ...unknown,
    status: 'billable',
    title,
    side,
    otherSides,
    // Finding them takes longer than all else, and of external causes nobody asks.
    get moreSpecific() {
      moreSpecific ??= family.moreSpecificBesideSide(code);
      return moreSpecific;
    },
    // Seldom asked for, and long: a hundred for each of fifty thousand codes would fill the memory.
    get siblings() {
      return family.siblingsOf(code);
    },
  };
}

async function belowOf(
  scope: FactsScope,
  code: string,
  date: CalendarDate,
): Promise<CodeFacts['below']> {
  const { belief, catalogue } = scope;
  if (belief.system === 'icd10cm') return (await familyOf(scope, code, date))?.below(code) ?? [];
  const query = { date, under: code, billableOnly: true, offset: 0, limit: namedMax };
  const page = await catalogue?.list(belief.system, query);
  return page?.items.map((one) => ({ code: one.code, title: one.long })) ?? [];
}

/**
 * The category of a diagnosis as it is on the date; undefined where no catalogue is at hand, and of ICD-10-PCS, whose tables
 * have neither sides nor anything unspecified.
 */
async function familyOf(
  { belief, catalogue, dates, families }: FactsScope,
  code: string,
  date: CalendarDate,
): Promise<CodeFamily | undefined> {
  if (!catalogue || belief.system !== 'icd10cm') return undefined;
  const within = code.slice(0, categoryLength);
  const key = `${within} ${dates.categoryPeriodOf(within, date)}`;
  const before = families.get(key);
  if (before) return before;
  const query = { date, within, billableOnly: false, offset: 0, limit: categoryRowsMax };
  const page = await catalogue.list(belief.system, query);
  const family = createFamily(
    page.items.map((one) => ({
      code: one.code,
      title: one.long,
      billable: one.status === 'billable',
    })),
  );
  families.set(key, family);
  return family;
}
