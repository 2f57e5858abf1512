// Query strings, strictly: a parameter that is unknown, repeated or malformed is refused by name, never ignored.
import type { Context } from 'hono';
import { type CalendarDate, parseCalendarDate } from '../../shared/core/calendar-date.ts';
import { type ChangeKind, changeKinds } from '../../shared/core/change.ts';
import { type CodeSystemId, codeSystemIds, isCodeSystemId } from '../../shared/core/code-system.ts';
import { CodewatchError } from '../../shared/core/errors.ts';

/** How one parameter is read; `expected` completes "… is not". */
export type Parameter<T> = {
  readonly expected: string;
  readonly parse: (text: string) => T | undefined;
};

type Values<S> = { readonly [K in keyof S]?: S[K] extends Parameter<infer T> ? T : never };

/** Reads the parameters a route knows; throws `invalid-request` naming the first one that is wrong. */
export function readQuery<S extends Readonly<Record<string, Parameter<unknown>>>>(
  c: Context,
  known: S,
): Values<S> {
  const values: Record<string, unknown> = {};
  for (const [name, texts] of Object.entries(c.req.queries())) {
    const parameter = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!parameter) {
      const names = Object.keys(known).join(', ') || 'none';
      throw new CodewatchError(
        'invalid-request',
        `${name}: not a parameter of this route (${names})`,
      );
    }
    const [text = '', ...more] = texts;
    if (more.length > 0)
      throw new CodewatchError('invalid-request', `${name}: given more than once`);
    const value = parameter.parse(text);
    if (value === undefined) {
      const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
      throw new CodewatchError(
        'invalid-request',
        `${name}: "${shown}" is not ${parameter.expected}`,
      );
    }
    values[name] = value;
  }
  return values as Values<S>;
}

/** A day. */
export const dateParameter: Parameter<CalendarDate> = {
  expected: 'a date (YYYY-MM-DD)',
  parse: parseCalendarDate,
};

const instantShape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** An instant, as ISO 8601 in UTC; a mere date stands for the end of that day. */
export const instantParameter: Parameter<string> = {
  expected: 'an instant (2026-01-31T09:30:00Z) or a date (YYYY-MM-DD)',
  parse(text) {
    if (parseCalendarDate(text)) return `${text}T23:59:59.999Z`;
    // A plus sign in a query string arrives as a blank.
    const instant = text.replace(' ', '+');
    if (!instantShape.test(instant) || !parseCalendarDate(instant.slice(0, 10))) return undefined;
    const ms = Date.parse(instant);
    return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
  },
};

/** A code system id. */
export const systemParameter: Parameter<CodeSystemId> = {
  expected: `a code system (${codeSystemIds.join(', ')})`,
  parse: (text) => (isCodeSystemId(text) ? text : undefined),
};

/** One of a fixed set of words. */
export function wordParameter<T extends string>(words: readonly T[]): Parameter<T> {
  return {
    expected: `one of ${words.join(', ')}`,
    parse: (text) => words.find((word) => word === text),
  };
}

/** A change kind. */
export const kindParameter: Parameter<ChangeKind> = wordParameter(changeKinds);

/** A short text, taken as it is. */
export const textParameter: Parameter<string> = {
  expected: 'a text of 1 to 64 characters',
  parse: (text) => (text.length >= 1 && text.length <= 64 ? text : undefined),
};
