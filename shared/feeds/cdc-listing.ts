// Finds ICD-10-CM files in CDC's directory listings: one folder per year or update below a root.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { QualityFinding } from '../core/release.ts';
import { parseIisListing } from '../formats/iis-listing.ts';
import { fiscalYearNamed } from './effective-date.ts';
import type { Discovery, DiscoveryContext, ListedFile } from './feed.ts';
import { holdsTabularXml, isProposed, isWanted } from './file-role.ts';

/** Folder of all ICD-10-CM publications of the National Center for Health Statistics. */
export const cdcRoot = 'https://ftp.cdc.gov/pub/Health_Statistics/NCHS/Publications/ICD10CM/';

/** ICD-10-CM came into force with fiscal year 2016 (45 CFR 162.1002(c)); earlier folders are drafts. */
export const firstFiscalYear = 2016;

type Entries = ReturnType<typeof parseIisListing>['entries'];
type Page = { readonly entries: Entries; readonly findings: readonly QualityFinding[] };

/** Entries of a listing page; undefined when it is missing or is no listing (an error page names no entry). */
async function readListing(url: string, context: DiscoveryContext): Promise<Page | undefined> {
  const html = await context.readPage(url);
  return html === undefined ? undefined : parseIisListing(html, url);
}

const unreadable = (where: string, findings: readonly QualityFinding[]): QualityFinding => ({
  code: 'listing-unreadable',
  severity: 'warning',
  where,
  message: `the page lists nothing (${findings[0]?.message ?? 'no entry found'}); earlier files stay as they are`,
});

/** A page cut off or with odd lines may leave names out: what it does not name is not withdrawn. */
export const isWhole = (findings: readonly QualityFinding[]): boolean =>
  findings.every(({ severity }) => severity !== 'error');

const isOurFolder = (entry: Entries[number]): boolean =>
  entry.kind === 'folder' && (fiscalYearNamed(entry.name) ?? 0) >= firstFiscalYear;

/** A warning for a draft table, which is never downloaded. */
export function proposedFinding(where: string): QualityFinding {
  const message = 'a PROPOSED conversion table is a draft and not used; the final one replaces it';
  return { code: 'conversion-proposed', severity: 'warning', where, message };
}

function filesOf(folder: Entries[number], entries: Entries, today: CalendarDate) {
  const findings: QualityFinding[] = [];
  const files: ListedFile[] = [];
  const documents: ListedFile[] = [];
  for (const { kind, name, url, listed, sizeBytes } of entries) {
    // What the listing dates after today is not published yet, as far as this run knows.
    if (kind !== 'file' || (listed && listed > today)) continue;
    const kin = isWanted(name) ? files : holdsTabularXml(name) ? documents : undefined;
    if (!kin) continue;
    if (isProposed(name)) findings.push(proposedFinding(url));
    else {
      kin.push({
        url,
        name,
        folder: folder.name,
        publisher: 'cdc',
        page: folder.url,
        ...(listed && { listed }),
        ...(sizeBytes !== undefined && { sizeBytes }),
      });
    }
  }
  return { files, documents, findings };
}

/** Reads the root and every folder from FY2016 on. Folder dates mean nothing: they change with any file inside. */
export async function discoverCdc(context: DiscoveryContext): Promise<Discovery> {
  const files: ListedFile[] = [];
  const documents: ListedFile[] = [];
  const findings: QualityFinding[] = [];
  const pagesRead: string[] = [];
  const root = await readListing(cdcRoot, context);
  const folders = root?.entries.filter(isOurFolder) ?? [];
  if (root && folders.length === 0) findings.push(unreadable(cdcRoot, root.findings));
  if (root && folders.length > 0 && isWhole(root.findings)) pagesRead.push(cdcRoot);
  findings.push(...(root?.findings ?? []));
  for (const folder of folders) {
    const listing = await readListing(folder.url, context);
    if (!listing) continue;
    findings.push(...listing.findings);
    if (listing.entries.length === 0) {
      findings.push(unreadable(folder.url, listing.findings));
      continue;
    }
    if (isWhole(listing.findings)) pagesRead.push(folder.url);
    const found = filesOf(folder, listing.entries, context.today);
    files.push(...found.files);
    documents.push(...found.documents);
    findings.push(...found.findings);
  }
  return { files, documents, findings, pagesRead, pagesNamed: folders.map((folder) => folder.url) };
}
