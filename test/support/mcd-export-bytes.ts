// Writes exports of the Medicare Coverage Database in CMS's form from a short description: for tests of what the real editions
// do not show, and for benches at full size.
import { writeZip } from '../formats/write-zip.ts';
import { mcdHeaders } from './mcd-export-tables.ts';

/** A code of a list as CMS writes it, `M53.86`, or `M53.86*` with an asterisk; `M54.50..M54.59` is a range by its ends. */
export type ListedCode = string;

/** A group of codes. */
export type ExportGroup = {
  readonly group?: string;
  readonly codes: readonly ListedCode[];
  readonly paragraph?: string;
  /** `icd10_covered_ast`. */
  readonly asterisk?: string;
};

/** An article or LCD; dates `YYYY-MM-DD` or anything else, which is then written as it is. */
export type ExportDocument = {
  readonly id: string;
  readonly version?: string;
  readonly title?: string;
  readonly published?: string;
  readonly effective?: string;
  /** Other columns of the main table by name. */
  readonly columns?: Readonly<Record<string, string>>;
  readonly retires?: string;
  /** Ids of contractors; by default the first. */
  readonly contractors?: readonly string[];
  /** States it is limited to. */
  readonly states?: readonly string[];
  readonly procedures?: readonly ExportGroup[];
  readonly covered?: readonly ExportGroup[];
  readonly notCovered?: readonly ExportGroup[];
  readonly revisions?: readonly (readonly [number: string, date: string, text: string])[];
  /** Display ids. */
  readonly related?: readonly string[];
};

/** A contractor and its states, each `CA` or `CA until 2024-12-31` or `CA from 2027-01-01`. */
export type ExportContractor = {
  readonly id: string;
  readonly name: string;
  readonly states: readonly string[];
};

/** An export. */
export type McdExport = {
  readonly kind?: 'article' | 'lcd';
  /** Last day of its period. */
  readonly day?: string;
  readonly contractors?: readonly ExportContractor[];
  readonly documents: readonly ExportDocument[];
};

/** Rows by member name, the header first: to be damaged before they are packed. */
export type ExportRows = Map<string, string[][]>;

const dated = (day: string): string => (/^\d{4}-\d\d-\d\d$/.test(day) ? `${day} 00:00:00` : day);

const noContractor: ExportContractor = { id: '100', name: 'First Contractor', states: ['CA'] };

/** Adds rows to tables by the names of their columns; columns that are not given stay empty. */
function tableWriter(kind: 'article' | 'lcd') {
  const headers: Readonly<Record<string, string>> = { ...mcdHeaders[kind], ...mcdHeaders.both };
  const rows: ExportRows = new Map();
  for (const [name, header] of Object.entries(headers)) rows.set(name, [header.split(',')]);
  const add = (name: string, cells: Readonly<Record<string, string>>): void => {
    const table = rows.get(name);
    table?.push((table[0] ?? []).map((column) => cells[column] ?? ''));
  };
  return { rows, add };
}

type Add = ReturnType<typeof tableWriter>['add'];

function addContractors(add: Add, contractors: readonly ExportContractor[]): Map<string, string> {
  const stateIds = new Map<string, string>();
  const idOf = (state: string): string => {
    const id = stateIds.get(state) ?? String(stateIds.size + 1);
    if (!stateIds.has(state)) {
      add('state_lookup.csv', { state_id: id, state_abbrev: state, description: state });
    }
    stateIds.set(state, id);
    return id;
  };
  for (const { id, name, states } of contractors) {
    const key = { contractor_id: id, contractor_type_id: '8', contractor_version: '1' };
    add('contractor.csv', { ...key, contractor_bus_name: name, status: 'A' });
    for (const written of states) {
      const [state = '', from, until] =
        /^(\w+)(?: from (\S+))?(?: until (\S+))?$/.exec(written)?.slice(1) ?? [];
      const active_date = dated(from ?? '2013-01-01');
      const term_date = dated(until ?? '');
      add('contractor_jurisdiction.csv', { ...key, state_id: idOf(state), active_date, term_date });
    }
  }
  return stateIds;
}

function addGroups(
  add: Add,
  key: Readonly<Record<string, string>>,
  names: { readonly table: string; readonly code: string; readonly group: string },
  groups: readonly ExportGroup[],
): void {
  groups.forEach(({ group = '1', codes, paragraph, asterisk = '' }, index) => {
    const number = { ...key, [names.group]: group === '1' ? String(index + 1) : group };
    if (paragraph !== undefined) {
      add(`${names.table}_group.csv`, { ...number, paragraph, icd10_covered_ast: asterisk });
    }
    let sort = 0;
    for (const written of codes) {
      const ends = written.split('..');
      for (const end of ends) {
        sort += 1;
        add(`${names.table}.csv`, {
          ...number,
          [names.code]: end.replace('*', ''),
          range: ends.length > 1 ? 'Y' : 'N',
          sort_order: String(sort),
          description: 'DESCRIPTOR',
          long_description: 'LONG DESCRIPTOR',
          short_description: 'SHORT DESCRIPTOR',
          asterisk: end.endsWith('*') ? 'Y' : '',
        });
      }
    }
  });
}

