// HCPCS of 2021 as CMS's page has it, to tell stories of: Q0239 (bamlanivimab) was revoked on 16 April 2021, in the middle of
// a quarter, and Q0245 took effect on 9 February, before any file had it. Dates beside these are made up.
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { hcpcsPage } from '../../shared/feeds/hcpcs-page.ts';
import { lookUpCode } from '../../shared/operations/look-up-code.ts';
import { ingest } from '../../shared/steps/ingest.ts';
import { pull } from '../../shared/steps/pull.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { linkPage } from '../feeds/pages.ts';
import { type HcpcsToWrite, hcpcsText } from '../formats/write-hcpcs.ts';
import { writeZip } from '../formats/write-zip.ts';

/** A code that lasts. */
export const gadobutrol = {
  code: 'A9585',
  long: 'Injection, gadobutrol, 0.1 ml',
  added: '20120101',
};
/** Another. */
export const counseling = {
  ...{ code: 'G0447', long: 'Face-to-face behavioral counseling for obesity, 15 minutes' },
  added: '20111129',
};
const bamlanivimab = {
  ...{ code: 'Q0239', long: 'Injection, bamlanivimab-xxxx, 700 mg', added: '20201109' },
};
/** New in the middle of a quarter: no file before April has it. */
export const together = {
  ...{ code: 'Q0245', long: 'Injection, bamlanivimab and etesevimab, 2100 mg' },
  ...{ added: '20210209', action: 'A' },
};
/** Ends with September; CMS refers to J1101. */
export const dexamethasone = {
  ...{ code: 'J1100', long: 'Injection, dexamethasone sodium phosphate, 1 mg', added: '20000101' },
  ...{ terminated: '20210930', crossReferences: ['J1101'] },
};
const successor = { code: 'J1101', long: 'Injection, made up', added: '20211001', action: 'A' };
const others = Array.from({ length: 30 }, (_, n) => ({
  ...{ code: `L${4000 + n}`, long: `Orthosis, kind ${n}`, added: '19860101' },
}));

type Quarter = 'JAN' | 'APR' | 'JUL' | 'OCT';
const words = { JAN: 'january', APR: 'april', JUL: 'july', OCT: 'october' };
const zipName = (quarter: Quarter): string => `${words[quarter]}-2021-alpha-numeric-hcpcs-file.zip`;

/** CMS's page, the code table that comes of it, and what is to be assessed. */
export function createHcpcsWorld(now = '2021-12-01T00:00:00.000Z') {
  const files = new Map<string, Uint8Array>();
  const items = createMemoryItemStore();
  const archive = createMemoryArchive();
  const ingestQueue = createMemoryQueue();
  const assessQueue = createMemoryQueue();
  const codeTable = createCodeTable(items);
  const clock = { now: () => now };
  const fetcher = {
    async fetch({ url }: { readonly url: string }) {
      const page = Buffer.from(linkPage([...files.keys()]));
      const bytes = files.get(new URL(url).pathname) ?? (url === hcpcsPage ? page : undefined);
      const status = bytes && files.size > 0 ? 200 : 404;
      return { url, status, headers: {}, bytes: bytes ?? new Uint8Array(0) };
    },
  };
  const look = async (code: string, date: string) =>
    lookUpCode({ codeTable, clock }, { system: 'hcpcs', code, date: calendarDate(date) });
  return {
    ...{ items, archive, codeTable, look, clock, assessQueue },
    publish(quarter: Quarter, month: number, codes: readonly HcpcsToWrite[]) {
      const content = hcpcsText([...codes, ...others]);
      const dosDate = ((2021 - 1980) << 9) | (month << 5) | 10;
      const name = `HCPC2021_${quarter}_ANWEB.txt`;
      files.set(`/files/zip/${zipName(quarter)}`, writeZip([{ name, content, dosDate }]));
    },
    /** Pulls and takes in what came. */
    async run() {
      const ports = { fetcher, archive, items, ingestQueue, clock };
      const { feeds } = await pull(ports, { feeds: ['cms-hcpcs'] });
      for (const { body } of ingestQueue.messages.splice(0)) {
        const { record } = await ingest({ items, archive, assessQueue, clock }, JSON.parse(body));
        if (record.status === 'quarantined') throw new Error(JSON.stringify(record.findings));
      }
      return feeds[0];
    },
    status: async (code: string, date: string) => (await look(code, date)).status,
  };
}

/** What January’s file holds, but for dexamethasone. */
export const january = [gadobutrol, counseling, bamlanivimab];
/** What April’s file holds, but for dexamethasone. */
export const april = [gadobutrol, counseling, bamlanivimab, together];
const revoked = { ...bamlanivimab, terminated: '20210416', action: 'D' };
/** What July’s file holds. */
export const july = [gadobutrol, counseling, revoked, together, dexamethasone, successor];

/** The files of January, April and July, each taken in before the next came. */
export async function threeQuarters(now?: string) {
  const world = createHcpcsWorld(now);
  world.publish('JAN', 1, [...january, { ...dexamethasone, terminated: '' }]);
  await world.run();
  world.publish('APR', 3, [...april, { ...dexamethasone, terminated: '' }]);
  await world.run();
  world.publish('JUL', 6, july);
  await world.run();
  return world;
}
