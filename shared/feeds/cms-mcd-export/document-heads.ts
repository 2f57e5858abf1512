// From a row of the main table to what it says of its document: the export and the Coverage API have the same columns.
import type { McdRow } from '../../formats/mcd-table.ts';
import type { DocumentHead } from './document-drafts.ts';
import { type articleTable, type lcdTable, textColumns } from './tables.ts';

/** Texts by name, as documents keep them. */
const textsIn = <Column extends string>(
  row: McdRow<Column>,
  columns: readonly Column[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(columns.map((column) => [column.replaceAll('_', '-'), row[column]]));

/** A row of `article.csv`, or of `/v1/data/article/`. */
export const articleHead = (row: McdRow<keyof (typeof articleTable)['columns']>): DocumentHead => ({
  kind: 'article',
  number: row.document,
  version: row.version,
  displayId: row.display_id,
  title: row.title,
  published: row.article_pub_date,
  effective: [row.article_eff_date],
  ends: [row.article_end_date, row.article_rev_end_date, row.date_retired],
  texts: textsIn(row, textColumns.article),
});

/** A row of `lcd.csv`, or of `/v1/data/lcd/`. */
export const lcdHead = (row: McdRow<keyof (typeof lcdTable)['columns']>): DocumentHead => ({
  kind: 'lcd',
  number: row.document,
  version: row.version,
  displayId: row.display_id,
  title: row.title,
  published: row.mcd_publish_date || row.notice_start_dt,
  effective: [row.rev_eff_date, row.orig_det_eff_date],
  ends: [row.ent_det_end_date, row.rev_end_date, row.date_retired],
  texts: textsIn(row, textColumns.lcd),
});
