import { beforeAll, describe, expect, test } from 'vitest';
import { zipBytes } from '../../infra/local/sample/zip-bytes.ts';
import type { Candidate } from '../../shared/core/candidate.ts';
import type { Row } from '../../shared/core/release.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import type { Item } from '../../shared/ports/item-store.ts';
import { approveRelease } from '../../shared/steps/approve.ts';
import { ingest } from '../../shared/steps/ingest.ts';
import {
  addendaFile,
  candidateOf,
  candidateOfFiles,
  codesFile,
  conversionTable,
  orderFile,
} from '../support/candidates.ts';
import { conversion, release } from '../support/releases.ts';

/** Forty stable codes around the ones that change, so that a normal year is a small change. */
const stable = Array.from({ length: 40 }, (_, index) => {
  const code = `A${String(index).padStart(2, '0')}`;
  return [`${code} 0 Category ${code}`, `${code}0 1 Disease ${code}`];
}).flat();
const lastYear = release('2020-10-01', [...stable, 'M54 0 Dorsalgia', 'M545 1 Low back pain']);
const split = ['M5450', 'M5451', 'M5459'];
const thisYear = release(
  '2021-10-01',
  [
    ...stable,
    'M54 0 Dorsalgia',
    'M545 0 Low back pain',
    'M5450 1 Low back pain, unspecified',
    'M5451 1 Vertebrogenic low back pain',
    'M5459 1 Other low back pain',
  ],
  { conversions: split.map((code) => conversion(code, '2021-10-01', 'M545')) },
);

type File = Parameters<typeof candidateOfFiles>[2][number];
type Files = { order: File; codes: File; addenda: File; conversion: File };

const file = (role: File['role'], name: string, bytes: Uint8Array): File => ({ role, name, bytes });
const sound: Files = {
  order: file('order', 'icd10cm_order_2022.txt', orderFile(thisYear.rows)),
  codes: file('codes', 'icd10cm_codes_2022.txt', codesFile(thisYear.rows)),
  addenda: file(
    'addenda',
    'icd10cm_order_addenda_2022.txt',
    addendaFile({ rows: lastYear.rows, year: 2021 }, { rows: thisYear.rows, year: 2022 }),
  ),
  conversion: file('conversion', 'conversion-table.csv', conversionTable(thisYear)),
};

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const bytesOf = (value: string): Uint8Array => Buffer.from(value, 'latin1');
const edit = (original: File, change: (content: string) => string): File => ({
  ...original,
  bytes: bytesOf(change(text(original.bytes))),
});
const order = (change: (content: string) => string): Partial<Files> => ({
  order: edit(sound.order, change),
});
const html =
  '<!DOCTYPE html><html><head><title>Page not found</title></head><body>404</body></html>';

/** Order, codes and addenda that belong together, of other rows: only what they say is wrong. */
const consistent = (rows: readonly Row[], year = 2022): Partial<Files> => ({
  order: file('order', 'icd10cm_order_2022.txt', orderFile(rows)),
  codes: file('codes', 'icd10cm_codes_2022.txt', codesFile(rows)),
  addenda: file(
    'addenda',
    'icd10cm_order_addenda_2022.txt',
    addendaFile({ rows: lastYear.rows, year: year - 1 }, { rows, year }),
  ),
});

const zipped = (members: readonly { name: string; bytes: Uint8Array }[]): Uint8Array =>
  zipBytes(members.map((member) => ({ ...member, modified: '2021-06-22T17:33' })));
const inZip = (zip: Uint8Array, member = 'icd10cm-order-2022.txt'): Partial<Files> => ({
  order: { role: 'order', name: 'Code Descriptions.zip', bytes: zip, member },
});
const goodZip = zipped([{ name: 'icd10cm-order-2022.txt', bytes: sound.order.bytes }]);
const without =
  (...lines: readonly string[]) =>
  (content: string): string =>
    content
      .split('\r\n')
      .filter((line) => !lines.some((code) => line.slice(6, 13).trim() === code))
      .join('\r\n');

