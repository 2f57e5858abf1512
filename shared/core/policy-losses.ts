// What the gate of payer policies weighs: what an edition lost of the documents in force, and what it restates of them
// without another version number. A file cut short, or with a column in another's place, looks like either.
import type { CalendarDate } from './calendar-date.ts';
import { listCodes } from './list-codes.ts';
import type { PolicyDocument } from './policy.ts';
import { diagnosisRows } from './policy-codes.ts';
import { proceduresOf, statesOf } from './policy-meaning.ts';
import type { QualityFinding } from './release.ts';

/** How much an edition may lose or restate at most; above it a person decides. Shares of what was in force before. */
export type PolicyGateLimits = {
  readonly lostDocumentsShareMax: number;
  readonly lostRowsShareMax: number;
  readonly lostProceduresShareMax: number;
  /** Documents that say something else under the version number they had. */
  readonly restatedDocumentsShareMax: number;
  /** So many documents may be gone, shorter or restated without a doubt. */
  readonly documentsFree: number;
};

/** An edition with all there is to check it against. */
export type PolicyGateInput = {
  /** Documents of it, as they count. */
  readonly incoming: readonly PolicyDocument[];
  /** Newest known version of each document, by id. */
  readonly known: ReadonlyMap<string, PolicyDocument>;
  /** Documents that are gone if the edition is right, by id. */
  readonly gone: readonly PolicyDocument[];
  /** Day of the edition: what ended before it cannot be lost. */
  readonly day: CalendarDate;
  readonly limits: PolicyGateLimits;
};

/** A document in force, and what became of it: undefined when it is gone. */
type Fate = { readonly before: PolicyDocument; readonly after: PolicyDocument | undefined };

/** Documents in force before, and those among them that the edition speaks of. */
function fatesOf({ known, gone, incoming, day }: PolicyGateInput): {
  readonly inForce: readonly PolicyDocument[];
  readonly fates: readonly Fate[];
} {
  const inForce = [...known.values()].filter(({ ends }) => ends === undefined || ends >= day);
  const goneIds = new Set(gone.map(({ id }) => id));
  const now = new Map(incoming.map((document) => [document.id, document]));
  const fates = inForce.flatMap((before): readonly Fate[] => {
    const after = now.get(before.id);
    return after || goneIds.has(before.id) ? [{ before, after }] : [];
  });
  return { inForce, fates };
}

const idsOf = (fates: readonly Fate[]): string => listCodes(fates.map(({ before }) => before.id));

const shareOf = (part: number, whole: number): string => `${((part / whole) * 100).toFixed(1)} %`;

const doubt = (code: string, what: string): QualityFinding => ({
  ...{ code, severity: 'error', where: 'edition' },
  message: `${what}. Compare the file with the publisher's page.`,
});

/** Something that documents have many of. */
type Counted = {
  readonly code: string;
  readonly what: string;
  readonly count: (document: PolicyDocument) => number;
  readonly shareMax: (limits: PolicyGateLimits) => number;
};

const counted: readonly Counted[] = [
  {
    code: 'policy-rows-lost',
    what: 'rows of diagnoses',
    count: (document) => diagnosisRows(document),
    shareMax: ({ lostRowsShareMax }) => lostRowsShareMax,
  },
  {
    code: 'policy-procedures-lost',
    what: 'procedures',
    count: (document) => proceduresOf(document).length,
    shareMax: ({ lostProceduresShareMax }) => lostProceduresShareMax,
  },
];

/** A doubt when too much is gone of what documents have many of, in too many of them. */
function findShortage(
  { code, what, count, shareMax }: Counted,
  { limits, ...input }: PolicyGateInput,
): QualityFinding[] {
  const { inForce, fates } = fatesOf({ limits, ...input });
  const lostOf = ({ before, after }: Fate): number => count(before) - (after ? count(after) : 0);
  const shorter = fates.filter((fate) => lostOf(fate) > 0);
  const all = inForce.reduce((sum, document) => sum + count(document), 0);
  const lost = shorter.reduce((sum, fate) => sum + lostOf(fate), 0);
  if (shorter.length <= limits.documentsFree || lost <= all * shareMax(limits)) return [];
  const part = shareOf(lost, all);
  return [doubt(code, `${lost} of ${all} ${what} are missing (${part}), in ${idsOf(shorter)}`)];
}

/** `policies-lost`, `policy-rows-lost`, `policy-procedures-lost`: too much of what was in force is missing. */
export function findLosses(input: PolicyGateInput): QualityFinding[] {
  const { limits } = input;
  const { inForce, fates } = fatesOf(input);
  const lost = fates.filter(({ after }) => after === undefined);
  const max = Math.max(limits.documentsFree, inForce.length * limits.lostDocumentsShareMax);
  const findings = counted.flatMap((each) => findShortage(each, input));
  if (lost.length <= max) return findings;
  const part = shareOf(lost.length, inForce.length);
  const what = `${lost.length} of ${inForce.length} documents in force are missing (${part}): ${idsOf(lost)}`;
  return [doubt('policies-lost', what), ...findings];
}

/** When, where and for what a document applies, apart from the diagnoses it lists. */
const scopeOf = (document: PolicyDocument): string =>
  JSON.stringify([
    document.effective,
    document.ends ?? null,
    statesOf(document),
    proceduresOf(document),
    document.groups.some(({ everythingElse }) => everythingElse),
  ]);

/** `policies-restated`: too many documents apply at other times, in other states or to other procedures, at no new version. */
export function findRestated(input: PolicyGateInput): QualityFinding[] {
  const { limits } = input;
  const { inForce, fates } = fatesOf(input);
  const restated = fates.filter(
    ({ before, after }) => after?.version === before.version && scopeOf(after) !== scopeOf(before),
  );
  const max = Math.max(limits.documentsFree, inForce.length * limits.restatedDocumentsShareMax);
  if (restated.length <= max) return [];
  const part = shareOf(restated.length, inForce.length);
  const what = `${restated.length} of ${inForce.length} documents in force have other dates, states or procedures under the version number they had (${part}): ${idsOf(restated)}`;
  return [doubt('policies-restated', what)];
}
