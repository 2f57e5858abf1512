// Tables of documents as the Coverage API answers them: those of the exports, but for names and columns it may leave out.
import type { McdTable } from '../../formats/mcd-table.ts';
import * as tables from '../cms-mcd-export/tables.ts';
import type { LocalKind } from './addresses.ts';

/** Every table of a document names it; tables of articles are said to call it `lcd_id` here and there. */
const forApi = <Column extends string>(
  table: McdTable<Column | 'document'>,
  optional: readonly Column[] = [],
): McdTable<Column | 'document'> => ({
  ...table,
  name: table.name.replace('.csv', ''),
  names: { ...table.names, document: ['article_id', 'lcd_id'] } as McdTable<
    Column | 'document'
  >['names'] &
    object,
  optional: [...(table.optional ?? []), ...optional],
});

/** As {@link forApi}, of a table whose rows name the version too. */
const ofVersion = <Column extends string>(
  table: McdTable<Column | 'document' | 'version'>,
  optional: readonly Column[] = [],
): McdTable<Column | 'document' | 'version'> =>
  forApi<Column | 'version'>(
    {
      ...table,
      names: {
        ...table.names,
        version: ['article_version', 'lcd_version'],
      } as McdTable<Column | 'document' | 'version'>['names'] & object,
    },
    optional,
  );

type ArticleColumn = keyof (typeof tables.articleTable)['columns'];
type LcdColumn = keyof (typeof tables.lcdTable)['columns'];
const article: McdTable<ArticleColumn> = tables.articleTable;
const lcd: McdTable<LcdColumn> = tables.lcdTable;

/** `/v1/data/article/`; texts decide nothing and may be absent, as `history_exp` is in its description. */
export const articleTable = ofVersion(article, tables.textColumns.article);
/** `/v1/data/lcd/`. */
export const lcdTable = ofVersion(lcd, tables.textColumns.lcd);
/** `…/contractor`. */
export const contractorLinks = (kind: LocalKind) => ofVersion(tables.contractorLinks(kind));
/** `…/primary-jurisdiction`. */
export const primaryStates = (kind: LocalKind) => ofVersion(tables.primaryStates(kind));
/** `…/revision-history`. */
export const revisionTable = (kind: LocalKind) => ofVersion(tables.revisionTable(kind));
/** `…/related-documents`. */
export const relatedTable = (kind: LocalKind) => ofVersion(tables.relatedTable(kind));
/** `…/future-retire`. */
export const futureRetire = (kind: LocalKind) => forApi(tables.futureRetire(kind));
/** `…/hcpc-code`. */
export const procedureTable = ofVersion(tables.procedureTable);
/** `…/icd10-covered`. */
export const coveredTable = ofVersion(tables.coveredTable);
/** `…/icd10-noncovered`. */
export const nonCoveredTable = ofVersion(tables.nonCoveredTable);
/** `…/hcpc-code-group`. */
export const procedureGroups = ofVersion(tables.procedureGroups);
/** `…/icd10-covered-group`. */
export const coveredGroups = ofVersion(tables.coveredGroups);
/** `…/icd10-noncovered-group`. */
export const nonCoveredGroups = ofVersion(tables.nonCoveredGroups);
