// Which changes hit which stored claims and templates: once when a release comes (change → uses),
// once when an artifact does (artifact → versions). Both say the same of the same facts and give a
// finding the same id.
import { type Artifact, type CodeUse, governingDate } from './artifact.ts';
import type { CalendarDate } from './calendar-date.ts';
import type { Change, ChangeKind, Version } from './change.ts';
import { type Finding, findingId } from './finding.ts';
import { reworkCents } from './money.ts';
import { type ReleaseId, releaseId } from './release.ts';
import type { ClaimService } from './timely-filing.ts';

/** What hit: the part of a finding that does not depend on the artifact. */
export type Hit = Pick<
  Finding,
  'kind' | 'system' | 'code' | 'release' | 'effective' | 'replacedBy'
>;

/**
 * Kinds of which some changes hit; `added` and `collapsed` harm nobody. In the order an alert lists
 * them.
 */
export const hittingKinds: readonly ChangeKind[] = ['ended', 'expanded', 'retitled'];

/**
 * True when claims with the code are denied from the change on: it could be billed before and
 * cannot after.
 */
export const losesBillability = (change: Change): boolean =>
  (change.kind === 'ended' || change.kind === 'expanded') && change.before?.billable === true;

/**
 * True when the change can hit anything: the code is lost for billing, or its title means something
 * else now.
 */
export const canHit = (change: Change): boolean =>
  losesBillability(change) || (change.kind === 'retitled' && change.cosmetic !== true);

/** True when a version after `from` and not after `until` makes the code billable again. */
const isBillableAgain = (
  versions: readonly Version[],
  from: CalendarDate,
  until?: CalendarDate,
): boolean =>
  versions.some(
    ({ effective, status }) =>
      status === 'billable' && effective > from && (until === undefined || effective <= until),
  );

/**
 * True when the change puts a claim at risk: its governing date lies on or after the effective
 * date, and no later version (`versions`: the code's visible ones) made the code billable again by
 * then. A claim dated earlier keeps its code whenever it is submitted; a claim without any date is
 * not assessed.
 */
export function hitsClaim(
  change: Change,
  date: CalendarDate | undefined,
  versions: readonly Version[],
): boolean {
  if (!losesBillability(change) || date === undefined || date < change.effective) return false;
  return !isBillableAgain(versions, change.effective, date);
}

/**
 * True when the change hits a template: whatever is coded from it on the effective date or later is
 * denied, or its label no longer says what the code means. Not when the code became billable again
 * later.
 */
export function hitsTemplate(change: Change, versions: readonly Version[]): boolean {
  if (!canHit(change)) return false;
  return change.kind === 'retitled' || !isBillableAgain(versions, change.effective);
}

/** The hit of a change of a release. */
export const hitOfChange = (
  change: Change,
  record: { readonly system: CodeUse['system']; readonly id: ReleaseId },
): Hit => ({
  kind: change.kind,
  system: record.system,
  code: change.code,
  release: record.id,
  effective: change.effective,
  replacedBy: change.replacedBy,
});

/**
 * The version that ended billability, of those up to a date; undefined when the code can be billed,
 * or never could.
 */
function lossUntil(versions: readonly Version[], until?: CalendarDate): Version | undefined {
  let wasBillable = false;
  let loss: Version | undefined;
  for (const version of versions) {
    if (until !== undefined && version.effective > until) break;
    if (version.status === 'billable') {
      wasBillable = true;
      loss = undefined;
    } else if (wasBillable) {
      loss ??= version;
    }
  }
  return loss;
}

/**
 * The release to name for a version: a restatement was written by a release that arrived late, not
 * by its own.
 */
const releaseOf = (version: Version): ReleaseId =>
  version.kind === 'restated' ? releaseId(version.system, version.effective) : version.release;

const hitOfVersion = (version: Version): Hit => ({
  kind: version.status === 'ended' ? 'ended' : 'expanded',
  system: version.system,
  code: version.code,
  release: releaseOf(version),
  effective: version.effective,
  replacedBy: version.replacedBy,
});

/**
 * What an artifact registered now is hit by. A claim: codes not billable on its governing date
 * although they once were. A template: codes whose newest version, a future one included, is not
 * billable although they once were; a title that changed in the past is no news to it. `versionsOf`
 * answers the visible versions, ascending by date.
 */
export function impactOfArtifact(
  artifact: Artifact,
  versionsOf: (use: CodeUse) => readonly Version[],
): Hit[] {
  const until = artifact.type === 'claim' ? governingDate(artifact) : undefined;
  if (artifact.type === 'claim' && until === undefined) return [];
  return artifact.codes.flatMap((use) => {
    const loss = lossUntil(versionsOf(use), until);
    return loss ? [hitOfVersion(loss)] : [];
  });
}

/**
 * Every release that may have hit a code of an artifact, by the code's versions. While the artifact
 * `uses` the code, changes of its title are left out: nothing tells from the artifact whether its
 * label was put right.
 */
export function possibleHits(versions: readonly Version[], used: boolean): Hit[] {
  const kinds = ['ended', 'expanded', 'restated', ...(used ? [] : ['retitled'])];
  return versions.filter(({ kind }) => kinds.includes(kind)).map(hitOfVersion);
}

/**
 * What an artifact's type makes a finding say: for claims what is at risk, for templates until when
 * to act.
 */
export type HitArtifact = {
  readonly ref: Finding['artifact'];
  readonly owner?: string;
  /** Of a claim; 0 for templates. */
  readonly billedCents: number;
  /** Of a claim with a date. */
  readonly service?: ClaimService;
};

/** The open finding of a hit. `seq`: the release record that found it. */
export function findingOf(tenant: string, hit: Hit, artifact: HitArtifact, seq?: number): Finding {
  const { ref, owner, billedCents, service } = artifact;
  const isTemplate = ref.type === 'template';
  const rework = reworkCents(isTemplate ? 0 : 1);
  return {
    id: findingId(tenant, hit, ref),
    state: 'open',
    ...hit,
    artifact: ref,
    ...(owner === undefined ? {} : { owner }),
    ...(isTemplate ? { due: hit.effective } : {}),
    ...(service === undefined ? {} : { service }),
    ...(seq === undefined ? {} : { seq }),
    atRisk: { billedCents, reworkCentsMin: rework.min, reworkCentsMax: rework.max },
  };
}
