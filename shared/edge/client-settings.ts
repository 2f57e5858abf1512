// How every AWS client is set up: where its engine is, how often it tries, how long it waits.
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** Where an engine is. On AWS nothing is set: region and credentials come from the Lambda's environment. */
export type AwsEndpoint = {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

/** What all SDK clients have in common here. */
export type Client = {
  destroy(): void;
  readonly middlewareStack: { remove(name: string): boolean };
};

/** Tries of one request in all, with the SDK's jittered back-off between them. */
const maxAttempts = 5;
const connectMs = 3_000;
const answerMs = 20_000;
const socketsMax = 64;

/** The settings of a client for the engine at a place; AWS itself without one. */
export function clientSettings(place: AwsEndpoint = {}) {
  return {
    ...place,
    // The SDK writes into the object it gets.
    ...(place.credentials ? { credentials: { ...place.credentials } } : {}),
    maxAttempts,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: connectMs,
      requestTimeout: answerMs,
      // One connection serves many requests; a new one costs as much as a small request.
      httpAgent: { keepAlive: true, maxSockets: socketsMax },
      httpsAgent: { keepAlive: true, maxSockets: socketsMax },
    }),
  };
}

/** Takes away the SDK's log, which copies every request and answer and nobody reads: 15 % of a batch write's time. */
export function withoutLog<T extends Client>(client: T): T {
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}

/** Where the engine of a variable is; unset on AWS, where the SDK knows. Embedded engines take any credentials. */
export function endpointIn(endpoint: string | undefined): AwsEndpoint {
  if (!endpoint) return {};
  const credentials = { accessKeyId: 'codewatch', secretAccessKey: 'codewatch' };
  return { endpoint, region: 'us-east-1', credentials };
}
