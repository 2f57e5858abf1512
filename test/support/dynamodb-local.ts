// AWS's own DynamoDB Local (a Java program), the judge over every other adapter. Installed from npm, never committed.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { dirname, join } from 'node:path';

const emulator = join(
  dirname(createRequire(import.meta.url).resolve('amplify-dynamodb-simulator/package.json')),
  'emulator',
);

const startMsMax = 60_000;

/** True when `java` is on the PATH. */
const haveJava = spawnSync('java', ['-version']).status === 0;

/** Whether to skip what needs DynamoDB Local; says why. On CI a missing Java is no reason: the tests then fail. */
export const skipDynamoDbLocal: boolean = !haveJava && process.env.CI !== 'true';
if (skipDynamoDbLocal) {
  console.warn('Skipped: DynamoDB Local needs java on the PATH (Debian: default-jre-headless).');
}

/** A port nobody uses at the moment; DynamoDB Local cannot choose one itself. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until it answers; throws when it ends or takes too long. */
async function ready(child: ChildProcess, endpoint: string): Promise<void> {
  const until = Date.now() + startMsMax;
  for (;;) {
    const answered = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (answered) return;
    if (child.exitCode !== null) throw new Error(`DynamoDB Local ended with ${child.exitCode}`);
    if (Date.now() > until) throw new Error('DynamoDB Local does not answer');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A running DynamoDB Local, in memory. */
export type DynamoDbLocal = { readonly endpoint: string; stop(): Promise<void> };

/**
 * Starts it; `stop` must be called. Credentials for it may hold letters and digits only. It has no option to listen
 * on loopback only, as everything else here does: it holds test items in memory, for the seconds of one test file.
 */
export async function startDynamoDbLocal(): Promise<DynamoDbLocal> {
  const port = await freePort();
  const child = spawn(
    'java',
    [
      `-Djava.library.path=${join(emulator, 'DynamoDBLocal_lib')}`,
      '-jar',
      join(emulator, 'DynamoDBLocal.jar'),
      '-inMemory',
      '-disableTelemetry',
      '-port',
      String(port),
    ],
    { stdio: 'ignore' },
  );
  await once(child, 'spawn');
  const endpoint = `http://127.0.0.1:${port}`;
  await ready(child, endpoint);
  return {
    endpoint,
    async stop() {
      const exit = once(child, 'exit');
      child.kill();
      await exit;
    },
  };
}
