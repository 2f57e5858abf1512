// The `q` parameter of the NLM face: the part of Elasticsearch's query string syntax that means something here.
import { CodewatchError } from '../../shared/core/errors.ts';
import type { ListedCode } from '../../shared/operations/listed-code.ts';
import type { SearchField } from '../../shared/ports/catalogue.ts';
import { searchFields } from './nlm-fields.ts';

/** What a hit must satisfy besides `terms`. */
export type Constraint =
  | { readonly kind: 'all'; readonly of: readonly Constraint[] }
  | { readonly kind: 'any'; readonly of: readonly Constraint[] }
  | { readonly kind: 'not'; readonly of: Constraint }
  /** `words` one after the other in a field; one with a wildcard stands alone. Lower case, no accents. */
  | {
      readonly kind: 'match';
      readonly fields: readonly SearchField[];
      readonly text: string;
      readonly words: readonly string[];
      readonly wildcard: boolean;
    };

const lengthMax = 256;
const depthMax = 16;
/** Operators of Elasticsearch that are refused, by the character that gives them away. */
const refused = /[~^[\]{}/+<>=]/;

type Token = { readonly kind: 'text' | 'quoted' | 'mark'; readonly text: string };
type Cursor = { readonly tokens: readonly Token[]; at: number };

const wrong = (why: string): CodewatchError => new CodewatchError('invalid-request', `q: ${why}`);

/** Lower case without accents: how words are compared. */
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const wordsOf = (text: string): readonly string[] => folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * Reads a `q`: `field:value` or a bare value, `*` and `?` inside a word, "phrases", AND, OR, NOT (`&&`, `||`, `!`, `-`)
 * and parentheses. Throws `invalid-request` for everything else Elasticsearch has, and where it has AND and OR
 * without parentheses or nothing at all between two clauses: what those mean depends on the server's settings.
 */
export function parseConstraint(text: string): Constraint {
  if (text.length > lengthMax) throw wrong(`over ${lengthMax} characters`);
  const cursor: Cursor = { tokens: tokensOf(text), at: 0 };
  const constraint = parseRun(cursor, searchFields, 0);
  const rest = cursor.tokens[cursor.at];
  if (rest) throw wrong(`"${rest.text}" stands where AND or OR should`);
  return constraint;
}

const tokenShape = /\s+|"((?:[^"\\]|\\.)*)"|(&&|\|\||[()!:-])|((?:\\.|[^\s"()\\:!&|])+)|./gsy;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const [whole, quoted, mark, word] of text.matchAll(tokenShape)) {
    if (quoted !== undefined) tokens.push({ kind: 'quoted', text: unescaped(quoted) });
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark });
    else if (word !== undefined) tokens.push({ kind: 'text', text: word });
    else if (whole.trim() !== '') throw wrong(`cannot read ${whole}; escape it with a backslash`);
  }
  return tokens;
}

const unescaped = (text: string): string => text.replace(/\\(.)/gs, '$1');

const operators: ReadonlyMap<string, 'all' | 'any'> = new Map([
  ['AND', 'all'],
  ['&&', 'all'],
  ['OR', 'any'],
  ['||', 'any'],
]);

function parseRun(cursor: Cursor, fields: readonly SearchField[], depth: number): Constraint {
  if (depth > depthMax) throw wrong(`parentheses over ${depthMax} deep`);
  const of = [parseClause(cursor, fields, depth)];
  let kind: 'all' | 'any' | undefined;
  for (;;) {
    const token = cursor.tokens[cursor.at];
    const operator = token && token.kind !== 'quoted' ? operators.get(token.text) : undefined;
    const [only] = of;
    if (!operator) return kind === undefined && only ? only : { kind: kind ?? 'all', of };
    if (kind && operator !== kind) throw wrong('put parentheses between AND and OR');
    kind = operator;
    cursor.at += 1;
    of.push(parseClause(cursor, fields, depth));
  }
}

