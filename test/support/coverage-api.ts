// The Coverage API as it answers, made of the rows of an export: CMS's API and exports show the same tables. Served on
// loopback, since the real one cannot run here; answers can be replaced by damaged ones.
import { createServer } from 'node:http';
import type { ExportRows } from './mcd-export-bytes.ts';

/** A row of an answer. */
export type ApiObject = Readonly<Record<string, unknown>>;
/** What is answered to a path with its query: rows, or something else entirely. */
export type ApiReply =
  | { readonly rows: readonly ApiObject[] }
  | { readonly status?: number; readonly body: string };
/** Answers by path with query. */
export type ApiAnswers = Map<string, ApiReply>;

/** The token that opens `/v1/data/`. */
export const licenceToken = 'b2f7c6f0-5a0e-4c8e-9d1c-0123456789ab';

/** `2026-09-06 00:00:00` as the API writes it. */
export const american = (written: string): string =>
  written.replace(/^(\d{4})-(\d\d)-(\d\d)(?: [\d:.]+)?$/, '$2/$3/$1');

const numeric = /(?:_id|_version|_group|_num|sort_order)$/;
const texts = new Set(['display_id', 'hcpc_code_id', 'icd10_code_id']);

/** A cell of a table as JSON: numbers, null for nothing, days as Americans write them. */
function cellOf(column: string, text: string): unknown {
  if (text === '') return null;
  if (numeric.test(column) && !texts.has(column) && /^\d+$/.test(text)) return Number(text);
  return american(text);
}

type Row = Readonly<Record<string, string>>;

const rowsOf = (tables: ExportRows, name: string): readonly Row[] => {
  const [header = [], ...rows] = tables.get(name) ?? [];
  return rows.map((cells) => Object.fromEntries(header.map((one, at) => [one, cells[at] ?? ''])));
};

const objectOf = (row: Row): ApiObject =>
  Object.fromEntries(
    // The API's own description writes this one name so.
    Object.entries(row).map(([column, text]) => [
      column === 'article_rev_end_date' ? 'article_rev_end_Date' : column,
      cellOf(column, text),
    ]),
  );

const tableFiles = {
  '': '',
  contractor: '_x_contractor',
  'primary-jurisdiction': '_x_primary_jurisdiction',
  'revision-history': '_x_revision_history',
  'related-documents': '_related_documents',
  'future-retire': '_future_retire',
  'hcpc-code': '_x_hcpc_code',
  'hcpc-code-group': '_x_hcpc_code_group',
  'icd10-covered': '_x_icd10_covered',
  'icd10-covered-group': '_x_icd10_covered_group',
  'icd10-noncovered': '_x_icd10_noncovered',
  'icd10-noncovered-group': '_x_icd10_noncovered_group',
} as const;

/** A row of a report as `what's new` has it. */
export const listed = (
  id: string,
  version: string,
  updated: string,
  more: ApiObject = {},
): ApiObject => ({
  document_id: id.replace(/\D/g, ''),
  document_version: Number(version),
  document_display_id: id,
  document_type: id.startsWith('L') ? 'LCD' : 'Article',
  note: '',
  title: `Title of ${id}`,
  contractor_name_type: 'First Contractor\r\n(MAC - Part A, MAC - Part B)',
  updated_on: american(`${updated.slice(0, 4)}-${updated.slice(4, 6)}-${updated.slice(6, 8)}`),
  updated_on_sort: updated,
  effective_date: '01/01/2025',
  retirement_date: 'N/A',
  url: `https://www.cms.gov/medicare-coverage-database/view/article.aspx?articleid=${id.slice(1)}`,
  ...more,
});