const many = (count: number): Row[] =>
  release(
    '2021-10-01',
    Array.from(
      { length: count },
      (_, index) => `Z${String(index).padStart(4, '0')} 1 New ${index}`,
    ),
  ).rows.slice();

type Damage = {
  readonly what: string;
  readonly files: Partial<Files>;
  readonly reason: string;
  /** May someone approve it all the same? No when the file itself is unsound. */
  readonly approvable: boolean;
  readonly more?: Partial<Candidate>;
  /** Files left out altogether. */
  readonly lacking?: readonly (keyof Files)[];
};

const unsound: readonly Damage[] = [
  { what: 'an empty order file', files: order(() => ''), reason: 'empty-file', approvable: false },
  {
    what: 'a web page instead of the order file',
    files: order(() => html),
    reason: 'html-instead-of-file',
    approvable: false,
  },
  {
    what: 'a JSON error instead of the order file',
    files: order(() => '{"error":"rate limited"}'),
    reason: 'row-shape',
    approvable: false,
  },
  {
    what: 'an order file cut off within a row',
    files: order((all) => all.slice(0, -30)),
    reason: 'truncated',
    approvable: false,
  },
  {
    what: 'CRLF and LF mixed',
    files: order((all) => all.replace('\r\n', '\n')),
    reason: 'line-ending',
    approvable: false,
  },
  {
    what: 'a lone carriage return',
    files: order((all) => all.replace('\r\n', '\r')),
    reason: 'line-ending',
    approvable: false,
  },
  {
    what: 'a row missing in the middle',
    files: order(without('A200')),
    reason: 'order-number-gap',
    approvable: false,
  },
  {
    what: 'the first row missing',
    files: order((all) => all.slice(all.indexOf('\n') + 1)),
    reason: 'order-number-gap',
    approvable: false,
  },
  {
    what: 'a row doubled',
    files: order((all) => all + all.slice(-90)),
    reason: 'row-shape',
    approvable: false,
  },
  {
    what: 'letters in the order number',
    files: order((all) => all.replace('00003', '0000C')),
    reason: 'order-number-shape',
    approvable: false,
  },
  {
    what: 'a code listed twice',
    files: order((all) => all.replace('M5459  ', 'M5451  ')),
    reason: 'duplicate-code',
    approvable: false,
  },
  {
    what: 'flag 2',
    files: order((all) => all.replace('M545    0', 'M545    2')),
    reason: 'flag-value',
    approvable: false,
  },
  {
    what: 'no flag',
    files: order((all) => all.replace('M545    0', 'M545     ')),
    reason: 'flag-value',
    approvable: false,
  },
  {
    what: 'a code in lower case',
    files: order((all) => all.replace('M5451', 'm5451')),
    reason: 'code-shape',
    approvable: false,
  },
  {
    what: 'a dotted code',
    files: order((all) => all.replace('M5451  ', 'M54.51 ')),
    reason: 'code-shape',
    approvable: false,
  },
  {
    what: 'ICD-10-PCS rows in the ICD-10-CM feed',
    files: order((all) => all.replace('M5451  ', '001U072')),
    reason: 'code-shape',
    approvable: false,
  },
  {
    what: 'columns shifted by one',
    files: order((all) => all.replace('M5451  ', 'M5451 ')),
    reason: 'row-shape',
    approvable: false,
  },
  {
    what: 'a blank short title',
    files: order((all) => all.replace('1 Other low back pain     ', '1                          ')),
    reason: 'row-shape',
    approvable: false,
  },
  {
    what: 'a row without titles',
    files: order((all) => all.replace(/(M5459 +1 ).*/, '$1')),
    reason: 'row-shape',
    approvable: false,
  },
  {
    what: 'a UTF-8 quotation mark',
    files: order((all) => all.replace('Other low back', 'Other \u00e2\u0080\u0099low back')),
    reason: 'not-ascii',
    approvable: false,
  },
  {
    what: 'a byte order mark',
    files: order((all) => `\u00ef\u00bb\u00bf${all}`),
    reason: 'not-ascii',
    approvable: false,
  },
  {
    what: 'UTF-16',
    files: { order: { ...sound.order, bytes: Buffer.from(text(sound.order.bytes), 'utf16le') } },
    reason: 'not-ascii',
    approvable: false,
  },
  {
    what: 'a tab in a title',
    files: order((all) => all.replace('Other low back', 'Other\tlow back')),
    reason: 'not-ascii',
    approvable: false,
  },
  {
    what: 'zero bytes in a title',
    files: order((all) => all.replace('Other low back', 'Other\u0000low back')),
    reason: 'not-ascii',
    approvable: false,
  },
  {
    what: 'no order file at all',
    files: {},
    lacking: ['order'],
    reason: 'order-file-missing',
    approvable: false,
  },
  {
    what: 'a web page instead of the codes file',
    files: { codes: edit(sound.codes, () => html) },
    reason: 'html-instead-of-file',
    approvable: false,
  },
  {
    what: 'an empty codes file',
    files: { codes: edit(sound.codes, () => '') },
    reason: 'empty-file',
    approvable: false,
  },
  {
    what: 'a web page instead of the addenda',
    files: { addenda: edit(sound.addenda, () => html) },
    reason: 'html-instead-of-file',
    approvable: false,
  },
  {
    what: 'a conversion table without its header row',
    files: { conversion: edit(sound.conversion, (all) => all.slice(all.indexOf('\n') + 1)) },
    reason: 'conversion-header',
    approvable: false,
  },
  {
    what: 'a conversion table with a nonsense date',
    files: { conversion: edit(sound.conversion, (all) => all.replace('44470', 'soon')) },
    reason: 'conversion-effective',
    approvable: false,
  },
  {
    what: 'a conversion table with no code where one belongs',
    files: { conversion: edit(sound.conversion, (all) => all.replace('M54.50', 'see M54')) },
    reason: 'conversion-code',
    approvable: false,
  },
  {
    what: 'a workbook that is none',
    files: {
      conversion: file(
        'conversion',
        'conversion-table.xlsx',
        bytesOf('PK\u0003\u0004 and then nothing'),
      ),
    },
    reason: 'zip-truncated',
    approvable: false,
  },
  {
    what: 'a web page instead of the zip',
    files: inZip(bytesOf(html)),
    reason: 'html-instead-of-file',
    approvable: false,
  },
  {
    what: 'text instead of the zip',
    files: inZip(bytesOf('Service unavailable')),
    reason: 'not-a-zip',
    approvable: false,
  },
  {
    what: 'a zip cut off half-way',
    files: inZip(goodZip.slice(0, goodZip.length / 2)),
    reason: 'zip-truncated',
    approvable: false,
  },
  {
    what: 'a zip without the expected member',
    files: inZip(goodZip, 'icd10cm-order-2021.txt'),
    reason: 'member-missing',
    approvable: false,
  },
  {
    what: 'a zip member with a flipped bit',
    files: inZip(Buffer.from(goodZip.map((byte, index) => (index === 400 ? byte ^ 16 : byte)))),
    reason: 'zip-damaged',
    approvable: false,
  },
  {
    what: 'a zip with a path out of its folder',
    files: inZip(
      zipped([{ name: '../icd10cm-order-2022.txt', bytes: sound.order.bytes }]),
      '../icd10cm-order-2022.txt',
    ),
    reason: 'zip-path',
    approvable: false,
  },
  {
    what: 'a zip bomb',
    files: inZip(zipped([{ name: 'icd10cm-order-2022.txt', bytes: Buffer.alloc(30_000_000, 65) }])),
    reason: 'zip-ratio-max',
    approvable: false,
  },
  {
    what: 'a zip with a thousand members',
    files: inZip(
      zipped(
        Array.from({ length: 1000 }, (_, index) => ({
          name: `icd10cm-order-${index}.txt`,
          bytes: bytesOf('x'),
        })),
      ),
    ),
    reason: 'zip-entries-max',
    approvable: false,
  },
  {
    what: 'an update to reconstruct from, without addenda',
    files: {},
    lacking: ['addenda'],
    more: { reconstruct: true },
    reason: 'reconstruct-addenda',
    approvable: false,
  },
];

