// Verify, of policies: compares what the table says of each document with the archived state that the newest edition left.
import type { PolicySourceId, PolicyVersion } from '../core/policy.ts';
import { policyLine } from '../core/policy-normal-form.ts';
import type { Archive } from '../ports/archive.ts';
import type { ItemStore } from '../ports/item-store.ts';
import { readPolicySources } from '../store/policy-editions.ts';
import { createPolicyTable } from '../store/policy-table.ts';
import { readKnownState } from './ingest-policies-commit.ts';

/** A version of a document of which the table says otherwise than the state. */
export type PolicyDisagreement = {
  readonly id: string;
  readonly version: string;
  /** `missing` in the table, there but not in the state (`unknown`), or another text (`different`). */
  readonly table: 'missing' | 'unknown' | 'different';
};

/** The result for one source. */
export type VerifiedPolicies = {
  readonly source: PolicySourceId;
  /** Committed editions, and the id of the newest. */
  readonly editions: number;
  readonly newest: string;
  readonly documents: number;
  /** Versions compared. */
  readonly compared: number;
  /** The first hundred. */
  readonly disagreements: readonly PolicyDisagreement[];
  readonly disagreementCount: number;
};

/** What it needs; it only reads. */
export type VerifyPoliciesPorts = { readonly items: ItemStore; readonly archive: Archive };

const shownMax = 100;
const pageSize = 100;

/** Ids of all documents the table lists of a source. */
async function listedIds(
  table: ReturnType<typeof createPolicyTable>,
  source: PolicySourceId,
): Promise<readonly string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const from = after === undefined ? {} : { after };
    const page = await table.list({ source, limit: pageSize, ...from });
    ids.push(...page.items.map(({ id }) => id));
    after = page.next;
  } while (after !== undefined);
  return ids;
}

/** The last record of a version counts. */
const recordOf = (versions: readonly PolicyVersion[], version: string): PolicyVersion | undefined =>
  versions.findLast((each) => each.version === version);

/** Compares every source of policies; what the newest state holds must be what the table answers. */
export async function verifyPolicies({
  items,
  archive,
}: VerifyPoliciesPorts): Promise<VerifiedPolicies[]> {
  const table = createPolicyTable(items);
  const results: VerifiedPolicies[] = [];
  for (const head of await readPolicySources(items)) {
    const { source } = head;
    const { known } = await readKnownState(archive, head);
    const found: PolicyDisagreement[] = [];
    let compared = 0;
    for (const [id, versions] of known) {
      const recorded = await table.versions({ source, id });
      for (const { document } of versions) {
        compared += 1;
        const { version } = document;
        const record = recordOf(recorded, version);
        if (!record) found.push({ id, version, table: 'missing' });
        else if (policyLine(record) !== policyLine(document)) {
          found.push({ id, version, table: 'different' });
        }
      }
    }
    for (const id of await listedIds(table, source)) {
      if (!known.has(id)) found.push({ id, version: '', table: 'unknown' });
    }
    results.push({
      ...{ source, editions: head.seq, newest: head.id, documents: known.size, compared },
      disagreements: found.slice(0, shownMax),
      disagreementCount: found.length,
    });
  }
  return results;
}
