// Policies that lag behind the code table: codes a document still lists although they can no longer
// be billed, and what its lists took of the codes that came in their place.
import type { CalendarDate } from './calendar-date.ts';
import type { Replacement, Version } from './change.ts';
import { covers } from './code-range.ts';
import type { CoverageList, DiagnosisGroup, PolicyDocument } from './policy.ts';
import { asOf } from './timeline.ts';

/**
 * Visible versions of an ICD-10-CM code (normal form), ascending by date; empty when it is not
 * known.
 */
export type TimelineOf = (code: string) => readonly Version[];

/** Of the codes in place of another: which a group lists, and which not. Ascending. */
export type GroupTakes = {
  readonly list: CoverageList;
  readonly group: string;
  readonly taken: readonly string[];
  readonly leftOut: readonly string[];
};

/**
 * A listed code that cannot be billed on a day: `ended` or `expanded` (into more specific ones)
 * since a date, or a `header` that could never be billed.
 */
export type PolicyLag = {
  readonly code: string;
  readonly kind: 'ended' | 'expanded' | 'header';
  readonly since: CalendarDate;
  readonly replacedBy: readonly Replacement[];
  /** Groups that list it. */
  readonly lists: readonly GroupTakes[];
};

/** Every code a document lists by itself (not in a range), ascending. */
export const listedCodes = (document: PolicyDocument): string[] =>
  [...new Set(document.groups.flatMap(({ diagnoses }) => diagnoses.codes))].sort();

const lists = ({ diagnoses }: DiagnosisGroup, code: string): boolean =>
  diagnoses.codes.includes(code) || diagnoses.ranges.some((range) => covers(range, code));

/**
 * The version that ended billability last, of those up to a date; undefined when the code could
 * never be billed.
 */
function lossOf(versions: readonly Version[], on: CalendarDate): Version | undefined {
  const past = versions.filter(({ effective }) => effective <= on);
  const last = past.findLastIndex(({ status }) => status === 'billable');
  return last < 0 ? undefined : past[last + 1];
}

/** What each of the groups takes of the codes, by the order of the document. */
function takesOf(groups: readonly DiagnosisGroup[], codes: readonly string[]): GroupTakes[] {
  const ascending = [...new Set(codes)].sort();
  return groups.map((group) => ({
    list: group.list,
    group: group.group,
    taken: ascending.filter((code) => lists(group, code)),
    leftOut: ascending.filter((code) => !lists(group, code)),
  }));
}

const codesOf = (replacements: readonly Replacement[]): string[] =>
  replacements.map(({ code }) => code);

/**
 * Codes the document lists that could not be billed on the day, ascending; a code the table does
 * not know is none of them (see {@link unknownCodes}), nor is one that begins later. `on` is a day
 * the document is in force.
 */
export function lagOf(
  document: PolicyDocument,
  timelineOf: TimelineOf,
  on: CalendarDate,
): PolicyLag[] {
  return listedCodes(document).flatMap((code): PolicyLag[] => {
    const versions = timelineOf(code);
    const now = asOf(versions, on);
    if (!now || now.status === 'billable') return [];
    const loss = lossOf(versions, on);
    const since = loss ?? versions[0] ?? now;
    const groups = document.groups.filter(({ diagnoses }) => diagnoses.codes.includes(code));
    const lost = loss?.status === 'header' ? 'expanded' : 'ended';
    return [
      {
        code,
        kind: loss ? lost : now.status === 'header' ? 'header' : 'ended',
        since: since.effective,
        replacedBy: since.replacedBy,
        lists: takesOf(groups, codesOf(since.replacedBy)),
      },
    ];
  });
}

/**
 * Codes the document lists that the table never knew: typing errors, or codes of before its
 * history. Ascending.
 */
export const unknownCodes = (document: PolicyDocument, timelineOf: TimelineOf): string[] =>
  listedCodes(document).filter((code) => timelineOf(code).length === 0);

/** What a document made of an expansion: which of the new codes each of its lists has. */
export type ExpansionTaken = {
  /** The code that was expanded. */
  readonly code: string;
  readonly since: CalendarDate;
  readonly replacedBy: readonly Replacement[];
  /** Groups that list the old code or any of the new ones. */
  readonly lists: readonly GroupTakes[];
};

/**
 * The expansions behind a listed code: the codes it took over from that became headers or ended in
 * favour of several.
 */
function expandedInto(
  versions: readonly Version[],
  timelineOf: TimelineOf,
  on: CalendarDate,
): { readonly code: string; readonly loss: Version }[] {
  const replaced = versions
    .filter(({ effective }) => effective <= on)
    .flatMap(({ replaces }) => codesOf(replaces));
  return [...new Set(replaced)].flatMap((code) => {
    const loss = lossOf(timelineOf(code), on);
    return loss && loss.replacedBy.length > 1 ? [{ code, loss }] : [];
  });
}

/**
 * After each expansion the document shows a trace of (it lists the old code, or one of the new
 * ones), which of the new codes each group took and which it left out; by old code, ascending.
 * Complete ones are told too.
 */
export function expansionsTaken(
  document: PolicyDocument,
  timelineOf: TimelineOf,
  on: CalendarDate,
): ExpansionTaken[] {
  const found = new Map<string, Version>();
  for (const code of listedCodes(document)) {
    const versions = timelineOf(code);
    for (const { code: old, loss } of expandedInto(versions, timelineOf, on)) found.set(old, loss);
    const own = asOf(versions, on)?.status === 'billable' ? undefined : lossOf(versions, on);
    if (own && own.replacedBy.length > 1) found.set(code, own);
  }
  return [...found]
    .map(([code, { effective, replacedBy }]) => {
      const trace = [code, ...codesOf(replacedBy)];
      const groups = document.groups.filter((group) => trace.some((one) => lists(group, one)));
      return { code, since: effective, replacedBy, lists: takesOf(groups, codesOf(replacedBy)) };
    })
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** What a document made of the loss of one code. */
export type CodeLag = Omit<PolicyLag, 'kind'> & {
  readonly kind: 'ended' | 'expanded';
  /** It still lists the code itself. */
  readonly stillListed: boolean;
};

/**
 * How a document lags behind the loss of a code: it still lists it, or a list that took one of several codes in its place left
 * out others. Undefined when the code can be billed on the day, or the document has taken all of it, or none.
 */
export function lagOfCode(
  document: PolicyDocument,
  code: string,
  timelineOf: TimelineOf,
  on: CalendarDate,
): CodeLag | undefined {
  const versions = timelineOf(code);
  const loss = asOf(versions, on)?.status === 'billable' ? undefined : lossOf(versions, on);
  if (!loss) return undefined;
  const inPlace = codesOf(loss.replacedBy);
  const isListing = ({ diagnoses }: DiagnosisGroup) => diagnoses.codes.includes(code);
  const groups = document.groups.filter(
    (group) => isListing(group) || (inPlace.length > 1 && inPlace.some((one) => lists(group, one))),
  );
  const takes = takesOf(groups, inPlace);
  const stillListed = groups.some(isListing);
  if (!stillListed && takes.every(({ leftOut }) => leftOut.length === 0)) return undefined;
  return {
    code,
    kind: loss.status === 'header' ? 'expanded' : 'ended',
    since: loss.effective,
    replacedBy: loss.replacedBy,
    lists: takes,
    stillListed,
  };
}
