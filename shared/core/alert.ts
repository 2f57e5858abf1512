// Builds the alert of one tenant on one release from what was hit: grouped by code, what is lost
// first on top.
import { cutPolicies } from './alert-policy-cut.ts';
import type { Change, ChangeKind } from './change.ts';
import type { Alert, AlertCode, HitClaims } from './finding.ts';
import { hittingKinds } from './impact.ts';
import { byName, type CodeTally, type Tally } from './impact-tally.ts';
import { type ReworkCost, reworkCents, usualReworkCost } from './money.ts';

/** What one change does to one tenant; habit is set for a code billed lately and on no template. */
export type CodeImpact = CodeTally & { readonly change: Change };

/** What a release does to one tenant; artifacts with several codes that were hit count once. */
export type Impact = Pick<
  Tally,
  'templates' | 'claims' | 'billedCents' | 'fileBy' | 'lapsedClaims'
> & {
  readonly codes: readonly CodeImpact[];
};

/** The impact that was counted; `changes` by code. */
export const impactOfTally = (tally: Tally, changes: ReadonlyMap<string, Change>): Impact => ({
  ...tally,
  codes: Object.entries(tally.codes).flatMap(([code, counted]) => {
    const change = changes.get(code);
    return change ? [{ ...counted, change }] : [];
  }),
});

/** Of which alert, on what. */
export type AlertFrame = Pick<
  Alert,
  'id' | 'tenant' | 'system' | 'release' | 'seq' | 'effective' | 'createdAt'
>;

/** Policies that still list a code. */
export type StillListed = NonNullable<AlertCode['stillListedBy']>;

/** Policies named of a code in a stored alert. */
const stillListedMax = 20;

/** Titles of the replacing codes, who still lists the ended ones, and what a denied claim costs. */
export type AlertContext = {
  /** Policies in force that still list a code; none when absent. */
  readonly stillListedBy?: (code: string) => StillListed;
  /** The long title of a code from a date on; undefined when the table has none. */
  readonly titleOf: (code: string) => string | undefined;
  readonly reworkCost?: ReworkCost;
};

/** How much of an alert is listed; the rest is counted. */
export type AlertLimits = {
  readonly codes: number;
  readonly templates: number;
  readonly replacements: number;
};

/** Bytes of JSON a stored alert may take: DynamoDB holds 400 KB an item. */
export const storedBytesMax = 300_000;

// Tried one after the other until the alert fits. Codes are cut last: each is news of its own.
const limitsTried: readonly AlertLimits[] = [
  { codes: 500, templates: 100, replacements: 60 },
  { codes: 250, templates: 25, replacements: 30 },
  { codes: 150, templates: 10, replacements: 12 },
  { codes: 75, templates: 4, replacements: 6 },
  { codes: 25, templates: 2, replacements: 3 },
  { codes: 5, templates: 1, replacements: 2 },
];

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function alertCode(impact: CodeImpact, context: AlertContext): AlertCode {
  const { change, claims, habit, templatesMore } = impact;
  const { code, kind, effective, before, after } = change;
  return {
    code,
    kind,
    effective,
    title: { before: before?.long ?? null, after: after?.long ?? null },
    replacedBy: change.replacedBy.map((by) => ({ ...by, title: context.titleOf(by.code) ?? '' })),
    templates: [...impact.templates].sort(byName),
    ...(templatesMore > 0 ? { templatesMore } : {}),
    claims,
    reworkCents: reworkCents(claims.count, context.reworkCost ?? usualReworkCost),
    ...(habit ? { habit } : {}),
    ...stillListed(context.stillListedBy?.(code) ?? []),
  };
}

function stillListed(
  policies: StillListed,
): Pick<AlertCode, 'stillListedBy' | 'stillListedByMore'> {
  if (policies.length === 0) return {};
  const more = policies.length - stillListedMax;
  return {
    stillListedBy: policies.slice(0, stillListedMax),
    ...(more > 0 ? { stillListedByMore: more } : {}),
  };
}

/** True for a code that can no longer be billed; false where only its title changed. */
export const isLost = (code: AlertCode): boolean => code.kind !== 'retitled';

/** Templates of a code, those beyond the list included. */
export const templatesOf = (code: AlertCode): number =>
  code.templates.length + (code.templatesMore ?? 0);

/** Replacements of a code, those beyond the list included. */
export const replacementsOf = (code: AlertCode): number =>
  code.replacedBy.length + (code.replacedByMore ?? 0);

