// Finds order files on CMS's ICD-10 page, which links the zips of both code systems.
import type { CodeSystemId } from '../core/code-system.ts';
import type { QualityFinding } from '../core/release.ts';
import { parseLinkPage } from '../formats/link-page.ts';
import { firstFiscalYear, isWhole, proposedFinding } from './cdc-listing.ts';
import { fiscalYearNamed } from './effective-date.ts';
import type { Discovery, DiscoveryContext, ListedFile } from './feed.ts';
import { basenameOf, isProposed, isWanted, systemOfName } from './file-role.ts';
import { readNameDates } from './name-dates.ts';

/** "ICD-10" of the Centers for Medicare & Medicaid Services. */
export const cmsPage = 'https://www.cms.gov/medicare/coding-billing/icd-10-codes';

/** Decoded last segment; a malformed escape stays as it is. */
function fileName(url: string): string {
  const last = basenameOf(new URL(url).pathname);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** ICD-10-CM's zips often name no system, ICD-10-PCS's always do; an erratum can be about either. */
function isOfSystem(name: string, system: CodeSystemId): boolean {
  return /errata/i.test(name) || (systemOfName(name) ?? 'icd10cm') === system;
}

/** True for a link to a file of the system, from FY2016 on, on this host. */
function isOurs(url: string, name: string, system: CodeSystemId): boolean {
  const onHost = URL.canParse(url) && new URL(url).host === new URL(cmsPage).host;
  const year = fiscalYearNamed(name);
  const isRecent = year === undefined || year >= firstFiscalYear;
  return onHost && isWanted(name) && isOfSystem(name, system) && isRecent;
}

/** Reads the page and keeps the links to files of one system. CMS shows neither dates nor sizes. */
export async function discoverCms(
  system: CodeSystemId,
  context: DiscoveryContext,
): Promise<Discovery> {
  const html = await context.readPage(cmsPage);
  if (html === undefined) return { files: [], findings: [], pagesRead: [], pagesNamed: [] };
  const { links, findings: odd } = parseLinkPage(html, cmsPage);
  const findings: QualityFinding[] = [...odd];
  const files = new Map<string, ListedFile>();
  for (const { url } of links) {
    if (!URL.canParse(url)) continue;
    const name = fileName(url);
    if (!isOurs(url, name, system)) continue;
    const updated = readNameDates(name).updated;
    if (updated && updated > context.today) continue;
    if (isProposed(name)) findings.push(proposedFinding(url));
    else files.set(url, { url, name, publisher: 'cms', page: cmsPage });
  }
  if (files.size === 0) {
    const message = 'the page links no file of this system; earlier files stay as they are';
    findings.push({ code: 'listing-unreadable', severity: 'warning', where: cmsPage, message });
  }
  const pagesRead = files.size > 0 && isWhole(odd) ? [cmsPage] : [];
  return { files: [...files.values()], findings, pagesRead, pagesNamed: [] };
}
