// Tenant table: domain ↔ items. What an item's key says is not repeated in its attributes.
import {
  type Artifact,
  billedCentsOf,
  type CodeUse,
  governingDate,
  keptUses,
  storableId,
  useMonth,
} from '../core/artifact.ts';
import type { Alert, Finding } from '../core/finding.ts';
import type { Item, ItemKey } from '../ports/item-store.ts';
import type { KnownPolicyFinding, StoredUse } from '../ports/tenant-store.ts';
import {
  alertPartition,
  artifactSort,
  findingPartition,
  policyFindingPartition,
  policyFindingPrefix,
  tenantPartition,
  usedPartition,
  usedSort,
  usePartition,
  useSort,
} from './keys.ts';

/** An artifact's name in every key: its type and id. */
export type ArtifactRef = Pick<Artifact, 'type' | 'id'>;

/**
 * An artifact as stored: its revision counts up with every replacement, so that no two share a use
 * item.
 */
export type ArtifactRecord = {
  readonly artifact: Artifact;
  readonly revision: number;
  /** Codes it once used and no longer does. */
  readonly dropped: readonly CodeUse[];
  /** Keys of its use items: exactly these produce hits. */
  readonly uses: readonly ItemKey[];
};

/**
 * Thrown for an item that no code of ours wrote: a broken invariant. Names no key: those hold claim
 * numbers.
 */
const corrupt = (what: string): Error => new Error(`an item of the tenant table is no ${what}`);

/** The tenant's id; throws `invalid-request` for one that could name another tenant's items. */
export const tenantId = (tenant: string): string => storableId('tenant id', tenant);

/** The artifact's id; throws `invalid-request` for one that could name another item. */
export const artifactId = (id: string): string => storableId('artifact id', id);

/** Key of an artifact. */
export const artifactKey = (tenant: string, { type, id }: ArtifactRef): ItemKey => ({
  pk: tenantPartition(tenantId(tenant)),
  sk: artifactSort(type, artifactId(id)),
});

/** Item of an artifact. */
export const artifactItem = (tenant: string, record: ArtifactRecord): Item => ({
  ...artifactKey(tenant, record.artifact),
  ...record,
});

/** The artifact of an item {@link artifactItem} made. */
export function itemArtifact(item: Item): ArtifactRecord {
  const { artifact, revision, dropped, uses } = item as Item & Partial<ArtifactRecord>;
  if (!artifact || !revision || !dropped || !uses) throw corrupt('artifact');
  return { artifact, revision, dropped, uses };
}

/** Everything a use item says beside its key. */
type UseFields = Pick<StoredUse, 'owner' | 'date' | 'billedCents' | 'payer' | 'claimFiling'> & {
  readonly name?: string;
};

function useFields(artifact: Artifact): UseFields {
  const { name, owner } = artifact;
  const shown = {
    ...(name === undefined ? {} : { name }),
    ...(owner === undefined ? {} : { owner }),
  };
  if (artifact.type === 'template') return shown;
  const date = governingDate(artifact);
  const { payer, claimFiling } = artifact;
  return {
    ...shown,
    ...(date === undefined ? {} : { date }),
    ...(payer === undefined ? {} : { payer }),
    ...(claimFiling === undefined ? {} : { claimFiling }),
    billedCents: billedCentsOf(artifact),
  };
}

/** Items of an artifact's uses, one a code or procedure. */
export function useItems(tenant: string, artifact: Artifact, revision: number): Item[] {
  const month = useMonth(artifact);
  const sk = useSort(artifact.type, artifactId(artifact.id), revision);
  const fields = useFields(artifact);
  return keptUses(artifact).map(({ system, code }) => ({
    pk: usePartition(tenantId(tenant), system, code, month),
    sk,
    ...fields,
  }));
}

/**
 * Items that say which tenant uses the codes in which month; never removed, so that no removal can
 * lose a hit.
 */
export function usedItems(tenant: string, artifact: Artifact): Item[] {
  const sk = usedSort(tenantId(tenant), useMonth(artifact));
  return keptUses(artifact).map(({ system, code }) => ({ pk: usedPartition(system, code), sk }));
}

/** The use of an item {@link useItems} made, and of which artifact. */
export function itemUse(
  item: Item,
  at: Pick<StoredUse, 'tenant' | 'use' | 'month'>,
): StoredUse & { readonly artifact: ArtifactRef } {
  const [type, id = ''] = item.sk.split('#');
  if (type !== 'claim' && type !== 'template') throw corrupt('use');
  const { name, owner, date, billedCents, payer, claimFiling } = item as Item & UseFields;
  return {
    ...at,
    artifact: { type, id, ...(name === undefined ? {} : { name }) },
    ...(owner === undefined ? {} : { owner }),
    ...(date === undefined ? {} : { date }),
    ...(billedCents === undefined ? {} : { billedCents }),
    ...(payer === undefined ? {} : { payer }),
    ...(claimFiling === undefined ? {} : { claimFiling }),
  };
}

/** Item of a finding; `state` lies beside it, for conditional writes. */
export const findingItem = (tenant: string, finding: Finding): Item => ({
  pk: findingPartition(tenantId(tenant)),
  sk: finding.id,
  state: finding.state,
  finding,
});

/** The finding of an item {@link findingItem} made. */
export function itemFinding(item: Item): Finding {
  const { finding } = item as Item & { finding?: Finding };
  if (!finding) throw corrupt('finding');
  return finding;
}

/** Items that lead from artifacts to their findings on policies; none of other findings. */
export const policyFindingItems = (tenant: string, findings: readonly Finding[]): Item[] =>
  findings.flatMap(({ id, artifact, policy }) =>
    policy
      ? {
          pk: policyFindingPartition(tenantId(tenant)),
          sk: `${policyFindingPrefix(artifact.type, artifactId(artifact.id))}${id}`,
          source: policy.source,
          document: policy.id,
        }
      : [],
  );

/** The finding of an item {@link policyFindingItems} made. */
export function itemPolicyFinding({ sk, source, document }: Item): KnownPolicyFinding {
  const finding = sk.split('#').at(2);
  if (typeof source !== 'string' || typeof document !== 'string' || !finding) {
    throw corrupt('finding on a policy');
  }
  return { finding, source, id: document };
}

/** Item of an alert. */
export const alertItem = (alert: Alert): Item => ({
  pk: alertPartition(tenantId(alert.tenant)),
  sk: alert.id,
  alert,
});

/** The alert of an item {@link alertItem} made. */
export function itemAlert(item: Item): Alert {
  const { alert } = item as Item & { alert?: Alert };
  if (!alert) throw corrupt('alert');
  return alert;
}
