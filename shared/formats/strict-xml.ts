// Opens XML from outside: well-formed through and through, no document type, no entities of its own, not too deep.
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { FindingList } from './finding-list.ts';
import { readUtf8 } from './utf8-text.ts';

/** An element as the XML parser gives it: children and `@_` attributes by name, own text as `#text`. */
export type XmlNode = { readonly [name: string]: unknown };

/** The root element, and the text it was read from. */
export type StrictXml = { readonly name: string; readonly root: XmlNode; readonly text: string };

/** Deepest feed there is: feed, entry, content, and a page of XHTML in it. */
const depthMax = 100;

const declaration = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/;
/** What may stand before the root element. */
const prolog = /^\s*(?:<\?[\s\S]*?\?>\s*|<!--[\s\S]*?-->\s*)*/;

const options = {
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  htmlEntities: true,
  maxNestedTags: depthMax,
} as const;
const parser = new XMLParser(options);

/** UTF-8 bytes of a file that declares another encoding this runtime knows; undefined when they are not that. */
function toUtf8(bytes: Uint8Array): Uint8Array | undefined {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = declaration.exec(head)?.[1] ?? 'utf-8';
  if (/^(?:utf-8|us-ascii|utf-16)$/i.test(declared)) return bytes;
  try {
    return Buffer.from(new TextDecoder(declared, { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/**
 * The document, or undefined. Findings, all errors: those of `readUtf8`, `xml-encoding`, `xml-doctype`, `xml-malformed`
 * (truncated, tags that do not match), `xml-roots`, `xml-refused` (too deep).
 */
export function readStrictXml(
  bytes: Uint8Array,
  { where, list, bytesMax }: { where: string; list: FindingList; bytesMax: number },
): StrictXml | undefined {
  const refuse = (code: string, message: string): undefined => {
    list.add(code, 'error', where, message);
    return undefined;
  };
  const utf8 = toUtf8(bytes);
  if (!utf8) return refuse('xml-encoding', 'Its bytes are not in the encoding it declares.');
  const text = readUtf8(utf8, { where, list, bytesMax });
  if (text === undefined) return undefined;
  const start = prolog.exec(text)?.[0].length ?? 0;
  // Only a document type can define entities; none is expanded that it would define.
  if (/^<!doctype/i.test(text.slice(start, start + 9))) {
    return refuse('xml-doctype', 'It has a document type, which may define entities: not read.');
  }
  const valid = XMLValidator.validate(text);
  if (valid !== true) {
    const { line, col, msg } = valid.err;
    return refuse('xml-malformed', `Line ${line}, column ${col}: ${msg} Get the file again.`);
  }
  return parse(text, refuse);
}

function parse(
  text: string,
  refuse: (code: string, message: string) => undefined,
): StrictXml | undefined {
  let document: XmlNode;
  try {
    document = parser.parse(text);
  } catch (error) {
    return refuse('xml-refused', `${error instanceof Error ? error.message : error}.`);
  }
  const names = Object.keys(document).filter((name) => !name.startsWith('?'));
  const [name = ''] = names;
  const [root, ...others] = childrenNamed(document, name);
  if (names.length === 1 && root && others.length === 0) return { name, root, text };
  return refuse('xml-roots', 'There is more than one root element, or text beside it.');
}

const isNode = (value: unknown): value is XmlNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The children of one name; a child that holds nothing but text is an element with this text. */
export function childrenNamed(element: XmlNode, name: string): readonly XmlNode[] {
  const value = element[name];
  const all: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return all.map((one) => (isNode(one) ? one : { '#text': String(one ?? '') }));
}

/** The text of the first child of a name, as it stands; empty when there is none. */
export const textNamed = (element: XmlNode, name: string): string =>
  String(childrenNamed(element, name)[0]?.['#text'] ?? '').trim();

/** An attribute, empty when there is none. */
export const attributeOf = (element: XmlNode | undefined, name: string): string =>
  String(element?.[`@_${name}`] ?? '').trim();

/**
 * The same document with the elements of these names left as the text they were written as: markup in them is text, not
 * elements (XHTML in Atom).
 */
export function withUnread(text: string, names: readonly string[]): XmlNode {
  return new XMLParser({ ...options, stopNodes: names.map((name) => `*.${name}`) }).parse(text);
}
