// The tables of the weekly exports that are read, by CMS's data dictionaries: columns that decide, and texts. Descriptions of
// codes are no columns here: whoever holds no licence for them does not read them.
import type { McdShape } from '../../formats/mcd-shapes.ts';
import type { McdTable } from '../../formats/mcd-table.ts';

/** Articles with their code lists, or LCDs. */
export type McdExportKind = 'article' | 'lcd';

const keyShapes = { document: 'document number', version: 'version number' } as const;

/** What the documents of a small export may all be without. */
const mayBeEmpty: ReadonlySet<string> = new Set([
  ...['x_revision_history', 'related_documents', 'x_primary_jurisdiction'],
  ...['x_icd10_noncovered', 'x_icd10_noncovered_group'],
]);

/** A table of what documents have: each row begins with the document's number and version. */
function ofDocuments<Column extends string>(
  kind: McdExportKind,
  name: string,
  columns: Readonly<Record<Column, McdShape>>,
): McdTable<Column | 'document' | 'version'> {
  const names = { document: [`${kind}_id`], version: [`${kind}_version`] };
  return {
    name: `${kind}_${name}.csv`,
    columns: { ...keyShapes, ...columns },
    names: names as McdTable<Column | 'document' | 'version'>['names'] & object,
    ...(mayBeEmpty.has(name) ? { mayBeEmpty: true } : {}),
  };
}

/** `article.csv`. */
export const articleTable = {
  name: 'article.csv',
  columns: {
    ...keyShapes,
    title: 'name',
    article_pub_date: 'date or nothing',
    article_eff_date: 'date or nothing',
    article_end_date: 'date or nothing',
    article_rev_end_date: 'date or nothing',
    date_retired: 'date or nothing',
    display_id: 'text',
    description: 'text',
    other_comments: 'text',
    add_icd10_info: 'text',
    cms_cov_policy: 'text',
    revenue_para: 'text',
    history_exp: 'text',
  },
  names: { document: ['article_id'], version: ['article_version'] },
  // That is told as `mcd-no-documents`.
  mayBeEmpty: true,
} as const satisfies McdTable<string>;

/** Paragraphs of `lcd.csv` that are kept as texts. */
const lcdTexts = {
  cms_cov_policy: 'text',
  indication: 'text',
  diagnoses_support: 'text',
  diagnoses_dont_support: 'text',
  coding_guidelines: 'text',
  doc_reqs: 'text',
  util_guide: 'text',
  associated_info: 'text',
  summary_of_evidence: 'text',
  analysis_of_evidence: 'text',
  synopsis_changes: 'text',
  issue: 'text',
  issue_change: 'text',
  history_exp: 'text',
} as const;

/** `lcd.csv`. */
export const lcdTable = {
  name: 'lcd.csv',
  columns: {
    ...keyShapes,
    ...lcdTexts,
    title: 'name',
    display_id: 'text',
    orig_det_eff_date: 'date or nothing',
    rev_eff_date: 'date or nothing',
    ent_det_end_date: 'date or nothing',
    rev_end_date: 'date or nothing',
    date_retired: 'date or nothing',
    mcd_publish_date: 'date or nothing',
    notice_start_dt: 'date or nothing',
  },
  names: { document: ['lcd_id'], version: ['lcd_version'] },
  mayBeEmpty: true,
  optional: [
    'mcd_publish_date',
    'notice_start_dt',
    ...(Object.keys(lcdTexts) as (keyof typeof lcdTexts)[]),
  ],
} as const satisfies McdTable<string>;

/** Names of the texts of each kind: columns of its main table. */
export const textColumns = {
  article: [
    'description',
    'other_comments',
    'add_icd10_info',
    'cms_cov_policy',
    'revenue_para',
    'history_exp',
  ],
  lcd: Object.keys(lcdTexts) as readonly (keyof typeof lcdTexts)[],
} as const;

/** Contractors of documents. */
export const contractorLinks = (kind: McdExportKind) =>
  ofDocuments(kind, 'x_contractor', {
    contractor_id: 'number',
    contractor_type_id: 'number',
    contractor_version: 'number',
  });

