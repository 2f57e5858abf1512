// What to call each of several conditions when their heading has been named: only what tells them apart.
import { inSentence } from './advice-names.ts';
import {
  beside,
  commonStart,
  followsByComma,
  subjectOfHeading,
  trimmed,
  withoutCommonEnd,
  wordsOf,
} from './advice-title.ts';

/** Texts in the order of the titles, and what leads up to them in the titles: a preposition, a comma, or nothing. */
export type OptionTexts = { readonly texts: readonly string[]; readonly lead: string };

/** Each beside the subject, where that is the better part of them and leaves something of every one. */
function besideHeading(titles: readonly string[], heading: string): readonly string[] | undefined {
  const subject = subjectOfHeading(heading);
  const parts = titles.map((title) => beside(title, heading) ?? beside(title, subject));
  const found = parts.filter((part) => part !== undefined).length;
  if (found * 2 < titles.length) return undefined;
  const texts = titles.map((title, index) => parts[index] ?? title);
  if (texts.every((text) => isSided.test(text) || isOpen(text))) return texts;
  return texts.map((text, index) => (isSide.test(text) ? (titles[index] ?? text) : text));
}

const isOpen = (text: string): boolean => /^unspecified/i.test(text);

/** A side and nothing else: no name for a kind of anything. */
const isSide = /^(?:right|left|bilateral|unilateral)$/i;
const isSided = /^(?:right|left|bilateral|unilateral)(?: \w+)?$/i;

/** Each between the words its heading begins and ends with: `Malignant neoplasm of … breast`. */
function withinHeading(titles: readonly string[], heading: string): readonly string[] | undefined {
  const [, words = '', last = '', tail = ''] = /^(.+) (of|in|by|with|to) (.+)$/.exec(heading) ?? [];
  if (words === '') return undefined;
  const head = `${words} ${last}`;
  const preposition = head.endsWith(' due to') ? 'due to' : last;
  const parts = titles.map((title) => {
    if (!title.startsWith(`${head} `)) return undefined;
    const inner = title.slice(head.length);
    const before = inner.endsWith(tail) ? inner.slice(0, -tail.length) : '';
    const own = /(?:,| of| in) $/.test(before) ? before.replace(/(?:,| of| in) $/, '') : inner;
    return trimmed(`${preposition} ${own}`);
  });
  const found = parts.filter((part) => part !== undefined).length;
  if (found * 2 < titles.length) return undefined;
  return titles.map((title, index) => parts[index] ?? title);
}

/** Each without the words all of them begin with. */
function withoutCommonStart(titles: readonly string[]): readonly string[] | undefined {
  const start = commonStart(titles);
  const parts = titles.map((title) => {
    const words = wordsOf(title);
    // The preposition before the part in which they differ stays: it tells what the part is.
    const from = prepositions.test(words[start - 1]?.norm ?? '') ? start - 1 : start;
    return trimmed(title.slice(words[from]?.start ?? 0));
  });
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

const prepositions = /^(?:of|in|at|by|with|without|to|affecting|complicating|involving)$/;

/** Words that all options may begin with, and need not. */
const leadWords =
  /^(due to|of|in|at|by|with|affecting|complicating|involving|resulting from)(?: the)? /i;

const isRest = (text: string): boolean => /^(?:other|unspecified)\b/i.test(text);

/** The texts without the preposition all of them begin with; `with` and `due to` stay to be read. */
function withoutLead(texts: readonly string[]): OptionTexts {
  const telling = texts.filter((text) => !isRest(text));
  const leads = telling.map((text) => leadWords.exec(text)?.[1]?.toLowerCase() ?? '');
  const [lead = ''] = leads;
  const most = leads.filter((one) => one === lead).length * 3 >= leads.length * 2;
  if (lead === '' || !most) return { texts, lead: '' };
  if (lead === 'with' || lead === 'due to') return { texts, lead };
  return { texts: texts.map((text) => text.replace(leadWords, '')), lead };
}

/** A stump is no name. */
const isWhole = (text: string): boolean => text.length > 1;

const isDistinct = (texts: readonly string[]): boolean =>
  new Set(texts.map((text) => text.toLowerCase())).size === texts.length;

const followByComma = (titles: readonly string[], under: string | undefined): boolean =>
  under !== undefined && titles.every((title) => followsByComma(title, subjectOfHeading(under)));

/** The texts: `vertebrogenic`, `other` and `unspecified` for the kinds of low back pain. */
export function optionTexts(titles: readonly string[], under: string | undefined): OptionTexts {
  const ways = [
    under === undefined ? undefined : besideHeading(titles, under),
    under === undefined ? undefined : withinHeading(titles, under),
    withoutCommonStart(titles),
    titles,
  ];
  const whole = ways.find((way) => way?.every(isWhole) && isDistinct(way)) ?? titles;
  const short = withoutCommonEnd(whole);
  const parts = short.every(isWhole) && isDistinct(short) ? short : whole;
  const { texts, lead } = withoutLead(parts);
  return {
    texts: (isDistinct(texts) ? texts : parts).map(inSentence),
    lead: lead === '' && followByComma(titles, under) ? ',' : lead,
  };
}