function addPlaces(answers: ApiAnswers, tables: ExportRows, kind: 'article' | 'lcd'): void {
  const contractors = rowsOf(tables, 'contractor.csv');
  const states = rowsOf(tables, 'contractor_jurisdiction.csv');
  answers.set('/v1/data/contractor/', {
    rows: contractors.map((row) => ({
      contractor_id: Number(row.contractor_id),
      contract_type_id: Number(row.contractor_type_id),
      subtype_id: null,
      contractor_version: Number(row.contractor_version),
      contract_number: row.contractor_number,
      contractor_name: row.contractor_bus_name,
    })),
  });
  const lookup = rowsOf(tables, 'state_lookup.csv');
  answers.set('/v1/metadata/states/', {
    rows: lookup.map(({ state_id, description }) => ({ state_id: Number(state_id), description })),
  });
  const report = kind === 'lcd' ? 'local-coverage-final-lcds' : 'local-coverage-articles';
  const main = rowsOf(tables, `${kind}.csv`);
  const links = rowsOf(tables, `${kind}_x_contractor.csv`);
  for (const { state_id: state } of lookup) {
    const there = new Set(
      states.filter((row) => row.state_id === state).map((row) => row.contractor_id),
    );
    const nameOf = (id: string | undefined): string =>
      contractors.find((row) => row.contractor_id === id)?.contractor_bus_name ?? '';
    const rows = main.flatMap((row) => {
      const number = row[`${kind}_id`] ?? '';
      const own = links.filter(
        (link) => link[`${kind}_id`] === number && there.has(link.contractor_id),
      );
      if (own.length === 0) return [];
      const contractor_name_type = own
        .map((link) => `${nameOf(link.contractor_id)}\r\n(MAC - Part A)`)
        .join('\r\n\r\n');
      const id = `${kind === 'lcd' ? 'L' : 'A'}${number}`;
      const version = row[`${kind}_version`] ?? '';
      return [listed(id, version, '20260901080000', { contractor_name_type })];
    });
    answers.set(`/v1/reports/${report}/?state_id=${state}`, { rows });
  }
}

function addDocuments(answers: ApiAnswers, tables: ExportRows, kind: 'article' | 'lcd'): void {
  const key = `${kind}_id`;
  for (const main of rowsOf(tables, `${kind}.csv`)) {
    const number = main[key] ?? '';
    const version = main[`${kind}_version`] ?? '';
    for (const [path, file] of Object.entries(tableFiles)) {
      const query = `${kind}id=${number}${path === 'future-retire' ? '' : `&ver=${version}`}`;
      const rows = rowsOf(tables, `${kind}${file}.csv`).filter((row) => row[key] === number);
      answers.set(`/v1/data/${kind}/${path}?${query}`, { rows: rows.map(objectOf) });
    }
  }
}

/** What the API answers where the export has these tables; the reports on what is new are the caller's. */
export function coverageApiAnswers(tables: ExportRows): ApiAnswers {
  const kind = tables.has('lcd.csv') ? 'lcd' : 'article';
  const answers: ApiAnswers = new Map();
  const [period] = rowsOf(tables, 'update_period.csv');
  const [begin_date, end_date] = [period?.begin_date, period?.end_date ?? period?.dis_end_date].map(
    (day) => (day ?? '').slice(0, 10).replaceAll('-', ''),
  );
  answers.set('/v1/metadata/update-period/', {
    rows: [{ period_id: Number(period?.period_id), begin_date, end_date }],
  });
  addPlaces(answers, tables, kind);
  addDocuments(answers, tables, kind);
  return answers;
}

/** The text of an answer of rows, `size` of them from `from` on. */
export function answerText(rows: readonly ApiObject[], from = 0, size = rows.length): string {
  const status = { id: 200, message: 'OK' };
  const next_token = from + size < rows.length ? `p${from + size}` : '';
  const meta = { status, notes: '', fields: Object.keys(rows[0] ?? {}), children: [], next_token };
  return JSON.stringify({ meta, data: rows.slice(from, from + size) });
}

/** A running server: `asked` are the paths with their queries, in order. */
export type CoverageApi = {
  readonly base: string;
  readonly asked: string[];
  readonly stop: () => Promise<void>;
};

/** Serves answers on loopback. `/v1/data/` asks for the token; what is not among the answers has no rows. */
export async function serveCoverageApi(
  answers: ApiAnswers,
  options: { readonly pageSize?: number } = {},
): Promise<CoverageApi> {
  const asked: string[] = [];
  const replyTo = (url: URL, authorization: string | undefined): ApiReply => {
    const path = url.pathname + url.search;
    const replaced = answers.get(path);
    if (url.pathname === '/v1/metadata/license-agreement/') {
      return replaced ?? { rows: [{ Token: licenceToken }] };
    }
    if (url.pathname.startsWith('/v1/data/') && authorization !== `Bearer ${licenceToken}`) {
      return { status: 401, body: '{"message":"Unauthorized"}' };
    }
    return replaced ?? { rows: [] };
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    asked.push(url.pathname + url.search);
    const from = Number(url.searchParams.get('next_token')?.slice(1) ?? 0);
    url.searchParams.delete('next_token');
    const reply = replyTo(url, request.headers.authorization);
    response.setHeader('content-type', 'application/json');
    if ('rows' in reply) response.end(answerText(reply.rows, from, options.pageSize));
    else response.writeHead(reply.status ?? 200).end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    base: `http://127.0.0.1:${address.port}`,
    asked,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
