// Tells by its content which kind of bulletin feed a file is, and reads it.
import { isAtom, readAtom } from '../../formats/atom.ts';
import { type Bulletin, finishBulletins, type WrittenBulletin } from '../../formats/bulletin.ts';
import { isFederalRegister, readFederalRegister } from '../../formats/federal-register.ts';
import type { FindingList } from '../../formats/finding-list.ts';
import { isJsonFeed, readJsonFeed } from '../../formats/json-feed.ts';
import { looksLikeHtml } from '../../formats/looks-like-html.ts';
import { readRss } from '../../formats/rss.ts';
import { readStrictXml, type XmlElement } from '../../formats/strict-xml.ts';
import { readUniqueJson } from '../../formats/unique-json.ts';
import { readUtf8 } from '../../formats/utf8-text.ts';

/** The largest feed that is read. */
export const bulletinBytesMax = 5_000_000;

type Written = { readonly items: readonly WrittenBulletin[]; readonly base?: string };

function fromXml(root: XmlElement, at: Place): Written | undefined {
  const { where, url, list } = at;
  if (root.name === 'rss') return readRss(root, where, list);
  if (isAtom(root)) return readAtom(root, where, url);
  const isFeed = /^(?:.*:)?feed$/.test(root.name);
  const message = isFeed
    ? `Its root element is ${root.name}, but not in the namespace of Atom.`
    : `Its root element is ${root.name}: neither RSS 2.0 nor Atom.`;
  list.add('bulletin-shape', 'error', where, message);
  return undefined;
}

function fromJson(bytes: Uint8Array, { where, list }: Place): Written | undefined {
  const text = readUtf8(bytes, { where, list, bytesMax: bulletinBytesMax });
  if (text === undefined) return undefined;
  if (!/^\s*[{[]/.test(text)) {
    list.add('bulletin-shape', 'error', where, 'It is neither XML nor JSON.');
    return undefined;
  }
  const { value } = readUniqueJson(text, where, list);
  if (value === undefined) return undefined;
  const read = isJsonFeed(value)
    ? readJsonFeed
    : isFederalRegister(value)
      ? readFederalRegister
      : undefined;
  if (read) {
    const items = read(value, where, list);
    return items && { items };
  }
  const message = 'It is JSON, but neither a JSON Feed nor an answer of the Federal Register.';
  list.add('not-a-json-feed', 'error', where, message);
  return undefined;
}

/** Where a file is from, and what takes its findings. */
type Place = { readonly where: string; readonly url: string; readonly list: FindingList };

/** XML begins with `<`; a web page does too, and is told apart by name. */
const isXml = (bytes: Uint8Array): boolean =>
  /^\s*</.test(
    Buffer.from(bytes.subarray(0, 200))
      .toString('latin1')
      .replace(/^\u00ef\u00bb\u00bf/, ''),
  );

/**
 * The bulletins of a file; undefined when it could not be read, which is an error among the findings: `bulletin-shape`,
 * `not-a-json-feed`, and those of the format's reader. Never throws for bad bytes.
 */
export function readBulletins(
  bytes: Uint8Array,
  url: string,
  list: FindingList,
): readonly Bulletin[] | undefined {
  const at: Place = { where: url, url, list };
  const xml =
    isXml(bytes) && !looksLikeHtml(bytes)
      ? readStrictXml(bytes, { where: url, list, bytesMax: bulletinBytesMax })
      : undefined;
  const written =
    isXml(bytes) && !looksLikeHtml(bytes) ? xml && fromXml(xml, at) : fromJson(bytes, at);
  if (!written) return undefined;
  return finishBulletins(written.items, { where: url, base: written.base ?? url, list });
}
