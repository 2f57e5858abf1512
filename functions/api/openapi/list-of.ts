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
