// The schema of a page of a list.
import * as z from 'zod';

/** `{items, nextCursor?}`. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({
    items: z.array(item),
    nextCursor: z
      .string()
      .exactOptional()
      .meta({ description: 'Give it as `cursor` for the next page; absent on the last.' }),
  });

/** `{items, nextCursor?, resumeCursor?}`: a list that grows at its end. */
export const feedOf = <T extends z.ZodType>(item: T) =>
  listOf(item).extend({
    resumeCursor: z.string().exactOptional().meta({
      description:
        'On the last page only: give it as `cursor` later, with the same filters, for what has come since.',
    }),
  });
