// Where releases come from: the real sites, or a folder that stands in for them.
import type { Clock } from '../ports/clock.ts';
import type { Fetcher } from '../ports/fetcher.ts';
import { createHttpFetcher } from './http-fetcher.ts';
import { createMirrorFetcher } from './mirror-fetcher.ts';
import { createPoliteFetcher } from './polite-fetcher.ts';

/** Between two requests to one host, in milliseconds: these sites serve everyone, and nobody waits for us. */
const pauseMs = 500;

/**
 * The fetcher for one run, from `CODEWATCH_SOURCE`: unset or `live` asks the given hosts, anything else is a mirror
 * folder (host = subfolder). Throws when a folder is named on Lambda, which has none.
 */
export function fetcherFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  at: { readonly hosts: readonly string[]; readonly clock: Clock },
): Fetcher {
  const source = environment.CODEWATCH_SOURCE ?? 'live';
  if (source === 'live') {
    return createPoliteFetcher(createHttpFetcher({ allowedHosts: at.hosts }), { pauseMs });
  }
  if (environment.AWS_LAMBDA_FUNCTION_NAME !== undefined) {
    throw new Error(`CODEWATCH_SOURCE is ${source}, but a Lambda function can only pull live`);
  }
  return createMirrorFetcher({ folder: source, now: () => at.clock.now() });
}
