// Who takes a code's place: the official conversion table first, inference from the code tree second and marked.
import type { CalendarDate } from './calendar-date.ts';
import type { Change, Replacement } from './change.ts';
import { type CodeSystemId, isIcd10 } from './code-system.ts';
import type { Conversion, PreviousCodes, ReleaseContent } from './release.ts';
import { codeOrderOf } from './tabular-order.ts';

/** The two neighbouring releases replacements are worked out between. */
export type Step = {
  readonly before: Pick<ReleaseContent, 'rows'> & { readonly effective?: CalendarDate };
  readonly after: ReleaseContent;
};

/** Codes in the order of their system, with that order. */
type Ordered = {
  readonly codes: readonly string[];
  readonly order: (a: string, b: string) => number;
};

function ordered(system: CodeSystemId, codes: readonly string[]): Ordered {
  const order = codeOrderOf(system);
  return { codes: codes.toSorted(order), order };
}

/** Billable codes of the earlier release, for ranges; built once per step. */
const orderedBillable = ({ before, after }: Step): Ordered =>
  ordered(
    after.system,
    before.rows.filter((row) => row.billable).map((row) => row.code),
  );

/** First index whose code does not come before `code`. */
function lowerBound({ codes, order }: Ordered, code: string): number {
  let low = 0;
  let high = codes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order(codes[middle] ?? '', code) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Codes from `from` to everything under `to`. */
function* between(among: Ordered, from: string, to: string): Generator<string> {
  const { codes, order } = among;
  for (let i = lowerBound(among, from); i < codes.length; i += 1) {
    const code = codes[i] ?? '';
    if (order(code, to) > 0 && !code.startsWith(to)) return;
    yield code;
  }
}

/** The codes a predecessor cell names, ranges and categories resolved to the earlier release's billable codes. */
function* previousCodes(previous: PreviousCodes, billableBefore: Ordered): Generator<string> {
  if (previous.kind !== 'codes') return;
  for (const part of previous.parts) {
    if (part.kind === 'code') yield part.code;
    else yield* between(billableBefore, part.from, part.to);
  }
}

/** Conversions that belong to the step: effective after the earlier release and not after the later one. */
export function conversionsOfStep(
  conversions: readonly Conversion[],
  after: CalendarDate | undefined,
  until: CalendarDate,
): Conversion[] {
  return conversions.filter(
    (row) => row.effective <= until && (after === undefined || row.effective > after),
  );
}

type Links = ReadonlyMap<string, readonly Replacement[]>;

const addLink = (links: Map<string, Replacement[]>, from: string, to: Replacement): void => {
  const list = links.get(from);
  if (!list) links.set(from, [to]);
  else if (!list.some((known) => known.code === to.code)) list.push(to);
};

/** Official links both ways: predecessor → successors and successor → predecessors. */
function officialLinks(step: Step): { forward: Links; backward: Links } {
  const forward = new Map<string, Replacement[]>();
  const backward = new Map<string, Replacement[]>();
  const rows = conversionsOfStep(
    step.after.conversions,
    step.before.effective,
    step.after.effective,
  );
  if (rows.length === 0) return { forward, backward };
  const billableBefore = orderedBillable(step);
  for (const row of rows) {
    const { effective } = row;
    for (const previous of previousCodes(row.previous, billableBefore)) {
      if (previous === row.code) continue;
      addLink(forward, previous, { code: row.code, source: 'official', effective });
      addLink(backward, row.code, { code: previous, source: 'official', effective });
    }
  }
  return { forward, backward };
}

const byCode = (a: Replacement, b: Replacement): number => (a.code < b.code ? -1 : 1);

/**
 * Inferred successors of a code no longer billable: its new billable descendants; failing those, for a code that is
 * gone, the parent where that became billable, else billable siblings that are new with the release.
 */
function inferred(change: Change, newBillable: Ordered, step: Step): Replacement[] {
  // HCPCS has no tree: a code that begins alike is another drug or device.
  if (!isIcd10(step.after.system)) return [];
  const { effective } = step.after;
  const as = (code: string): Replacement => ({ code, source: 'inferred', effective });
  const children = [...between(newBillable, change.code, change.code)].filter(
    (code) => code !== change.code && code.startsWith(change.code),
  );
  if (children.length > 0 || change.kind !== 'ended') return children.map(as).sort(byCode);
  for (let length = change.code.length - 1; length >= 3; length -= 1) {
    const parent = change.code.slice(0, length);
    if (newBillable.codes[lowerBound(newBillable, parent)] === parent) return [as(parent)];
    const siblings = [...between(newBillable, parent, parent)];
    if (siblings.length > 0) return siblings.map(as).sort(byCode);
    if (length <= 5) break;
  }
  return [];
}

/**
 * The same changes with `replacedBy` filled in for codes no longer billable and `replaces` for codes newly billable.
 * One to many stays one to many. Sources: CDC's ICD-10-CM conversion table, CMS's ICD-10-PCS
 * conversion table, cross-reference codes of CMS's HCPCS file.
 */
export function withReplacements(changes: readonly Change[], step: Step): Change[] {
  const links = officialLinks(step);
  const newBillable = ordered(
    step.after.system,
    changes
      .filter((change) => change.after?.billable && !change.before?.billable)
      .map((change) => change.code),
  );
  const isLoss = (change: Change): boolean =>
    Boolean(change.before?.billable) && !change.after?.billable;
  const replacements = new Map<string, readonly Replacement[]>();
  const backward = new Map<string, Replacement[]>();
  for (const change of changes) {
    if (!isLoss(change)) continue;
    const official = links.forward.get(change.code);
    const found = official ? [...official].sort(byCode) : inferred(change, newBillable, step);
    replacements.set(change.code, found);
    if (official) continue;
    for (const to of found) addLink(backward, to.code, { ...to, code: change.code });
  }
  return changes.map((change) => {
    if (isLoss(change)) return { ...change, replacedBy: replacements.get(change.code) ?? [] };
    if (!change.after?.billable || change.before?.billable) return change;
    const replaces = links.backward.get(change.code) ?? backward.get(change.code);
    return replaces ? { ...change, replaces: [...replaces].sort(byCode) } : change;
  });
}

/** First days without a code that lie between the two releases, by code. */
function endsOfStep({ before, after }: Step): ReadonlyMap<string, CalendarDate> {
  const since = before.effective;
  const between = (after.ends ?? []).filter(
    ({ effective }) => since !== undefined && effective > since && effective < after.effective,
  );
  return new Map(between.map(({ code, effective }) => [code, effective]));
}

/**
 * The same changes with the effective date of newly billable codes moved back where the conversion table dates them
 * between the two releases: codes taken into force without a release of their own (U07.1 on 2020-04-01). A header
 * that comes with them takes the earliest date of what lies under it. Codes that ended between them, by the publisher's
 * own dates, end on their day.
 */
export function withConversionDates(changes: readonly Change[], step: Step): Change[] {
  const dates = new Map<string, CalendarDate>();
  for (const row of conversionsOfStep(
    step.after.conversions,
    step.before.effective,
    step.after.effective,
  )) {
    const known = dates.get(row.code);
    if (!known || row.effective < known) dates.set(row.code, row.effective);
  }
  const early = [...dates].filter(([, date]) => date < step.after.effective);
  const ends = endsOfStep(step);
  const nothing = early.length === 0 && ends.size === 0;
  if (nothing || step.before.effective === undefined) return [...changes];
  const moved = new Map<string, CalendarDate>();
  for (const change of changes) {
    const date = dates.get(change.code);
    if (change.kind === 'added' && change.after?.billable && date) moved.set(change.code, date);
  }
  return changes.map((change) => {
    const own = moved.get(change.code);
    if (own) return { ...change, effective: own };
    if (change.kind === 'ended') {
      return { ...change, effective: ends.get(change.code) ?? change.effective };
    }
    if (change.kind !== 'added' || change.after?.billable) return change;
    let effective = change.effective;
    for (const [code, date] of moved) {
      if (code.startsWith(change.code) && date < effective) effective = date;
    }
    return { ...change, effective };
  });
}
