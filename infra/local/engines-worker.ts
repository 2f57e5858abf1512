// The thread the embedded engines live in, so that they use another core than the steps: dynalite for DynamoDB,
// fauxqs for S3, SQS and SNS. Both listen on loopback only, on any free port.
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { type AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import dynalite from 'dynalite';
import { startFauxqs } from 'fauxqs';

/**
 * What `engines.ts` passes in: the data folder (none: in memory), the folder of S3's objects, and whether to start
 * DynamoDB here.
 */
export type EnginesWorkerData = {
  readonly folder?: string;
  readonly objects: string;
  readonly dynamodb: boolean;
};

/** What it gets back once, when both listen. */
export type EnginesReady = { readonly dynamodbPort?: number; readonly awsPort: number };

const loopback = '127.0.0.1';

/** fauxqs always asks for 0.0.0.0; in this thread, where nothing else listens, every server gets loopback. */
function listenOnLoopbackOnly(): void {
  const { listen } = Server.prototype;
  Server.prototype.listen = function listenOnLoopback(this: Server, ...given: unknown[]): Server {
    const [options, ...rest] = given;
    const asked = typeof options === 'object' ? options : { port: options };
    return Reflect.apply(listen, this, [{ ...asked, host: loopback }, ...rest]);
  };
}

/** dynalite opens its database in silence; asking it something shows whether it could. */
async function checkDatabase(port: number, folder: string | undefined): Promise<void> {
  const answer = await fetch(`http://${loopback}:${port}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.ListTables',
      'x-amz-date': new Date(0).toISOString(),
      authorization: 'AWS4-HMAC-SHA256 Credential=codewatch, SignedHeaders=host, Signature=none',
    },
    body: '{}',
  });
  if (answer.ok) return;
  const reason = `${answer.status} ${await answer.text()}`;
  throw new Error(
    `cannot open the data folder ${folder}; is another process using it? (${reason})`,
  );
}

async function startDynamodb(folder: string | undefined) {
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const server = dynalite({
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
    ...(folder === undefined ? {} : { path: join(folder, 'dynamodb') }),
  });
  server.listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await checkDatabase(port, folder);
  const stop = () =>
    new Promise<void>((resolve, reject) => {
      server.close((error) => (error ? reject(error) : resolve()));
      server.closeAllConnections();
    });
  return { port, stop };
}

async function run(data: EnginesWorkerData): Promise<void> {
  listenOnLoopbackOnly();
  const dynamodb = data.dynamodb ? await startDynamodb(data.folder) : undefined;
  const aws = await startFauxqs({
    port: 0,
    logger: false,
    // As files: a release's bytes are not looked at again once it is taken in, and need no memory.
    s3StorageDir: data.objects,
    ...(data.folder === undefined ? {} : { dataDir: join(data.folder, 'aws') }),
  });
  parentPort?.once('message', async () => {
    await Promise.all([dynamodb?.stop(), aws.stop()]);
    process.exit(0);
  });
  const ready: EnginesReady = {
    awsPort: aws.port,
    ...(dynamodb ? { dynamodbPort: dynamodb.port } : {}),
  };
  parentPort?.postMessage(ready);
}

// dynalite throws when a client goes away in the middle of a request; that must not end the engines.
process.on('uncaughtException', (error) => {
  if ('code' in error && error.code === 'ECONNRESET') return;
  throw error;
});

await run(workerData);
