// Reads RSS 2.0 (rssboard.org/rss-specification) into bulletins as they are written.
import type { WrittenBulletin } from './bulletin.ts';
import type { FindingList } from './finding-list.ts';
import { childrenNamed, type StrictXml, textNamed, type XmlNode } from './strict-xml.ts';

/** The items as written, and the address relative links begin at when the channel gives one. */
export type RssChannel = { readonly items: readonly WrittenBulletin[]; readonly base?: string };

/** Titles and descriptions are HTML by custom; `content:encoded` and `dc:date` are modules in wide use. */
function itemOf(item: XmlNode, where: string): WrittenBulletin {
  const [guid] = childrenNamed(item, 'guid');
  const id = textNamed(item, 'guid');
  const isLink = guid?.['@_isPermaLink'] !== 'false' && /^https?:\/\//.test(id);
  return {
    where,
    id,
    link: textNamed(item, 'link') || (isLink ? id : ''),
    title: { text: textNamed(item, 'title'), isHtml: true },
    texts: ['description', 'content:encoded'].map((name) => ({
      text: textNamed(item, name),
      isHtml: true,
    })),
    published: textNamed(item, 'pubDate') || textNamed(item, 'dc:date'),
    effective: [],
  };
}

/**
 * The items of an RSS document, or undefined with an error: `rss-version` (RSS 0.9x, or none said), `rss-channel` (not
 * exactly one channel). A channel without items is one.
 */
export function readRss(
  { root }: StrictXml,
  where: string,
  list: FindingList,
): RssChannel | undefined {
  const version = String(root['@_version'] ?? '');
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
