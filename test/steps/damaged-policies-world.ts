// A code table in which payers' policies have a history, and feeds that bring it something damaged: what the step does with
// it, and what became of the table and the archive.
import { type CalendarDate, calendarDate } from '../../shared/core/calendar-date.ts';
import type { PolicyVersion } from '../../shared/core/policy.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { createBulletinFeed } from '../../shared/feeds/bulletins/feed.ts';
import { cmsMcdExport } from '../../shared/feeds/cms-mcd-export/feed.ts';
import { createPayerRulesFeed } from '../../shared/feeds/payer-rules/feed.ts';
import type { PolicyFeed } from '../../shared/feeds/policy-feed.ts';
import { ingestPolicies } from '../../shared/steps/ingest-policies.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';
import { policy, rulesFile } from '../feeds/payer-rules/rules-files.ts';
import {
  type ExportDocument,
  type McdExport,
  mcdExportBytes,
} from '../support/mcd-export-bytes.ts';

/** Ids of the articles of every export. */
const numbers = ['50001', '50002', '50003', '50004', '50005', '50006', '50007', '50008'];

const article = (id: string, version: string, codes: readonly string[]): ExportDocument => ({
  ...{ id, version, effective: `202${version}-01-01` },
  title: `Facet joint injections – ${id}`,
  procedures: [{ codes: ['64490', '64491'], paragraph: 'N/A' }],
  covered: [{ codes, paragraph: `The café of ${id} & <b>§</b>` }],
  notCovered: [{ codes: ['XX000'], paragraph: 'All others.' }],
  revisions: [[version, `202${version}-01-01`, 'Reviewed.']],
});

const lists: Readonly<Record<string, readonly string[]>> = {
  2: ['M47.812', 'M47.813'],
  3: ['M47.812', 'M47.813', 'M54.50*', 'M54.51'],
  4: ['M47.812', 'M47.813', 'M54.50*', 'M54.51', 'M54.59'],
};

/** An export of eight articles at a version, some of them at another one. */
export const exportOf = (
  day: string,
  version: string,
  others: Readonly<Record<string, string>> = {},
): McdExport => ({
  day,
  contractors: [{ id: '1', name: 'Alpha', states: ['CA', 'NV until 2020-01-01'] }],
  documents: numbers.map((id) =>
    article(id, others[id] ?? version, lists[others[id] ?? version] ?? []),
  ),
});

/** What every damaged export says besides: the eighth article has a new version. */
export const soundNews = exportOf('2026-09-13', '3', { 50008: '4' });

/** One item that names a code. */
export const notice =
  '<item><guid>n-1</guid><title>A57791 revised: M54.50</title><pubDate>Fri, 08 May 2026 12:00:00 GMT</pubDate></item>';

/** An RSS file of items. */
export const rss = (items: string, head = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${head}<rss version="2.0"><channel><title>News</title>${items}</channel></rss>`;

const bulletins = (id: string): PolicyFeed =>
  createBulletinFeed({ id, title: id, url: 'https://news.example/feed', hosts: ['news.example'] });

/** The feeds by id: the weekly exports, rules of a payer, and bulletins. */
const feeds: Readonly<Record<string, PolicyFeed>> = {
  export: cmsMcdExport,
  rules: createPayerRulesFeed({
    ...{ id: 'rules', title: 'Rules of Acme', source: 'acme', complete: true },
    payer: { id: 'acme', title: 'Acme Health' },
    urls: ['https://files.example/rules/1'],
    hosts: ['files.example'],
  }),
  bulletins: bulletins('bulletins'),
};

/** Which of them. */
export type DamagedFeed = 'export' | 'rules' | 'bulletins';

/** Every document by id with all its versions. */
export type Histories = Readonly<Record<string, readonly PolicyVersion[]>>;

/** The world, after two sound editions of each source. */
export async function policiesWithHistory() {
  const items = createMemoryItemStore();
  const archive = createMemoryArchive();
  const table = createPolicyTable(items);
  const publishQueue = createMemoryQueue();
  const log: string[] = [];
  const take = async (
    name: DamagedFeed,
    collected: CalendarDate,
    ...contents: readonly (Uint8Array | string)[]
  ) => {
    const files = [];
    for (const [at, content] of contents.entries()) {
      const url = `https://files.example/${name}/${at + 1}`;
      const note = { url, fetchedAt: `${collected}T12:00:00.000Z`, headers: {} };
      const sha256 = await archive.keep(Buffer.from(content), note);
      files.push({ url, sha256, unchanged: false });
    }
    const clock = { now: () => `${collected}T12:00:00.000Z` };
    const progress = (line: string) => log.push(line);
    const ports = {
      items,
      archive,
      clock,
      publishQueue,
      progress,
      feed: (id: string) => feeds[id],
    };
    return ingestPolicies(ports, { feed: name, files, collected });
  };
  const rulesOf = (version: number) =>
    rulesFile([
      policy({ version, effectiveFrom: `202${version}-01-01` }),
      policy({ id: 'ACME-2' }),
    ]);
  const [june, july] = [calendarDate('2026-08-31'), calendarDate('2026-09-07')];
  await take('export', june, mcdExportBytes(exportOf('2026-08-30', '2')));
  await take('export', july, mcdExportBytes(exportOf('2026-09-06', '3')));
  await take('rules', june, rulesOf(1));
  await take('rules', july, rulesOf(2));
  await take('bulletins', june, rss(notice));
  await take('bulletins', july, rss(notice + notice.replace('n-1', 'n-2')));
  return {
    log,
    table,
    /** Takes something in a week later. */
    take: (name: DamagedFeed, ...contents: readonly (Uint8Array | string)[]) =>
      take(name, calendarDate('2026-09-14'), ...contents),
    /** Everything known: items, apart from those in quarantine, and what was made for the archive, as JSON. */
    known: () =>
      JSON.stringify([
        items.allItems().filter(({ pk }) => !pk.startsWith('POLICYQUARANTINE')),
        [...archive.objects.keys()].filter((key) => key.startsWith('normal/')),
        publishQueue.messages,
      ]),
    /** Every version of every document. */
    async histories(): Promise<Histories> {
      const { items: documents } = await table.list({ limit: 100 });
      const all = documents.map(async (document) => [document.id, await table.versions(document)]);
      return Object.fromEntries(await Promise.all(all));
    },
    /** Titles of the bulletins to be looked at. */
    reviews: async () => (await table.reviews({ limit: 100 })).items,
  };
}
