// The embedded engines of the local runtime: DynamoDB, S3, SQS and SNS without an account or a container.
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { EnginesReady, EnginesWorkerData } from './engines-worker.ts';
import { makePassingFolder } from './passing-folder.ts';

/** How an AWS client reaches an engine. */
export type Engine = {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

/** Engines that run until stopped; `aws` is S3 (path style), SQS and SNS. */
export type Engines = {
  readonly dynamodb: Engine;
  readonly aws: Engine;
  /** Resolves when everything is written and closed. */
  stop(): Promise<void>;
};

/** Letters and digits only: AWS's own DynamoDB Local takes nothing else. */
const credentials = { accessKeyId: 'codewatch', secretAccessKey: 'codewatch' } as const;
const region = 'us-east-1';

const engineAt = (endpoint: string): Engine => ({ endpoint, region, credentials });

/**
 * Starts the engines on loopback, on free ports, in a thread of their own. `data` is the folder that holds their
 * state (created when absent; one process at a time) or `:memory:`, which keeps none (downloaded files pass through the
 * system's temporary folder until the engines stop). With `dynamodbEndpoint` no DynamoDB is started
 * and that one is used. What a request was answered for is on disk, also after a killed process. Rejects when an
 * engine cannot start, e.g. because another process has the folder.
 */
export async function startEngines(options: {
  readonly data: string;
  readonly dynamodbEndpoint?: string;
}): Promise<Engines> {
  const inMemory = options.data === ':memory:';
  const objects = inMemory ? makePassingFolder() : join(options.data, 'objects');
  mkdirSync(objects, { recursive: true });
  const workerData: EnginesWorkerData = {
    dynamodb: options.dynamodbEndpoint === undefined,
    objects,
    ...(inMemory ? {} : { folder: options.data }),
  };
  const worker = new Worker(new URL('./engines-worker.ts', import.meta.url), {
    workerData,
    // Nothing of the environment reaches the engines: both read settings from it.
    env: {},
    // A test runner's loaders have no business in the engines.
    execArgv: [],
  });
  const [ready] = (await once(worker, 'message')) as [EnginesReady];
  return {
    dynamodb: engineAt(options.dynamodbEndpoint ?? `http://127.0.0.1:${ready.dynamodbPort}`),
    aws: engineAt(`http://127.0.0.1:${ready.awsPort}`),
    async stop() {
      const exit = once(worker, 'exit');
      worker.postMessage('stop');
      await exit;
      if (inMemory) rmSync(objects, { recursive: true, force: true });
    },
  };
}
