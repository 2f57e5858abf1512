// What is remembered of one URL of one feed: what was got, when, and what is inside, so that nothing is fetched twice.
import { type CalendarDate, dayOfInstant, parseCalendarDate } from '../core/calendar-date.ts';
import type { DownloadedFile, ListedFile } from '../feeds/feed.ts';
import type { Inspection } from '../feeds/inspect-file.ts';
import type { Item } from '../ports/item-store.ts';
import { downloadKey } from '../store/keys.ts';

/** The last usable bytes of a URL. */
export type KeptBytes = {
  readonly sha256: string;
  readonly sizeBytes: number;
  /** ISO instant. */
  readonly fetchedAt: string;
  readonly etag?: string;
  /** The header as sent. */
  readonly lastModified?: string;
  readonly firstListed?: CalendarDate;
  readonly inspection: Inspection;
};

/** One URL of one feed. Without `kept` nothing usable ever came; `missingOn` is the last day it answered 404. */
export type DownloadRecord = {
  /** As the listing had it when the bytes were last known to be current. */
  readonly file: ListedFile;
  readonly kept?: KeptBytes;
  readonly missingOn?: CalendarDate;
};

/** Raised when inspection learns to see more: older records are inspected again from the archive. */
export const inspectionVersion = 1;

/** The item of a record, in the code table. */
export function toDownloadItem(feed: string, record: DownloadRecord): Item {
  const { file, kept, missingOn } = record;
  return {
    ...downloadKey(feed, file.url),
    file,
    missingOn,
    ...(kept && {
      sha256: kept.sha256,
      sizeBytes: kept.sizeBytes,
      fetchedAt: kept.fetchedAt,
      etag: kept.etag,
      lastModified: kept.lastModified,
      firstListed: kept.firstListed,
      inspectionVersion,
      inspection: JSON.stringify(kept.inspection),
    }),
  };
}

const textOf = (item: Item, name: string): string | undefined => {
  const value = item[name];
  return typeof value === 'string' ? value : undefined;
};

const dayOf = (item: Item, name: string): CalendarDate | undefined =>
  parseCalendarDate(textOf(item, name) ?? '');

function keptOf(item: Item): KeptBytes | undefined {
  const sha256 = textOf(item, 'sha256');
  const text = textOf(item, 'inspection');
  if (sha256 === undefined || text === undefined) return undefined;
  const inspection: Inspection = JSON.parse(text);
  const etag = textOf(item, 'etag');
  const lastModified = textOf(item, 'lastModified');
  const firstListed = dayOf(item, 'firstListed');
  return {
    sha256,
    sizeBytes: Number(item.sizeBytes),
    fetchedAt: textOf(item, 'fetchedAt') ?? '',
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
    ...(firstListed && { firstListed }),
    inspection,
  };
}

/** The record of an item, and whether it must be inspected again. */
export function fromDownloadItem(item: Item): DownloadRecord & { readonly stale: boolean } {
  const file: ListedFile = JSON.parse(JSON.stringify(item.file));
  const kept = keptOf(item);
  const missingOn = dayOf(item, 'missingOn');
  const stale = kept !== undefined && item.inspectionVersion !== inspectionVersion;
  return { file, stale, ...(kept && { kept }), ...(missingOn && { missingOn }) };
}

/** The record as a feed sees it; undefined while nothing usable was got. */
export function toDownloadedFile({ file, kept }: DownloadRecord): DownloadedFile | undefined {
  if (!kept) return undefined;
  const lastModified =
    kept.lastModified === undefined ? undefined : dayOfInstant(kept.lastModified);
  return {
    ...file,
    sha256: kept.sha256,
    inspection: kept.inspection,
    ...(kept.firstListed && { firstListed: kept.firstListed }),
    ...(lastModified && { lastModified }),
  };
}
