// Takes exports of the Medicare Coverage Database in as the step does in operation, for the benches of policies.
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { cmsMcdExport } from '../../shared/feeds/cms-mcd-export/feed.ts';
import type { Archive } from '../../shared/ports/archive.ts';
import type { ItemStore } from '../../shared/ports/item-store.ts';
import { type IngestPoliciesOutcome, ingestPolicies } from '../../shared/steps/ingest-policies.ts';
import type { PolicyMessage } from '../../shared/steps/messages.ts';

/** Where an edition is taken into. */
export type EditionStores = { readonly items: ItemStore; readonly archive: Archive };

/** Archives an export's zip as a pull does; `run` tells one pull from the next. */
export async function exportMessage(
  archive: Archive,
  zip: Uint8Array,
  run: string,
): Promise<PolicyMessage> {
  const url = `https://downloads.cms.gov/${run}/current_article.zip`;
  const note = { url, fetchedAt: '2026-09-07T12:00:00.000Z', headers: {} };
  const sha256 = await archive.keep(zip, note);
  const files = [{ url, sha256, unchanged: false }];
  return { feed: cmsMcdExport.id, files, collected: calendarDate('2026-09-07') };
}

/** The real step over stores; what is quarantined is a fault of the bench. */
export async function takeInExport(
  stores: EditionStores,
  message: PolicyMessage,
): Promise<IngestPoliciesOutcome> {
  const made = await ingestPolicies(
    {
      ...stores,
      feed: (id) => (id === cmsMcdExport.id ? cmsMcdExport : undefined),
      clock: { now: () => '2026-09-07T12:00:00.000Z' },
    },
    message,
  );
  if (made.outcome !== 'quarantined') return made;
  throw new Error(`${made.edition.id}: ${JSON.stringify(made.edition.findings)}`);
}
