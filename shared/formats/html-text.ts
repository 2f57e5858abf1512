// HTML of a publisher as plain text: what is left holds no markup, so that it can be quoted, compared and shown anywhere.
import { HTMLElement, type Node, parse, TextNode } from 'node-html-parser';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

// Elements a browser begins a new line for; a cell of a table stays on its row's line.
const blocks = words(
  'address article aside blockquote br caption dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hr li main nav ol p pre section table tbody tfoot thead tr ul',
);
const cells = words('td th');
// Their content is no text of the document.
const silent = words('script style template noscript iframe object head');

const tagLike = /<\/?[a-z][^<>]*>|<!--/i;
const everyTag = /<\/?([a-z][a-z0-9]*)[^<>]*>|<!--[\s\S]*?-->/gi;
const control = /[^\P{Cc}\n\r\t]/gu;

// Tags left open that the parser takes: it takes the square of their number, and no real paragraph leaves many.
const openTagsMax = 1000;
// What was encoded twice or thrice is decoded as often, and no more.
const layersMax = 3;

// Bytes 0x80 to 0x9f of Windows-1252, which pass for Latin-1 in the exports; the HTML standard reads them alike.
const windows1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

const outOfC1 = (text: string): string =>
  text.replace(/[\u0080-\u009f]/g, (char) => windows1252[char.charCodeAt(0) - 0x80] ?? ' ');

/** Begins and ends of what an element holds, in the place of its tags. */
function edgeOf(name: string): string {
  if (blocks.has(name)) return '\n';
  return cells.has(name) ? ' ' : '';
}

/** The text of all nodes, in order; without recursion, since nesting is the publisher's. */
function textOfTree(root: HTMLElement): string {
  const parts: string[] = [];
  const todo: (Node | string)[] = [root];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (typeof next === 'string') parts.push(next);
    else if (next instanceof TextNode) parts.push(next.text.replace(/\s+/g, ' '));
    else if (next instanceof HTMLElement) {
      const name = next.rawTagName?.toLowerCase() ?? '';
      if (silent.has(name)) continue;
      const edge = edgeOf(name);
      todo.push(edge, ...next.childNodes.toReversed(), edge);
    }
  }
  return parts.join('');
}

function hasManyOpenTags(html: string): boolean {
  let open = 0;
  for (const [tag] of html.matchAll(/<\/?[a-z]/gi)) open += tag[1] === '/' ? -1 : 1;
  return open > openTagsMax;
}

/** One layer of markup taken off. */
function unwrapped(html: string): string {
  if (!/[<&]/.test(html)) return html;
  const readable = hasManyOpenTags(html)
    ? html.replace(everyTag, (_, name?: string) => edgeOf(name?.toLowerCase() ?? '') || ' ')
    : html;
  // Text without a tag keeps the lines it has.
  if (!tagLike.test(readable)) return new TextNode(readable).text;
  return textOfTree(parse(readable, { comment: false }));
}

/** Without control characters, which could hide a tag from who looks for one. */
const visible = (text: string): string => outOfC1(text).replace(control, '');

const tidied = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim();

/**
 * The text of a piece of HTML: character references decoded, blanks made one, a line for each block, scripts, styles and
 * comments left out. What is no HTML comes back as it is. Never throws; nothing that reads as a tag is left.
 */
export function htmlText(html: string): string {
  let text = visible(html);
  for (let layer = 0; layer < layersMax; layer += 1) {
    text = visible(unwrapped(text));
    if (!tagLike.test(text)) return tidied(text);
  }
  return tidied(text.replace(/[<>]/g, ' '));
}
