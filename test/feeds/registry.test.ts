// The registry is kept by hand; this finds a feed that was written and forgotten.
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { feedHosts, feedOf, feeds, policyFeeds } from '../../shared/feeds/registry.ts';

const folder = new URL('../../shared/feeds/', import.meta.url);
const folders = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

describe('shared/feeds/registry.ts', () => {
  it('has a feed for every folder under shared/feeds but those made by configuration', () => {
    // What makes them is in shared/feeds/configured-feeds.ts.
    const configured = ['bulletins', 'payer-rules'];
    const ids = [...feeds, ...policyFeeds].map((feed) => feed.id);
    expect([...ids, ...configured].sort()).toEqual(folders.sort());
  });

  it('names each feed once and finds it by its id', () => {
    const ids = [...feeds, ...policyFeeds].map((feed) => feed.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const feed of feeds) expect(feedOf(feed.id)).toBe(feed);
    expect(feedOf('cms-icd9')).toBeUndefined();
  });

  it('keeps each feed in a file of the same shape, under the hosts of its publishers', () => {
    for (const name of folders) expect(existsSync(new URL(`${name}/feed.ts`, folder))).toBe(true);
    expect(feedHosts).toEqual([
      'ftp.cdc.gov',
      'www.cms.gov',
      'downloads.cms.gov',
      'api.coverage.cms.gov',
    ]);
  });
});
