// The archive contract on both adapters: memory, and S3 as fauxqs plays it.
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createS3Archive } from '../../shared/edge/s3-archive.ts';
import { closedPort, freshName, startTestEngines, type TestEngines } from '../support/engines.ts';
import { archiveContract } from './archive-contract.ts';

describe('shared/edge/memory-archive.ts', () => {
  archiveContract(async () => {
    let writes = 0;
    const archive = createMemoryArchive({
      beforeWrite: () => {
        writes += 1;
      },
    });
    return {
      archive,
      objectText: async (key) => new TextDecoder().decode(archive.objects.get(key)),
      writes: () => writes,
    };
  });
});

describe('shared/edge/s3-archive.ts', () => {
  let running: TestEngines;
  beforeAll(async () => {
    running = await startTestEngines();
  });
  afterAll(() => running.stop());

  archiveContract(async () => {
    const client = running.clients.s3();
    const bucket = freshName('archive');
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    let writes = 0;
    client.middlewareStack.add(
      (next, context) => (args) => {
        if (context.commandName === 'PutObjectCommand') writes += 1;
        return next(args);
      },
      { step: 'initialize', name: 'countWrites', override: true },
    );
    return {
      archive: createS3Archive({ client, bucket }),
      async objectText(key) {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return (await Body?.transformToString()) ?? '';
      },
      writes: () => writes,
    };
  });

  test('a bucket that is not there is an error, not an empty archive', async () => {
    const archive = createS3Archive({ client: running.clients.s3(), bucket: 'no-such-bucket' });
    await expect(archive.keepNormalForm(new Uint8Array([1]))).rejects.toThrow();
    await expect(archive.read('0'.repeat(64))).rejects.not.toMatchObject({
      code: 'archive-missing',
    });
  });

  test('an S3 that does not answer is unavailable', async () => {
    const client = new S3Client({ ...closedPort, maxAttempts: 1, forcePathStyle: true });
    const archive = createS3Archive({ client, bucket: 'archive' });
    const unavailable = { code: 'unavailable', retryable: true };
    await expect(archive.read('0'.repeat(64))).rejects.toMatchObject(unavailable);
    await expect(archive.keepNormalForm(new Uint8Array())).rejects.toMatchObject(unavailable);
  });

  test('known gap of fauxqs: IfNoneMatch does not keep a second write out, hence the HEAD', async () => {
    const client = running.clients.s3();
    const place = { Bucket: freshName('gap'), Key: 'raw/1' };
    await client.send(new CreateBucketCommand({ Bucket: place.Bucket }));
    await client.send(new PutObjectCommand({ ...place, Body: 'first' }));
    await client.send(new PutObjectCommand({ ...place, Body: 'second', IfNoneMatch: '*' }));
    const { Body } = await client.send(new GetObjectCommand(place));
    expect(await Body?.transformToString()).toBe('second');
  });
});
