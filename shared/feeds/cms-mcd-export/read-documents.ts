// Reads the tables of an export into drafts of its documents, the main table first: a row belongs to the version the main
// table has.
import type { McdRow, McdTable } from '../../formats/mcd-table.ts';
import {
  addCode,
  addParagraph,
  type DocumentHead,
  type Draft,
  type Drafts,
  type GroupList,
  newDraft,
} from './document-drafts.ts';
import { articleHead, lcdHead } from './document-heads.ts';
import type { Contractors } from './read-contractors.ts';
import { type ExportSource, readTable } from './read-table.ts';
import * as tables from './tables.ts';

/** An export of one kind, and its drafts as they are. */
type Reading = {
  readonly source: ExportSource;
  readonly kind: tables.McdExportKind;
  readonly drafts: Map<string, Draft>;
};

/** The number of a document that cannot be read, when that much of it can. */
function spoil({ source, drafts }: Reading, table: string, number: string): void {
  const draft = drafts.get(number);
  if (draft) draft.isDamaged = true;
  else {
    const message = `A row of ${table} cannot be read, nor which document it belongs to: one of them would be short of it.`;
    source.list.add('mcd-row-lost', 'error', `${source.where} member ${table}`, message);
  }
}

/** The highest version of each document. */
function addHead({ source, drafts, kind }: Reading, head: DocumentHead): undefined {
  const known = drafts.get(head.number);
  if (known) {
    const message = `${kind} ${head.number} is there more than once; its highest version counts.`;
    source.list.add('mcd-document-twice', 'warning', source.where, message);
  }
  if (!known || Number(head.version) > Number(known.head.version)) {
    drafts.set(head.number, newDraft(head));
  }
}

async function readArticles(reading: Reading): Promise<void> {
  const table: McdTable<keyof (typeof tables.articleTable)['columns']> = tables.articleTable;
  await readTable(reading.source, table, {
    take: (row) => addHead(reading, articleHead(row)),
    reject: ({ document }) => spoilHead(reading, table.name, document),
  });
}

async function readLcds(reading: Reading): Promise<void> {
  const table: McdTable<keyof (typeof tables.lcdTable)['columns']> = tables.lcdTable;
  await readTable(reading.source, table, {
    take: (row) => addHead(reading, lcdHead(row)),
    reject: ({ document }) => spoilHead(reading, table.name, document),
  });
}

/** A main row that cannot be read: its document is kept as damaged when its number is readable. */
function spoilHead(reading: Reading, table: string, number: string): void {
  if (!/^\d{4,7}$/.test(number)) {
    spoil(reading, table, number);
    return;
  }
  const known = reading.drafts.get(number);
  const empty = { displayId: '', version: '0', title: '', published: '' };
  const head = { ...empty, kind: reading.kind, number, effective: [], ends: [], texts: {} };
  const draft = known ?? newDraft(head);
  draft.isDamaged = true;
  reading.drafts.set(number, draft);
}

/** Reads a table of what documents have; a row of a version that is not the document's is rejected. */
async function readRows<Column extends string>(
  reading: Reading,
  table: McdTable<Column | 'document' | 'version'>,
  take: (draft: Draft, row: McdRow<Column | 'document' | 'version'>) => string | undefined,
  options: { readonly optional?: boolean } = {},
): Promise<void> {
  const taker = {
    take: (row: McdRow<Column | 'document' | 'version'>): string | undefined => {
      const draft = reading.drafts.get(row.document);
      if (!draft) return `No document ${row.document} is in the main table.`;
      const { version } = draft.head;
      if (row.version === version || draft.isDamaged) return take(draft, row);
      // Rows of a version before are left over; rows of a later one mean that the main table lags behind.
      if (Number(row.version) > Number(version)) draft.isDamaged = true;
      return `It is of version ${row.version} of document ${row.document}, which is at ${version}.`;
    },
    reject: (row: McdRow<Column | 'document' | 'version'>): void =>
      spoil(reading, table.name, row.document),
  };
  await readTable(reading.source, table, taker, options);
}

