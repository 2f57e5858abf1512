// The part of autocannon's interface the benches use; the package ships no types.
declare module 'autocannon' {
  /** Latencies in ms. */
  type Histogram = { readonly average: number; readonly p50: number; readonly p99: number };

  /** What one run came to. `requests.average`: answers a second. */
  export type Result = {
    readonly requests: Histogram & { readonly total: number };
    readonly latency: Histogram;
    readonly errors: number;
    readonly timeouts: number;
    readonly non2xx: number;
  };

  /** Sends requests over `connections` kept open, each its next one when the one before is answered. */
  export type Options = {
    readonly url: string;
    readonly connections: number;
    /** Seconds. */
    readonly duration?: number;
    readonly requests?: readonly {
      readonly method?: 'GET' | 'POST';
      readonly path?: string;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }[];
  };

  export default function autocannon(options: Options): Promise<Result>;
}
