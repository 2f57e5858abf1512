// Good manners toward upstream, for one run: no URL twice, a pause between requests, no hammering on a dead host.
import { setTimeout as sleep } from 'node:timers/promises';
import { CodewatchError } from '../core/errors.ts';
import type { Fetcher, FetchRequest, FetchResponse } from '../ports/fetcher.ts';

/** How polite. */
export type PoliteFetcherOptions = {
  /** Pause between the end of one request to a host and the begin of the next. Default 0. */
  readonly pauseMs?: number;
  /** After so many failures in a row a host is not asked again in this run. Default 3. */
  readonly failuresMax?: number;
};

/** `requests` counts what really went out; make a new one for every run. */
export type PoliteFetcher = Fetcher & { readonly requests: () => number };

/** Answers up to this size are held for a second asker; a larger one asked for twice is a defect of the caller. */
const heldBytesMax = 1024 * 1024;

type Host = { failures: number; idle: Promise<unknown> };

const swallow = (): void => {};

/** Wraps a fetcher for one run. A repeated URL gets the first answer, whatever its conditions were. */
export function createPoliteFetcher(
  inner: Fetcher,
  { pauseMs = 0, failuresMax = 3 }: PoliteFetcherOptions = {},
): PoliteFetcher {
  const answers = new Map<string, Promise<FetchResponse> | 'not held'>();
  const hosts = new Map<string, Host>();
  let requests = 0;
  const hostOf = (url: string): Host => {
    const name = URL.parse(url)?.host ?? '';
    const host = hosts.get(name) ?? { failures: 0, idle: Promise.resolve() };
    hosts.set(name, host);
    return host;
  };
  const ask = async (request: FetchRequest, host: Host): Promise<FetchResponse> => {
    if (host.failures >= failuresMax) {
      const message = `${request.url}: its host failed ${host.failures} times in this run; not asked`;
      throw new CodewatchError('upstream-unavailable', message);
    }
    requests += 1;
    try {
      const response = await inner.fetch(request);
      host.failures = 0;
      return response;
    } catch (error) {
      if (error instanceof CodewatchError && error.retryable) host.failures += 1;
      throw error;
    }
  };
  const queue = (request: FetchRequest): Promise<FetchResponse> => {
    const host = hostOf(request.url);
    const answer = host.idle.then(() => ask(request, host));
    host.idle = answer.catch(swallow).then(() => (pauseMs > 0 ? sleep(pauseMs) : undefined));
    return answer;
  };
  return {
    requests: () => requests,
    async fetch(request) {
      const held = answers.get(request.url);
      if (held === 'not held') throw new Error(`${request.url} was asked for twice in one run`);
      if (held) return held;
      const answer = queue(request);
      answers.set(request.url, answer);
      const response = await answer;
      if (response.bytes.length > heldBytesMax) answers.set(request.url, 'not held');
      return response;
    },
  };
}
