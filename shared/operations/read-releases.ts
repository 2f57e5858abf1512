// Reads what is recorded of the releases taken in: the list and one of them.
import { type CodeSystemId, codeSystemIds } from '../core/code-system.ts';
import { CodewatchError } from '../core/errors.ts';
import type { ReleaseId, ReleaseRecord, ReleaseStatus } from '../core/release.ts';
import type { CodeTable } from '../ports/code-table.ts';

/** Every release, by system and effective date; quarantined ones included. */
export async function readReleases(
  ports: { readonly codeTable: CodeTable },
  filter: { readonly system?: CodeSystemId; readonly status?: ReleaseStatus },
): Promise<readonly ReleaseRecord[]> {
  const systems = filter.system === undefined ? codeSystemIds : [filter.system];
  const lists = await Promise.all(systems.map((system) => ports.codeTable.releases(system)));
  const all = lists.flat();
  return filter.status === undefined ? all : all.filter((one) => one.status === filter.status);
}

/** One release; throws `not-found` when there is none of this id. */
export async function readRelease(
  ports: { readonly codeTable: CodeTable },
  id: ReleaseId,
): Promise<ReleaseRecord> {
  const record = await ports.codeTable.release(id);
  if (record) return record;
  throw new CodewatchError('not-found', `no release ${id}; GET /v1/releases lists them`);
}
