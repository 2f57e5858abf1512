// The reports on what is new: which versions of local documents to read, and which national ones to tell of.
import type { FindingList } from '../../formats/finding-list.ts';
import type { McdTable } from '../../formats/mcd-table.ts';
import type { LocalVersion } from './addresses.ts';
import type { ApiRow } from './answer.ts';
import { readApiRows } from './api-rows.ts';

/** A version that is new. */
export type Listed = {
  /** Says version and update, `A58559 35 20260501085504`: the same entry of another day's report has the same. */
  readonly key: string;
  /** Absent for what has no lists: proposed and national documents. */
  readonly local?: LocalVersion;
  readonly title: string;
  readonly url: string;
};

const columns = {
  id: 'name',
  number: 'name',
  version: 'version number',
  updated: 'text',
  title: 'text',
  url: 'text',
} as const;
const names = {
  id: ['document_display_id'],
  number: ['document_id'],
  version: ['document_version'],
  updated: ['updated_on_sort', 'last_updated_sort'],
};
const reportTable: McdTable<keyof typeof columns> = { name: "what's new", columns, names };

/** The kind of a final local document; undefined for drafts (`DL36668`) and all others. */
function kindOf(id: string): LocalVersion['kind'] | undefined {
  if (/^A\d{4,7}$/.test(id)) return 'article';
  return /^L\d{4,7}$/.test(id) ? 'lcd' : undefined;
}

/** One row; undefined, with a finding that names what it can, when it is none. */
function readRow(row: ApiRow, where: string, list: FindingList): Listed | undefined {
  const [read] = readApiRows([row], reportTable, { where, list }) ?? [];
  if (!read) return undefined;
  const { id, number, version, updated, title, url } = read;
  const kind = kindOf(id);
  const isWhole = kind === undefined || id.slice(1) === number;
  if (!isWhole || !/^\d{8}(?:\d{6})?$/.test(updated)) {
    const what = isWhole ? `update ${JSON.stringify(updated.slice(0, 30))}` : `number ${number}`;
    list.add('mcd-api-listed', 'warning', where, `${id} is listed with ${what}; it is left out.`);
    return undefined;
  }
  const local = kind && { local: { kind, number, version } };
  return { key: `${id} ${version} ${updated}`, ...local, title, url };
}

/** What a report lists, oldest update first. A row that cannot be read is a warning and costs no other. */
export function readWhatsNew(
  rows: readonly ApiRow[],
  where: string,
  list: FindingList,
): readonly Listed[] {
  const listed = new Map<string, Listed>();
  for (const row of rows) {
    const one = readRow(row, where, list);
    if (one) listed.set(one.key, one);
  }
  const stampOf = ({ key }: Listed): string => key.split(' ')[2] ?? '';
  return [...listed.values()].sort((a, b) => {
    const [first, second] = [`${stampOf(a)} ${a.key}`, `${stampOf(b)} ${b.key}`];
    return first < second ? -1 : 1;
  });
}

/** The version a key is of; undefined when it is of no local document. */
export function versionOfKey(key: string): LocalVersion | undefined {
  const [id = '', version] = key.split(' ');
  const kind = kindOf(id);
  return kind && version ? { kind, number: id.slice(1), version } : undefined;
}
