// The embedded engines: on loopback only, and holding after a restart and a killed process what they acknowledged.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createTable } from '../../infra/local/create-table.ts';
import { startEngines } from '../../infra/local/engines.ts';
import { createDynamoDbItemStore } from '../../shared/edge/dynamodb-item-store.ts';
import { createS3Archive } from '../../shared/edge/s3-archive.ts';
import { createSqsQueue } from '../../shared/edge/sqs-queue.ts';
import { startTestEngines, type TestEngines } from '../support/engines.ts';

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'codewatch-engines-'));
});
afterEach(() => rm(data, { recursive: true, force: true }));

const note = { url: 'https://www.cms.gov/a.zip', fetchedAt: '2025-07-01T00:00:00Z', headers: {} };

/** Table, bucket and queue of these tests, made where they are not there yet, and ports over them. */
async function openPorts({ clients }: TestEngines) {
  await createTable(clients.dynamodb(), 'items');
  await clients.s3().send(new CreateBucketCommand({ Bucket: 'archive' }));
  const { QueueUrl: url = '' } = await clients
    .sqs()
    .send(new CreateQueueCommand({ QueueName: 'steps.fifo', Attributes: { FifoQueue: 'true' } }));
  return {
    items: createDynamoDbItemStore({ client: clients.dynamodb(), table: 'items' }),
    archive: createS3Archive({ client: clients.s3(), bucket: 'archive' }),
    queue: createSqsQueue({ client: clients.sqs(), url }),
    /** The next message, deleted as it is received. */
    async take(): Promise<string | undefined> {
      const sqs = clients.sqs();
      const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url }));
      const [message] = Messages ?? [];
      if (!message) return undefined;
      const { ReceiptHandle } = message;
      await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
      return message.Body;
    },
  };
}

/** True when a connection to the address is taken. */
async function answers(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port, timeout: 2_000 });
  const connected = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'timeout').then(() => false),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return connected;
}

/** The process of `engines-writer.ts` over the data folder, and what it said was acknowledged, line by line. */
function startWriter() {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, 'engines-writer.ts'), data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const acknowledged: string[] = [];
  lines.on('line', (line) => void acknowledged.push(line));
  const ended = once(child, 'exit').then(() => {
    throw new Error('the writer ended by itself');
  });
  ended.catch(() => {});
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, acknowledged, more: () => Promise.race([once(lines, 'line'), ended]) };
}

describe('infra/local/engines.ts', () => {
  test('the engines listen on loopback and on no other address', async () => {
    const engines = await startEngines({ data: ':memory:' });
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
      .map(({ address }) => address);
    // All of 127.0.0.0/8 is this machine: what listens on every address also answers here.
    others.push('127.0.0.2');
    for (const { endpoint } of [engines.dynamodb, engines.aws]) {
      const port = Number(new URL(endpoint).port);
      expect(await answers('127.0.0.1', port)).toBe(true);
      for (const other of others) expect(await answers(other, port)).toBe(false);
    }
    await engines.stop();
  });

  test('what was written is there after a restart', async () => {
    const first = await startTestEngines(data);
    const before = await openPorts(first);
    await before.items.put({ pk: 'p', sk: 's', kept: true });
    const sha256 = await before.archive.keep(new TextEncoder().encode('bytes'), note);
    await before.queue.send({ body: 'waiting', groupId: 'g', deduplicationId: 'd' });
    await first.stop();

    const second = await startTestEngines(data);
    const after = await openPorts(second);
    expect(await after.items.get({ pk: 'p', sk: 's' })).toEqual({ pk: 'p', sk: 's', kept: true });
    expect(new TextDecoder().decode(await after.archive.read(sha256))).toBe('bytes');
    expect(await after.take()).toBe('waiting');
    await second.stop();
  });

  test('everything acknowledged is there after kill -9, twice', async () => {
    const acknowledged: string[] = [];
    for (const round of [1, 2]) {
      const writer = startWriter();
      while (writer.acknowledged.length < 60) await writer.more();
      writer.child.kill('SIGKILL');
      await once(writer.child, 'close');
      acknowledged.push(...writer.acknowledged);
      expect(acknowledged.length).toBeGreaterThanOrEqual(60 * round);
    }
    const engines = await startTestEngines(data);
    const { items, archive } = await openPorts(engines);
    for (const line of acknowledged) {
      const [sk = '', sha256 = ''] = line.split(' ');
      expect(await items.get({ pk: 'written', sk })).toEqual({ pk: 'written', sk, sha256 });
      expect(new TextDecoder().decode(await archive.read(sha256))).toBe(sk);
    }
    await engines.stop();
  });

  test('known gap of fauxqs: after a restart it has forgotten the ids it deduplicates by', async () => {
    const message = { body: 'x', groupId: 'g', deduplicationId: 'same' };
    const first = await startTestEngines(data);
    const before = await openPorts(first);
    await before.queue.send(message);
    expect(await before.take()).toBe('x');
    await before.queue.send(message);
    expect(await before.take()).toBeUndefined();
    await first.stop();

    const second = await startTestEngines(data);
    const after = await openPorts(second);
    await after.queue.send(message);
    expect(await after.take()).toBe('x');
    await second.stop();
  });

  test('a data folder in use by another process is refused', async () => {
    const engines = await startEngines({ data });
    await expect(startEngines({ data })).rejects.toThrow();
    await engines.stop();
  });

  test('a given DynamoDB endpoint is used instead of the embedded one', async () => {
    const dynamodbEndpoint = 'http://127.0.0.1:1';
    const engines = await startEngines({ data: ':memory:', dynamodbEndpoint });
    expect(engines.dynamodb.endpoint).toBe(dynamodbEndpoint);
    await engines.stop();
  });
});
