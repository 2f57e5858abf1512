// The local event source on the embedded queues: order, retries, dead letters, and knowing when all is done.
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Consumers,
  type MayHandle,
  type QueueHandler,
  startConsumers,
} from '../../infra/local/consumers.ts';
import { createResources, type LocalResources } from '../../infra/local/create-resources.ts';
import { drained, messagesIn, redrive } from '../../infra/local/drain.ts';
import { type Engines, startEngines } from '../../infra/local/engines.ts';
import type { QueueId } from '../../infra/topology-specs.ts';
import { type AwsClients, createAwsClients } from '../../shared/edge/aws-clients.ts';
import { handleInOrder } from '../../shared/edge/sqs-batch.ts';

let engines: Engines;
let clients: AwsClients;
let resources: LocalResources;

beforeAll(async () => {
  engines = await startEngines({ data: ':memory:' });
  clients = createAwsClients({ dynamodb: engines.dynamodb, aws: engines.aws });
  resources = await createResources(clients);
});
afterAll(async () => {
  clients.close();
  await engines.stop();
});

const send = (queue: QueueId, groupId: string, body: unknown) =>
  clients.sqs().send(
    new SendMessageCommand({
      QueueUrl: resources.queues[queue].url,
      MessageBody: JSON.stringify(body),
      MessageGroupId: groupId,
      MessageDeduplicationId: JSON.stringify([groupId, body]).replaceAll(/\W/g, '-'),
    }),
  );

/** Runs handlers over what is in the queues until nothing is left; answers the bodies handled to the end. */
async function run(
  handle: (queue: QueueId, body: unknown) => Promise<void>,
  mayHandle?: MayHandle,
): Promise<unknown[]> {
  const handler =
    (queue: QueueId): QueueHandler =>
    (event) =>
      handleInOrder(
        event,
        (body) => handle(queue, body),
        () => undefined,
      );
  const handlers = {
    ingest: handler('ingest'),
    ingestPolicies: handler('ingestPolicies'),
    assess: handler('assess'),
    assessTenant: handler('assessTenant'),
    intake: handler('intake'),
    edits: handler('edits'),
    publish: handler('publish'),
    notify: handler('notify'),
  };
  const done: unknown[] = [];
  const consumers: Consumers = startConsumers(
    clients.sqs(),
    resources.queues,
    handlers,
    async (_queue, body) => {
      done.push(body);
    },
    mayHandle,
  );
  await drained(clients.sqs(), resources.queues, consumers);
  await consumers.stop();
  return done;
}

describe('infra/local/consumers.ts', () => {
  test('messages of one group are handled in order, one at a time, and then are gone', async () => {
    for (const n of [1, 2, 3, 4]) await send('ingest', 'icd10cm', n);
    let atOnce = 0;
    const done = await run(async () => {
      atOnce += 1;
      expect(atOnce).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 20));
      atOnce -= 1;
    });
    expect(done).toEqual([1, 2, 3, 4]);
    expect(await messagesIn(clients.sqs(), resources.queues.ingest.url)).toBe(0);
  });

  test('all is done only when what a step sent on is done, too', async () => {
    await send('ingest', 'icd10cm', 'first');
    const done = await run(async (queue, body) => {
      if (queue === 'ingest') await send('assess', 'icd10cm', `${body} assessed`);
      if (queue === 'assess') await send('assessTenant', 'local', `${body} told`);
      if (queue === 'assessTenant') await send('notify', 'local', `${body} notified`);
    });
    expect(done).toEqual([
      'first',
      'first assessed',
      'first assessed told',
      'first assessed told notified',
    ]);
  });

  test('a message that always fails becomes a dead letter after its attempts, and the next start tries again', async () => {
    await send('ingest', 'icd10pcs', 'poison');
    await send('ingest', 'icd10cm', 'sound');
    let attempts = 0;
    const done = await run(async (_queue, body) => {
      if (body !== 'poison') return;
      attempts += 1;
      throw new Error('it cannot be read');
    });
    expect(done).toEqual(['sound']);
    expect(attempts).toBe(3);
    const { ingest } = resources.queues;
    expect(await messagesIn(clients.sqs(), ingest.deadUrl)).toBe(1);

    expect(await redrive(clients.sqs(), Object.values(resources.queues))).toBe(1);
    expect(await run(async () => undefined)).toEqual(['poison']);
    expect(await messagesIn(clients.sqs(), ingest.deadUrl)).toBe(0);
  });

  test('a message handled for longer than it stays hidden is not handed out twice', async () => {
    await send('assess', 'icd10cm', 'slow');
    let times = 0;
    await run(async () => {
      times += 1;
      await new Promise((resolve) => setTimeout(resolve, 8000));
    });
    expect(times).toBe(1);
  });

  test('a message that rests is handled when it may be, once, and all is done only then', async () => {
    await send('publish', 'snapshot', 'first');
    await send('publish', 'snapshot', 'second');
    await send('ingest', 'icd10cm', 'release');
    let isIngested = false;
    const order: unknown[] = [];
    const done = await run(
      async (queue, body) => {
        if (queue === 'ingest') {
          // Longer than a message stays hidden without being renewed.
          await new Promise((resolve) => setTimeout(resolve, 8000));
          isIngested = true;
        }
        order.push(body);
      },
      async (queue) => queue !== 'publish' || isIngested,
    );
    expect(order).toEqual(['release', 'first', 'second']);
    expect(done).toEqual(order);
  });

  test('consumers stop while a message rests, and it is there for the next ones', async () => {
    await send('publish', 'snapshot', 'resting');
    const idle: QueueHandler = async () => ({ batchItemFailures: [] });
    const consumers = startConsumers(
      clients.sqs(),
      resources.queues,
      {
        ingest: idle,
        ingestPolicies: idle,
        assess: idle,
        assessTenant: idle,
        publish: idle,
        notify: idle,
        intake: idle,
        edits: idle,
      },
      async () => undefined,
      async (queue) => queue !== 'publish',
    );
    while (consumers.active('publish') === 0) await new Promise((r) => setTimeout(r, 20));
    await consumers.stop();
    expect(await run(async () => undefined)).toEqual(['resting']);
  });

  test('resources are found again, not made twice', async () => {
    expect(await createResources(clients)).toEqual(resources);
  });
});
