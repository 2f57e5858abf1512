// What the artifacts a tenant's assessment of policies goes through come to: findings stored, those of earlier editions that
// are overruled closed, and all of it counted.
import type { Claim, Template } from '../core/artifact.ts';
import type { CalendarDate } from '../core/calendar-date.ts';
import { type Finding, policyFindingId } from '../core/finding.ts';
import { createTallying, type Tally } from '../core/impact-tally.ts';
import { type Payer, payerOf } from '../core/payer.ts';
import { policyTallyName } from '../core/policy-alert.ts';
import { findingsOfClaim, findingsOfTemplate } from '../core/policy-finding.ts';
import { claimHit, pairsOfClaim, templateHit } from '../core/policy-impact.ts';
import { movesPair } from '../core/policy-moved-codes.ts';
import type { TenantSettings } from '../core/tenant-settings.ts';
import { claimService, timeToFile } from '../core/timely-filing.ts';
import type { StoredUse, TenantStore } from '../ports/tenant-store.ts';
import type { EditionMoves, PolicyMove } from './policy-changes.ts';

/** What counting needs. */
export type PolicyHitPorts = {
  readonly tenants: Pick<TenantStore, 'getArtifact' | 'addFindings' | 'closeFindings'>;
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

/** An artifact to be judged. */
type Candidate = { readonly use: StoredUse; readonly moves: readonly PolicyMove[] };

type Judged = {
  readonly candidate: Candidate;
  /** With the change each is of. */
  readonly found: readonly { readonly finding: Finding; readonly name: string }[];
  readonly untrue: readonly string[];
};

/** True when a change may hit by this use: the claim is its payer's and not dated before it. */
const mayHit = (use: StoredUse, { change }: PolicyMove, payers: readonly Payer[]): boolean =>
  use.artifact.type === 'template' ||
  (use.date !== undefined &&
    use.date >= change.effective &&
    payerOf(use, payers)?.id === change.payer);

/** The moves that may hit an artifact, each once. */
const movesFor = (
  { edition, payers }: PolicyHitPorts,
  uses: readonly StoredUse[],
): readonly PolicyMove[] => [
  ...new Set(
    uses.flatMap((use) => edition.of(use.use.code).filter((move) => mayHit(use, move, payers))),
  ),
];

const nameOf = (move: PolicyMove, { kind, policy }: Finding): string =>
  policyTallyName({ kind: kindOf(kind), conditional: policy?.after === 'conditional', ...move });

function kindOf(kind: Finding['kind']) {
  if (kind === 'coverage-added' || kind === 'coverage-removed') return kind;
  if (kind === 'coverage-conditional' || kind === 'policy-retired') return kind;
  throw new Error(`${kind} is no finding on a policy`);
}

type Found = { readonly move: PolicyMove; readonly findings: readonly Finding[] };

async function templateFindings(
  { tenant, edition }: PolicyHitPorts,
  template: Template,
  moves: readonly PolicyMove[],
): Promise<Found[]> {
  const found: Found[] = [];
  for (const move of moves) {
    const hit = templateHit(move.change, await edition.versionsOf(move.change), template);
    if (hit) found.push({ move, findings: findingsOfTemplate(tenant, move.change, hit, template) });
  }
  return found;
}

async function claimFindings(
  { tenant, edition, payers }: PolicyHitPorts,
  claim: Claim,
  moves: readonly PolicyMove[],
): Promise<Found[]> {
  const found: Found[] = [];
  for (const move of moves) {
    const hit = claimHit(move.change, await edition.versionsOf(move.change), claim, payers);
    if (hit) found.push({ move, findings: findingsOfClaim(tenant, move.change, hit, claim) });
  }
  return found;
}

/**
 * Findings of earlier editions on the very pairs that a change moves, as far as they hold no more: the later version's answer
 * wins.
 */
async function overruled(
  { tenant, edition, payers }: PolicyHitPorts,
  claim: Claim,
  { change }: PolicyMove,
): Promise<string[]> {
  const ids: string[] = [];
  const pairs = pairsOfClaim(claim).filter((pair) => movesPair(change, pair));
  if (pairs.length === 0) return ids;
  for (const earlier of await edition.earlierThan(change)) {
    const versions = await edition.versionsOf(change);
    const lines = claimHit(earlier, versions, claim, payers)?.lines ?? [];
    for (const { procedure, diagnosis } of pairs) {
      if (!movesPair(earlier, { procedure, diagnosis })) continue;
      const holds = lines.some(
        (line) => line.procedure === procedure && line.diagnosis === diagnosis,
      );
      const of = { ...earlier, code: diagnosis, procedure };
      if (!holds) ids.push(policyFindingId(tenant, of, claim));
    }
  }
  return ids;
}

async function judge(ports: PolicyHitPorts, candidate: Candidate): Promise<Judged> {
  const { use, moves } = candidate;
  const { type, id } = use.artifact;
  const artifact = await ports.tenants.getArtifact(ports.tenant, type, id);
  // Removed since the use was read.
  if (!artifact) return { candidate, found: [], untrue: [] };
  const all =
    artifact.type === 'template'
      ? await templateFindings(ports, artifact, moves)
      : await claimFindings(ports, artifact, moves);
  const untrue: string[] = [];
  if (artifact.type === 'claim') {
    for (const move of moves) untrue.push(...(await overruled(ports, artifact, move)));
  }
  const byId = new Map<string, Judged['found'][number]>();
  for (const { move, findings } of all) {
    for (const finding of findings) {
      // Several versions of one document in one edition: the first one's finding stands for all.
      if (!byId.has(finding.id)) byId.set(finding.id, { finding, name: nameOf(move, finding) });
    }
  }
  return { candidate, found: [...byId.values()], untrue: [...new Set(untrue)] };
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
  const store = async (): Promise<void> => {
    const judged = await Promise.all(waiting.map((each) => judge(ports, each)));
    waiting = [];
    const findings = judged.flatMap(({ found }) => found.map(({ finding }) => finding));
    newFindings += (await ports.tenants.addFindings(ports.tenant, findings)).length;
    const untrue = judged.flatMap((each) => each.untrue);
    if (untrue.length > 0) await ports.tenants.closeFindings(ports.tenant, untrue);
    for (const each of judged) count(each);
  };
  return {
    async take(uses) {
      const [use] = uses;
      const moves = movesFor(ports, uses);
      if (!use || moves.length === 0) return 0;
      waiting.push({ use, moves });
      if (waiting.length >= artifactsAtOnce) await store();
      return 1;
    },
    async finish() {
      await store();
      return { tally: tallying.tally(), hits, newFindings };
    },
  };
}
