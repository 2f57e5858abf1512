// A history with everything in it that makes a table of policies hard: two feeds and two sources, a future version, one that
// is retired and comes back, a version too long for one item, an edition that was killed and overtaken, and one out of order.
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { PolicyDocument, ReviewItem } from '../../shared/core/policy.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import type { PolicyReading } from '../../shared/feeds/policy-feed.ts';
import type { Archive } from '../../shared/ports/archive.ts';
import type { ItemStore } from '../../shared/ports/item-store.ts';
import {
  policyListItem,
  policyVersionItems,
  procedureItem,
} from '../../shared/store/policy-items.ts';
import { group, policy } from '../support/policies.ts';
import { arrive, policyPorts } from '../support/policy-arrivals.ts';

/** Where a table is read from: what a snapshot is built of as well. */
export type PolicyStores = { readonly items: ItemStore; readonly archive: Archive };

/** 60,000 codes: a body of half a megabyte, which one item does not hold. */
export const manyCodes: readonly string[] = Array.from(
  { length: 60_000 },
  (_, at) => `S${String(at).padStart(5, '0')}`,
);

/** Documents of the first edition of `mcd`: A1 covers M54.5 for 62323, A2 is retired by the second, A3 is long. */
const a1 = policy({
  id: 'A1',
  groups: [group('covered', 'M5416 M545', '62323')],
  texts: { Utilization: 'Once a year — «no more».' },
});
const a2 = policy({ id: 'A2', groups: [group('covered', 'M5416', '64483')] });
const a3 = policy({
  id: 'A3',
  groups: [
    group('covered', manyCodes.join(' '), '27096'),
    {
      ...group('not-covered', '', '27096'),
      diagnoses: {
        codes: [],
        ranges: [
          { from: 'M05', to: 'M14' },
          { from: 'D37', to: 'D48' },
          { from: 'M40', to: 'M43' },
        ],
      },
    },
  ],
});
/** Effective after it was seen: the version before it stays in force until then. */
const a1v2 = policy({
  id: 'A1',
  version: '2',
  effective: '2026-01-01',
  groups: [group('covered', 'M5416 M5450', '62323 62321')],
  texts: { Utilization: 'Once a year — «no more».' },
});
/** Only another paragraph: a review, which alerts nobody. */
const a3v10 = {
  ...a3,
  version: '10',
  texts: { Note: 'Typing errors corrected.' },
} satisfies PolicyDocument;
const r1 = policy({
  source: 'acme',
  id: 'MED-7',
  kind: 'rules',
  payer: 'acme',
  groups: [group('requires', 'M5416', '62323')],
});

/** A bulletin of a payer. */
export const bulletin: ReviewItem = {
  id: 'acme-news-2025-07',
  feed: 'acme-news',
  title: 'Injections',
  url: 'https://example.org/news/7',
  published: calendarDate('2025-07-03'),
  firstSeen: calendarDate('2025-07-05'),
  codes: ['M5416'],
  procedures: [],
  documents: [],
  dates: [],
  quotes: ['M54.16 will need a prior authorization.'],
};
/** One published later that says less. */
export const laterBulletin: ReviewItem = {
  ...{ id: 'acme-news-2025-08', feed: 'acme-news', title: 'More', url: 'https://example.org/8' },
  ...{ firstSeen: calendarDate('2025-07-05'), published: calendarDate('2025-08-01') },
  ...{ codes: [], procedures: ['62323'], documents: [], dates: [], quotes: [] },
};

const reading = (documents: readonly PolicyDocument[], more: Partial<PolicyReading> = {}) => ({
  ...{ complete: true, documents, reviews: [], findings: [], ...more },
});

/** What an edition wrote under number 2 of `mcd` that died before its commit. */
async function leaveStrays({ items }: PolicyStores): Promise<void> {
  const stamp = { seq: 2, edition: 'mcd-2025-06-30-dead00' };
  const stray = policy({ id: 'A9', groups: [group('covered', 'M545', '62323')] });
  const firstSeen = calendarDate('2025-06-30');
  await items.putMany([
    ...policyVersionItems({ ...stray, ...stamp, firstSeen }),
    ...policyVersionItems({ ...a1, version: '3', ...stamp, firstSeen }),
    policyListItem({ source: 'mcd', id: 'A9', ...stamp }),
    procedureItem('62323', stray, stamp),
  ]);
}

/** Takes the history in: editions 1 to 4 of `mcd`, 1 of `acme`. */
export async function takeInPolicyHistory(items: ItemStore): Promise<PolicyStores> {
  const stores = { items, archive: createMemoryArchive() };
  const ports = policyPorts(stores);
  const complete = arrive(ports, 'mcd', 'export');
  await complete('2025-06-01', reading([a1, a2, a3]));
  await leaveStrays(stores);
  await complete('2025-07-01', reading([a1v2, a3v10]));
  await arrive(
    ports,
    'acme',
    'rules',
  )('2025-07-05', reading([r1], { reviews: [laterBulletin, bulletin] }));
  // Collected on the first of June and left lying: of A2 it says nothing that is not over.
  await complete('2025-06-15', reading([{ ...a1, version: '0' }, a2, a3]));
  await complete('2025-08-01', reading([a1v2, a2, a3v10]));
  return stores;
}
