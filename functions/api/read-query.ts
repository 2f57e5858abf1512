// Query strings, strictly: a parameter that is unknown, repeated or malformed is refused by name, never ignored. What a
// parameter takes is said once, for the parser and for the OpenAPI document.
import type { Context } from 'hono';
import { type CalendarDate, parseCalendarDate } from '../../shared/core/calendar-date.ts';
import { type ChangeKind, changeKinds } from '../../shared/core/change.ts';
import { type CodeSystemId, codeSystemIds, isCodeSystemId } from '../../shared/core/code-system.ts';
import { CodewatchError } from '../../shared/core/errors.ts';

/** A JSON schema (2020-12), as OpenAPI 3.1 has them. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** How one parameter is read; `expected` completes "… is not". */
export type Parameter<T> = {
  readonly expected: string;
  readonly parse: (text: string) => T | undefined;
  /** What {@link Parameter.parse} takes, with `examples` of it, for the OpenAPI document. */
  readonly schema: JsonSchema;
  /** What it is for, in one sentence or two, for the OpenAPI document. */
  readonly description: string;
  /** A request without it is refused. */
  readonly required?: true;
};

/** The parameters of a route by name. */
export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

type ValueOf<P> = P extends Parameter<infer T> ? T : never;
type RequiredNames<S> = {
  [K in keyof S]: S[K] extends { readonly required: true } ? K : never;
}[keyof S];
type Values<S> = { readonly [K in keyof S]?: ValueOf<S[K]> } & {
  readonly [K in RequiredNames<S>]: ValueOf<S[K]>;
};

/** The parameter, asked for in other words: what it is for differs from route to route. */
export const describedAs = <P extends Parameter<unknown>>(
  parameter: P,
  description: string,
): P => ({
  ...parameter,
  description,
});

/** The parameter, to be given with every request. */
export const required = <P extends Parameter<unknown>>(
  parameter: P,
): P & { readonly required: true } => ({ ...parameter, required: true });

/** Reads the parameters a route knows; throws `invalid-request` naming the first one that is wrong. */
export function readQuery<S extends Parameters>(c: Context, known: S): Values<S> {
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
  for (const [name, parameter] of Object.entries(known)) {
    if (parameter.required && values[name] === undefined) {
      throw new CodewatchError('invalid-request', `${name}: missing; give ${parameter.expected}`);
    }
  }
  return values as Values<S>;
}

/** A day. */
export const dateParameter: Parameter<CalendarDate> = {
  expected: 'a date (YYYY-MM-DD)',
  parse: parseCalendarDate,
  schema: { type: 'string', format: 'date', examples: ['2021-10-01'] },
  description:
    'The date of service (for inpatient claims the discharge date); today in UTC when absent.',
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
  schema: {
    anyOf: [
      { type: 'string', format: 'date-time' },
      { type: 'string', format: 'date' },
    ],
    examples: ['2026-01-31T09:30:00Z'],
  },
  description:
    'Answer as it was believed at this instant, with only what had been recorded by then; a mere date is the end of ' +
    'that day in UTC.',
};

/** A code system id. */
export const systemParameter: Parameter<CodeSystemId> = {
  expected: `a code system (${codeSystemIds.join(', ')})`,
  parse: (text) => (isCodeSystemId(text) ? text : undefined),
  schema: { type: 'string', enum: codeSystemIds, examples: ['icd10cm'] },
  description: 'Only this code system.',
};

/** One of a fixed set of words. */
export function wordParameter<T extends string>(
  words: readonly T[],
  description = 'Only those with this value.',
): Parameter<T> {
  return {
    expected: `one of ${words.join(', ')}`,
    parse: (text) => words.find((word) => word === text),
    schema: { type: 'string', enum: words, examples: words.slice(0, 1) },
    description,
  };
}

/** A change kind. */
export const kindParameter: Parameter<ChangeKind> = wordParameter(
  changeKinds,
  'Only changes of this kind.',
);

/** A short text, taken as it is. */
export const textParameter: Parameter<string> = {
  expected: 'a text of 1 to 64 characters',
  parse: (text) => (text.length >= 1 && text.length <= 64 ? text : undefined),
  schema: { type: 'string', minLength: 1, maxLength: 64 },
  description: 'A text.',
};
