// Which failures of an AWS engine a retry can help, in one place for every adapter.
import { CodewatchError } from '../core/errors.ts';

/** Names the AWS services give to throttling and to their own trouble, whatever the HTTP status. */
const transientNames: ReadonlySet<string> = new Set([
  'InternalServerError',
  'KMSThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'ServiceUnavailable',
  'SlowDown',
  'Throttling',
  'ThrottledException',
  'ThrottlingException',
  'TimeoutError',
]);

/** HTTP status the engine answered, undefined when no answer came. */
function statusOf(error: Error): number | undefined {
  if (!('$metadata' in error)) return undefined;
  const { $metadata: metadata } = error;
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  if (!('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}

/** Node's errors of the network carry a code such as ECONNREFUSED. */
const isNetworkError = (error: Error): boolean =>
  'code' in error && typeof error.code === 'string' && /^E[A-Z_]+$/.test(error.code);

/** True for throttling, an engine's own failure, and an engine that cannot be reached. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const status = statusOf(error);
  if (status !== undefined && (status >= 500 || status === 429)) return true;
  return transientNames.has(error.name) || (status === undefined && isNetworkError(error));
}

/** The error to throw on: `unavailable` with the cause when a retry can help, else the error as it came. */
export function asUnavailable(error: unknown, what: string): unknown {
  if (!isUnavailable(error)) return error;
  return new CodewatchError('unavailable', `${what} is unavailable; try again`, { cause: error });
}
