// The log of the handlers when a person reads it: plain lines on standard error, warnings and errors only.
import type { Log, LogFields } from '../../shared/edge/log.ts';

const tail = (fields: LogFields = {}): string =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}=${value}`)
    .join('');

/** Progress has lines of its own on the terminal; only what went wrong is logged. */
export const localLog: Log = {
  info: () => undefined,
  warn: (message, fields) => console.error(`warning: ${message}${tail(fields)}`),
  error(message, error, fields) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    console.error(`error: ${message}${tail(fields)}: ${text}`);
  },
};