/** Claims that can still be filed; of those whose deadline has passed nothing more is lost. */
const stillAhead = ({ claims }: AlertCode): Pick<HitClaims, 'count' | 'billedCents'> =>
  claims.lapsed === claims.count ? { count: 0, billedCents: 0 } : claims;

/** No deadline comes after every one. */
const deadlineOf = ({ claims }: AlertCode): string => claims.fileBy ?? '~';

/**
 * What is lost first: the nearest filing deadline, then money on claims, then claims, then templates,
 * then what is billed by habit, then the code.
 */
function byLoss(a: AlertCode, b: AlertCode): number {
  return (
    Number(isLost(b)) - Number(isLost(a)) ||
    byText(deadlineOf(a), deadlineOf(b)) ||
    stillAhead(b).billedCents - stillAhead(a).billedCents ||
    stillAhead(b).count - stillAhead(a).count ||
    templatesOf(b) - templatesOf(a) ||
    (b.habit?.billedCents ?? 0) - (a.habit?.billedCents ?? 0) ||
    byText(a.code, b.code)
  );
}

/**
 * high: claims will be denied; medium: only habit points at a code that is lost; low: only titles
 * changed.
 */
function severityOf(codes: readonly AlertCode[]): Alert['severity'] {
  const lost = codes.filter(isLost);
  if (lost.some((code) => templatesOf(code) > 0 || code.claims.count > 0)) return 'high';
  return lost.length > 0 ? 'medium' : 'low';
}

function totalsOf(impact: Impact, context: AlertContext): Alert['totals'] {
  const { codes, templates, claims, billedCents, fileBy, lapsedClaims } = impact;
  return {
    codes: codes.length,
    templates,
    claims,
    billedCents,
    reworkCents: reworkCents(claims, context.reworkCost ?? usualReworkCost),
    habitCodes: codes.filter(({ habit }) => habit).length,
    ...(fileBy && { fileBy }),
    ...(lapsedClaims && { lapsedClaims }),
  };
}

const kindsOf = (codes: readonly AlertCode[]): ChangeKind[] =>
  hittingKinds.filter((kind) => codes.some((code) => code.kind === kind));

function cutCode(code: AlertCode, limits: AlertLimits): AlertCode {
  const templates = code.templates.slice(0, limits.templates);
  const templatesMore = templatesOf(code) - templates.length;
  const replacedBy = code.replacedBy.slice(0, limits.replacements);
  const replacedByMore = replacementsOf(code) - replacedBy.length;
  return {
    ...code,
    replacedBy,
    ...(replacedByMore > 0 ? { replacedByMore } : {}),
    templates,
    ...(templatesMore > 0 ? { templatesMore } : {}),
  };
}

/**
 * The same alert with shorter lists; what is cut off is counted in `…More`, and the totals stay.
 */
export function cutAlert(alert: Alert, limits: AlertLimits): Alert {
  const codes = alert.codes.slice(0, limits.codes).map((code) => cutCode(code, limits));
  const codesMore = alert.codes.length + (alert.codesMore ?? 0) - codes.length;
  return { ...cutPolicies(alert, limits), codes, ...(codesMore > 0 ? { codesMore } : {}) };
}

/**
 * The alert with lists as long as they may be for `written`, the text made of it, to be `bytesMax`
 * at most.
 */
export function fitAlert(
  alert: Alert,
  bytesMax: number,
  written: (alert: Alert) => string = JSON.stringify,
): Alert {
  const fits = (cut: Alert): boolean => Buffer.byteLength(written(cut)) <= bytesMax;
  if (fits(alert)) return alert;
  for (const limits of limitsTried) {
    const cut = cutAlert(alert, limits);
    if (fits(cut)) return cut;
  }
  throw new Error(`alert ${alert.id} does not fit ${bytesMax} bytes however short its lists`);
}

/**
 * The alert, determined by its input whatever order that comes in; cut to {@link storedBytesMax}.
 */
export function buildAlert(frame: AlertFrame, impact: Impact, context: AlertContext): Alert {
  const codes = impact.codes.map((each) => alertCode(each, context)).sort(byLoss);
  const alert: Alert = {
    ...frame,
    severity: severityOf(codes),
    kinds: kindsOf(codes),
    codes,
    totals: totalsOf(impact, context),
  };
  return fitAlert(alert, storedBytesMax);
}
