// Feeds of notices: RSS, Atom, JSON Feed, the Federal Register. A notice never becomes a rule; what it names is put before
// a person, in its own words.
import { createHash } from 'node:crypto';
import type { CalendarDate } from '../../core/calendar-date.ts';
import type { ReviewItem } from '../../core/policy.ts';
import type { Bulletin } from '../../formats/bulletin.ts';
import { createFindingList } from '../../formats/finding-list.ts';
import type { PolicyFeed } from '../policy-feed.ts';
import { findInText } from './find-in-text.ts';
import { bulletinBytesMax, readBulletins } from './read-bulletins.ts';

/** One feed of notices, as configured. */
export type BulletinFeedOptions = {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly hosts: readonly string[];
};

/** The item for a bulletin, or undefined when it names no code, procedure, document or date. */
function reviewOf(
  feed: string,
  bulletin: Bulletin,
  collected: CalendarDate,
): ReviewItem | undefined {
  const { title, url, published, text } = bulletin;
  const found = findInText(`${title}\n${text}`);
  const dates = [...new Set([...found.dates, ...bulletin.effective])].toSorted();
  const isAnything = [found.codes, found.procedures, found.documents, dates].some(
    (values) => values.length > 0,
  );
  if (!isAnything) return undefined;
  const { codes, procedures, documents } = found;
  // Edited, it is put before a person once more if what it names is other.
  const named = JSON.stringify([bulletin.id, codes, procedures, documents, dates]);
  const own = createHash('sha256').update(named).digest('hex').slice(0, 16);
  return {
    id: `${feed}-${own}`,
    feed,
    title,
    url,
    ...(published && { published }),
    firstSeen: collected,
    ...found,
    dates,
    // A date in a field of its own stands in no sentence.
    quotes: found.quotes.length > 0 ? found.quotes : [title],
  };
}

/** A feed of notices. Its source is the feed itself: it brings no documents. */
export function createBulletinFeed({ id, title, url, hosts }: BulletinFeedOptions): PolicyFeed {
  return {
    id,
    title,
    source: id,
    allowedHosts: hosts,
    async discover({ get, since }) {
      const file = await get({ url, bytesMax: bulletinBytesMax });
      const isNothingNew = !file || (file.unchanged && since !== undefined);
      return { files: isNothingNew ? [] : [file], findings: [] };
    },
    async read(files, { bytesOf, collected }) {
      const list = createFindingList();
      const reviews = new Map<string, ReviewItem>();
      for (const file of files) {
        const bulletins = readBulletins(await bytesOf(file), file.url, list) ?? [];
        let silent = 0;
        for (const bulletin of bulletins) {
          const review = reviewOf(id, bulletin, collected);
          if (review) reviews.set(review.id, review);
          else silent += 1;
        }
        if (silent > 0) {
          const message = `${silent} of ${bulletins.length} bulletins name no code, procedure, document or date.`;
          list.add('bulletin-names-nothing', 'info', file.url, message);
        }
      }
      const findings = list.all();
      const isRefused = findings.some(({ severity }) => severity === 'error');
      return {
        complete: false,
        documents: [],
        reviews: isRefused ? [] : [...reviews.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
        findings,
      };
    },
  };
}
