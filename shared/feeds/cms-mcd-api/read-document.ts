// One version of a document put together from what the Coverage API answers for its tables: all of them, or nothing.
import type { PolicyDocument } from '../../core/policy.ts';
import type { FindingList } from '../../formats/finding-list.ts';
import { htmlText } from '../../formats/html-text.ts';
import type { McdRow, McdTable } from '../../formats/mcd-table.ts';
import {
  addCode,
  addParagraph,
  type DocumentHead,
  type Draft,
  displayIdOf,
  type GroupList,
  newDraft,
  partsOf,
} from '../cms-mcd-export/document-drafts.ts';
import { articleHead, lcdHead } from '../cms-mcd-export/document-heads.ts';
import { mcdCode, xx000 } from '../mcd-codes.ts';
import { assembleMcdDocument } from '../mcd-document.ts';
import { type LocalVersion, paths, type TableName } from './addresses.ts';
import { readApiRows } from './api-rows.ts';
import * as tables from './api-tables.ts';
import type { Answers, Places } from './places.ts';

/** The id people know a document by. */
export const localId = ({ kind, number }: LocalVersion): string =>
  `${kind === 'lcd' ? 'L' : 'A'}${number}`;

/** A document being read. */
type Reading = {
  readonly asked: LocalVersion;
  readonly answers: Answers;
  readonly places: Places;
  readonly list: FindingList;
  /** Something of it is missing or wrong. */
  isDamaged: boolean;
};

function damage(reading: Reading, code: string, message: string): void {
  const { asked, list } = reading;
  reading.isDamaged = true;
  const where = `${localId(asked)} version ${asked.version}`;
  list.add(code, 'warning', where, `${localId(asked)}: ${message}`);
}

const versionOf = (row: object): string | undefined =>
  'version' in row && typeof row.version === 'string' ? row.version : undefined;

/** The rows of a table; none, and the document damaged, when they cannot be read or are another document's. */
function rowsOf<Column extends string>(
  reading: Reading,
  name: TableName,
  table: McdTable<Column | 'document'>,
): readonly McdRow<Column | 'document'>[] {
  const { asked, answers, list } = reading;
  const path = paths.table(asked, name);
  const answered = answers.get(path);
  if (!answered) {
    damage(reading, 'mcd-api-answer-missing', `${path} was not answered; it is left as known.`);
    return [];
  }
  const where = `${localId(asked)} version ${asked.version} ${path}`;
  const rows = readApiRows(answered, table, { where, list });
  if (!rows) {
    reading.isDamaged = true;
    return [];
  }
  const stranger = rows.find(
    (row) => row.document !== asked.number || (versionOf(row) ?? asked.version) !== asked.version,
  );
  if (!stranger) return rows;
  const named = `document ${stranger.document} version ${versionOf(stranger) ?? 'unknown'}`;
  damage(reading, 'mcd-api-version', `${path} answers ${named} instead; it is left as known.`);
  return [];
}

/** That a table must not be empty is said of the document, which is then left as it was known. */
function refuseEmpty(reading: Reading, name: TableName): void {
  if (reading.isDamaged) return;
  const path = paths.table(reading.asked, name);
  const message = `${path} answers status 200 with no data; it is left as known.`;
  damage(reading, 'mcd-api-empty', message);
}

function readHead(reading: Reading): DocumentHead | undefined {
  const isArticle = reading.asked.kind === 'article';
  const heads = isArticle
    ? rowsOf(reading, '', tables.articleTable).map(articleHead)
    : rowsOf(reading, '', tables.lcdTable).map(lcdHead);
  if (heads.length === 0) refuseEmpty(reading, '');
  return heads[0];
}

function readLinks(reading: Reading, draft: Draft): void {
  const { asked, places } = reading;
  const links = rowsOf(reading, 'contractor', tables.contractorLinks(asked.kind));
  if (links.length === 0) refuseEmpty(reading, 'contractor');
  const names = links.flatMap((row) => {
    const { contractor_id: id, contractor_type_id: type, contractor_version: version } = row;
    const name = places.contractorName(id, type, version);
    if (name === undefined) {
      damage(reading, 'mcd-api-contractor', `contractor ${id} version ${version} is in no answer.`);
    }
    return name ?? [];
  });
  const contractors = places.contractorsOf(asked.kind, displayIdOf(draft), names);
  if (contractors.length === 0 && !reading.isDamaged) {
    const message = 'the report of no state lists it: where it applies is not known.';
    damage(reading, 'mcd-api-no-states', message);
  }
  draft.contractors.push(...contractors);
  for (const row of rowsOf(reading, 'primary-jurisdiction', tables.primaryStates(asked.kind))) {
    const state = places.state(row.state_id);
    if (state !== undefined) draft.primaryStates.push(state);
    else damage(reading, 'mcd-api-state', `state ${row.state_id} is none we know.`);
  }
}

