// Opens a weekly export: a zip that holds `<name>_csv.zip` with the tables, an Access database and a data dictionary.
import type { FindingList } from '../../formats/finding-list.ts';
import { openZip, type ZipContents, type ZipLimits } from '../../formats/zip.ts';
import type { MemberStream } from '../../formats/zip-member.ts';

/** The tables of an export; `has` and `stream` take a member's basename. */
export type ExportTables = {
  readonly has: (name: string) => boolean;
  readonly stream: (name: string) => MemberStream | undefined;
};

const mebibyte = 1024 * 1024;

// The largest table unpacks to some hundred megabytes and is read as it passes; the database beside it is not read at all.
const limits: ZipLimits = {
  entriesMax: 200,
  memberBytesMax: 2048 * mebibyte,
  totalBytesMax: 8192 * mebibyte,
  // Deflate can do no better, and repetitive tables come near it: what is read is counted instead.
  ratioMax: 1100,
};
const csvZipBytesMax = 512 * mebibyte;

const tablesOf = (zip: ZipContents): ExportTables => {
  const byName = new Map(zip.entries.map(({ basename, name }) => [basename.toLowerCase(), name]));
  return {
    has: (name) => byName.has(name),
    stream: (name) => {
      const member = byName.get(name);
      return member === undefined ? undefined : zip.stream(member);
    },
  };
};

const isTable = (name: string): boolean => /^(?:article|lcd)\.csv$/i.test(name);

/**
 * The tables; undefined, with the reasons, when they cannot be got at: what {@link openZip} finds, or `mcd-no-csv` when
 * the zip holds no zip of tables. The zip of tables alone is taken too.
 */
export async function openExport(
  bytes: Uint8Array,
  where: string,
  list: FindingList,
): Promise<ExportTables | undefined> {
  const report = (findings: ZipContents['findings']): void => {
    for (const { code, severity, where: at, message } of findings) {
      list.add(code, severity, at, message);
    }
  };
  const outer = await openZip(bytes, { where, limits });
  if (outer.entries.some(({ basename }) => isTable(basename))) {
    report(outer.findings);
    return tablesOf(outer);
  }
  const packed = outer.entries.find(({ basename }) => /_csv\.zip$/i.test(basename));
  report(outer.findings);
  if (!packed) {
    if (outer.findings.length === 0) {
      const message = 'It holds no zip of tables (…_csv.zip). The export is packed otherwise now.';
      list.add('mcd-no-csv', 'error', where, message);
    }
    return undefined;
  }
  const inside = `${where} member ${packed.name}`;
  if (packed.sizeBytes > csvZipBytesMax) {
    const message = `It has ${packed.sizeBytes} bytes; at most ${csvZipBytesMax} are read.`;
    list.add('zip-bytes-max', 'error', inside, message);
    return undefined;
  }
  const { bytes: tables, findings } = await outer.read(packed.name);
  report(findings);
  if (findings.length > 0) return undefined;
  const inner = await openZip(tables, { where: inside, limits });
  report(inner.findings);
  return inner.entries.length > 0 ? tablesOf(inner) : undefined;
}
