// Reads infra/feeds.json when the topology is read, so that a wrong file stops a deployment and a local start alike.
import { readFileSync } from 'node:fs';
import { readFeedConfiguration } from '../shared/feeds/configured-feeds.ts';
import type { FeedConfiguration } from '../shared/feeds/feed-configuration-file.ts';

const file = new URL('./feeds.json', import.meta.url);

/** Payers and policy feeds, as the operator configures them. */
export const feedConfiguration: FeedConfiguration = readFeedConfiguration(
  readFileSync(file),
  'infra/feeds.json',
);
