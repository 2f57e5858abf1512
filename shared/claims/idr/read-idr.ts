// Claims from the tables of CMS's Integrated Data Repository, handed in together and joined (docs/decisions/0013).
import { readLineBatches } from '../../formats/line-batches.ts';
import { readTextPieces } from '../../formats/text-pieces.ts';
import { isZip, unzipBytes } from '../../formats/unzip-bytes.ts';
import type { OpenJoin, TableJoin } from '../../ports/table-join.ts';
import type { IntakeRecord } from '../intake-record.ts';
import type { RelatedTables } from '../related-tables.ts';
import { type ReadRecord, tellRepeats } from '../tell-repeats.ts';
import { type DatesOf, readIdrClaim } from './idr-claim.ts';
import { keptOf } from './idr-columns.ts';
import { type IdrTableName, isIdrHeader, neededTables, refuseParts } from './idr-tables.ts';
import { betweenFiles, createTableRows, joinKey, type TableLine } from './table-rows.ts';

/** Claims handed over at once. */
const batch = 200;

/** Tables whose rows must belong to a claim. */
const ofClaims = ['CLM_PROD', 'CLM_LINE', 'CLM_LINE_INSTNL'] as const;

const rejected = (where: string, code: 'codes-missing' | 'unreadable', message: string) =>
  ({ kind: 'rejected', where, code, message }) as const;

const tooLarge = rejected(
  'file',
  'unreadable',
  'the tables are more than can be joined here at once; send them in parts, such as a month of CLM_THRU_DT each, ' +
    'every part with its rows of all tables',
);

/** What is found while the tables come in. */
type Found = { readonly tables: Set<IdrTableName>; isFull: boolean };

/** Keeps a line; what is wrong with it is answered. */
function keep(join: TableJoin, found: Found, line: TableLine | undefined): readonly IntakeRecord[] {
  if (line === undefined) return [];
  if (line.kind === 'rejected') return [line.record];
  if (line.kind === 'table') found.tables.add(line.table);
  else if (keptOf[line.table].length > 0) {
    const isKept = join.put(line.table, line.key, { line: line.line, cells: line.keep });
    found.isFull = !isKept;
  }
  return [];
}

/** Takes all tables in, and yields what of them cannot be read. */
async function* load(
  pieces: AsyncIterable<string>,
  join: TableJoin,
  found: Found,
): AsyncGenerator<readonly ReadRecord[]> {
  const take = createTableRows();
  for await (const lines of readLineBatches(pieces)) {
    const faults: IntakeRecord[] = [];
    for (const line of lines) {
      faults.push(...keep(join, found, take(line)));
      if (found.isFull) break;
    }
    if (faults.length > 0) yield faults;
    if (found.isFull) return;
  }
}

function* claims(join: TableJoin): Generator<ReadRecord> {
  const datesOf: DatesOf = (signature) => join.find('CLM_DT_SGNTR', joinKey([signature]), 1);
  for (const { related, ...row } of join.rows('CLM')) yield readIdrClaim(row, related, datesOf);
  for (const { table, line } of join.strays('CLM', ofClaims)) {
    const message = 'of a claim without row in CLM; send CLM with it, or leave it out';
    yield rejected(`${table} line ${line}`, 'codes-missing', message);
  }
}

async function* readTogether(
  pieces: AsyncIterable<string>,
  openJoin: OpenJoin,
): AsyncGenerator<readonly ReadRecord[]> {
  const join = openJoin();
  try {
    const found: Found = { tables: new Set(), isFull: false };
    yield* load(pieces, join, found);
    if (found.isFull) {
      yield [tooLarge];
      return;
    }
    if (neededTables.some((name) => !found.tables.has(name))) {
      yield [{ kind: 'rejected', where: 'file', ...refuseParts([...found.tables]) }];
      return;
    }
    let records: ReadRecord[] = [];
    for (const record of claims(join)) {
      if (records.push(record) < batch) continue;
      yield records;
      records = [];
    }
    yield records;
  } finally {
    join.close();
  }
}

/** True when a text begins with the header of one of the tables. */
function isIdr(head: Buffer): boolean {
  const text = head.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
  const line = /^\s*([^\r\n]*)/.exec(text)?.[1] ?? '';
  const cells = line.toUpperCase().split(/[,|\t;]/);
  return isIdrHeader(cells.map((cell) => cell.replaceAll('"', '').trim()));
}

/** A zip that is no workbook of Excel, which is one, too. */
const isZipOfFiles = (head: Buffer): boolean =>
  isZip(head) && !/\[Content_Types\]\.xml|xl\//.test(head.toString('latin1'));

/** Files of tables in a zip; what else machines put in is passed over. */
const isTable = (name: string): boolean =>
  /\.(?:csv|txt|psv|tsv)$/i.test(name) && !/(?:^|\/)(?:__MACOSX\/|\.)/.test(name);

/** The tables of the IDR, joined by what `openJoin` opens. */
export function idrTogether(openJoin: OpenJoin): RelatedTables {
  return {
    isOne: isIdr,
    isZip: isZipOfFiles,
    unpack: (packed) =>
      unzipBytes(packed, { isWanted: isTable, between: Buffer.from(`\n${betweenFiles}\n`) }),
    read: (bytes) => tellRepeats(readTogether(readTextPieces(bytes), openJoin)),
  };
}
