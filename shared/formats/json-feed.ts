// Reads JSON Feed (jsonfeed.org, versions 1 and 1.1) into bulletins as they are written.
import * as z from 'zod';
import type { Markup, WrittenBulletin } from './bulletin.ts';
import type { FindingList } from './finding-list.ts';

/** Text that may be missing; a number is text too, as version 1 has ids. */
const optionalText = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => String(value ?? '').trim());

const item = z.object({
  id: optionalText,
  url: optionalText,
  external_url: optionalText,
  title: optionalText,
  summary: optionalText,
  content_html: optionalText,
  content_text: optionalText,
  date_published: optionalText,
  date_modified: optionalText,
});

/** What `version` begins with in every JSON Feed. */
const versionShape = /^https?:\/\/jsonfeed\.org\/version\//;

/** Versions whose fields are known here. */
const versions: ReadonlySet<string> = new Set(['1', '1.0', '1.1']);

const feed = z.object({ version: z.string(), items: z.array(z.unknown()) });

/** True when the value calls itself a JSON Feed. */
export const isJsonFeed = (value: unknown): boolean =>
  versionShape.test(feed.pick({ version: true }).safeParse(value).data?.version ?? '');

const plain = (text: string): Markup => ({ text, isHtml: false });

/**
 * The items of a JSON Feed, or undefined with the error `json-feed-shape` when it has no list of items, `json-feed-version`
 * when it is neither of version 1 nor 1.1. Findings: `json-feed-item` (warning) for an item that is none, which is left out.
 */
export function readJsonFeed(
  value: unknown,
  where: string,
  list: FindingList,
): readonly WrittenBulletin[] | undefined {
  const { data } = feed.safeParse(value);
  if (!data) {
    list.add('json-feed-shape', 'error', where, 'A JSON Feed has a list of items; this has none.');
    return undefined;
  }
  if (!versions.has(data.version.replace(versionShape, ''))) {
    const message = `It is a JSON Feed of version ${JSON.stringify(data.version.slice(0, 80))}; 1 and 1.1 can be read.`;
    list.add('json-feed-version', 'error', where, message);
    return undefined;
  }
  return data.items.flatMap((one, at): WrittenBulletin[] => {
    const place = `${where} items[${at}]`;
    const read = item.safeParse(one);
    if (!read.success) {
      const field = read.error.issues[0]?.path.join('.') ?? '';
      const message = `It is no item of a JSON Feed${field ? ` (${field})` : ''}; left out.`;
      list.add('json-feed-item', 'warning', place, message);
      return [];
    }
    const found = read.data;
    return [
      {
        where: place,
        id: found.id,
        link: found.url || found.external_url,
        title: plain(found.title),
        texts: [
          plain(found.summary),
          { text: found.content_html, isHtml: true },
          plain(found.content_text),
        ],
        published: found.date_published || found.date_modified,
        effective: [],
      },
    ];
  });
}
