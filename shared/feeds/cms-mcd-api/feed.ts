// Medicare Coverage Database through the Coverage API (https://api.coverage.cms.gov/docs/): what changed in a week, document
// by document, on the day it is published and with the revision history, while the exports bring everything once a week.
import type { QualityFinding } from '../../core/release.ts';
import { createFindingList, type FindingList } from '../../formats/finding-list.ts';
import type { PolicyDiscovery, PolicyDiscoveryContext, PolicyFeed } from '../policy-feed.ts';
import { coverageApi } from './addresses.ts';
import { createAsking } from './ask.ts';
import {
  type Bookmark,
  noBookmark,
  readBookmark,
  type Waiting,
  writeBookmark,
} from './bookmark.ts';
import { collectDocuments } from './collect-documents.ts';
import { type Changes, listChanges } from './list-changes.ts';
import { readAnswers } from './read-answers.ts';
import type { Listed } from './whats-new.ts';

/** Where and how much it asks. */
export type CoverageApiOptions = {
  /** Without a slash at the end. */
  readonly base: string;
  /**
   * Requests of one run: with a pause of half a second between them less than a Lambda function may run, and fewer files
   * than a message may name (800). A new document is begun only if all its tables can still be asked for.
   */
  readonly requestsMax: number;
};

/** Keys kept at most; the oldest are let go and, if listed again, read again. */
const takenMax = 4000;

const idOf = (key: string): string => key.split(' ').slice(0, 2).join(' ');

/** What was waiting, then what is new; of one version only its newest update. */
function toRead(before: Bookmark, local: readonly Listed[]): readonly Waiting[] {
  const taken = new Set(before.taken);
  const known = new Map(before.waiting.map(({ key, tries }) => [key, tries]));
  const fresh = local.filter((one) => one.local && !taken.has(one.key) && !known.has(one.key));
  const newest = new Map<string, Waiting>();
  for (const { key, tries } of before.waiting) newest.set(idOf(key), { key, tries });
  for (const { key } of fresh) newest.set(idOf(key), { key, tries: 0 });
  return [...newest.values()];
}

/** Documents without lists, told once each: drafts, and national ones, whose codes are in spreadsheets of CMS. */
function tellOthers(
  changes: Changes,
  before: Bookmark,
): { readonly keys: readonly string[]; readonly findings: readonly QualityFinding[] } {
  const isNew = ({ key }: Listed): boolean => !before.taken.includes(key);
  const others = changes.local.filter(({ local }) => local === undefined);
  const say =
    (code: string, what: string) =>
    (one: Listed): QualityFinding => ({
      ...{ code, severity: 'info', where: one.url || one.key },
      message: `${idOf(one.key).replace(' ', ' version ')} is new, ${what}: ${one.title.slice(0, 200)}`,
    });
  return {
    keys: [...others, ...changes.national].map(({ key }) => key),
    findings: [
      ...others.filter(isNew).map(say('mcd-api-other', 'no final article or LCD, not read')),
      ...changes.national
        .filter(isNew)
        .map(say('mcd-api-national', 'national, without code tables')),
    ],
  };
}

function bookmarkOf({ bookmark }: PolicyDiscoveryContext, list: FindingList): Bookmark {
  if (bookmark === undefined) return noBookmark;
  const read = readBookmark(bookmark);
  if (read) return read;
  const message =
    'What was kept of the last run cannot be read; the newest reports are read again.';
  list.add('mcd-api-bookmark', 'warning', 'cms-mcd-api', message);
  return noBookmark;
}

async function discover(
  context: PolicyDiscoveryContext,
  { base, requestsMax }: CoverageApiOptions,
): Promise<PolicyDiscovery> {
  const list = createFindingList();
  const before = bookmarkOf(context, list);
  const asking = createAsking(base, context, list);
  const { today } = context;
  const since = before.from ?? context.since;
  const changes = await listChanges(asking, { since, today }, list);
  if (!changes) return { files: [], findings: list.all() };
  const waiting = toRead(before, changes.local);
  const collected = await collectDocuments(asking, waiting, list, { requestsMax });
  const others = tellOthers(changes, before);
  const listed = new Set([...changes.local, ...changes.national].map(({ key }) => key));
  const earlier = before.taken.filter((key) => listed.has(key));
  // Of a version updated twice only the newest update was read; the one before is settled with it.
  const settled = new Set(collected.taken.map(idOf));
  const read = changes.local.filter(({ key }) => settled.has(idOf(key))).map(({ key }) => key);
  const taken = [...new Set([...earlier, ...others.keys, ...collected.taken, ...read])];
  const left = collected.waiting.length;
  if (left > 0) {
    const message = `${left} documents wait for the next run, ${collected.taken.length} were settled in this one.`;
    list.add('mcd-api-left', 'info', base, message);
  }
  return {
    files: collected.files.length > 0 ? [...changes.period.files, ...collected.files] : [],
    findings: [...list.all(), ...collected.findings, ...others.findings],
    bookmark: writeBookmark({
      from: changes.from,
      taken: taken.slice(-takenMax),
      waiting: collected.waiting,
    }),
  };
}

/** The feed of a Coverage API. */
export const createCoverageApiFeed = (options: CoverageApiOptions): PolicyFeed => ({
  id: 'cms-mcd-api',
  title: 'CMS: Medicare Coverage Database, what is new by its Coverage API',
  source: 'mcd',
  allowedHosts: [new URL(options.base).host],
  discover: (context) => discover(context, options),
  read: readAnswers,
});

/** What is new in the Medicare Coverage Database. */
export const cmsMcdApi: PolicyFeed = createCoverageApiFeed({
  base: coverageApi,
  requestsMax: 500,
});