const headers = thisYear.rows.filter((row) => !row.billable);
const doubtful: readonly Damage[] = [
  {
    what: 'the rows after a certain one missing, the codes file whole',
    files: order((all) => all.slice(0, all.indexOf('00080'))),
    reason: 'codes-file-mismatch',
    approvable: true,
  },
  {
    what: 'the rows after a certain one missing in order and codes file',
    files: { ...consistent(thisYear.rows.slice(0, 80)), addenda: sound.addenda },
    reason: 'addenda-counts',
    approvable: true,
  },
  {
    what: 'the codes file of another year',
    files: { codes: file('codes', 'icd10cm_codes_2021.txt', codesFile(lastYear.rows)) },
    reason: 'codes-file-mismatch',
    approvable: true,
  },
  {
    what: 'addenda that leave out an added code',
    files: { addenda: edit(sound.addenda, (all) => all.replace(/Add: +1 M5451.*\r\n/, '')) },
    reason: 'addenda-mismatch',
    approvable: true,
  },
  {
    what: 'the addenda of another year',
    files: {
      addenda: file(
        'addenda',
        'icd10cm_order_addenda_2023.txt',
        addendaFile({ rows: lastYear.rows, year: 2022 }, { rows: thisYear.rows, year: 2023 }),
      ),
    },
    reason: 'fiscal-year-content',
    approvable: true,
  },
  {
    what: 'another year in the content, consistently',
    files: consistent(thisYear.rows, 2024),
    reason: 'fiscal-year-content',
    approvable: true,
  },
  {
    what: "last year's file under this year's name",
    files: consistent(lastYear.rows),
    lacking: ['conversion'],
    reason: 'unchanged-yearly-release',
    approvable: true,
  },
  {
    what: 'half the codes gone, consistently',
    files: consistent(thisYear.rows.filter((row) => row.code < 'A20' || row.code > 'B')),
    reason: 'churn-lost',
    approvable: true,
  },
  {
    what: 'every code a header, and so nothing in the codes file',
    files: consistent(headers),
    lacking: ['conversion'],
    reason: 'churn-lost',
    approvable: false,
  },
  {
    what: 'a third more codes, consistently',
    files: consistent([...thisYear.rows, ...many(30)]),
    reason: 'churn-added',
    approvable: true,
  },
  {
    what: 'all titles other than before',
    files: consistent(thisYear.rows.map((row) => ({ ...row, long: `${row.long} (new)` }))),
    reason: 'churn-retitled',
    approvable: true,
  },
  {
    what: 'a category header missing',
    files: consistent(thisYear.rows.filter((row) => row.code !== 'A20')),
    reason: 'header-missing',
    approvable: true,
  },
  {
    what: 'a conversion table that names a code that is not new',
    files: { conversion: edit(sound.conversion, (all) => all.replace('M54.51', 'A20.0')) },
    reason: 'conversion-mismatch',
    approvable: true,
  },
  {
    what: 'a conversion table that lacks a new code',
    files: { conversion: edit(sound.conversion, (all) => all.replace(/M54\.59.*\r\n/, '')) },
    reason: 'conversion-mismatch',
    approvable: true,
  },
  {
    what: 'another publisher with another row',
    files: {},
    more: {},
    reason: 'second-source-mismatch',
    approvable: true,
  },
  {
    what: 'names that contradict each other on the date',
    files: {},
    more: {
      findings: [
        {
          code: 'effective-date-conflict',
          severity: 'error',
          where: 'folder 2022',
          message: 'Folder says 2022, member says 2023.',
        },
      ],
    },
    reason: 'effective-date-conflict',
    approvable: true,
  },
  {
    what: 'an update whose addenda do not undo to their own counts',
    files: {
      addenda: edit(sound.addenda, (all) =>
        all.replace('41 codes in icd10cm_order_2021', '99 codes in icd10cm_order_2021'),
      ),
    },
    more: { reconstruct: true },
    reason: 'reconstruct-counts',
    approvable: false,
  },
];

