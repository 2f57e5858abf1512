// A day in a JSON body.
import * as z from 'zod';
import { parseCalendarDate } from '../../shared/core/calendar-date.ts';

/** `YYYY-MM-DD`, a day there is. */
export const dateInBody = z
  .string()
  .meta({ format: 'date' })
  .transform((text, context) => {
    const date = parseCalendarDate(text);
    if (date) return date;
    context.addIssue({ code: 'custom', message: 'not a date (YYYY-MM-DD)' });
    return z.NEVER;
  });
