// The name a stored claim has for the id its owner calls it by: the same, or its keyed hash where the tenant asks for that.
import { storableIdOf } from '../../shared/claims/claim-id.ts';
import type { Artifact } from '../../shared/core/artifact.ts';
import { hashedClaim, hashedReference } from '../../shared/core/hashed-reference.ts';
import type { TenantStore } from '../../shared/ports/tenant-store.ts';

type Settings = Pick<TenantStore, 'settings' | 'referenceKey'>;

/** The key a tenant's claims are named with; undefined when they are named as sent. */
async function keyOf(tenants: Settings, tenant: string): Promise<string | undefined> {
  const { references } = await tenants.settings(tenant);
  if (references === 'as-sent') return undefined;
  const key = await tenants.referenceKey(tenant);
  if (key === undefined) throw new Error('a tenant asks for hashed references and has no key');
  return key;
}

/**
 * The id an artifact is stored under, for the one in a request. A name that findings or answers gave is taken as it is; an
 * id with `#`, which none is stored with, as intake stores it.
 * One read for a claim, and a second one where references are hashed; none for a template.
 */
export async function storedIdOf(
  tenants: Settings,
  tenant: string,
  { type, id }: Pick<Artifact, 'type' | 'id'>,
): Promise<string> {
  const own = id.includes('#') ? (storableIdOf(id) ?? id) : id;
  const key = type === 'claim' ? await keyOf(tenants, tenant) : undefined;
  return key === undefined ? own : hashedReference(key, own);
}

/** The artifact as it is stored: a claim under the name {@link storedIdOf} answers. */
export async function storedArtifactOf(
  tenants: Settings,
  tenant: string,
  artifact: Artifact,
): Promise<Artifact> {
  if (artifact.type === 'template') return artifact;
  const key = await keyOf(tenants, tenant);
  return key === undefined ? artifact : hashedClaim(key, artifact);
}
