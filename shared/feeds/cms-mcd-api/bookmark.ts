// How far a run got: what the next one begins with, so that what one run cannot read is not lost.
import * as z from 'zod';
import { type CalendarDate, parseCalendarDate } from '../../core/calendar-date.ts';

/** A listed version that was not read yet; `tries` counts runs that asked for it in vain. */
export type Waiting = { readonly key: string; readonly tries: number };

/** What was read and what was not. */
export type Bookmark = {
  /** Reports are asked from this day on: all before it were read, and what they list is in `taken` or `waiting`. */
  readonly from?: CalendarDate;
  /** Keys of what the reports asked last list and need not be read again. */
  readonly taken: readonly string[];
  readonly waiting: readonly Waiting[];
};

/** Nothing was read yet. */
export const noBookmark: Bookmark = { taken: [], waiting: [] };

const day = z.string().transform((text, context): CalendarDate => {
  const parsed = parseCalendarDate(text);
  if (parsed) return parsed;
  context.addIssue('no day');
  return z.NEVER;
});
const form = z.object({
  from: z.optional(day),
  taken: z.array(z.string()),
  waiting: z.array(z.object({ key: z.string(), tries: z.int() })),
});

/** The text kept between runs. */
export const writeBookmark = (bookmark: Bookmark): string => JSON.stringify(bookmark);

/** The bookmark of a text; undefined when it is none. */
export function readBookmark(text: string): Bookmark | undefined {
  try {
    const { from, taken, waiting } = form.parse(JSON.parse(text));
    return { ...(from && { from }), taken, waiting };
  } catch {
    return undefined;
  }
}
