// Log lines for Lambdas: one JSON object a line, as CloudWatch Logs Insights reads them. Never a claim number.

/** Severity, as a filter on the logs selects it. */
export type LogLevel = 'info' | 'warn' | 'error';

/**
 * What may stand in a log line: codes, counts, release and tenant ids; nothing that names a claim or a patient. An
 * error is written as text, with its causes.
 */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes log lines. */
export type Log = {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  /** The failure stands in the field `error`. */
  error(message: string, error: unknown, fields?: LogFields): void;
};

const causesMax = 5;

/** An error as text: `Name [code]: message`, its causes behind it. */
function errorText(error: Error): string {
  const parts: string[] = [];
  let current: unknown = error;
  while (current instanceof Error && parts.length < causesMax) {
    const code = 'code' in current ? ` [${String(current.code)}]` : '';
    parts.push(`${current.name}${code}: ${current.message}`);
    current = current.cause;
  }
  return parts.join(' <- ');
}

/**
 * A log that writes each line with `write` (by default to standard output, which a Lambda's log group holds).
 * `fields` stand in every line.
 */
export function createLog(
  fields: LogFields = {},
  write: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
): Log {
  const asText = (_: string, value: unknown): unknown =>
    value instanceof Error ? errorText(value) : value;
  const line = (level: LogLevel, message: string, more: LogFields = {}): void =>
    write(JSON.stringify({ ...fields, ...more, level, message }, asText));
  return {
    info: (message, more) => line('info', message, more),
    warn: (message, more) => line('warn', message, more),
    error: (message, error, more) => line('error', message, { ...more, error }),
  };
}
