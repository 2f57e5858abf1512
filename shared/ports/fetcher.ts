// Getting bytes from upstream.

/** One conditional GET. */
export type FetchRequest = {
  readonly url: string;
  readonly ifNoneMatch?: string;
  readonly ifModifiedSince?: string;
  /** Sent as `Authorization: Bearer`, to the host of `url` alone. */
  readonly token?: string;
  /** More bytes than this is an error, found before they are kept. */
  readonly bytesMax: number;
};

/** The answer; `headers` in lower case. 304 and every error status have no bytes. */
export type FetchResponse = {
  /** Where redirects ended. */
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
};

/**
 * Adapters: HTTP (`edge/http-fetcher.ts`: redirects within allowed hosts, time-outs, retries with jitter) and a mirror
 * folder (`edge/mirror-fetcher.ts`). Throws `upstream-unavailable` (retryable), `too-large`, `redirect-refused`.
 */
export type Fetcher = { fetch(request: FetchRequest): Promise<FetchResponse> };
