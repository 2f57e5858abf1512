// Parses JSON and refuses what JSON.parse lets pass: a name twice in one object (it keeps the last one, in silence) and
// nesting without end.
import type { FindingList } from './finding-list.ts';

const depthMax = 50;

const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/gs;

/** What is open: an object with the names it has, or a list. */
type Open = { readonly names: Set<string> | undefined; at: string | number };

const pathOf = (stack: readonly Open[]): string =>
  stack
    .map(({ at }) => (typeof at === 'number' ? `[${at}]` : `.${at}`))
    .join('')
    .replace(/^\./, '') || 'the file';

/** What JSON.parse does not tell, of a text it can parse. */
function faultOf(text: string): { code: string; at: string; message: string } | undefined {
  const stack: Open[] = [];
  let last = '';
  for (const [part] of text.matchAll(token)) {
    const top = stack.at(-1);
    if (part === '{' || part === '[') {
      stack.push({ names: part === '{' ? new Set() : undefined, at: part === '{' ? '' : 0 });
      if (stack.length > depthMax) {
        const message = `Objects and lists lie more than ${depthMax} deep in each other.`;
        return { code: 'json-depth', at: 'the file', message };
      }
    } else if (part === '}' || part === ']') {
      stack.pop();
    } else if (part === ',' && top && typeof top.at === 'number') {
      top.at += 1;
    } else if (part === ':' && top?.names) {
      const name: string = JSON.parse(last);
      top.at = name;
      if (top.names.has(name)) {
        const message = `"${name.slice(0, 40)}" stands here twice; only one of them can be meant.`;
        return { code: 'json-duplicate-key', at: pathOf(stack), message };
      }
      top.names.add(name);
    }
    last = part;
  }
  return undefined;
}

/** The value of a JSON text; `value` is absent when the text is refused. */
export type UniqueJson = { readonly value?: unknown };

/**
 * Parses a text. Findings, all errors: `json-malformed`, `json-depth`, `json-duplicate-key`.
 */
export function readUniqueJson(text: string, where: string, list: FindingList): UniqueJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // V8 quotes what it stumbled over; only the place is of use.
    const place = /position \d+|line \d+ column \d+/.exec(String(error))?.[0];
    const message = `It is no JSON${place ? ` at ${place}` : ' or is cut off'}. Get it again.`;
    list.add('json-malformed', 'error', where, message);
    return {};
  }
  const fault = faultOf(text);
  if (!fault) return { value };
  list.add(fault.code, 'error', `${where} ${fault.at}`, fault.message);
  return {};
}
