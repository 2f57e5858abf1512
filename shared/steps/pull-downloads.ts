// Gets what a feed's listings name and is not here yet. One failing file never stops the others.
import type { CalendarDate } from '../core/calendar-date.ts';
import { CodewatchError } from '../core/errors.ts';
import type { QualityFinding } from '../core/release.ts';
import type { Feed, ListedFile } from '../feeds/feed.ts';
import { type Inspection, inspectFile } from '../feeds/inspect-file.ts';
import type { Archive } from '../ports/archive.ts';
import { type ItemStore, queryAll } from '../ports/item-store.ts';
import { downloadKey } from '../store/keys.ts';
import {
  type DownloadRecord,
  fromDownloadItem,
  type KeptBytes,
  toDownloadItem,
} from './download-record.ts';
import type { Fetched, OnceFetcher } from './fetch-once.ts';

/** The largest upstream file of use has 14 MB. */
export const fileBytesMax = 64 * 1024 * 1024;

/** What downloading needs. */
export type DownloadPorts = {
  readonly once: OnceFetcher;
  readonly archive: Archive;
  readonly items: ItemStore;
  readonly today: CalendarDate;
  readonly progress: (line: string) => void;
};

/** What became of the listed files. */
export type Downloads = {
  readonly downloaded: number;
  readonly unchanged: number;
  readonly missing: number;
  readonly findings: readonly QualityFinding[];
  /** Every URL the feed knows, from this run and earlier ones. */
  readonly records: readonly DownloadRecord[];
};

type Outcome = 'downloaded' | 'unchanged' | 'missing' | 'failed';
type Result = {
  readonly outcome: Outcome;
  readonly record?: DownloadRecord;
  readonly findings: readonly QualityFinding[];
};

/** Every record of a feed by URL, inspected anew from the archive where inspection has learned to see more. */
export async function knownDownloads(
  feed: Feed,
  ports: Pick<DownloadPorts, 'items' | 'archive'>,
): Promise<Map<string, DownloadRecord>> {
  const known = new Map<string, DownloadRecord>();
  for await (const item of queryAll(ports.items, { pk: downloadKey(feed.id, '-').pk })) {
    const { stale, ...record } = fromDownloadItem(item);
    if (!stale || !record.kept) {
      known.set(record.file.url, record);
      continue;
    }
    const subject = { ...record.file, system: feed.system };
    const inspection = await inspectFile(await ports.archive.read(record.kept.sha256), subject);
    const fresh = { ...record, kept: { ...record.kept, inspection } };
    await ports.items.put(toDownloadItem(feed.id, fresh));
    known.set(record.file.url, fresh);
  }
  return known;
}

/** True when the listing shows what it showed when the bytes were got, or a 404 was met today already. */
function isSettled(file: ListedFile, record: DownloadRecord, today: CalendarDate): boolean {
  const sameDate = file.listed === record.file.listed && file.sizeBytes === record.file.sizeBytes;
  if (record.missingOn) return sameDate && record.missingOn === today;
  const hasBoth = file.listed !== undefined && file.sizeBytes !== undefined;
  return record.kept !== undefined && hasBoth && sameDate;
}

const missingFinding = (url: string): QualityFinding => ({
  code: 'listed-but-missing',
  severity: 'info',
  where: url,
  message: 'the listing names it, the server has it not (404); asked for again tomorrow',
});

/** An upstream that fails is a finding; a store or archive that fails is not pull's to explain away: thrown on. */
export function failureFinding(url: string, error: unknown): QualityFinding {
  const upstream = ['upstream-unavailable', 'too-large', 'redirect-refused'];
  if (!(error instanceof CodewatchError) || !upstream.includes(error.code)) throw error;
  const severity = error.retryable ? 'warning' : 'error';
  return { code: error.code, severity, where: url, message: error.message };
}

function sizeFindings(file: ListedFile, sizeBytes: number): readonly QualityFinding[] {
  if (file.sizeBytes === undefined || file.sizeBytes === sizeBytes) return [];
  const message = `the listing shows ${file.sizeBytes} bytes, ${sizeBytes} came; it may be cut off`;
  return [{ code: 'size-mismatch', severity: 'warning', where: file.url, message }];
}

