// Gets the reference documents a feed lists beside its releases, and takes in the tabular lists among them. Whatever is
// wrong with one is a finding of the feed: no release waits for a document.
import { codeSystems } from '../core/code-system.ts';
import type { QualityFinding } from '../core/release.ts';
import { effectiveDate } from '../feeds/effective-date.ts';
import type { Discovery, Feed } from '../feeds/feed.ts';
import { basenameOf, isTabularXml } from '../feeds/file-role.ts';
import { readTabularXml } from '../formats/tabular-xml.ts';
import { openZip } from '../formats/zip.ts';
import type { Clock } from '../ports/clock.ts';
import {
  addTabular,
  type DocumentSource,
  readTabularRecords,
} from '../store/reference-documents.ts';
import type { DownloadRecord, KeptBytes } from './download-record.ts';
import { type DownloadPorts, downloadListed } from './pull-downloads.ts';

type Ports = DownloadPorts & { readonly clock: Clock };

/** The tabular list in a file: its bytes and, in a zip, its member; none without findings when it holds none. */
type Found = {
  readonly bytes?: Uint8Array;
  readonly member?: string;
  readonly findings: readonly QualityFinding[];
};

async function tabularIn(bytes: Uint8Array, name: string, where: string): Promise<Found> {
  if (!name.toLowerCase().endsWith('.zip')) return { bytes, findings: [] };
  const zip = await openZip(bytes, { where });
  const members = zip.entries.filter((entry) => isTabularXml(entry.basename));
  const [first, ...others] = members;
  if (!first) return { findings: zip.findings };
  if (others.length > 0) {
    const named = members.map((member) => member.name).join(', ');
    const message = `It holds several tabular lists (${named}); which one counts must be looked up.`;
    const finding = { code: 'document-ambiguous', severity: 'error', where, message } as const;
    return { findings: [...zip.findings, finding] };
  }
  const read = await zip.read(first.name);
  const findings = [...zip.findings, ...read.findings];
  return read.findings.length > 0
    ? { findings }
    : { bytes: read.bytes, member: first.name, findings };
}

/** From when the list of a file holds, told as of a release's files. */
function dateOf({ file }: DownloadRecord, { firstListed }: KeptBytes, member: string | undefined) {
  const evidence = {
    where: file.url,
    ...(file.folder !== undefined && { folder: file.folder }),
    ...(member !== undefined && { archive: file.name }),
    members: [basenameOf(member ?? file.name)],
    ...(firstListed && { listed: firstListed }),
    addenda: [],
  };
  return effectiveDate(evidence, codeSystems.icd10cm.begins);
}

/** Takes in the list of one downloaded file; answers what is wrong or noteworthy. */
async function takeIn(
  record: DownloadRecord,
  kept: KeptBytes,
  ports: Ports,
): Promise<readonly QualityFinding[]> {
  const { url, name } = record.file;
  const found = await tabularIn(await ports.archive.read(kept.sha256), name, url);
  if (!found.bytes) return found.findings;
  const { member } = found;
  const dated = dateOf(record, kept, member);
  const before = [...found.findings, ...dated.findings];
  const isDoubtful = before.some(({ severity }) => severity === 'error');
  if (isDoubtful || !dated.effective) return before;
  const where = member === undefined ? url : `${url} member ${member}`;
  const { list, counts, findings } = readTabularXml(found.bytes, {
    where,
    effective: dated.effective,
  });
  if (list) {
    const source: DocumentSource = {
      url,
      sha256: kept.sha256,
      ...(member !== undefined && { member }),
    };
    const takenInAt = ports.clock.now();
    const published = kept.firstListed;
    const arrival = { source, takenInAt, ...(published && { published }) };
    const { isNew } = await addTabular(ports, { list, counts }, arrival);
    if (isNew) ports.progress(`tabular list of ${list.effective}: ${counts.notes} notes taken in`);
  }
  return [...before, ...findings];
}

/** A document the server has not holds up nothing: it has a code of its own. */
const asDocument = (finding: QualityFinding): QualityFinding =>
  finding.code === 'listed-but-missing' ? { ...finding, code: 'document-missing' } : finding;

/**
 * Downloads the documents a feed lists and takes in the tabular lists that were not taken in before. Findings beside
 * those of downloading, of the zip, of the date and of the list itself: `document-missing`, `document-ambiguous`. A
 * list with an error is not taken in and read again on the next run. Throws what stores and archive throw.
 */
export async function pullDocuments(
  feed: Feed,
  { documents = [] }: Pick<Discovery, 'documents'>,
  ports: Ports,
): Promise<readonly QualityFinding[]> {
  if (documents.length === 0) return [];
  // Under a name of their own: what assembles releases never sees them.
  const downloads = await downloadListed({ ...feed, id: `${feed.id}#documents` }, documents, ports);
  const findings = downloads.findings.map(asDocument);
  const records = await readTabularRecords(ports.items);
  const taken = new Set(records.flatMap(({ sources }) => sources.map(({ sha256 }) => sha256)));
  for (const record of downloads.records) {
    const { kept } = record;
    if (kept && !taken.has(kept.sha256)) findings.push(...(await takeIn(record, kept, ports)));
  }
  return findings;
}
