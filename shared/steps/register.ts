// Stores a claim or template and checks it against the code table at once: what was hit before it
// came, and what is no longer hit because it changed. Used by the API and by intake.
import type { Artifact, CodeUse } from '../core/artifact.ts';
import { billedCentsOf } from '../core/artifact.ts';
import type { Version } from '../core/change.ts';
import { type Finding, findingId } from '../core/finding.ts';
import { findingOf, impactOfArtifact, possibleHits } from '../core/impact.ts';
import type { CodeTable } from '../ports/code-table.ts';
import type { TenantStore } from '../ports/tenant-store.ts';

/** What registering needs. */
export type RegisterPorts = {
  readonly codeTable: Pick<CodeTable, 'versions'>;
  readonly tenants: TenantStore;
};

/** What became of an artifact that was registered. */
export type Registered = {
  /** What hits it now; findings known before are among them. */
  readonly findings: readonly Finding[];
  /** Ids of findings closed because nothing hits the artifact that way any more. */
  readonly closed: readonly string[];
  readonly replaced: boolean;
};

/** Versions of the codes of one artifact. */
export type VersionsOf = (use: CodeUse) => readonly Version[];

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

const findingsOf = (tenant: string, artifact: Artifact, versionsOf: VersionsOf): Finding[] =>
  impactOfArtifact(artifact, versionsOf).map((hit) =>
    findingOf(tenant, hit, {
      ref: refOf(artifact),
      ...(artifact.owner === undefined ? {} : { owner: artifact.owner }),
      billedCents: artifact.type === 'claim' ? billedCentsOf(artifact) : 0,
    }),
  );

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

/**
 * Stores the artifact, adds the findings of codes it may not use, and closes those a replacement
 * has made untrue. Safe to repeat after a crash: the artifact itself remembers which codes it
 * dropped.
 *
 * @throws CodewatchError `invalid-request` for ids that cannot be stored, `unavailable`
 */
export async function registerArtifact(
  ports: RegisterPorts,
  tenant: string,
  artifact: Artifact,
): Promise<Registered> {
  const { replaced, dropped } = await ports.tenants.putArtifact(tenant, artifact);
  const versionsOf = await readVersions(ports.codeTable, [...artifact.codes, ...dropped]);
  const findings = findingsOf(tenant, artifact, versionsOf);
  await ports.tenants.addFindings(tenant, findings);
  if (!replaced) return { findings, closed: [], replaced };
  const hold = new Set(findings.map(({ id }) => id));
  const possible = [
    ...possibleFindings(tenant, artifact, { uses: artifact.codes, areUsed: true }, versionsOf),
    ...possibleFindings(tenant, artifact, { uses: dropped, areUsed: false }, versionsOf),
  ];
  const untrue = [...new Set(possible)].filter((id) => !hold.has(id));
  const closed = await ports.tenants.closeFindings(tenant, untrue);
  return { findings, closed, replaced };
}
