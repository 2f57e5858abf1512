// An answer of the Coverage API, `{meta: {status, next_token, …}, data: […]}`, as rows: what is no such answer, though it came
// with status 200, is named.
import { createFindingList, type FindingList } from '../../formats/finding-list.ts';
import { readUniqueJson } from '../../formats/unique-json.ts';
import { readUtf8 } from '../../formats/utf8-text.ts';

/** A row; names in lower case, since the API itself is not of one mind (`Token`, `article_rev_end_Date`). */
export type ApiRow = Readonly<Record<string, unknown>>;

/** What was answered. */
export type ApiAnswer = {
  readonly rows: readonly ApiRow[];
  /** Set when there is another page. */
  readonly nextToken?: string;
};

/** Several times the largest answer there is: a report on all articles has 2 MB. */
export const answerBytesMax = 32 * 1024 * 1024;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const lowered = (value: Readonly<Record<string, unknown>>): ApiRow =>
  Object.fromEntries(Object.entries(value).map(([name, cell]) => [name.toLowerCase(), cell]));

/** What upstream says went wrong, short, and without anything that might be a token. */
function quoted(message: unknown): string {
  if (typeof message !== 'string') return 'no reason given';
  return JSON.stringify(message.replace(/[\w.+/=-]{16,}/g, '…').slice(0, 100));
}

/** What an answer says in place of rows, when it is an error. */
function errorIn(value: Readonly<Record<string, unknown>>): string | undefined {
  const meta = isObject(value.meta) ? value.meta : {};
  const status = isObject(meta.status) ? meta.status : {};
  const code = Number(status.id ?? value.code ?? 200);
  if (code >= 200 && code <= 299) return undefined;
  return `It came with status 200 and says error ${code}: ${quoted(status.message ?? value.message)}.`;
}

function answerOf(value: unknown, refuse: (code: string, message: string) => undefined) {
  if (!isObject(value)) return refuse('mcd-api-shape', 'It is no object with meta and data.');
  const error = errorIn(value);
  if (error !== undefined) return refuse('mcd-api-error', error);
  const { data, meta } = value;
  if (!Array.isArray(data)) return refuse('mcd-api-shape', 'It has no list "data".');
  const rows: readonly unknown[] = data;
  const wrong = rows.findIndex((row) => !isObject(row));
  if (wrong >= 0) return refuse('mcd-api-shape', `Row ${wrong + 1} of "data" is no object.`);
  const next = isObject(meta) ? meta.next_token : undefined;
  const hasNext = typeof next === 'string' && next !== '';
  return { rows: rows.filter(isObject).map(lowered), ...(hasNext ? { nextToken: next } : {}) };
}

/**
 * Reads an answer; undefined, with a warning, when it is none: `html-instead-of-file`, `encoding`, `empty-file`,
 * `control-characters`, `file-too-large`, `json-malformed` (cut off), `json-duplicate-key`, `json-depth`, `mcd-api-error`
 * (an error with status 200), `mcd-api-shape`. An empty `data` is an answer without rows.
 */
export function readAnswer(
  bytes: Uint8Array,
  where: string,
  list: FindingList,
): ApiAnswer | undefined {
  const own = createFindingList();
  const text = readUtf8(bytes, { where, list: own, bytesMax: answerBytesMax });
  const { value } = text === undefined ? {} : readUniqueJson(text, where, own);
  // One answer that cannot be read costs its document, and no other.
  for (const { code, severity, where: at, message } of own.all()) {
    list.add(code, severity === 'error' ? 'warning' : severity, at, message);
  }
  if (value === undefined) return undefined;
  return answerOf(value, (code, message) => {
    list.add(code, 'warning', where, message);
    return undefined;
  });
}
