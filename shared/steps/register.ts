// Stores a claim or template and checks it against the code table and the policies at once: what was
// hit before it came, and what is no longer hit because it changed. Used by the API and by intake.
import type { Artifact, CodeUse } from '../core/artifact.ts';
import { billedCentsOf, serviceOf } from '../core/artifact.ts';
import type { Version } from '../core/change.ts';
import { type Finding, findingId } from '../core/finding.ts';
import { findingOf, impactOfArtifact, possibleHits } from '../core/impact.ts';
import type { CodeTable } from '../ports/code-table.ts';
import type { TenantStore } from '../ports/tenant-store.ts';
import type { PolicyJudgement, ReadPolicies } from './current-policies.ts';

/** What registering one artifact needs. */
export type RegisterPorts = {
  readonly codeTable: Pick<CodeTable, 'versions'>;
  readonly tenants: TenantStore;
  readonly readPolicies: ReadPolicies;
};

/** What registering several needs. */
export type RegisterManyPorts = Omit<RegisterPorts, 'codeTable'> & {
  readonly readVersions: ReadVersions;
};

/** What became of an artifact that was registered. */
export type Registered = {
  /** What hits it now; findings known before are among them. */
  readonly findings: readonly Finding[];
  /** Ids of findings closed because nothing hits the artifact that way any more. */
  readonly closed: readonly string[];
  /** One of this type and id was there before. */
  readonly replaced: boolean;
  /** It was this very one: nothing was written of it. */
  readonly unchanged: boolean;
};

/** Versions of the codes of one artifact. */
export type VersionsOf = (use: CodeUse) => readonly Version[];

/** Reads the visible versions of codes as they are when it is called, or later. */
export type ReadVersions = (uses: readonly CodeUse[]) => Promise<VersionsOf>;

/** Reads the visible versions of codes, each once. */
export async function readVersions(
  codeTable: Pick<CodeTable, 'versions'>,
  uses: readonly CodeUse[],
): Promise<VersionsOf> {
  const keyOf = ({ system, code }: CodeUse): string => `${system}#${code}`;
  const distinct = new Map(uses.map((use) => [keyOf(use), use]));
  const read = [...distinct].map(
    async ([key, { system, code }]) => [key, await codeTable.versions(system, code)] as const,
  );
  const versions = new Map(await Promise.all(read));
  return (use) => versions.get(keyOf(use)) ?? [];
}

/** The reference findings keep of an artifact. */
const refOf = ({ type, id, name }: Artifact): Finding['artifact'] => ({
  type,
  id,
  ...(name === undefined ? {} : { name }),
});

function findingsOf(tenant: string, artifact: Artifact, versionsOf: VersionsOf): Finding[] {
  const service = serviceOf(artifact);
  return impactOfArtifact(artifact, versionsOf).map((hit) =>
    findingOf(tenant, hit, {
      ref: refOf(artifact),
      ...(artifact.owner === undefined ? {} : { owner: artifact.owner }),
      billedCents: artifact.type === 'claim' ? billedCentsOf(artifact) : 0,
      ...(service && { service }),
    }),
  );
}

/**
 * Ids of every finding that may exist of an artifact's codes, as far as they can be told not to
 * hold any more.
 */
export const possibleFindings = (
  tenant: string,
  artifact: Pick<Artifact, 'type' | 'id'>,
  codes: { readonly uses: readonly CodeUse[]; readonly areUsed: boolean },
  versionsOf: VersionsOf,
): string[] =>
  codes.uses
    .flatMap((use) => possibleHits(versionsOf(use), codes.areUsed))
    .map((hit) => findingId(tenant, hit, artifact));

/** The ids of findings of an artifact that a replacement has made untrue. */
function untrueFindings(
  tenant: string,
  artifact: Artifact,
  { hold, dropped }: { readonly hold: readonly Finding[]; readonly dropped: readonly CodeUse[] },
  versionsOf: VersionsOf,
): string[] {
  const holding = new Set(hold.map(({ id }) => id));
  const possible = [
    ...possibleFindings(tenant, artifact, { uses: artifact.codes, areUsed: true }, versionsOf),
    ...possibleFindings(tenant, artifact, { uses: dropped, areUsed: false }, versionsOf),
  ];
  return [...new Set(possible)].filter((id) => !holding.has(id));
}

/** What policies make of each artifact that was put. */
async function judgePolicies(
  { tenants, readPolicies }: RegisterManyPorts,
  tenant: string,
  put: readonly Artifact[],
): Promise<readonly PolicyJudgement[]> {
  const judge = await readPolicies();
  // Of new ones too: an earlier one of this id may have been removed.
  const known = await tenants.policyFindings(tenant, put);
  return Promise.all(put.map((artifact, at) => judge(tenant, artifact, known[at] ?? [])));
}

/**
 * Stores artifacts, no two of one type and id, adds the findings of codes they may not use and of
 * policies that no longer cover them, and closes those a replacement has made untrue. The versions
 * and the policies are read after the artifacts are stored. Safe to repeat after a crash: an artifact itself remembers which codes it dropped.
 *
 * @throws CodewatchError `invalid-request` for ids that cannot be stored, `unavailable`
 */
export async function registerArtifacts(
  ports: RegisterManyPorts,
  tenant: string,
  artifacts: readonly Artifact[],
): Promise<readonly Registered[]> {
  const outcomes = await ports.tenants.putArtifacts(tenant, artifacts);
  const put = artifacts.map((artifact, at) => {
    const outcome = outcomes[at];
    if (!outcome) throw new Error('an artifact was put without an outcome');
    return { artifact, ...outcome };
  });
  const uses = put.flatMap(({ artifact, dropped }) => [...artifact.codes, ...dropped]);
  const [versionsOf, policies] = await Promise.all([
    ports.readVersions(uses),
    judgePolicies(ports, tenant, artifacts),
  ]);
  const judged = put.map(({ artifact, dropped, replaced, unchanged }, at) => {
    const { findings: onPolicies = [], untrue: overruled = [] } = policies[at] ?? {};
    const findings = findingsOf(tenant, artifact, versionsOf);
    const untrue = replaced
      ? untrueFindings(tenant, artifact, { hold: findings, dropped }, versionsOf)
      : [];
    return {
      findings: [...findings, ...onPolicies],
      untrue: [...untrue, ...overruled],
      ...{ replaced, unchanged },
    };
  });
  await ports.tenants.addFindings(
    tenant,
    judged.flatMap(({ findings }) => findings),
  );
  const untrue = judged.flatMap((each) => each.untrue);
  const closed = new Set(await ports.tenants.closeFindings(tenant, untrue));
  return judged.map(({ untrue: ids, ...rest }) => ({
    ...rest,
    closed: ids.filter((id) => closed.has(id)),
  }));
}

/** {@link registerArtifacts} of one, with versions read from the table. */
export async function registerArtifact(
  ports: RegisterPorts,
  tenant: string,
  artifact: Artifact,
): Promise<Registered> {
  const { codeTable, ...others } = ports;
  const reading: ReadVersions = (uses) => readVersions(codeTable, uses);
  const all = await registerArtifacts({ ...others, readVersions: reading }, tenant, [artifact]);
  const [registered] = all;
  if (!registered) throw new Error('an artifact was registered without an outcome');
  return registered;
}
