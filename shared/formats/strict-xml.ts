// Opens XML from outside: well-formed through and through, no document type, no entities of its own, not too deep.
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Markup } from './bulletin.ts';
import type { FindingList } from './finding-list.ts';
import { readUtf8 } from './utf8-text.ts';

/** An element with what it holds in the order of the document; text as it stands, its character references decoded. */
export type XmlElement = {
  /** As written, with its prefix. */
  readonly name: string;
  /** What its prefix, or having none, stands for where it stands; empty for no namespace. */
  readonly namespace: string;
  /** By their names as written. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (XmlElement | string)[];
};

/** Deepest feed there is: feed, entry, content, and a page of XHTML in it. */
const depthMax = 100;

const declaration = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/;
/** What may stand before the root element. */
const prolog = /^\s*(?:<\?[\s\S]*?\?>\s*|<!--[\s\S]*?-->\s*)*/;

/** Untrimmed and in order: a blank before a tag in a sentence is a blank of the sentence. */
const parser = new XMLParser({
  preserveOrder: true,
  trimValues: false,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  htmlEntities: true,
  maxNestedTags: depthMax,
});

/** A node as the parser gives it in order: its children under its name, or `#text`; attributes under `:@`. */
type ParsedNode = Readonly<Record<string, unknown>>;

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
 * The root element, or undefined. Findings, all errors: those of `readUtf8`, `xml-encoding`, `xml-doctype`, `xml-malformed`
 * (truncated, tags that do not match), `xml-roots`, `xml-refused` (too deep).
 */
export function readStrictXml(
  bytes: Uint8Array,
  { where, list, bytesMax }: { where: string; list: FindingList; bytesMax: number },
): XmlElement | undefined {
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
): XmlElement | undefined {
  let nodes: readonly ParsedNode[];
  try {
    nodes = parser.parse(text);
  } catch (error) {
    return refuse('xml-refused', `${error instanceof Error ? error.message : error}.`);
  }
  const [root, ...others] = elementsOf(nodes.flatMap((node) => childOf(node, new Map())));
  if (root && others.length === 0) return root;
  return refuse('xml-roots', 'It has not one root element.');
}

/** Namespaces by prefix, `''` for none, as they are bound where an element stands. */
type Bindings = ReadonlyMap<string, string>;

const prefixOf = (name: string): string => name.slice(0, Math.max(0, name.indexOf(':')));
const localOf = (name: string): string => name.slice(name.indexOf(':') + 1);

/** The bindings around an element with those it declares itself. */
function bindingsIn(around: Bindings, attributes: ReadonlyMap<string, string>): Bindings {
  const declared = [...attributes].filter(([name]) => /^xmlns(?::|$)/.test(name));
  if (declared.length === 0) return around;
  const own = declared.map(([name, uri]) => [name.slice('xmlns:'.length), uri.trim()] as const);
  return new Map([...around, ...own]);
}

/** The node as a child of its element: an element, text, or nothing for a processing instruction. */
function childOf(node: ParsedNode, around: Bindings): readonly (XmlElement | string)[] {
  const name = Object.keys(node).find((key) => key !== ':@');
  if (name === undefined || name.startsWith('?')) return [];
  const held = node[name];
  if (!Array.isArray(held)) return [String(held)];
  const attributes = new Map(
    Object.entries(node[':@'] ?? {}).map(([key, value]) => [key, String(value)] as const),
  );
  const bindings = bindingsIn(around, attributes);
  const namespace = bindings.get(prefixOf(name)) ?? '';
  const children = held.flatMap((child: ParsedNode) => childOf(child, bindings));
  return [{ name, namespace, attributes, children }];
}

const isElement = (child: XmlElement | string): child is XmlElement => typeof child !== 'string';

const elementsOf = (children: XmlElement['children']): readonly XmlElement[] =>
  children.filter(isElement);

/** The children of one name, as written with its prefix. */
export const childrenNamed = (element: XmlElement, name: string): readonly XmlElement[] =>
  elementsOf(element.children).filter((child) => child.name === name);

/** The children of one name in a namespace, whatever their prefix. */
export const childrenIn = (
  element: XmlElement,
  namespace: string,
  local: string,
): readonly XmlElement[] =>
  elementsOf(element.children).filter(
    (child) => child.namespace === namespace && localOf(child.name) === local,
  );

/** The text right in an element, as it stands; empty when there is none. */
export const textIn = (element: XmlElement | undefined): string =>
  (element?.children ?? [])
    .filter((child) => !isElement(child))
    .join('')
    .trim();

/** An attribute, empty when there is none. */
export const attributeOf = (element: XmlElement | undefined, name: string): string =>
  (element?.attributes.get(name) ?? '').trim();

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The element's content as HTML: names without their prefixes, no attributes, no comments. */
const htmlIn = ({ children }: XmlElement): string =>
  children
    .map((child) => {
      if (!isElement(child)) return escaped(child);
      const name = localOf(child.name);
      return `<${name}>${htmlIn(child)}</${name}>`;
    })
    .join('');

/**
 * All that an element says, in the order of the document. When elements stand in it, its content is HTML, whatever
 * `isHtml` says of its text: XHTML in Atom, and markup in RSS that was not escaped.
 */
export const markupIn = (element: XmlElement | undefined, isHtml: boolean): Markup =>
  element && elementsOf(element.children).length > 0
    ? { text: htmlIn(element), isHtml: true }
    : { text: textIn(element), isHtml };
