// What a command is given, and how it reads its own arguments and answers of the API.
import type { CalendarDate } from '../../../shared/core/calendar-date.ts';
import { parseCalendarDate } from '../../../shared/core/calendar-date.ts';
import { CodewatchError } from '../../../shared/core/errors.ts';
import type { Runtime } from '../runtime.ts';
import type { Session } from '../session.ts';
import type { Flags, Settings } from '../settings.ts';
import type { ExitCode, Terminal } from '../terminal.ts';
import { UsageError } from '../usage.ts';

/** A parsed command line. */
export type CommandLine = {
  readonly words: readonly string[];
  readonly flags: Flags;
  readonly settings: Settings;
  readonly terminal: Terminal;
};

/** A command; answers its exit code, throws a UsageError for a wrong command line. */
export type Command = (line: CommandLine) => Promise<ExitCode>;

/** The day a flag names; undefined when it is not given. */
export function dayFlag(flags: Flags, name: string): CalendarDate | undefined {
  const text = flags[name];
  if (typeof text !== 'string') return undefined;
  const day = parseCalendarDate(text);
  if (day) return day;
  throw new UsageError(`--${name}: "${text}" is not a date (YYYY-MM-DD)`);
}

/** A flag's text; undefined when it is not given. */
export function textFlag(flags: Flags, name: string): string | undefined {
  const text = flags[name];
  return typeof text === 'string' ? text : undefined;
}

/** The JSON body of an answer; an error of the API is thrown as one of ours, with its words. */
export async function bodyOf<T>(response: Response): Promise<T> {
  const body: unknown = await response.json();
  if (response.ok) return body as T;
  const { detail } = body as { detail?: string };
  throw new CodewatchError('rejected', detail ?? `the API answered ${response.status}`);
}

/** The runtime of a session; throws a UsageError where another process serves the folder. */
export function runtimeOf(session: Session, command: string): Runtime {
  if (session.runtime) return session.runtime;
  throw new UsageError(
    `"codewatch ${command}" needs the data folder; stop the "codewatch serve" that holds it`,
  );
}
