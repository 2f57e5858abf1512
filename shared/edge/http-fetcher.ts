// Conditional GETs over HTTP: allowed hosts only, bounded in bytes and time, patient with a server that stumbles.
import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import { CodewatchError } from '../core/errors.ts';
import type { Fetcher, FetchRequest, FetchResponse } from '../ports/fetcher.ts';

/** How the fetcher behaves; everything but the hosts has a default. */
export type HttpFetcherOptions = {
  /** Hosts (with port, if not the usual one) it may ask and be redirected to. */
  readonly allowedHosts: readonly string[];
  readonly userAgent?: string;
  /** Longest silence: until the answer begins, and between two chunks of it. Default 30 s. */
  readonly timeoutMs?: number;
  /** Longest one attempt may take altogether. Default 5 min. */
  readonly totalMsMax?: number;
  /** Requests for one URL at most, the first included. Default 4. */
  readonly attempts?: number;
  /** Wait before the second attempt; doubled each time, times 1 to 2 at random. Default 1 s. */
  readonly backoffMs?: number;
  /** A longer Retry-After is not waited for: the next run asks again. Default 60 s. */
  readonly retryAfterMsMax?: number;
  readonly redirectsMax?: number;
  readonly fetchImplementation?: typeof fetch;
};

type Settings = Required<HttpFetcherOptions>;

const defaults = {
  userAgent: 'codewatch/0.1 (+ICD-10 release watcher; asks conditionally, each file once a run)',
  timeoutMs: 30_000,
  totalMsMax: 300_000,
  attempts: 4,
  backoffMs: 1000,
  retryAfterMsMax: 60_000,
  redirectsMax: 5,
};

const noBytes: Uint8Array = new Uint8Array(0);
const redirects: readonly number[] = [301, 302, 303, 307, 308];
const loopback = /^(?:127(?:\.\d+){3}|localhost|\[::1\])$/;

const unavailable = (url: string, what: string, cause?: unknown): CodewatchError =>
  new CodewatchError('upstream-unavailable', `${url}: ${what}; the next run tries again`, {
    cause,
  });

/** The URL, if it is https (http on loopback, for tests) on an allowed host without credentials. */
function allowedUrl(text: string, base: string | undefined, hosts: readonly string[]): URL {
  const url = URL.parse(text, base);
  const isSafe = url?.protocol === 'https:' || (url && loopback.test(url.hostname));
  if (url && isSafe && hosts.includes(url.host) && url.username === '') return url;
  const from = base === undefined ? '' : ` (redirected from ${base})`;
  throw new CodewatchError(
    'redirect-refused',
    `${text}${from} is not https on an allowed host (${hosts.join(', ')})`,
  );
}

/** Milliseconds a Retry-After header asks for: seconds, or an HTTP date. */
function retryAfterMs(header: string | null): number {
  if (header === null) return 0;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? 0 : Math.max(ms, 0);
}

/** An answer worth asking again for. */
class TryAgain extends Error {
  readonly waitMs: number;

  constructor(status: number, waitMs: number) {
    super(`it answered ${status}`);
    this.waitMs = waitMs;
  }
}

/** Aborts after a silence of `timeoutMs`, or after `totalMsMax` in all. */
function createDeadline({ timeoutMs, totalMsMax }: Settings) {
  const silence = new AbortController();
  const ring = (): void => silence.abort(new Error(`silent for ${timeoutMs} ms`));
  let timer = setTimeout(ring, timeoutMs);
  return {
    signal: AbortSignal.any([silence.signal, AbortSignal.timeout(totalMsMax)]),
    heard(): void {
      clearTimeout(timer);
      timer = setTimeout(ring, timeoutMs);
    },
    stop: (): void => clearTimeout(timer),
  };
}

