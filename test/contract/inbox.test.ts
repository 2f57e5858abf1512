// The inbox in memory and on S3: one contract. A large file comes range by range, a replaced one is told.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAwsClients } from '../../shared/edge/aws-clients.ts';
import { createFolderInbox } from '../../shared/edge/folder-inbox.ts';
import { createMemoryInbox } from '../../shared/edge/memory-inbox.ts';
import { createS3Inbox } from '../../shared/edge/s3-inbox.ts';
import { uploadToS3 } from '../../shared/edge/s3-upload.ts';
import type { Inbox } from '../../shared/ports/inbox.ts';
import { closedPort, freshName, startTestEngines, type TestEngines } from '../support/engines.ts';

type Subject = {
  readonly inbox: Inbox;
  put(key: string, bytes: Uint8Array): Promise<void>;
  get(key: string): Promise<string | undefined>;
};

const folders: string[] = [];
let engines: TestEngines;
beforeAll(async () => {
  engines = await startTestEngines();
});
afterAll(async () => {
  for (const folder of folders) rmSync(folder, { recursive: true });
  await engines.stop();
});

async function onS3(): Promise<Subject> {
  const bucket = freshName('inbox');
  const client = engines.clients.s3();
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  const inbox = createS3Inbox({ client, bucket });
  return {
    inbox,
    async put(Key, Body) {
      await uploadToS3(client, { Bucket: bucket, Key, Body, ContentType: 'text/plain' });
    },
    async get(key) {
      const opened = await inbox.open({ key });
      return opened && Buffer.from(await allOf(opened.bytes)).toString();
    },
  };
}

async function inMemory(): Promise<Subject> {
  const inbox = createMemoryInbox();
  return {
    inbox,
    put: async (key, bytes) => void inbox.objects.set(key, bytes),
    get: async (key) => {
      const bytes = inbox.objects.get(key);
      return bytes && Buffer.from(bytes).toString();
    },
  };
}

async function inFolder(): Promise<Subject> {
  const folder = mkdtempSync(join(tmpdir(), 'codewatch-inbox-'));
  folders.push(folder);
  const inbox = createFolderInbox(folder);
  return {
    inbox,
    async put(key, bytes) {
      mkdirSync(dirname(join(folder, key)), { recursive: true });
      // The same bytes again must not count as another file.
      const path = join(folder, key);
      if (existsSync(path) && readFileSync(path).equals(bytes)) return;
      writeFileSync(path, bytes);
    },
    get: async (key) => readFileSync(join(folder, key), 'utf8'),
  };
}

async function allOf(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Bytes of which no two ranges are alike. */
function bytesOf(length: number): Uint8Array {
  const bytes = Buffer.alloc(length, 'codewatch inbox');
  for (let at = 0; at < length; at += 4096) bytes[at] = (at >> 12) % 251;
  return bytes;
}

describe.each([
  ['shared/edge/memory-inbox.ts', inMemory],
  ['shared/edge/s3-inbox.ts', onS3],
  ['shared/edge/folder-inbox.ts', inFolder],
] as const)('%s', (_path, make) => {
  it('opens what lies there byte for byte, whatever its size, under any name', async () => {
    const { inbox, put } = await make();
    // Two ranges and a bit, one range to the byte, nothing.
    for (const length of [17_000_001, 8 * 1024 * 1024, 1, 0]) {
      const key = `inbox/clinic/Zebulon's claims, März/+${length}.837`;
      await put(key, bytesOf(length));
      const opened = await inbox.open({ key });
      if (!opened) throw new Error('it is not there');
      expect(Buffer.from(await allOf(opened.bytes)).equals(bytesOf(length))).toBe(true);
    }
  });

  it('names the bytes: the same again is the same, others are others', async () => {
    const { inbox, put } = await make();
    const identityOf = async () => (await inbox.open({ key: 'k' }))?.identity;
    await put('k', bytesOf(10));
    const first = await identityOf();
    await put('k', bytesOf(10));
    expect(await identityOf()).toBe(first);
    await put('k', bytesOf(11));
    expect(await identityOf()).not.toBe(first);
  });

  it('has nothing where nothing is, and removes what is there, twice if need be', async () => {
    const { inbox, put } = await make();
    expect(await inbox.open({ key: 'inbox/clinic/none' })).toBeUndefined();
    await put('k', bytesOf(3));
    await inbox.remove({ key: 'k' });
    await inbox.remove({ key: 'k' });
    expect(await inbox.open({ key: 'k' })).toBeUndefined();
  });

  it('refuses to go on in a file that took the place of the one it opened', async () => {
    const { inbox, put } = await make();
    await put('k', bytesOf(17_000_000));
    const opened = await inbox.open({ key: 'k' });
    if (!opened) throw new Error('it is not there');
    const reading = opened.bytes[Symbol.asyncIterator]();
    await reading.next();
    await put('k', bytesOf(16_000_000));
    await expect(reading.next()).rejects.toMatchObject({ code: 'conflict' });
  });

  it('writes results as text', async () => {
    const { inbox, get } = await make();
    await inbox.writeResult('results/clinic/a.json', '{"accepted":1}\n');
    await inbox.writeResult('results/clinic/a.json', '{"accepted":2}\n');
    expect(await get('results/clinic/a.json')).toBe('{"accepted":2}\n');
  });
});

describe('shared/edge/folder-inbox.ts, outside', () => {
  it('reaches nothing beside its folder', async () => {
    const { inbox } = await inFolder();
    for (const key of ['../passwd', 'inbox/../../passwd', '']) {
      expect(await inbox.open({ key }).catch((error: unknown) => error)).toMatchObject({
        code: 'rejected',
      });
    }
  });
});

describe('shared/edge/s3-inbox.ts, away', () => {
  it('says that it is unavailable, and names no file', async () => {
    const clients = createAwsClients({ aws: closedPort });
    const inbox = createS3Inbox({ client: clients.s3(), bucket: 'b' });
    const file = { key: 'inbox/clinic/Zebulon.837' };
    for (const failing of [
      () => inbox.open(file),
      () => inbox.writeResult(file.key, '{}'),
      () => inbox.remove(file),
    ]) {
      const error = await failing().then(
        () => 'none',
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({ code: 'unavailable', retryable: true });
      expect(String(error)).not.toContain('Zebulon');
    }
    clients.close();
  });
});
