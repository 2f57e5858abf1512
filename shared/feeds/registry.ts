// Every feed there is, by hand: a feed that is not here is not pulled. A test checks it against the folders.
import { cmsHcpcs } from './cms-hcpcs/feed.ts';
import { cmsIcd10cm } from './cms-icd10cm/feed.ts';
import { cmsIcd10pcs } from './cms-icd10pcs/feed.ts';
import { cmsMcdApi } from './cms-mcd-api/feed.ts';
import { cmsMcdExport } from './cms-mcd-export/feed.ts';
import type { Feed } from './feed.ts';
import type { PolicyFeed } from './policy-feed.ts';

/** All feeds, in the order they are pulled. */
export const feeds: readonly Feed[] = [cmsIcd10cm, cmsIcd10pcs, cmsHcpcs];

/** All feeds of payer policies and bulletins, in the order they are asked. */
export const policyFeeds: readonly PolicyFeed[] = [cmsMcdExport, cmsMcdApi];

/** Every host any feed may be asked of: what an HTTP fetcher is allowed to reach. */
export const feedHosts: readonly string[] = [
  ...new Set([...feeds, ...policyFeeds].flatMap((feed) => feed.allowedHosts)),
];

/** The feed of an id, or undefined when there is none. */
export function feedOf(id: string): Feed | undefined {
  return feeds.find((feed) => feed.id === id);
}
