// The contract of snapshot stores on memory, and on S3 as fauxqs plays it: through its client and by signed links.
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMemorySnapshotStore } from '../../shared/edge/memory-snapshot-store.ts';
import { createS3SnapshotLinks } from '../../shared/edge/s3-snapshot-links.ts';
import { createS3SnapshotStore } from '../../shared/edge/s3-snapshot-store.ts';
import { systemClock } from '../../shared/edge/system-clock.ts';
import { closedPort, freshName, startTestEngines, type TestEngines } from '../support/engines.ts';
import { snapshotStoreContract } from './snapshot-store-contract.ts';

describe('shared/edge/memory-snapshot-store.ts', () => {
  snapshotStoreContract(async () => {
    let writes = 0;
    const store = createMemorySnapshotStore({
      beforeWrite: () => {
        writes += 1;
      },
    });
    return { store, readers: [], writes: () => writes };
  });
});

describe('shared/edge/s3-snapshot-store.ts and s3-snapshot-links.ts', () => {
  let running: TestEngines;
  beforeAll(async () => {
    running = await startTestEngines();
  });
  afterAll(() => running.stop());

  const linksTo = (bucket: string, endpoint = running.engines.aws.endpoint) =>
    createS3SnapshotLinks({
      bucket,
      endpoint,
      signing: running.clients.dynamodb().config,
      clock: systemClock,
    });

  snapshotStoreContract(async () => {
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
    const store = createS3SnapshotStore({ client, bucket });
    return { store, readers: [linksTo(bucket)], writes: () => writes };
  });

  test('an engine that is away is unavailable', async () => {
    const away = linksTo('archive', closedPort.endpoint).read('a.sqlite.gz');
    await expect(away).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  });
});
