// Reads the changes one release made, by kind and code, page by page.
import type { Change, ChangeKind } from '../core/change.ts';
import type { ReleaseId } from '../core/release.ts';
import type { CodeTable } from '../ports/code-table.ts';
import type { Page } from '../ports/tenant-store.ts';
import { readRelease } from './read-releases.ts';
import { writtenChange } from './written-code.ts';

/** A page of the changes of a release, codes with the official dot; throws `not-found` for an unknown release. */
export async function readChanges(
  ports: { readonly codeTable: CodeTable },
  request: {
    readonly release: ReleaseId;
    readonly kind?: ChangeKind;
    readonly limit: number;
    readonly after?: string;
  },
): Promise<Page<Change>> {
  const { release, ...page } = request;
  const record = await readRelease(ports, release);
  const { items, next } = await ports.codeTable.changes(record, page);
  const written = items.map((change) => writtenChange(record.system, change));
  return next === undefined ? { items: written } : { items: written, next };
}
