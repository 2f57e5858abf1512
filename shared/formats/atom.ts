// Reads Atom (RFC 4287) into bulletins as they are written.
import type { Markup, WrittenBulletin } from './bulletin.ts';
import {
  attributeOf,
  childrenNamed,
  type StrictXml,
  textNamed,
  withUnread,
  type XmlNode,
} from './strict-xml.ts';

/** The namespace of Atom: another `feed` is no Atom. */
export const atomNamespace = 'http://www.w3.org/2005/Atom';

/** Text constructs (RFC 4287, 3.1), which may hold XHTML. */
const constructs = ['title', 'summary', 'content'];

/** A text construct; `unread` is the same entry with its markup left as text. */
function textOf(entry: XmlNode, unread: XmlNode | undefined, name: string): Markup {
  const [element] = childrenNamed(entry, name);
  const type = attributeOf(element, 'type') || 'text';
  if (type !== 'xhtml') return { text: textNamed(entry, name), isHtml: type.includes('html') };
  return { text: unread ? textNamed(unread, name) : '', isHtml: true };
}

/** `alternate` is the page for people; a link without `rel` is one. */
function linkOf(entry: XmlNode, base: string): string {
  const links = childrenNamed(entry, 'link');
  const chosen = links.find((link) => (attributeOf(link, 'rel') || 'alternate') === 'alternate');
  const href = attributeOf(chosen, 'href');
  const from = attributeOf(chosen, 'xml:base') || attributeOf(entry, 'xml:base');
  if (href === '' || from === '') return href;
  return URL.parse(href, URL.parse(from, base)?.href ?? base)?.href ?? href;
}

/** The entries of an Atom document as written, in its order. `base` is the address it was got from. */
export function readAtom(
  { root, text }: StrictXml,
  where: string,
  base: string,
): { readonly items: readonly WrittenBulletin[]; readonly base: string } {
  const own = URL.parse(attributeOf(root, 'xml:base'), base)?.href ?? base;
  const hasXhtml = /type\s*=\s*["']xhtml["']/.test(text);
  const [unread] = hasXhtml ? childrenNamed(withUnread(text, constructs), 'feed') : [];
  const raw = unread ? childrenNamed(unread, 'entry') : [];
  const items = childrenNamed(root, 'entry').map((entry, at) => ({
    where: `${where} entry ${at + 1}`,
    id: textNamed(entry, 'id'),
    link: linkOf(entry, own),
    title: textOf(entry, raw[at], 'title'),
    texts: ['summary', 'content'].map((name) => textOf(entry, raw[at], name)),
    published: textNamed(entry, 'published') || textNamed(entry, 'updated'),
    effective: [],
  }));
  return { items, base: own };
}
