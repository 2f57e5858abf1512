// Reads changes across releases: everything that took effect between two dates, or all that happened to one code.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Change } from '../core/change.ts';
import { type CodeSystemId, codeSystemIds, normalizeCode } from '../core/code-system.ts';
import { CodewatchError } from '../core/errors.ts';
import type { ReleaseId, ReleaseRecord } from '../core/release.ts';
import type { CodeTable } from '../ports/code-table.ts';
import type { Page } from '../ports/tenant-store.ts';
import { readReleases } from './read-releases.ts';
import { writtenChange } from './written-code.ts';

/** A change and the release that made it. */
export type FeedChange = Change & { readonly system: CodeSystemId; readonly release: ReleaseId };

/** Which changes; dates are effective dates, both inclusive. `after` is the cursor a page gave. */
export type ChangeFeedRequest = {
  readonly system?: CodeSystemId;
  /** With or without dot, any case. */
  readonly code?: string;
  readonly from?: CalendarDate;
  readonly to?: CalendarDate;
  readonly limit: number;
  readonly after?: string;
};

/** Changes a store page holds at most while one code is looked for. */
const scanLimit = 1000;

/**
 * A page of changes, by system, effective date, kind and code. With `code`, only the releases its versions name are
 * read. Throws `invalid-request` when `after` is no cursor of this feed.
 */
export async function readChangeFeed(
  ports: { readonly codeTable: CodeTable },
  request: ChangeFeedRequest,
): Promise<Page<FeedChange>> {
  const releases = await releasesOf(ports.codeTable, request);
  const start = startOf(releases, request.after);
  const items: FeedChange[] = [];
  for (let i = start.index; i < releases.length; i += 1) {
    const record = releases[i];
    if (!record) break;
    let after = i === start.index ? start.after : undefined;
    do {
      const page = await pageOf(
        ports.codeTable,
        record,
        request,
        request.limit - items.length,
        after,
      );
      items.push(...page.items);
      after = page.next;
      if (items.length >= request.limit && (after !== undefined || i + 1 < releases.length)) {
        return { items, next: cursorOf(record, after) };
      }
    } while (after !== undefined);
  }
  return { items };
}

async function releasesOf(
  table: CodeTable,
  request: ChangeFeedRequest,
): Promise<readonly ReleaseRecord[]> {
  const { system, code, from, to } = request;
  const all = await readReleases(
    { codeTable: table },
    { status: 'committed', ...(system && { system }) },
  );
  const dated = all.filter(
    (one) => (!from || one.effective >= from) && (!to || one.effective <= to),
  );
  if (code === undefined) return dated;
  const naming = new Set<string>();
  for (const id of system ? [system] : codeSystemIds) {
    const normal = normalizeCode(id, code);
    if (normal === undefined) continue;
    for (const version of await table.versions(id, normal)) naming.add(version.release);
  }
  return dated.filter((record) => naming.has(record.id));
}

async function pageOf(
  table: CodeTable,
  record: ReleaseRecord,
  request: ChangeFeedRequest,
  limit: number,
  after: string | undefined,
): Promise<Page<FeedChange>> {
  const wanted =
    request.code === undefined ? undefined : normalizeCode(record.system, request.code);
  const page = await table.changes(record, {
    limit: wanted === undefined ? limit : scanLimit,
    ...(after !== undefined && { after }),
  });
  const items = page.items
    .filter((change) => wanted === undefined || change.code === wanted)
    .map((change) => ({
      ...writtenChange(record.system, change),
      system: record.system,
      release: record.id,
    }));
  return page.next === undefined ? { items } : { items, next: page.next };
}

/** `<release>` when that release is through, else `<release> <its own cursor>`. */
const cursorOf = (record: ReleaseRecord, after: string | undefined): string =>
  after === undefined ? record.id : `${record.id} ${after}`;

function startOf(
  releases: readonly ReleaseRecord[],
  cursor: string | undefined,
): { readonly index: number; readonly after?: string } {
  if (cursor === undefined) return { index: 0 };
  const blank = cursor.indexOf(' ');
  const id = blank < 0 ? cursor : cursor.slice(0, blank);
  const index = releases.findIndex((record) => record.id === id);
  if (index < 0) {
    throw new CodewatchError(
      'invalid-request',
      'cursor: not one this list gave; begin again without it',
    );
  }
  return blank < 0 ? { index: index + 1 } : { index, after: cursor.slice(blank + 1) };
}