/** Revision history. */
export const revisionTable = (kind: McdExportKind) =>
  ofDocuments(kind, 'x_revision_history', {
    rev_hist_num: 'text',
    rev_hist_date: 'date or nothing',
    rev_hist_exp: 'text',
  });

/** Documents named as belonging to a document. */
export const relatedTable = (kind: McdExportKind) =>
  ofDocuments(kind, 'related_documents', {
    r_article_id: 'number or nothing',
    r_lcd_id: 'number or nothing',
  });

/** States a document is limited to. */
export const primaryStates = (kind: McdExportKind) =>
  ofDocuments(kind, 'x_primary_jurisdiction', { state_id: 'number' });

/** Days on which documents will be retired; the one table of documents without version. */
export const futureRetire = (kind: McdExportKind): McdTable<'document' | 'retire_dt'> => ({
  name: `${kind}_future_retire.csv`,
  columns: { document: 'document number', retire_dt: 'date or nothing' },
  names: { document: [`${kind}_id`] },
  mayBeEmpty: true,
});

/** Procedures of articles. */
export const procedureTable = ofDocuments('article', 'x_hcpc_code', {
  hcpc_code_id: 'CPT or HCPCS code',
  hcpc_code_group: 'group number',
  range: 'Y or N or nothing',
});

/** Diagnoses that support procedures. */
export const coveredTable = ofDocuments('article', 'x_icd10_covered', {
  icd10_code_id: 'ICD-10 code',
  icd10_covered_group: 'group number',
  range: 'Y or N or nothing',
  sort_order: 'number or nothing',
  asterisk: 'asterisk or nothing',
});

/** Diagnoses that do not. */
export const nonCoveredTable = ofDocuments('article', 'x_icd10_noncovered', {
  icd10_code_id: 'ICD-10 code',
  icd10_noncovered_group: 'group number',
  range: 'Y or N or nothing',
  sort_order: 'number or nothing',
});

/** Paragraphs of groups of procedures. */
export const procedureGroups = ofDocuments('article', 'x_hcpc_code_group', {
  hcpc_code_group: 'group number',
  paragraph: 'text',
});

/** Paragraphs of groups of covered diagnoses. */
export const coveredGroups = ofDocuments('article', 'x_icd10_covered_group', {
  icd10_covered_group: 'group number',
  paragraph: 'text',
  icd10_covered_ast: 'text',
});

/** Paragraphs of groups of diagnoses not covered. */
export const nonCoveredGroups = ofDocuments('article', 'x_icd10_noncovered_group', {
  icd10_noncovered_group: 'group number',
  paragraph: 'text',
});

/** `contractor.csv`. */
export const contractorTable: McdTable<'id' | 'type' | 'version' | 'name'> = {
  name: 'contractor.csv',
  columns: { id: 'number', type: 'number', version: 'number', name: 'name' },
  names: {
    id: ['contractor_id'],
    type: ['contractor_type_id'],
    version: ['contractor_version'],
    name: ['contractor_bus_name'],
  },
};

/** `contractor_jurisdiction.csv`. */
export const contractorStates: McdTable<
  'id' | 'type' | 'version' | 'state_id' | 'active_date' | 'term_date'
> = {
  name: 'contractor_jurisdiction.csv',
  columns: {
    id: 'number',
    type: 'number',
    version: 'number',
    state_id: 'number',
    active_date: 'date or nothing',
    term_date: 'date or nothing',
  },
  names: {
    id: ['contractor_id'],
    type: ['contractor_type_id'],
    version: ['contractor_version'],
  },
};

/** `state_lookup.csv`. */
export const stateTable: McdTable<'state_id' | 'state_abbrev'> = {
  name: 'state_lookup.csv',
  columns: { state_id: 'number', state_abbrev: 'state abbreviation' },
};

/** `update_period.csv`; the end is called `dis_end_date` in the export of LCDs. */
export const periodTable: McdTable<'end'> = {
  name: 'update_period.csv',
  columns: { end: 'date or nothing' },
  names: { end: ['end_date', 'dis_end_date'] },
};
