// Removes a claim or template, and closes what was found in it.
import type { Artifact } from '../core/artifact.ts';
import type { TenantStore } from '../ports/tenant-store.ts';
import {
  possibleFindings,
  type ReadVersions,
  type RegisterPorts,
  readVersions,
} from './register.ts';

/** Closes every finding on policies of an artifact. */
async function closePolicyFindings(
  tenants: TenantStore,
  tenant: string,
  ref: Pick<Artifact, 'type' | 'id'>,
): Promise<void> {
  const [known = []] = await tenants.policyFindings(tenant, [ref]);
  const ids = known.map(({ finding }) => finding);
  if (ids.length > 0) await tenants.closeFindings(tenant, ids);
}

/**
 * Removes the artifact with all its uses; false when there was none. Findings are closed first:
 * killed in between, the artifact is still there to try again from. Those on policies once more
 * afterwards: an edition may have been assessed meanwhile. Findings and alerts themselves stay, as
 * the record of what was told.
 */
export async function removeWith(
  ports: { readonly tenants: TenantStore; readonly readVersions: ReadVersions },
  tenant: string,
  { type, id }: Pick<Artifact, 'type' | 'id'>,
): Promise<boolean> {
  const artifact = await ports.tenants.getArtifact(tenant, type, id);
  if (artifact) {
    const versionsOf = await ports.readVersions(artifact.codes);
    const codes = { uses: artifact.codes, areUsed: false };
    const ids = possibleFindings(tenant, artifact, codes, versionsOf);
    await ports.tenants.closeFindings(tenant, [...new Set(ids)]);
    await closePolicyFindings(ports.tenants, tenant, { type, id });
  }
  const wasThere = await ports.tenants.deleteArtifact(tenant, type, id);
  await closePolicyFindings(ports.tenants, tenant, { type, id });
  return wasThere;
}

/** {@link removeWith}, with versions read from the table. */
export const removeArtifact = (
  { tenants, codeTable }: Pick<RegisterPorts, 'tenants' | 'codeTable'>,
  tenant: string,
  type: Artifact['type'],
  id: string,
): Promise<boolean> => {
  const reading: ReadVersions = (uses) => readVersions(codeTable, uses);
  return removeWith({ tenants, readVersions: reading }, tenant, { type, id });
};
