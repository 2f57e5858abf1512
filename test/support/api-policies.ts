// Policies for the tests of the API, written by us in the shape feeds read: two editions of Medicare's documents and one file
// of another payer's rules, taken in by the real step. Whoever asks on 2026-02-01 has documents in force, coming and gone.

import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { Payer } from '../../shared/core/payer.ts';
import type { PolicyDocument, ReviewItem } from '../../shared/core/policy.ts';
import type { Archive } from '../../shared/ports/archive.ts';
import type { ItemStore } from '../../shared/ports/item-store.ts';
import { payers } from './payers.ts';
import { group, policy } from './policies.ts';
import { arrive, policyPorts } from './policy-arrivals.ts';

/** The payers of these policies. */
export const apiPayers: readonly Payer[] = [
  ...payers,
  { id: 'acme', title: 'Acme Health', names: ['ACME'], claimFiling: [] },
];

const injections = '62321 62323';
const quote = 'The following diagnoses support 62321 and 62323.';
const footnote = 'M54.50* needs a second diagnosis.';

/** An article that lists M54.5 for years after it was divided; the next version drops it. */
const lagging = (version: string, effective: string, codes: string): PolicyDocument =>
  policy({
    ...{ id: 'A57791', version, effective, title: 'Billing and Coding: Spinal Injections' },
    ...{ published: '2025-01-10', url: 'https://example.org/article/A57791' },
    groups: [group('covered', codes, injections, { quote })],
    states: 'CT MA',
  });

/** An article whose next version covers one more code from April on; two procedures it does not cover at all. */
const growing = (version: string, effective: string, codes: string): PolicyDocument => ({
  ...policy({
    ...{ id: 'A58745', version, effective, title: 'Billing and Coding: Epidural Injections' },
    groups: [group('covered', codes, injections), group('not-covered', 'I10', '62323')],
    states: 'ME NH',
  }),
  procedureGroups: [
    { group: '1', codes: injections.split(' '), nonCovered: false },
    { group: '2', codes: ['62320', '62322'], nonCovered: true, quote: 'These are non-covered.' },
  ],
});

/** An article whose newer version began before anybody saw it: M54.50 then counts with an asterisk only. */
const restated = (version: string, effective: string, asterisked: string): PolicyDocument =>
  policy({
    ...{ id: 'A58403', version, effective, published: '2025-12-20' },
    groups: [
      group('covered', 'M542 M5450', '64483', {
        ...(asterisked === '' ? {} : { asterisked: [asterisked], footnote }),
      }),
    ],
    states: 'NF',
  });

/** Names procedures, lists nothing: an LCD whose article does. */
const mute = policy({
  ...{ id: 'L36920', kind: 'lcd', title: 'Epidural Injections' },
  procedures: '62323 64490',
  states: 'CT MA',
});

/** Covers one diagnosis for a contrast agent and says that all others are not. */
const closed = policy({
  id: 'A56000',
  groups: [
    group('covered', 'M542', 'A9585'),
    group('not-covered', '', 'A9585', { everythingElse: true }),
  ],
  jurisdictions: [],
});

/** In the first edition only: gone from the second, it ended. */
const gone = policy({ id: 'A50000', groups: [group('covered', 'M549', '64999')] });

/** Another payer's: a category for one procedure, a requirement, prior authorisation; until the end of 2026. */
const rules = policy({
  ...{ source: 'acme', id: 'SPINE-12', kind: 'rules', payer: 'acme', plan: 'Gold PPO' },
  ...{ ends: '2026-12-31', jurisdictions: [], title: 'Spine' },
  groups: [
    group('covered', 'M542', '62323', {
      diagnoses: {
        codes: ['M542'],
        ranges: [
          { from: 'M545', to: 'M545' },
          { from: 'T36', to: 'T360' },
        ],
      },
      mapping: 'explicit',
    }),
    group('requires', 'M549', '62323', { mapping: 'explicit' }),
    group('prior-authorization', 'I10', '62323', { mapping: 'explicit' }),
  ],
});

const bulletin: Omit<ReviewItem, 'firstSeen'> = {
  id: 'news-1',
  feed: 'acme/rules',
  title: 'Low back pain',
  url: 'https://example.org/news/1',
  published: calendarDate('2026-01-02'),
  codes: ['M545'],
  procedures: ['62323'],
  documents: [],
  dates: [calendarDate('2026-03-01')],
  quotes: ['From March 1, 2026, M54.5 is denied for 62323.'],
};

/** What the first edition of Medicare's documents holds, collected on 2025-08-17. */
export const firstEdition: readonly PolicyDocument[] = [
  gone,
  closed,
  lagging('11', '2025-01-01', 'M542 M545 M5450 M5459'),
  restated('28', '2025-01-01', ''),
  growing('20', '2025-01-01', 'M542 M549'),
  mute,
];

/** What the second one holds, collected on 2026-01-15. */
export const secondEdition: readonly PolicyDocument[] = [
  closed,
  lagging('12', '2026-03-01', 'M542 M5450 M5459 M5499'),
  restated('29', '2025-10-01', 'M5450'),
  growing('21', '2026-04-01', 'M542 M549 M5418'),
  { ...mute, title: 'Epidural Injections for Pain' },
];

/** Takes Medicare's documents in as an edition. */
export const takeInDocuments = (
  stores: { readonly items: ItemStore; readonly archive: Archive },
  collected: string,
  documents: readonly PolicyDocument[],
) =>
  arrive(
    policyPorts(stores),
    'mcd',
    'export',
  )(collected, {
    ...{ complete: true, documents, reviews: [], findings: [] },
  });

/** Takes all of it in. */
export async function takeInPolicies(stores: {
  readonly items: ItemStore;
  readonly archive: Archive;
}): Promise<void> {
  await takeInDocuments(stores, '2025-08-17', firstEdition);
  const arriveRules = arrive(policyPorts(stores), 'acme', 'rules');
  const review: ReviewItem = { ...bulletin, firstSeen: calendarDate('2026-01-05') };
  await arriveRules('2026-01-05', {
    ...{ complete: true, documents: [rules], reviews: [review], findings: [] },
  });
  await takeInDocuments(stores, '2026-01-15', secondEdition);
}