async function readLinks(reading: Reading, contractors: Contractors): Promise<void> {
  const { kind } = reading;
  await readRows(reading, tables.contractorLinks(kind), (draft, row) => {
    const { contractor_id: id, contractor_type_id: type, contractor_version: version } = row;
    const contractor = contractors.contractor(id, type, version);
    if (contractor) draft.contractors.push(contractor);
    else draft.isDamaged = true;
    return contractor ? undefined : `Contractor ${id} version ${version} is in no table.`;
  });
  const limits = (draft: Draft, { state_id: id }: { readonly state_id: string }) => {
    const state = contractors.state(id);
    if (state !== undefined) draft.primaryStates.push(state);
    else draft.isDamaged = true;
    return state === undefined ? `State ${id} is in no table.` : undefined;
  };
  await readRows(reading, tables.primaryStates(kind), limits, { optional: true });
  const related = (draft: Draft, row: McdRow<'r_article_id' | 'r_lcd_id'>): undefined => {
    if (Number(row.r_article_id) > 0) draft.related.push(`A${row.r_article_id}`);
    if (Number(row.r_lcd_id) > 0) draft.related.push(`L${row.r_lcd_id}`);
  };
  await readRows(reading, tables.relatedTable(kind), related, { optional: true });
}

async function readHistory(reading: Reading): Promise<void> {
  const { kind, drafts } = reading;
  await readRows(reading, tables.revisionTable(kind), (draft, row): undefined => {
    const { rev_hist_num: number, rev_hist_date: date, rev_hist_exp: text } = row;
    draft.revisions.push({ number, date, text });
  });
  const retire = tables.futureRetire(kind);
  const taker = {
    take: ({ document, retire_dt }: McdRow<'document' | 'retire_dt'>): string | undefined => {
      const draft = drafts.get(document);
      draft?.retires.push(retire_dt);
      return draft ? undefined : `No document ${document} is in the main table.`;
    },
    reject: ({ document }: McdRow<'document' | 'retire_dt'>): void =>
      spoil(reading, retire.name, document),
  };
  await readTable(reading.source, retire, taker, { optional: true });
}

async function readCodes(reading: Reading): Promise<void> {
  // The same few thousand codes hundreds of thousands of times: one string each.
  const interned = new Map<string, string>();
  const intern = (text: string): string => {
    const known = interned.get(text);
    if (known !== undefined) return known;
    interned.set(text, text);
    return text;
  };
  const add = (draft: Draft, list: GroupList, row: Parameters<typeof addCode>[2]): undefined => {
    addCode(draft, list, { ...row, code: intern(row.code) });
  };
  const none = { sort_order: '', asterisk: '' };
  await readRows(reading, tables.procedureTable, (draft, row) =>
    add(draft, 'procedures', {
      ...none,
      ...row,
      code: row.hcpc_code_id,
      group: row.hcpc_code_group,
    }),
  );
  await readRows(reading, tables.coveredTable, (draft, row) =>
    add(draft, 'covered', { ...row, code: row.icd10_code_id, group: row.icd10_covered_group }),
  );
  await readRows(reading, tables.nonCoveredTable, (draft, row) =>
    add(draft, 'notCovered', {
      ...none,
      ...row,
      code: row.icd10_code_id,
      group: row.icd10_noncovered_group,
    }),
  );
}

async function readParagraphs(reading: Reading): Promise<void> {
  await readRows(reading, tables.procedureGroups, (draft, row): undefined => {
    const { hcpc_code_group: group, paragraph } = row;
    addParagraph(draft, 'procedures', { group, paragraph, asterisk: '' });
  });
  await readRows(reading, tables.coveredGroups, (draft, row): undefined => {
    const { icd10_covered_group: group, paragraph, icd10_covered_ast: asterisk } = row;
    addParagraph(draft, 'covered', { group, paragraph, asterisk });
  });
  await readRows(reading, tables.nonCoveredGroups, (draft, row): undefined => {
    const { icd10_noncovered_group: group, paragraph } = row;
    addParagraph(draft, 'notCovered', { group, paragraph, asterisk: '' });
  });
}

/** Every document of an export in draft. A row that is lost damages its document; one without document is an error. */
export async function readDocuments(
  source: ExportSource,
  kind: tables.McdExportKind,
  contractors: Contractors,
): Promise<Drafts> {
  const reading: Reading = { source, kind, drafts: new Map() };
  await (kind === 'article' ? readArticles(reading) : readLcds(reading));
  await readLinks(reading, contractors);
  await readHistory(reading);
  if (kind === 'article') {
    await readCodes(reading);
    await readParagraphs(reading);
  }
  return reading.drafts;
}
