// The normal form of a policy: every list sorted and each entry once, so that equal meaning is
// equal bytes, and the two fingerprints made of it. What is archived, compared and stored.
import { createHash } from 'node:crypto';
import type { CodeRange } from './code-range.ts';
import type {
  DiagnosisGroup,
  Jurisdiction,
  PolicyDocument,
  PolicyRevision,
  ProcedureGroup,
} from './policy.ts';
import { meaningOf } from './policy-meaning.ts';

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `2` before `10`; names that are no numbers as text. */
const numbers = (a: string, b: string): number => Number(a) - Number(b) || order(a, b);

const isAscending = (texts: readonly string[]): boolean =>
  texts.every((text, at) => at === 0 || (texts[at - 1] ?? '') < text);

/** Ascending, each once; the very list when it is already so. */
const ascending = (texts: readonly string[]): readonly string[] =>
  isAscending(texts) ? texts : [...new Set(texts)].sort(order);

function ascendingRanges(ranges: readonly CodeRange[]): readonly CodeRange[] {
  const byText = new Map(ranges.map(({ from, to }) => [`${from}-${to}`, { from, to }]));
  return [...byText.values()].sort((a, b) => order(a.from, b.from) || order(a.to, b.to));
}

const listOrder = ['covered', 'not-covered', 'requires', 'prior-authorization'];

const normalGroup = (group: DiagnosisGroup): DiagnosisGroup => ({
  list: group.list,
  group: group.group,
  diagnoses: {
    codes: ascending(group.diagnoses.codes),
    ranges: ascendingRanges(group.diagnoses.ranges),
  },
  everythingElse: group.everythingElse,
  asterisked: ascending(group.asterisked),
  ...(group.footnote ? { footnote: group.footnote } : {}),
  procedures: ascending(group.procedures),
  mapping: group.mapping,
  ...(group.quote ? { quote: group.quote } : {}),
});

const normalProcedures = (group: ProcedureGroup): ProcedureGroup => ({
  group: group.group,
  codes: ascending(group.codes),
  nonCovered: group.nonCovered,
  ...(group.quote ? { quote: group.quote } : {}),
});

/** One entry a contractor. */
function normalJurisdictions(jurisdictions: readonly Jurisdiction[]): Jurisdiction[] {
  const byContractor = new Map<string, readonly string[]>();
  for (const { contractor, states } of jurisdictions) {
    const others = byContractor.get(contractor);
    const isEverywhere = states.length === 0 || others?.length === 0;
    byContractor.set(contractor, isEverywhere ? [] : [...(others ?? []), ...states]);
  }
  return [...byContractor]
    .map(([contractor, states]) => ({ contractor, states: ascending(states) }))
    .sort((a, b) => order(a.contractor, b.contractor));
}

/** Highest number first, as histories are printed. */
const normalRevisions = (revisions: readonly PolicyRevision[]): PolicyRevision[] =>
  revisions
    .map(({ number, date, text }) => ({ number, ...(date ? { date } : {}), text }))
    .sort((a, b) => numbers(b.number, a.number) || order(a.text, b.text));

/**
 * The policy with every list in the order its type says and each entry once, its fields in one
 * order, and nothing else that the object may carry (when it was seen, by which edition).
 */
export function normalPolicy(document: PolicyDocument): PolicyDocument {
  const { source, id, kind, payer, plan, version, title, url, published, ends } = document;
  const groups = document.groups.map(normalGroup).sort((a, b) => {
    const byList = listOrder.indexOf(a.list) - listOrder.indexOf(b.list);
    return byList || numbers(a.group, b.group);
  });
  return {
    source,
    id,
    kind,
    payer,
    ...(plan === undefined ? {} : { plan }),
    version,
    title,
    url,
    ...(published === undefined ? {} : { published }),
    effective: document.effective,
    ...(ends === undefined ? {} : { ends }),
    jurisdictions: normalJurisdictions(document.jurisdictions),
    procedureGroups: document.procedureGroups
      .map(normalProcedures)
      .sort((a, b) => numbers(a.group, b.group)),
    groups,
    revisions: normalRevisions(document.revisions),
    related: ascending(document.related),
    texts: Object.fromEntries(Object.entries(document.texts).sort(([a], [b]) => order(a, b))),
  };
}

/** The normal form as the one text it has: what is archived, a line each, and hashed. */
export const policyLine = (document: PolicyDocument): string =>
  JSON.stringify(normalPolicy(document));

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * sha256 (hex) of all of a policy: another one when anything at all is different, texts and links
 * included.
 */
export const policyFingerprint = (document: PolicyDocument): string => sha256(policyLine(document));

/**
 * sha256 (hex) of what decides claims while it is in force: lists per procedure, conditions,
 * procedures, states, payer and plan. Neither its version nor its dates, nor how its groups are
 * numbered.
 */
export const meaningFingerprint = (document: PolicyDocument): string =>
  sha256(JSON.stringify(meaningOf(document)));