function readHistory(reading: Reading, draft: Draft): void {
  const { kind } = reading.asked;
  for (const row of rowsOf(reading, 'revision-history', tables.revisionTable(kind))) {
    const { rev_hist_num: number, rev_hist_date: date, rev_hist_exp: text } = row;
    draft.revisions.push({ number, date, text });
  }
  for (const row of rowsOf(reading, 'related-documents', tables.relatedTable(kind))) {
    if (Number(row.r_article_id) > 0) draft.related.push(`A${row.r_article_id}`);
    if (Number(row.r_lcd_id) > 0) draft.related.push(`L${row.r_lcd_id}`);
  }
  for (const row of rowsOf(reading, 'future-retire', tables.futureRetire(kind))) {
    draft.retires.push(row.retire_dt);
  }
}

function readCodes(reading: Reading, draft: Draft): void {
  const none = { sort_order: '', asterisk: '' };
  for (const row of rowsOf(reading, 'hcpc-code', tables.procedureTable)) {
    const { hcpc_code_id: code, hcpc_code_group: group } = row;
    addCode(draft, 'procedures', { ...none, ...row, code, group });
  }
  for (const row of rowsOf(reading, 'icd10-covered', tables.coveredTable)) {
    const { icd10_code_id: code, icd10_covered_group: group } = row;
    addCode(draft, 'covered', { ...row, code, group });
  }
  for (const row of rowsOf(reading, 'icd10-noncovered', tables.nonCoveredTable)) {
    const { icd10_code_id: code, icd10_noncovered_group: group } = row;
    addCode(draft, 'notCovered', { ...none, ...row, code, group });
  }
}

function readParagraphs(reading: Reading, draft: Draft): void {
  for (const row of rowsOf(reading, 'hcpc-code-group', tables.procedureGroups)) {
    const { hcpc_code_group: group, paragraph } = row;
    addParagraph(draft, 'procedures', { group, paragraph, asterisk: '' });
  }
  for (const row of rowsOf(reading, 'icd10-covered-group', tables.coveredGroups)) {
    const { icd10_covered_group: group, paragraph, icd10_covered_ast: asterisk } = row;
    addParagraph(draft, 'covered', { group, paragraph, asterisk });
  }
  for (const row of rowsOf(reading, 'icd10-noncovered-group', tables.nonCoveredGroups)) {
    const { icd10_noncovered_group: group, paragraph } = row;
    addParagraph(draft, 'notCovered', { group, paragraph, asterisk: '' });
  }
}

const announcesCodes = /\b(?:following|below|listed|these)\b/i;

/** Codes of a list, the one that means that none applies among them. */
const codesOf = ({ groups }: Draft, list: GroupList): readonly string[] =>
  [...groups[list].values()].flatMap(({ codes, bounds }) => [
    ...codes,
    ...bounds.map(({ code }) => code),
  ]);

const isAnnounced = ({ groups }: Draft, list: GroupList): boolean =>
  [...groups[list].values()].some(({ paragraph }) => announcesCodes.test(htmlText(paragraph)));

/**
 * A table without a row though its paragraphs speak of the codes that follow, or without a procedure though diagnoses are
 * listed: it was lost, not emptied. The few documents that do list diagnoses for no procedure come with the weekly export.
 */
function refuseLostCodes(reading: Reading, draft: Draft): void {
  const diagnoses = [...codesOf(draft, 'covered'), ...codesOf(draft, 'notCovered')];
  const hasDiagnoses = diagnoses.some((code) => mcdCode(code) !== xx000);
  const checked = { procedures: 'hcpc-code', covered: 'icd10-covered' } as const;
  for (const [list, table] of Object.entries(checked) as [GroupList, TableName][]) {
    if (codesOf(draft, list).length > 0) continue;
    const isNeeded = list === 'procedures' && hasDiagnoses;
    if (isNeeded || isAnnounced(draft, list)) refuseEmpty(reading, table);
  }
}

/**
 * The document in normal form; undefined when anything of it is missing, empty where it cannot be, or wrong. Findings are
 * warnings that name it: those of `readApiRows` and `assembleMcdDocument`, `mcd-api-answer-missing`, `mcd-api-empty`,
 * `mcd-api-version` (another document or version came), `mcd-api-contractor`, `mcd-api-state`, `mcd-api-no-states`.
 */
export function readDocument(
  asked: LocalVersion,
  given: { readonly answers: Answers; readonly places: Places; readonly list: FindingList },
): PolicyDocument | undefined {
  const reading: Reading = { asked, ...given, isDamaged: false };
  const head = readHead(reading);
  if (!head) return undefined;
  const draft = newDraft(head);
  readLinks(reading, draft);
  readHistory(reading, draft);
  if (asked.kind === 'article') {
    readCodes(reading, draft);
    readParagraphs(reading, draft);
    refuseLostCodes(reading, draft);
  }
  if (reading.isDamaged) return undefined;
  return assembleMcdDocument(partsOf(draft), { where: 'Coverage API:', list: given.list });
}
