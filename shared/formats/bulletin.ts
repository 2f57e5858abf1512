// What a bulletin is whatever feed it came in: RSS, Atom, JSON Feed or the Federal Register. And what is made good or
// told when an item lacks its id, repeats one, or dates and links itself oddly.
import { createHash } from 'node:crypto';
import type { CalendarDate } from '../core/calendar-date.ts';
import type { FindingList } from './finding-list.ts';
import { htmlText } from './html-text.ts';
import { publicationDay } from './publication-day.ts';

/** One notice of a publisher; every text is plain. */
export type Bulletin = {
  /** The publisher's own id, else its link, else made from what it says. */
  readonly id: string;
  readonly title: string;
  /** http or https, absolute. */
  readonly url: string;
  readonly published?: CalendarDate;
  /** Effective dates given in fields of their own, beside the text. */
  readonly effective: readonly CalendarDate[];
  readonly text: string;
};

/** An item as its format has it, everything as written. */
export type WrittenBulletin = {
  /** Which item, for findings. */
  readonly where: string;
  readonly id: string;
  readonly link: string;
  readonly title: Markup;
  readonly texts: readonly Markup[];
  /** The day in one of the forms of `publicationDay`; empty when there is none. */
  readonly published: string;
  readonly effective: readonly string[];
};

/** A text, and whether it is HTML. */
export type Markup = { readonly text: string; readonly isHtml: boolean };

/** Bulletins of one file; of more than these the rest is not read, and a finding says so. */
export const bulletinsMax = 2000;

const textCharsMax = 20_000;

const plainOf = ({ text, isHtml }: Markup): string =>
  (isHtml ? htmlText(text) : text).slice(0, textCharsMax).trim();

/** The link resolved; undefined when it is none that a reader could follow. */
function linkOf(link: string, base: string): string | undefined {
  if (link === '') return undefined;
  const url = URL.parse(link, base);
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined;
}

const hashOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);

function dayOf(written: string, where: string, list: FindingList): CalendarDate | undefined {
  const day = publicationDay(written);
  if (written !== '' && !day) {
    const message = `"${written.slice(0, 40)}" is no date; the bulletin is kept without it.`;
    list.add('bulletin-date', 'warning', where, message);
  }
  return day;
}

function finish(item: WrittenBulletin, base: string, list: FindingList): Bulletin | undefined {
  const { where } = item;
  const title = plainOf(item.title).replace(/\s+/g, ' ');
  const text = item.texts
    .map(plainOf)
    .filter((part, at, all) => part !== '' && all.indexOf(part) === at)
    .join('\n');
  if (title === '' && text === '') {
    list.add('bulletin-empty', 'warning', where, 'It has neither a title nor a text; left out.');
    return undefined;
  }
  const link = linkOf(item.link, base);
  if (item.link !== '' && !link) {
    const message = 'Its link is no web address; the address of the feed stands in for it.';
    list.add('bulletin-link', 'warning', where, message);
  }
  if (item.id === '') {
    const stand = link ? 'its link' : 'a digest of its text';
    list.add('bulletin-without-id', 'info', where, `It has no id; ${stand} stands in for it.`);
  }
  const published = dayOf(item.published, where, list);
  const effective = item.effective.flatMap((one) => dayOf(one, where, list) ?? []);
  return {
    id: item.id || link || hashOf(title, text),
    title,
    url: link ?? base,
    ...(published && { published }),
    effective,
    text,
  };
}

/**
 * The items as bulletins, in their order. `base` is what relative links begin at, the feed's own address. Findings:
 * `bulletin-empty`, `bulletin-link`, `bulletin-date`, `bulletin-duplicate-id`, `bulletins-too-many` (warnings),
 * `bulletin-without-id`, `bulletin-repeated` (information).
 */
export function finishBulletins(
  items: readonly WrittenBulletin[],
  { where, base, list }: { where: string; base: string; list: FindingList },
): readonly Bulletin[] {
  if (items.length > bulletinsMax) {
    const message = `It has ${items.length} items; only the first ${bulletinsMax} are read.`;
    list.add('bulletins-too-many', 'warning', where, message);
  }
  const kept = new Map<string, Bulletin>();
  for (const item of items.slice(0, bulletinsMax)) {
    const bulletin = finish(item, base, list);
    if (!bulletin) continue;
    const same = kept.get(bulletin.id);
    if (same?.title === bulletin.title && same.text === bulletin.text) {
      list.add('bulletin-repeated', 'info', item.where, 'The same item stands here twice.');
    } else if (same) {
      const message = 'Its id is also that of another item; it is kept under one of its own.';
      list.add('bulletin-duplicate-id', 'warning', item.where, message);
      const id = `${bulletin.id}#${hashOf(bulletin.title, bulletin.text)}`;
      kept.set(id, { ...bulletin, id });
    } else {
      kept.set(bulletin.id, bulletin);
    }
  }
  return [...kept.values()];
}