function keep(
  file: ListedFile,
  got: Fetched & { readonly sha256: string },
  inspection: Inspection,
  earlier: KeptBytes | undefined,
): KeptBytes {
  const same = earlier?.sha256 === got.sha256 ? earlier : undefined;
  const firstListed = same?.firstListed ?? file.listed;
  const etag = got.headers.etag ?? same?.etag;
  const lastModified = got.headers['last-modified'] ?? same?.lastModified;
  return {
    sha256: got.sha256,
    sizeBytes: same?.sizeBytes ?? got.sizeBytes,
    fetchedAt: same?.fetchedAt ?? got.fetchedAt,
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
    ...(firstListed && { firstListed }),
    inspection,
  };
}

/** Takes in bytes that are new to the feed; unusable ones are archived and said, and the earlier ones stay in play. */
async function takeIn(
  feed: Feed,
  file: ListedFile,
  got: Fetched & { readonly sha256: string },
  earlier: DownloadRecord | undefined,
  ports: DownloadPorts,
): Promise<Result> {
  const bytes = await ports.archive.read(got.sha256);
  const inspected = await inspectFile(bytes, { ...file, system: feed.system });
  if (!inspected.usable) return { outcome: 'failed', findings: inspected.findings };
  const findings = [...inspected.findings, ...sizeFindings(file, bytes.length)];
  const kept = keep(file, got, { ...inspected, findings }, earlier?.kept);
  ports.progress(`${feed.id}: got ${file.folder ?? file.publisher}/${file.name}`);
  return { outcome: 'downloaded', record: { file, kept }, findings: [] };
}

async function download(
  feed: Feed,
  file: ListedFile,
  earlier: DownloadRecord | undefined,
  ports: DownloadPorts,
): Promise<Result> {
  if (earlier && isSettled(file, earlier, ports.today)) {
    if (!earlier.missingOn) return { outcome: 'unchanged', findings: [] };
    return { outcome: 'missing', findings: [missingFinding(file.url)] };
  }
  let got: Fetched;
  try {
    got = await ports.once.get(file.url, fileBytesMax, earlier?.kept);
  } catch (error) {
    return { outcome: 'failed', findings: [failureFinding(file.url, error)] };
  }
  const kept = earlier?.kept;
  if (got.sha256 !== undefined && got.sha256 === kept?.sha256) {
    const same = keep(file, { ...got, sha256: got.sha256 }, kept.inspection, kept);
    return { outcome: 'unchanged', record: { file, kept: same }, findings: [] };
  }
  if (got.sha256 !== undefined) {
    return takeIn(feed, file, { ...got, sha256: got.sha256 }, earlier, ports);
  }
  if (got.status === 404 || got.status === 410) {
    const record = { file, missingOn: ports.today, ...(kept && { kept }) };
    return { outcome: 'missing', record, findings: [missingFinding(file.url)] };
  }
  const message = `the server answered ${got.status}; earlier bytes stay in play`;
  const finding = { code: 'upstream-refused', severity: 'warning', where: file.url } as const;
  return { outcome: 'failed', findings: [{ ...finding, message }] };
}

/** Files got at once: waiting for one server's answers takes longer than all the work on them. */
const filesAtOnce = 4;

/** Goes through the listed files, a few at a time, so that memory holds only these; notes them in listing order. */
export async function downloadListed(
  feed: Feed,
  files: readonly ListedFile[],
  ports: DownloadPorts,
): Promise<Downloads> {
  const known = await knownDownloads(feed, ports);
  const count: Record<Outcome, number> = { downloaded: 0, unchanged: 0, missing: 0, failed: 0 };
  const findings: QualityFinding[] = [];
  const note = async (file: ListedFile, result: Result): Promise<void> => {
    count[result.outcome] += 1;
    findings.push(...result.findings);
    if (!result.record) return;
    const earlier = known.get(file.url);
    known.set(file.url, result.record);
    const item = toDownloadItem(feed.id, result.record);
    const isNew =
      !earlier || JSON.stringify(item) !== JSON.stringify(toDownloadItem(feed.id, earlier));
    if (isNew) await ports.items.put(item);
  };
  for (let i = 0; i < files.length; i += filesAtOnce) {
    const some = files.slice(i, i + filesAtOnce);
    const results = await Promise.all(
      some.map((file) => download(feed, file, known.get(file.url), ports)),
    );
    for (const [index, file] of some.entries()) {
      const result = results[index];
      if (result) await note(file, result);
    }
  }
  const { downloaded, unchanged, missing } = count;
  return { downloaded, unchanged, missing, findings, records: [...known.values()] };
}
