// Reads RSS 2.0 (rssboard.org/rss-specification) into bulletins as they are written.
import type { Markup, WrittenBulletin } from './bulletin.ts';
import type { FindingList } from './finding-list.ts';
import { attributeOf, childrenNamed, markupIn, textIn, type XmlElement } from './strict-xml.ts';

/** The items as written, and the address relative links begin at when the channel gives one. */
export type RssChannel = { readonly items: readonly WrittenBulletin[]; readonly base?: string };

const textNamed = (element: XmlElement, name: string): string =>
  textIn(childrenNamed(element, name)[0]);

/**
 * Titles and descriptions are HTML by custom, escaped or not; `content:encoded` and `dc:date` are modules in wide use.
 */
function itemOf(item: XmlElement, where: string): WrittenBulletin {
  const markupNamed = (name: string): Markup => markupIn(childrenNamed(item, name)[0], true);
  const [guid] = childrenNamed(item, 'guid');
  const id = textIn(guid);
  const isLink = attributeOf(guid, 'isPermaLink') !== 'false' && /^https?:\/\//.test(id);
  return {
    where,
    id,
    link: textNamed(item, 'link') || (isLink ? id : ''),
    title: markupNamed('title'),
    texts: ['description', 'content:encoded'].map(markupNamed),
    published: textNamed(item, 'pubDate') || textNamed(item, 'dc:date'),
    effective: [],
  };
}

/**
 * The items of an RSS document, or undefined with an error: `rss-version` (RSS 0.9x, or none said), `rss-channel` (not
 * exactly one channel). A channel without items is one.
 */
export function readRss(
  root: XmlElement,
  where: string,
  list: FindingList,
): RssChannel | undefined {
  const version = attributeOf(root, 'version');
  if (!version.startsWith('2.')) {
    const message = `It is RSS ${version || 'of no version'}; RSS 2.0, Atom and JSON Feed are read.`;
    list.add('rss-version', 'error', where, message);
    return undefined;
  }
  const [channel, ...others] = childrenNamed(root, 'channel');
  if (!channel || others.length > 0) {
    list.add('rss-channel', 'error', where, 'RSS has one channel; this file has not.');
    return undefined;
  }
  const items = childrenNamed(channel, 'item').map((item, at) =>
    itemOf(item, `${where} item ${at + 1}`),
  );
  const base = textNamed(channel, 'link');
  return /^https?:\/\//.test(base) ? { items, base } : { items };
}
