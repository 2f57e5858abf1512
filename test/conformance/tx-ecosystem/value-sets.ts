// Value sets of ICD-10-CM that stand in for those of the HL7 terminology ecosystem, and which codes each holds on the day
// the tests ask about: by hand, from the official order files.
import { officialReleases, officialRows } from '../../support/official-order-files.ts';

/** FHIR system of ICD-10-CM, and the version in force on the tests' day (15 November 2025). */
export const ours = { system: 'http://hl7.org/fhir/sid/icd-10-cm', version: '2025-10-01' } as const;

/** A code as an expansion shows it. */
type Member = {
  readonly code: string;
  /** A category: shown as abstract. */
  readonly abstract?: true;
  /** Ended: theirs shows such codes as inactive. */
  readonly inactive?: true;
};

/** A value set: how a request names it, and the codes their rules would have in its expansion. */
export type StandIn = {
  readonly url?: string;
  readonly compose?: Readonly<Record<string, unknown>>;
  readonly members: readonly Member[];
};

const isA = (code: string): string => `${ours.system}?fhir_vs=isa/${code}`;
const filtered = (...filter: readonly { property: string; op: string; value: string }[]) => ({
  include: [{ system: ours.system, filter }],
});
const listing = (...codes: readonly string[]) => ({
  include: [{ system: ours.system, concept: codes.map((code) => ({ code })) }],
});
const under = (value: string) => ({ property: 'concept', op: 'is-a', value });
const billable = { property: 'billable', op: '=', value: 'true' };

const leaves = ['K35.200', 'K35.201', 'K35.209'].map((code): Member => ({ code }));
const k3520: readonly Member[] = [{ code: 'K35.20', abstract: true }, ...leaves];
const otherLeaves = ['K35.210', 'K35.211', 'K35.219'].map((code): Member => ({ code }));
/** K35.2 was split twice: a tree of three levels. */
const k352: readonly Member[] = [
  { code: 'K35.2', abstract: true },
  ...k3520,
  { code: 'K35.21', abstract: true },
  ...otherLeaves,
];
const fiveOf = ['K35.200', 'K35.20', 'K35.2', 'K35.209', 'K35.211'];
const fiveMembers = k352.filter(({ code }) => fiveOf.includes(code));
/** H81.49 and I60.20 ended; H81.4 took over from the one. */
const withEnded = ['H81.4', 'H81.49', 'I60.20'];
const active: readonly Member[] = [{ code: 'H81.4' }];
const activeAndEnded: readonly Member[] = [
  ...active,
  { code: 'H81.49', inactive: true },
  { code: 'I60.20', inactive: true },
];
const low: readonly Member[] = [
  { code: 'M54.5', abstract: true },
  { code: 'M54.50' },
  { code: 'M54.51' },
  { code: 'M54.59' },
];

/** The stand-ins by name. */
export const standIns = {
  tree: { url: isA('K35.2'), members: k352 },
  treeActive: { compose: { inactive: false, ...filtered(under('K35.2')) }, members: k352 },

  listed: { compose: listing(...fiveOf), members: fiveMembers },
  listedBad: { compose: listing(...fiveOf, 'K35.2X'), members: fiveMembers },
  branch: { url: isA('K35.20'), members: k3520 },
  childOf: {
    compose: filtered({ property: 'concept', op: 'child-of', value: 'K35.20' }),
    members: leaves,
  },
  billableTree: {
    compose: filtered(under('K35.2'), billable),
    members: [...leaves, ...otherLeaves],
  },
  regex: {
    compose: filtered({ property: 'code', op: 'regex', value: 'K35\\.20[0-9]' }),
    members: leaves,
  },
  regexProperty: {
    compose: filtered({ property: 'billable', op: 'regex', value: 't[a-z]*' }),
    members: leaves,
  },
  contained: {
    compose: { include: [{ valueSet: ['#vs1', isA('K35.20')] }] },
    members: [{ code: 'K35.20', abstract: true }],
  },
  ended: { compose: listing(...withEnded), members: activeAndEnded },
  endedInactive: { compose: { inactive: true, ...listing(...withEnded) }, members: activeAndEnded },
  endedActive: { compose: { inactive: false, ...listing(...withEnded) }, members: active },
  notSelectable: { compose: listing('K35.20'), members: [{ code: 'K35.20', abstract: true }] },
  notSelectableUpper: {
    compose: filtered({ property: 'notSelectable', op: '=', value: 'TRUE' }),
    members: [],
  },
  notSelectableIn: {
    compose: filtered({ property: 'notSelectable', op: 'in', value: 'true' }),
    members: [{ code: 'K35.20', abstract: true }],
  },
  notSelectableOut: {
    compose: filtered({ property: 'notSelectable', op: 'not-in', value: 'true' }),
    members: leaves,
  },
  selectable: { compose: filtered(under('K35.20'), billable), members: leaves },
  everythingVertebrogenic: { url: `${ours.system}?fhir_vs`, members: [{ code: 'M54.51' }] },
  everythingNothing: { url: `${ours.system}?fhir_vs`, members: [] },
  m54Low: { url: isA('M54'), members: low },
  m54Nothing: { url: isA('M54'), members: [] },
  listedLow: { compose: listing('M54.50', 'M54.2'), members: [{ code: 'M54.50' }] },
  listedNothing: { compose: listing('M54.50', 'M54.2'), members: [] },
} as const satisfies Readonly<Record<string, StandIn>>;

/** Name of a stand-in. */
export type StandInName = keyof typeof standIns;

/** Last official long titles by code, with the dot, as displays. */
export function officialTitles(): (code: string) => string {
  const rows = new Map(officialReleases.flatMap((release) => [...officialRows(release)]));
  return (code) => {
    const row = rows.get(code.replace('.', ''));
    if (!row) throw new Error(`${code} is in no official release`);
    return row.long;
  };
}
