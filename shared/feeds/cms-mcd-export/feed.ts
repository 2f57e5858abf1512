// Medicare Coverage Database, weekly exports: https://www.cms.gov/medicare-coverage-database/downloads/downloads.aspx
// All local coverage articles with their code lists in one zip, all LCDs in another, only the highest version of each.
import type { CalendarDate } from '../../core/calendar-date.ts';
import type { PolicyDocument, PolicyKind } from '../../core/policy.ts';
import { createFindingList, type FindingList } from '../../formats/finding-list.ts';
import { assembleMcdDocument } from '../mcd-document.ts';
import type {
  PolicyDiscovery,
  PolicyDiscoveryContext,
  PolicyFeed,
  PolicyFile,
  PolicyReadContext,
  PolicyReading,
} from '../policy-feed.ts';
import { type Drafts, displayIdOf, partsOf } from './document-drafts.ts';
import { type ExportTables, openExport } from './export-zip.ts';
import { readContractors, readPeriod } from './read-contractors.ts';
import { readDocuments } from './read-documents.ts';
import type { ExportSource } from './read-table.ts';
import type { McdExportKind } from './tables.ts';

const base = 'https://downloads.cms.gov/medicare-coverage-database/downloads/exports';

/** Several times what the exports have. */
const bytesMax = 512 * 1024 * 1024;

async function discover(context: PolicyDiscoveryContext): Promise<PolicyDiscovery> {
  const files: PolicyFile[] = [];
  for (const name of ['current_article.zip', 'current_lcd.zip']) {
    const file = await context.get({ url: `${base}/${name}`, bytesMax });
    // The same bytes again say nothing new, once something was taken in.
    if (file && !(file.unchanged && context.since !== undefined)) files.push(file);
  }
  return { files, findings: [] };
}

/** What one zip says. */
type ExportReading = {
  readonly kind: McdExportKind;
  readonly published: CalendarDate | undefined;
  readonly documents: readonly PolicyDocument[];
  readonly withheld: readonly string[];
};

/** Documents whose rows are whole; of the others their ids. */
function assemble(
  drafts: Drafts,
  where: string,
  list: FindingList,
): Pick<ExportReading, 'documents' | 'withheld'> {
  const documents: PolicyDocument[] = [];
  const withheld: string[] = [];
  for (const draft of drafts.values()) {
    const id = displayIdOf(draft);
    const document = draft.isDamaged
      ? undefined
      : assembleMcdDocument(partsOf(draft), { where, list });
    if (document) documents.push(document);
    else withheld.push(id);
    if (draft.isDamaged) {
      const message = `${id} lacks rows that could not be read; it is left as it was known.`;
      list.add('mcd-document-withheld', 'warning', `${where} ${id}`, message);
    }
  }
  return { documents, withheld };
}

function kindOf(tables: ExportTables, where: string, list: FindingList): McdExportKind | undefined {
  if (tables.has('article.csv')) return 'article';
  if (tables.has('lcd.csv')) return 'lcd';
  const message = 'It holds neither article.csv nor lcd.csv: it is no export of articles or LCDs.';
  list.add('mcd-table-missing', 'error', where, message);
  return undefined;
}

async function readExport(
  file: PolicyFile,
  context: PolicyReadContext,
  list: FindingList,
): Promise<ExportReading | undefined> {
  const where = file.url;
  const tables = await openExport(await context.bytesOf(file), where, list);
  const kind = tables && kindOf(tables, where, list);
  if (!tables || !kind) return undefined;
  const rows = { tables: 0, kept: 0, rejected: 0 };
  const source: ExportSource = { tables, where, list, rows };
  const published = await readPeriod(source, context.collected);
  const contractors = await readContractors(source, published ?? context.collected);
  const drafts = await readDocuments(source, kind, contractors);
  if (drafts.size === 0) {
    list.add('mcd-no-documents', 'error', where, `It lists no ${kind} at all.`);
  }
  const read = assemble(drafts, where, list);
  const message =
    `${rows.tables} tables with ${rows.kept + rows.rejected} rows: ${rows.kept} kept, ` +
    `${rows.rejected} rejected; ${read.documents.length} documents, ${read.withheld.length} withheld.`;
  list.add('mcd-rows', 'info', where, message);
  return { kind, published, ...read };
}

const byId = (a: PolicyDocument, b: PolicyDocument): number => (a.id < b.id ? -1 : 1);

async function read(
  files: readonly PolicyFile[],
  context: PolicyReadContext,
): Promise<PolicyReading> {
  const list = createFindingList();
  const readings: ExportReading[] = [];
  for (const file of files) {
    const reading = await readExport(file, context, list);
    if (reading) readings.push(reading);
  }
  const published = readings.map((reading) => reading.published).filter((day) => day !== undefined);
  const latest = published.sort().at(-1);
  const kinds: readonly PolicyKind[] = readings.map(({ kind }) => kind);
  return {
    ...(latest === undefined ? {} : { published: latest }),
    complete: true,
    completeKinds: kinds,
    withheld: readings.flatMap(({ withheld }) => withheld).sort(),
    documents: readings.flatMap(({ documents }) => documents).sort(byId),
    reviews: [],
    findings: list.all(),
  };
}

/** Weekly exports of the Medicare Coverage Database: every article and LCD in force or to come. */
export const cmsMcdExport: PolicyFeed = {
  id: 'cms-mcd-export',
  title: 'CMS: Medicare Coverage Database, weekly exports of articles and LCDs',
  source: 'mcd',
  allowedHosts: ['downloads.cms.gov'],
  discover,
  read,
};