async function freshWorld() {
  const items = createMemoryItemStore();
  const archive = createMemoryArchive();
  const assessQueue = createMemoryQueue();
  const clock = { now: () => '2021-08-01T00:00:00.000Z' };
  const ports = { items, archive, assessQueue, clock };
  await ingest(ports, await candidateOf(archive, lastYear));
  return { ...ports, ports };
}

type World = Awaited<ReturnType<typeof freshWorld>>;

async function candidateWith({ archive }: World, damage: Damage): Promise<Candidate> {
  const files: Record<string, File> = { ...sound, ...damage.files };
  for (const lacking of damage.lacking ?? []) delete files[lacking];
  if (damage.reason === 'second-source-mismatch') {
    const bytes = bytesOf(text(sound.order.bytes).replace('Vertebrogenic', 'Vertebragenic'));
    files.second = file('second-source', '2022-code-descriptions.txt', bytes);
  }
  return candidateOfFiles(archive, thisYear, Object.values(files), damage.more);
}

const ofTable = (items: readonly Item[]): Item[] =>
  items.filter(({ pk }) => !/^(QUARANTINE|CANDIDATE)#/.test(pk));

describe('shared/steps/ingest.ts, damaged input', () => {
  let baseline: Item[];
  beforeAll(async () => {
    baseline = ofTable((await freshWorld()).items.allItems());
  });

  test('the sound files pass the gate', async () => {
    const world = await freshWorld();
    const candidate = await candidateWith(world, {
      what: '',
      files: {},
      reason: '',
      approvable: true,
    });
    const { record } = await ingest(world.ports, candidate);
    expect(record.findings).toEqual([]);
    expect(record).toMatchObject({
      id: 'icd10cm-2022',
      status: 'committed',
      changes: { added: 3, expanded: 1 },
    });
  });

  test('there are more than forty kinds of damage, each with its own description', () => {
    const all = [...unsound, ...doubtful].map((damage) => damage.what);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(40);
  });

  test.each([...unsound, ...doubtful].map((damage) => [damage.what, damage] as const))(
    'I7: %s is quarantined with its reason and changes nothing',
    async (_what, damage) => {
      const world = await freshWorld();
      const { record } = await ingest(world.ports, await candidateWith(world, damage));
      const errors = record.findings.filter((finding) => finding.severity === 'error');
      expect(errors.map((finding) => finding.code)).toContain(damage.reason);
      expect(record.status).toBe('quarantined');
      expect(errors.every((finding) => finding.where !== '' && finding.message.length > 20)).toBe(
        true,
      );
      expect(ofTable(world.items.allItems())).toEqual(baseline);
    },
  );

  test.each([...unsound, ...doubtful].map((damage) => [damage.what, damage] as const))(
    '%s: an approval lifts only a doubt, never an unsound file',
    async (_what, damage) => {
      const world = await freshWorld();
      await ingest(world.ports, await candidateWith(world, damage));
      const ingestQueue = createMemoryQueue();
      const request = {
        id: 'icd10cm-2022',
        by: 'compliance',
        reason: 'checked against the printed release',
      };
      const approval = approveRelease({ ...world, ingestQueue }, request);
      if (!damage.approvable) {
        await expect(approval).rejects.toMatchObject({ code: 'rejected' });
        return;
      }
      await approval;
      const [message] = ingestQueue.messages;
      const { record } = await ingest(world.ports, JSON.parse(message?.body ?? ''));
      expect(record).toMatchObject({
        status: 'committed',
        approval: { by: 'compliance', reason: request.reason },
      });
    },
  );
});
