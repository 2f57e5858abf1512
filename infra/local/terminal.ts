// Where a command's words go: standard output for people, or with --json one answer there and all else beside it.
import type { Print } from './start-up.ts';

/** How a command speaks. */
export type Terminal = {
  /** Progress and remarks: standard output, with `--json` standard error. */
  readonly print: Print;
  /** The answer: `text` for people, with `--json` the value instead, on one line. */
  readonly answer: (value: unknown, text: () => string) => void;
};

/** The terminal of this process. */
export function createTerminal(json: boolean): Terminal {
  return {
    print: (line) => (json ? console.error(line) : console.log(line)),
    answer: (value, text) => console.log(json ? JSON.stringify(value) : text()),
  };
}

/** Exit codes of every command. */
export const exitCodes = { ok: 0, findings: 1, failure: 2 } as const;

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
