// From the configuration to the feeds it turns on, and to the hosts a fetcher may reach for them.
import { createBulletinFeed } from './bulletins/feed.ts';
import { type BuiltInFeeds, parseFeedConfiguration } from './feed-configuration.ts';
import type { ConfiguredFeed, FeedConfiguration } from './feed-configuration-file.ts';
import { createPayerRulesFeed } from './payer-rules/feed.ts';
import type { PolicyFeed } from './policy-feed.ts';
import { feeds, policyFeeds } from './registry.ts';

const builtIn: BuiltInFeeds = {
  feeds: policyFeeds,
  takenIds: feeds.map((feed) => feed.id),
};

/** {@link parseFeedConfiguration} for the feeds this code has. */
export const readFeedConfiguration = (bytes: Uint8Array, where: string): FeedConfiguration =>
  parseFeedConfiguration(bytes, where, builtIn);

/** The hosts of addresses and those given beside them, each once. */
const hostsOf = (urls: readonly string[], others: readonly string[]): readonly string[] => [
  ...new Set([...urls.map((url) => new URL(url).hostname), ...others]),
];

function feedOf(feed: ConfiguredFeed, { payers }: FeedConfiguration): PolicyFeed {
  if (feed.kind === 'bulletins') {
    return createBulletinFeed({ ...feed, hosts: hostsOf([feed.url], feed.hosts) });
  }
  if (feed.kind === 'payer-rules') {
    const payer = payers.find(({ id }) => id === feed.payer);
    if (!payer) throw new Error(`feed ${feed.id} names no payer of the configuration`);
    return createPayerRulesFeed({ ...feed, payer, hosts: hostsOf(feed.urls, feed.hosts) });
  }
  const own = policyFeeds.find(({ id }) => id === feed.id);
  if (!own) throw new Error(`feed ${feed.id} is none of the registry`);
  return own;
}

/** What a configuration turns on. */
export type ConfiguredFeeds = {
  /** In the order of the configuration; those turned off are left out. */
  readonly feeds: readonly PolicyFeed[];
  /** Every host they may be asked of: for the fetcher, beside `feedHosts` of the registry. */
  readonly hosts: readonly string[];
};

/** The feeds that a configuration turns on. */
export function configuredFeeds(configuration: FeedConfiguration): ConfiguredFeeds {
  const on = configuration.policyFeeds.filter((feed) => feed.on);
  const made = on.map((feed) => feedOf(feed, configuration));
  return { feeds: made, hosts: [...new Set(made.flatMap((feed) => feed.allowedHosts))] };
}

/**
 * The feeds that a configuration's JSON turns on; `where` names it in errors. Throws what reading a configuration throws, which
 * for one that was checked as it was deployed is a broken invariant.
 */
export const readConfiguredFeeds = (bytes: Uint8Array, where: string): ConfiguredFeeds =>
  configuredFeeds(readFeedConfiguration(bytes, where));
