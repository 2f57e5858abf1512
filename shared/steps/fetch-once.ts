// Gets each URL at most once in a run and archives the bytes before anyone looks at them; feeds share what they get.
import type { Archive } from '../ports/archive.ts';
import type { Clock } from '../ports/clock.ts';
import type { Fetcher, FetchResponse } from '../ports/fetcher.ts';

/** What an earlier run got from a URL: makes the request conditional. */
export type Known = {
  readonly sha256: string;
  readonly etag?: string;
  readonly lastModified?: string;
};

/** The answer; `sha256` of the archived bytes on 200, of the known ones on 304. */
export type Fetched = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly sha256?: string;
  /** The bytes of a secret answer, which are nowhere else. */
  readonly secret?: Uint8Array;
  readonly sizeBytes: number;
  /** ISO instant of the request. */
  readonly fetchedAt: string;
};

/** How to ask: with a token, for an answer that must not be archived. */
export type AskedHow = { readonly token?: string; readonly secret?: true };

/** `requests` counts what went out; asking again answers what the first asking got, an error included. */
export type OnceFetcher = {
  readonly requests: () => number;
  get(url: string, bytesMax: number, known?: Known, how?: AskedHow): Promise<Fetched>;
};

const notedHeaders = ['etag', 'last-modified', 'content-type', 'content-length'];

function noted(response: FetchResponse): Readonly<Record<string, string>> {
  return Object.fromEntries(
    notedHeaders.flatMap((name) => {
      const value = response.headers[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** One run's fetcher. Throws what the ports throw. */
export function createOnceFetcher(ports: {
  readonly fetcher: Fetcher;
  readonly archive: Archive;
  readonly clock: Clock;
}): OnceFetcher {
  const asked = new Map<string, Promise<Fetched>>();
  const ask: OnceFetcher['get'] = async (url, bytesMax, known, { token, secret } = {}) => {
    const fetchedAt = ports.clock.now();
    const response = await ports.fetcher.fetch({
      url,
      bytesMax,
      ...(token !== undefined && { token }),
      ...(known?.etag !== undefined && { ifNoneMatch: known.etag }),
      ...(known?.lastModified !== undefined && { ifModifiedSince: known.lastModified }),
    });
    const { status } = response;
    const headers = noted(response);
    const sizeBytes = response.bytes.length;
    if (status === 304 && known) {
      return { status, headers, sizeBytes, fetchedAt, sha256: known.sha256 };
    }
    if (status !== 200) return { status, headers, sizeBytes, fetchedAt };
    if (secret) return { status, headers, sizeBytes, fetchedAt, secret: response.bytes };
    const sha256 = await ports.archive.keep(response.bytes, { url, fetchedAt, headers });
    return { status, headers, sizeBytes, fetchedAt, sha256 };
  };
  return {
    requests: () => asked.size,
    get(url, bytesMax, known, how) {
      const answer = asked.get(url) ?? ask(url, bytesMax, known, how);
      asked.set(url, answer);
      return answer;
    },
  };
}