async function readBody(
  response: Response,
  request: FetchRequest,
  heard: () => void,
): Promise<Uint8Array> {
  const tooLarge = (): CodewatchError =>
    new CodewatchError('too-large', `${request.url} has more than ${request.bytesMax} bytes`);
  if (Number(response.headers.get('content-length') ?? 0) > request.bytesMax) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    heard();
    size += chunk.length;
    // Leaving the loop cancels the stream.
    if (size > request.bytesMax) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function headersOf(request: FetchRequest, userAgent: string): Record<string, string> {
  return {
    'user-agent': userAgent,
    accept: '*/*',
    // As stored: Content-Length and ETag then speak of the bytes that are archived.
    'accept-encoding': 'identity',
    ...(request.ifNoneMatch !== undefined && { 'if-none-match': request.ifNoneMatch }),
    ...(request.ifModifiedSince !== undefined && { 'if-modified-since': request.ifModifiedSince }),
  };
}

/** One attempt: follows redirects by hand, so that each is checked before it is asked. */
async function attempt(request: FetchRequest, settings: Settings): Promise<FetchResponse> {
  const { allowedHosts, redirectsMax } = settings;
  const deadline = createDeadline(settings);
  const plain = headersOf(request, settings.userAgent);
  const initFor = ({ host }: URL) =>
    ({
      headers:
        request.token !== undefined && host === new URL(request.url).host
          ? { ...plain, authorization: `Bearer ${request.token}` }
          : plain,
      redirect: 'manual',
      signal: deadline.signal,
    }) as const;
  let url = allowedUrl(request.url, undefined, allowedHosts);
  let response: Response | undefined;
  try {
    for (let hop = 0; ; hop += 1) {
      response = await settings.fetchImplementation(url.href, initFor(url));
      deadline.heard();
      const location = response.headers.get('location');
      if (!redirects.includes(response.status) || location === null) break;
      if (hop === redirectsMax) {
        throw new CodewatchError('redirect-refused', `${request.url} redirects without end`);
      }
      url = allowedUrl(location, url.href, allowedHosts);
      await response.body?.cancel();
    }
    const { status } = response;
    if (status >= 500 || status === 429 || status === 408) {
      throw new TryAgain(status, retryAfterMs(response.headers.get('retry-after')));
    }
    const isContent = status === 200;
    const bytes = isContent ? await readBody(response, request, deadline.heard) : noBytes;
    return { url: url.href, status, headers: Object.fromEntries(response.headers), bytes };
  } finally {
    deadline.stop();
    if (response?.body && !response.body.locked) await response.body.cancel().catch(() => {});
  }
}

/** Only the server's stumbling and the network's are tried again; the rest is final. */
function isFinal(error: unknown, settings: Settings): boolean {
  if (error instanceof CodewatchError) return true;
  return error instanceof TryAgain && error.waitMs > settings.retryAfterMsMax;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/**
 * An HTTP fetcher. Retries 5xx, 408, 429 (waiting as long as Retry-After asks), time-outs and broken connections; every
 * other status is an answer. Throws `upstream-unavailable`, `too-large`, `redirect-refused`.
 */
export function createHttpFetcher(options: HttpFetcherOptions): Fetcher {
  const settings: Settings = { ...defaults, fetchImplementation: fetch, ...options };
  const once = async (request: FetchRequest): Promise<FetchResponse> => {
    try {
      return await attempt(request, settings);
    } catch (error) {
      if (error instanceof CodewatchError || error instanceof TryAgain) throw error;
      // fetch throws a TypeError for everything; p-retry takes those for programming errors.
      throw new Error(reasonOf(error), { cause: error });
    }
  };
  return {
    async fetch(request) {
      try {
        return await pRetry(() => once(request), {
          retries: settings.attempts - 1,
          minTimeout: settings.backoffMs,
          randomize: true,
          shouldRetry: ({ error }) => !isFinal(error, settings),
          onFailedAttempt: async ({ error, retriesLeft }) => {
            if (!(error instanceof TryAgain) || retriesLeft === 0) return;
            if (!isFinal(error, settings)) await sleep(error.waitMs);
          },
        });
      } catch (error) {
        if (error instanceof CodewatchError) throw error;
        throw unavailable(request.url, reasonOf(error), error);
      }
    },
  };
}
