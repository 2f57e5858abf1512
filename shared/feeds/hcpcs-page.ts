// Finds the quarterly files of HCPCS Level II on CMS's page.
import type { QualityFinding } from '../core/release.ts';
import { parseLinkPage } from '../formats/link-page.ts';
import { isWhole } from './cdc-listing.ts';
import type { Discovery, DiscoveryContext, ListedFile } from './feed.ts';
import { basenameOf } from './file-role.ts';
import { readNameDates } from './name-dates.ts';

/** "HCPCS Quarterly Update" of the Centers for Medicare & Medicaid Services. */
export const hcpcsPage =
  'https://www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system/quarterly-update';

/** `january-2026-alpha-numeric-hcpcs-file.zip`, `2018-alpha-numeric-hcpcs-files-updated-….zip`. */
const isWanted = (name: string): boolean => /alpha-?numeric-hcpcs.*\.zip$/i.test(name);

/** Reads the page and keeps the links to quarterly files. CMS shows neither dates nor sizes. */
export async function discoverHcpcs(context: DiscoveryContext): Promise<Discovery> {
  const html = await context.readPage(hcpcsPage);
  if (html === undefined) return { files: [], findings: [], pagesRead: [], pagesNamed: [] };
  const { links, findings: odd } = parseLinkPage(html, hcpcsPage);
  const findings: QualityFinding[] = [...odd];
  const files = new Map<string, ListedFile>();
  for (const { url } of links) {
    const { host, pathname } = new URL(url);
    const name = basenameOf(pathname);
    if (host !== new URL(hcpcsPage).host || !isWanted(name)) continue;
    const updated = readNameDates(name).updated;
    if (updated && updated > context.today) continue;
    files.set(url, { url, name, publisher: 'cms', page: hcpcsPage });
  }
  if (files.size === 0) {
    const message = 'the page links no alpha-numeric HCPCS file; earlier files stay as they are';
    findings.push({ code: 'listing-unreadable', severity: 'warning', where: hcpcsPage, message });
  }
  const pagesRead = files.size > 0 && isWhole(odd) ? [hcpcsPage] : [];
  return { files: [...files.values()], findings, pagesRead, pagesNamed: [] };
}
