// Reads a tenant's findings: which stored claims and templates a change hits.
import type { CodeSystemId } from '../core/code-system.ts';
import { formatCode } from '../core/code-system.ts';
import type { Finding, FindingState } from '../core/finding.ts';
import type { ReleaseId } from '../core/release.ts';
import type { Page, TenantStore } from '../ports/tenant-store.ts';
import { writtenReplacements } from './written-code.ts';

/** Which findings; `code` in normal form. `after` is the cursor a page gave. */
export type FindingsRequest = {
  readonly state?: FindingState;
  readonly system?: CodeSystemId;
  readonly code?: string;
  readonly release?: ReleaseId;
  readonly limit: number;
  readonly after?: string;
};

/** A page of a tenant's findings, codes with the official dot. */
export async function readFindings(
  ports: { readonly tenants: TenantStore },
  tenant: string,
  request: FindingsRequest,
): Promise<Page<Finding>> {
  const page = await ports.tenants.listFindings(tenant, request);
  return { ...page, items: page.items.map(writtenFinding) };
}

/** A finding with its codes as officially written. */
export const writtenFinding = (finding: Finding): Finding => ({
  ...finding,
  code: formatCode(finding.system, finding.code),
  replacedBy: writtenReplacements(finding.system, finding.replacedBy),
});
