// Expected failures: a stable code, whether trying again can help, and the cause. Bad upstream data is not one of
// them (see QualityFinding); a broken invariant throws a plain Error and crashes.

/** Every expected failure, with whether a retry can help. */
const retryableByCode = {
  unavailable: true,
  'upstream-unavailable': true,
  'too-large': false,
  'redirect-refused': false,
  'archive-missing': false,
  'not-found': false,
  'invalid-request': false,
  unauthorized: false,
  forbidden: false,
  conflict: false,
  rejected: false,
} as const satisfies Record<string, boolean>;

/** Stable codes of expected failures. */
export type ErrorCode = keyof typeof retryableByCode;

/** An expected failure. `message` names what, where and what to do. */
export class CodewatchError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'CodewatchError';
    this.code = code;
    this.retryable = retryableByCode[code];
  }
}
