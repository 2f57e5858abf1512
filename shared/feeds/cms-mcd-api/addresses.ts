// Addresses of the Coverage API, both ways: what to ask for, and what an archived answer is an answer to.
// https://api.coverage.cms.gov/docs/, version 1.5.

/** Where the API is. */
export const coverageApi = 'https://api.coverage.cms.gov';

/** Kinds of document that have lists or belong to one that has. */
export type LocalKind = 'article' | 'lcd';

/** A version of a document; digits. */
export type LocalVersion = {
  readonly kind: LocalKind;
  readonly number: string;
  readonly version: string;
};

const documentTables = [
  '',
  'contractor',
  'primary-jurisdiction',
  'revision-history',
  'related-documents',
  'future-retire',
] as const;
const codeTables = [
  'hcpc-code',
  'hcpc-code-group',
  'icd10-covered',
  'icd10-covered-group',
  'icd10-noncovered',
  'icd10-noncovered-group',
] as const;

/** A table of a document: the last part of the path, empty for the document itself. */
export type TableName = (typeof documentTables)[number] | (typeof codeTables)[number];

/** Tables that a kind of document has, the document itself first. */
export const tablesOf = (kind: LocalKind): readonly TableName[] =>
  kind === 'article' ? [...documentTables, ...codeTables] : documentTables;

/** Reports that list the documents of a kind in a state. */
const reportOf = { article: 'local-coverage-articles', lcd: 'local-coverage-final-lcds' } as const;

/** Digits alone, as the API writes days in requests. */
const compact = (day: string): string => day.replaceAll('-', '');

/** What can be asked; each is a path with its query. */
export const paths = {
  licence: '/v1/metadata/license-agreement/',
  period: '/v1/metadata/update-period/',
  states: '/v1/metadata/states/',
  contractors: '/v1/data/contractor/',
  /** Local documents updated from a day on and before another, a week at most. */
  local: (from: string, before: string): string =>
    `/v1/reports/whats-new/local/?start_date=${compact(from)}&end_date=${compact(before)}`,
  /** National documents updated within so many days, 120 at most. */
  national: (days: number): string => `/v1/reports/whats-new/national/?timeframe=${days}`,
  /** Documents that apply in a state, by its number. */
  inState: (kind: LocalKind, state: string): string =>
    `/v1/reports/${reportOf[kind]}/?state_id=${state}`,
  /** A table of a document; days of retirement are the document's, of whatever version. */
  table: ({ kind, number, version }: LocalVersion, table: TableName): string =>
    `/v1/data/${kind}/${table}?${kind}id=${number}${table === 'future-retire' ? '' : `&ver=${version}`}`,
} as const;

/** The next page of what a path answers. */
export const nextPage = (path: string, token: string): string =>
  `${path}${path.includes('?') ? '&' : '?'}next_token=${encodeURIComponent(token)}`;

/** The path an archived answer is to, without its page: answers of one path are pages of one table. */
export function pathOf(url: string): string {
  const parsed = new URL(url);
  parsed.searchParams.delete('next_token');
  return `${parsed.pathname}${parsed.search}`;
}

/** The version of a document that a path asks for the document itself of; undefined for every other path. */
export function versionAskedOf(path: string): LocalVersion | undefined {
  const [, kind, number, version] =
    /^\/v1\/data\/(article|lcd)\/\?\w+id=(\d+)&ver=(\d+)$/.exec(path) ?? [];
  if (number === undefined || version === undefined) return undefined;
  return { kind: kind === 'lcd' ? 'lcd' : 'article', number, version };
}

/** The kind and the number of the state that a path asks documents of; undefined for every other path. */
export function stateAskedOf(path: string): { kind: LocalKind; state: string } | undefined {
  const [, report, state] = /^\/v1\/reports\/([a-z-]+)\/\?state_id=(\d+)$/.exec(path) ?? [];
  if (state === undefined) return undefined;
  return { kind: report === reportOf.lcd ? 'lcd' : 'article', state };
}
