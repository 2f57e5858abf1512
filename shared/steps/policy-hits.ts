// What the artifacts a tenant's assessment of policies goes through come to: findings stored, those that hold no more closed,
// and all of it counted.
import { isDeepStrictEqual } from 'node:util';
import type { Artifact } from '../core/artifact.ts';
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Finding } from '../core/finding.ts';
import { isPolicyKind } from '../core/finding-policy.ts';
import { createTallying, type Tally } from '../core/impact-tally.ts';
import { type Payer, payerOf } from '../core/payer.ts';
import type { PolicyRef } from '../core/policy.ts';
import { policyTallyName } from '../core/policy-alert.ts';
import type { TenantSettings } from '../core/tenant-settings.ts';
import { claimService, timeToFile } from '../core/timely-filing.ts';
import type { StoredUse, TenantStore } from '../ports/tenant-store.ts';
import type { EditionMoves, PolicyMove } from './policy-changes.ts';
import { hitsOf, type PolicyHit } from './policy-histories.ts';

/** What counting needs. */
export type PolicyHitPorts = {
  readonly tenants: Pick<
    TenantStore,
    'getArtifact' | 'addFindings' | 'closeFindings' | 'policyFindings'
  >;
  readonly tenant: string;
  readonly edition: EditionMoves;
  readonly payers: readonly Payer[];
  readonly settings: TenantSettings;
  /** The day the assessment began. */
  readonly today: CalendarDate;
};

/** What was counted. */
export type PolicyHitCount = {
  readonly tally: Tally;
  /** Artifacts hit. */
  readonly hits: { readonly templates: number; readonly claims: number };
  readonly newFindings: number;
};

/** Takes artifacts one by one. */
export type PolicyCounting = {
  /** All uses of one artifact. Answers how many artifacts it read: one or none. */
  take(uses: readonly StoredUse[]): Promise<number>;
  finish(): Promise<PolicyHitCount>;
};

/** Artifacts read and judged together: bounds what is held, and lost in a crash. */
const artifactsAtOnce = 50;

/** An artifact to be judged, by the documents that may hit it. */
type Candidate = { readonly use: StoredUse; readonly documents: readonly PolicyRef[] };

type Judged = {
  readonly candidate: Candidate;
  /** The artifact that was judged; undefined when it was removed since its use was read. */
  readonly artifact: Artifact | undefined;
  /** With the change each is of. */
  readonly found: readonly { readonly finding: Finding; readonly name: string }[];
  /** Ids of findings that hold no more. */
  readonly untrue: readonly string[];
};

/** True when a change may hit by this use: the claim is its payer's and not dated before it. */
const mayHit = (use: StoredUse, { change }: PolicyMove, payers: readonly Payer[]): boolean =>
  use.artifact.type === 'template' ||
  (use.date !== undefined &&
    use.date >= change.effective &&
    payerOf(use, payers)?.id === change.payer);

/** The documents whose changes may hit an artifact, each once. */
function documentsFor(
  { edition, payers }: PolicyHitPorts,
  uses: readonly StoredUse[],
): readonly PolicyRef[] {
  const moves = uses.flatMap((use) =>
    edition.of(use.artifact.type, use.use).filter((move) => mayHit(use, move, payers)),
  );
  return [...new Map(moves.map(({ change }) => [change.id, change])).values()];
}

function nameOf({ change, finding: { kind, policy } }: PolicyHit): string {
  if (!isPolicyKind(kind)) throw new Error(`${kind} is no finding on a policy`);
  const conditional = policy?.after === 'conditional';
  return policyTallyName({ kind, conditional, unlisted: policy?.unlisted === true, change });
}

/**
 * What an edition's changes make of an artifact, and which findings that are known of the same documents hold no more: the
 * newest answer wins.
 */