function addLinks(
  add: Add,
  kind: 'article' | 'lcd',
  document: ExportDocument,
  known: {
    readonly contractors: readonly ExportContractor[];
    readonly states: Map<string, string>;
  },
): void {
  const key = keyOf(kind, document);
  for (const id of document.contractors ?? [known.contractors[0]?.id ?? '']) {
    const contractor = { contractor_id: id, contractor_type_id: '8', contractor_version: '1' };
    add(`${kind}_x_contractor.csv`, { ...key, ...contractor });
  }
  for (const state of document.states ?? []) {
    const state_id = known.states.get(state) ?? '';
    add(`${kind}_x_primary_jurisdiction.csv`, { ...key, state_id });
  }
  for (const id of document.related ?? []) {
    const column = id.startsWith('L') ? 'r_lcd_id' : 'r_article_id';
    add(`${kind}_related_documents.csv`, { ...key, [column]: id.slice(1) });
  }
  for (const [rev_hist_num, date, rev_hist_exp] of document.revisions ?? []) {
    const row = { ...key, rev_hist_num, rev_hist_date: dated(date), rev_hist_exp };
    add(`${kind}_x_revision_history.csv`, row);
  }
  if (document.retires !== undefined) {
    add(`${kind}_future_retire.csv`, { ...key, retire_dt: dated(document.retires) });
  }
}

const keyOf = (
  kind: 'article' | 'lcd',
  { id, version = '1' }: ExportDocument,
): Readonly<Record<string, string>> => ({ [`${kind}_id`]: id, [`${kind}_version`]: version });

function addDocument(add: Add, kind: 'article' | 'lcd', document: ExportDocument): void {
  const key = keyOf(kind, document);
  const { id, title = `Billing and Coding: ${id}`, columns = {} } = document;
  const published = dated(document.published ?? '2025-01-02');
  const effective = dated(document.effective ?? '2025-01-01');
  const dates =
    kind === 'article'
      ? { article_pub_date: published, article_eff_date: effective }
      : { mcd_publish_date: published, rev_eff_date: effective };
  const display_id = `${kind === 'article' ? 'A' : 'L'}${id}`;
  add(`${kind}.csv`, { ...key, title, display_id, status: 'A', ...dates, ...columns });
  const table = (name: string): string => `article_x_${name}`;
  const procedures = { table: table('hcpc_code'), code: 'hcpc_code_id', group: 'hcpc_code_group' };
  addGroups(add, key, procedures, document.procedures ?? []);
  const icd10 = (name: string) => ({
    table: table(`icd10_${name}`),
    code: 'icd10_code_id',
    group: `icd10_${name}_group`,
  });
  addGroups(add, key, icd10('covered'), document.covered ?? []);
  addGroups(add, key, icd10('noncovered'), document.notCovered ?? []);
}

/** The tables of an export. */
export function mcdExportRows(described: McdExport): ExportRows {
  const { kind = 'article', day = '2026-09-06', contractors = [noContractor] } = described;
  const { rows, add } = tableWriter(kind);
  const ends = { end_date: dated(day), dis_end_date: dated(day) };
  add('update_period.csv', { period_id: '1198', begin_date: dated('2026-08-31'), ...ends });
  const states = addContractors(add, contractors);
  for (const document of described.documents) {
    addDocument(add, kind, document);
    addLinks(add, kind, document, { contractors, states });
  }
  return rows;
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** The rows as CMS writes them: every cell in quotes, lines ending with CR LF. */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('');

/**
 * The export's zip: outside `current_article_csv.zip` or `current_lcd_csv.zip`, a database and a data dictionary; `replaced`
 * gives members other bytes or, with undefined, takes them out.
 */
export function mcdExportZip(
  rows: ExportRows,
  replaced: Readonly<Record<string, Uint8Array | string | undefined>> = {},
): Buffer {
  const members = new Map<string, Uint8Array | string | undefined>(Object.entries(replaced));
  for (const [name, table] of rows) if (!members.has(name)) members.set(name, csvText(table));
  const entries = [...members].flatMap(([name, content]) =>
    content === undefined ? [] : [{ name, content }],
  );
  const name = rows.has('lcd.csv') ? 'current_lcd' : 'current_article';
  return writeZip([
    { name: 'Read Me.txt', content: 'Unpack the zip of tables.' },
    { name: `${name}.mdb`, content: '\u0000'.repeat(100_000) },
    { name: `${name}_csv.zip`, content: writeZip(entries), stored: true },
  ]);
}

/** The zip of an export. */
export const mcdExportBytes = (described: McdExport): Buffer =>
  mcdExportZip(mcdExportRows(described));
