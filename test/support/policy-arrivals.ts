// Editions of policies for tests: what a feed is to read is said outright, and taken in by the real step.
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { PolicyFeed, PolicyReading } from '../../shared/feeds/policy-feed.ts';
import type { Archive } from '../../shared/ports/archive.ts';
import type { ItemStore } from '../../shared/ports/item-store.ts';
import {
  type IngestPoliciesOutcome,
  type IngestPoliciesPorts,
  ingestPolicies,
} from '../../shared/steps/ingest-policies.ts';
import type { PolicyMessage } from '../../shared/steps/messages.ts';

/** Small editions change by halves: the shares that fit the real ones do not fit them. */
const limits = {
  ...{ lostDocumentsShareMax: 1, lostRowsShareMax: 1, lostProceduresShareMax: 1 },
  ...{ restatedDocumentsShareMax: 1, documentsFree: 0 },
};

/** A feed that reads a file as the JSON of a reading. */
export const readingFeed = (id: string, source: string): PolicyFeed => ({
  ...{ id, title: id, source, allowedHosts: [] },
  discover: async () => ({ files: [], findings: [] }),
  async read([file], { bytesOf }): Promise<PolicyReading> {
    if (!file) throw new Error('a reading is needed');
    return JSON.parse(new TextDecoder().decode(await bytesOf(file)));
  },
});

/** Ports of the step over stores; feeds are named `<source>/<feed>`. */
export const policyPorts = (
  stores: { readonly items: ItemStore; readonly archive: Archive },
  more: Partial<IngestPoliciesPorts> = {},
): IngestPoliciesPorts => ({
  ...stores,
  feed: (id) => readingFeed(id, id.split('/', 1)[0] ?? ''),
  clock: { now: () => '2026-10-01T12:00:00.000Z' },
  limits,
  ...more,
});

/** The message that brings a reading, collected on a day; its file is archived. */
export async function policyMessage(
  archive: Archive,
  feed: string,
  collected: string,
  reading: PolicyReading,
): Promise<PolicyMessage> {
  const bytes = new TextEncoder().encode(JSON.stringify({ ...reading, collected }));
  const url = `https://example.org/${feed}/${collected}`;
  const note = { url, fetchedAt: `${collected}T00:00:00.000Z`, headers: {} };
  const sha256 = await archive.keep(bytes, note);
  return { feed, files: [{ url, sha256, unchanged: false }], collected: calendarDate(collected) };
}

/** Takes readings of one feed in. */
export const arrive =
  (ports: IngestPoliciesPorts, source: string, name: string) =>
  async (collected: string, reading: PolicyReading): Promise<IngestPoliciesOutcome> => {
    const feed = `${source}/${name}`;
    return ingestPolicies(ports, await policyMessage(ports.archive, feed, collected, reading));
  };