async function judge(ports: PolicyHitPorts, candidate: Candidate): Promise<Judged> {
  const { tenants, tenant, edition, payers } = ports;
  const { type, id } = candidate.use.artifact;
  const artifact = await tenants.getArtifact(tenant, type, id);
  const [known = []] = await tenants.policyFindings(tenant, [{ type, id }]);
  const hits: PolicyHit[] = [];
  const untrue: string[] = [];
  for (const ref of candidate.documents) {
    const history = await edition.historyOf(ref);
    const all = artifact ? hitsOf(tenant, history, artifact, payers) : [];
    hits.push(...all.filter(({ change }) => change.seq === edition.edition.seq));
    const holding = new Set(all.map(({ finding }) => finding.id));
    const ofDocument = known.filter((one) => one.source === ref.source && one.id === ref.id);
    for (const { finding } of ofDocument) if (!holding.has(finding)) untrue.push(finding);
  }
  const found = hits.map((hit) => ({ finding: hit.finding, name: nameOf(hit) }));
  return { candidate, artifact, found, untrue };
}

/**
 * Stores what was judged; again, where an artifact was replaced or removed meanwhile: whoever did so may have looked for
 * findings before these were there.
 */
async function store(
  ports: PolicyHitPorts,
  judged: readonly Judged[],
): Promise<{ readonly judged: readonly Judged[]; readonly isNew: readonly string[] }> {
  const { tenants, tenant } = ports;
  const findings = judged.flatMap(({ found }) => found.map(({ finding }) => finding));
  const isNew = await tenants.addFindings(tenant, findings);
  const untrue = judged.flatMap((each) => each.untrue);
  if (untrue.length > 0) await tenants.closeFindings(tenant, untrue);
  const settled = await Promise.all(
    judged.map(async (each) => {
      const { found, artifact, candidate } = each;
      if (found.length === 0) return each;
      const { type, id } = candidate.use.artifact;
      const now = await tenants.getArtifact(tenant, type, id);
      return isDeepStrictEqual(now, artifact) ? each : candidate;
    }),
  );
  const stale = settled.flatMap((each) => ('found' in each ? [] : [each]));
  if (stale.length === 0) return { judged, isNew };
  const rest = await store(ports, await Promise.all(stale.map((each) => judge(ports, each))));
  const done = settled.flatMap((each) => ('found' in each ? [each] : []));
  return { judged: [...done, ...rest.judged], isNew: [...isNew, ...rest.isNew] };
}

/** Until when the claim must be filed, as seen on the day the assessment began. */
function filingOf({ settings, today }: PolicyHitPorts, use: StoredUse) {
  const service = use.artifact.type === 'claim' ? claimService(use) : undefined;
  return service ? { timeToFile: timeToFile(service, settings.timelyFiling, today) } : {};
}

/** Begins to count where an assessment stands. */
export function createPolicyCount(ports: PolicyHitPorts, from: Tally): PolicyCounting {
  const tallying = createTallying(from);
  const hits = { templates: 0, claims: 0 };
  let newFindings = 0;
  let waiting: Candidate[] = [];
  const count = ({ candidate: { use }, found }: Judged): void => {
    if (found.length === 0) return;
    const { artifact, owner } = use;
    hits[`${artifact.type}s`] += 1;
    const once = new Map(found.map(({ name, finding }) => [name, finding.id]));
    tallying.addHits({
      artifact,
      ...(owner === undefined ? {} : { owner }),
      billedCents: artifact.type === 'claim' ? (use.billedCents ?? 0) : 0,
      ...filingOf(ports, use),
      hits: [...once].map(([code, finding]) => ({ code, finding })),
    });
  };
  const goOn = async (): Promise<void> => {
    const candidates = waiting;
    waiting = [];
    const judged = await Promise.all(candidates.map((each) => judge(ports, each)));
    const stored = await store(ports, judged);
    newFindings += stored.isNew.length;
    for (const each of stored.judged) count(each);
  };
  return {
    async take(uses) {
      const [use] = uses;
      const documents = documentsFor(ports, uses);
      if (!use || documents.length === 0) return 0;
      waiting.push({ use, documents });
      if (waiting.length >= artifactsAtOnce) await goOn();
      return 1;
    },
    async finish() {
      await goOn();
      return { tally: tallying.tally(), hits, newFindings };
    },
  };
}
