// A process to kill: it writes items and objects over a data folder and prints each when the engines acknowledged it.
import { randomUUID } from 'node:crypto';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { createTable } from '../../infra/local/create-table.ts';
import { startEngines } from '../../infra/local/engines.ts';
import { createAwsClients } from '../../shared/edge/aws-clients.ts';
import { createDynamoDbItemStore } from '../../shared/edge/dynamodb-item-store.ts';
import { createS3Archive } from '../../shared/edge/s3-archive.ts';

const clients = createAwsClients(await startEngines({ data: process.argv[2] ?? ':memory:' }));
await createTable(clients.dynamodb(), 'items');
await clients.s3().send(new CreateBucketCommand({ Bucket: 'archive' }));
const items = createDynamoDbItemStore({ client: clients.dynamodb(), table: 'items' });
const archive = createS3Archive({ client: clients.s3(), bucket: 'archive' });
for (;;) {
  const sk = randomUUID();
  const sha256 = await archive.keep(new TextEncoder().encode(sk), {
    url: 'https://www.cms.gov/a.zip',
    fetchedAt: '2025-07-01T00:00:00Z',
    headers: {},
  });
  await items.put({ pk: 'written', sk, sha256 });
  process.stdout.write(`${sk} ${sha256}\n`);
}
