// Removes a claim or template, and closes what was found in it.
import type { Artifact } from '../core/artifact.ts';
import type { TenantStore } from '../ports/tenant-store.ts';
import {
  possibleFindings,
  type ReadVersions,
  type RegisterPorts,
  readVersions,
} from './register.ts';

/**
 * Removes the artifact with all its uses; false when there was none. Findings are closed first:
 * killed in between, the artifact is still there to try again from. Findings and alerts themselves
 * stay, as the record of what was told.
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
  }
  return ports.tenants.deleteArtifact(tenant, type, id);
}

/** {@link removeWith}, with versions read from the table. */
export const removeArtifact = (
  { tenants, codeTable }: RegisterPorts,
  tenant: string,
  type: Artifact['type'],
  id: string,
): Promise<boolean> => {
  const reading: ReadVersions = (uses) => readVersions(codeTable, uses);
  return removeWith({ tenants, readVersions: reading }, tenant, { type, id });
};