function parseClause(cursor: Cursor, fields: readonly SearchField[], depth: number): Constraint {
  const token = take(cursor);
  if (isMark(token, '!') || isMark(token, '-') || (token.kind === 'text' && token.text === 'NOT')) {
    if (depth > depthMax) throw wrong(`NOT over ${depthMax} deep`);
    return { kind: 'not', of: parseClause(cursor, fields, depth + 1) };
  }
  if (token.kind !== 'text' || !isMark(cursor.tokens[cursor.at], ':')) {
    return parseValue(cursor, token, fields, depth);
  }
  cursor.at += 1;
  const field = searchFields.find((one) => one === token.text);
  if (!field) throw wrong(`no field ${token.text}; there are ${searchFields.join(', ')}`);
  return parseValue(cursor, take(cursor), [field], depth);
}

function parseValue(
  cursor: Cursor,
  token: Token,
  fields: readonly SearchField[],
  depth: number,
): Constraint {
  if (isMark(token, '(')) {
    const inner = parseRun(cursor, fields, depth + 1);
    if (!isMark(take(cursor), ')')) throw wrong('a parenthesis is not closed');
    return inner;
  }
  if (token.kind === 'mark' || (token.kind === 'text' && operators.get(token.text))) {
    throw wrong(`"${token.text}" stands where a clause should`);
  }
  return token.kind === 'quoted' ? phrase(fields, token.text) : bareValue(fields, token.text);
}

function take(cursor: Cursor): Token {
  const token = cursor.tokens[cursor.at];
  if (!token) throw wrong('ends where a clause or a parenthesis should stand');
  cursor.at += 1;
  return token;
}

const isMark = (token: Token | undefined, text: string): boolean =>
  token?.kind === 'mark' && token.text === text;

function bareValue(fields: readonly SearchField[], raw: string): Constraint {
  const outside = raw.replace(/\\./gs, '');
  if (refused.test(outside)) {
    throw wrong(`${raw}: no ranges, fuzziness, boosts or regular expressions; quote or escape it`);
  }
  if (!/[*?]/.test(outside)) return phrase(fields, unescaped(raw));
  const text = folded(raw);
  if (!/^[\p{L}\p{N}.*?]+$/u.test(text)) {
    throw wrong(`${raw}: a wildcard stands for part of one code or word`);
  }
  return { kind: 'match', fields, text, words: [text], wildcard: true };
}

function phrase(fields: readonly SearchField[], given: string): Constraint {
  const text = folded(given).trim();
  const words = wordsOf(text);
  if (words.length === 0) throw wrong('a clause has no word in it');
  return { kind: 'match', fields, text, words, wildcard: false };
}

/** True when a code satisfies a constraint. Codes match with and without their dot. */
export function satisfies(constraint: Constraint, listed: ListedCode): boolean {
  if (constraint.kind === 'all') return constraint.of.every((one) => satisfies(one, listed));
  if (constraint.kind === 'any') return constraint.of.some((one) => satisfies(one, listed));
  if (constraint.kind === 'not') return !satisfies(constraint.of, listed);
  const { fields, text, words, wildcard } = constraint;
  const code = listed.code.toLowerCase();
  const codes = fields.includes('code') ? [code, code.replace('.', '')] : [];
  const title = fields.includes('name') ? wordsOf(listed.title.long) : [];
  if (wildcard) return [...codes, ...title].some((candidate) => globMatches(text, candidate));
  const starts = title.keys();
  return (
    codes.includes(text) || starts.some((at) => words.every((word, i) => title[at + i] === word))
  );
}

/** True when a pattern of literals, `*` and `?` covers the whole text; never worse than their lengths multiplied. */
export function globMatches(pattern: string, text: string): boolean {
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p;
      mark = t;
      p += 1;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      t = mark;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

/** A search every satisfying code is a hit of, for when there are no terms; undefined when there is none. */
export function searchImpliedBy(
  constraint: Constraint,
): { readonly text: string; readonly fields: readonly SearchField[] } | undefined {
  if (constraint.kind === 'all') {
    return constraint.of.map(searchImpliedBy).find((implied) => implied !== undefined);
  }
  if (constraint.kind !== 'match') return undefined;
  const { fields, wildcard } = constraint;
  const text = wildcard
    ? constraint.text.replace(/[*?].*$/s, '').replace(/\.$/, '')
    : constraint.text;
  return text === '' ? undefined : { text, fields };
}
