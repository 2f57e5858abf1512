// Reads Atom (RFC 4287) into bulletins as they are written.
import type { Markup, WrittenBulletin } from './bulletin.ts';
import { attributeOf, childrenIn, markupIn, textIn, type XmlElement } from './strict-xml.ts';

/** The namespace of Atom: another `feed` is no Atom. */
const atomNamespace = 'http://www.w3.org/2005/Atom';

/** True when the root element is Atom's `feed`, whatever its prefix. */
export const isAtom = ({ name, namespace }: XmlElement): boolean =>
  namespace === atomNamespace && /^(?:[^:]*:)?feed$/.test(name);

const inAtom = (element: XmlElement, name: string): readonly XmlElement[] =>
  childrenIn(element, atomNamespace, name);

const textNamed = (element: XmlElement, name: string): string => textIn(inAtom(element, name)[0]);

/** A text construct (RFC 4287, 3.1), which may hold XHTML. */
function textOf(entry: XmlElement, name: string): Markup {
  const [element] = inAtom(entry, name);
  return markupIn(element, attributeOf(element, 'type').includes('html'));
}

/** `alternate` is the page for people; a link without `rel` is one. */
function linkOf(entry: XmlElement, base: string): string {
  const links = inAtom(entry, 'link');
  const chosen = links.find((link) => (attributeOf(link, 'rel') || 'alternate') === 'alternate');
  const href = attributeOf(chosen, 'href');
  const from = attributeOf(chosen, 'xml:base') || attributeOf(entry, 'xml:base');
  if (href === '' || from === '') return href;
  return URL.parse(href, URL.parse(from, base)?.href ?? base)?.href ?? href;
}

/** The entries of an Atom document as written, in its order. `base` is the address it was got from. */
export function readAtom(
  root: XmlElement,
  where: string,
  base: string,
): { readonly items: readonly WrittenBulletin[]; readonly base: string } {
  const own = URL.parse(attributeOf(root, 'xml:base'), base)?.href ?? base;
  const items = inAtom(root, 'entry').map((entry, at) => ({
    where: `${where} entry ${at + 1}`,
    id: textNamed(entry, 'id'),
    link: linkOf(entry, own),
    title: textOf(entry, 'title'),
    texts: ['summary', 'content'].map((name) => textOf(entry, name)),
    published: textNamed(entry, 'published') || textNamed(entry, 'updated'),
    effective: [],
  }));
  return { items, base: own };
}
