// Reads a tenant's findings: which stored claims and templates a change hits, what is at risk, and until when.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import { formatCode } from '../core/code-system.ts';
import { CodewatchError } from '../core/errors.ts';
import type { Finding, FindingState } from '../core/finding.ts';
import { reworkCents } from '../core/money.ts';
import type { ReleaseId } from '../core/release.ts';
import type { TenantSettings } from '../core/tenant-settings.ts';
import { filingDeadline, lostFirst } from '../core/timely-filing.ts';
import type { Page, TenantStore } from '../ports/tenant-store.ts';
import { type FindingWords, findingWords } from './finding-wording.ts';
import { writtenReplacements } from './written-code.ts';

/** Which findings; `code` in normal form. */
export type FindingsFilter = {
  readonly state?: FindingState;
  readonly system?: CodeSystemId;
  readonly code?: string;
  readonly release?: ReleaseId;
};

/** A page of them; `after` is the cursor a page gave. */
export type FindingsRequest = FindingsFilter & { readonly limit: number; readonly after?: string };

/** A finding as answered: in words too, so that one list can hold it and what scrubbing finds. */
export type WrittenFinding = Finding & FindingWords;

/** What reading findings needs. */
export type FindingsPorts = { readonly tenants: Pick<TenantStore, 'listFindings' | 'settings'> };

/** A page of a tenant's findings, codes with the official dot. */
export async function readFindings(
  { tenants }: FindingsPorts,
  tenant: string,
  request: FindingsRequest,
): Promise<Page<WrittenFinding>> {
  const page = await tenants.listFindings(tenant, request);
  if (page.items.length === 0) return { ...page, items: [] };
  const settings = await tenants.settings(tenant);
  return { ...page, items: page.items.map((finding) => writtenFinding(finding, settings)) };
}

/** Findings sorted at once at most: what one person can work through is far less. */
export const sortedFindingsMax = 10_000;

const pageSize = 1000;

/**
 * All findings of a filter, what is lost first on `today` coming first; see `lostFirst`. Throws `too-large` beyond
 * {@link sortedFindingsMax}.
 */
export async function readFindingsLostFirst(
  ports: FindingsPorts,
  tenant: string,
  filter: FindingsFilter,
  today: CalendarDate,
): Promise<readonly WrittenFinding[]> {
  const found: WrittenFinding[] = [];
  let after: string | undefined;
  do {
    const request = { ...filter, limit: pageSize, ...(after !== undefined && { after }) };
    const page: Page<WrittenFinding> = await readFindings(ports, tenant, request);
    found.push(...page.items);
    if (found.length > sortedFindingsMax) throw tooMany();
    after = page.next;
  } while (after !== undefined);
  return found.toSorted(lostFirst(today));
}

const tooMany = (): CodewatchError =>
  new CodewatchError(
    'too-large',
    `over ${sortedFindingsMax} findings cannot be sorted at once; filter by state, release or code`,
  );

/**
 * The finding as answered: codes as officially written, what is wrong in words; of a claim its deadline, and what rework
 * costs this tenant.
 */
export function writtenFinding(finding: Finding, settings: TenantSettings): WrittenFinding {
  const { system, service, artifact, atRisk } = finding;
  const rework = reworkCents(artifact.type === 'claim' ? 1 : 0, settings.reworkCost);
  return {
    ...finding,
    ...findingWords(finding),
    code: formatCode(system, finding.code),
    replacedBy: writtenReplacements(system, finding.replacedBy),
    ...(service && { fileBy: filingDeadline(service, settings.timelyFiling) }),
    atRisk: { ...atRisk, reworkCentsMin: rework.min, reworkCentsMax: rework.max },
  };
}
