// The ports of an environment: each needs its own variables only, and says which one is missing.
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { CreateTopicCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { portsFromEnvironment } from '../../shared/edge/ports-from-environment.ts';
import { publicationOf } from '../contract/publisher-contract.ts';
import { startTestEngines, type TestEngines } from '../support/engines.ts';

describe('shared/edge/ports-from-environment.ts', () => {
  test('ports can be made, copied and passed on without any variable', () => {
    const ports = { ...portsFromEnvironment({}) };
    expect(ports.clock.now()).toMatch(/Z$/);
  });

  test.each([
    [
      'CODEWATCH_CODE_TABLE',
      (ports: ReturnType<typeof portsFromEnvironment>) => ports.codeItems.get,
    ],
    ['CODEWATCH_TENANT_TABLE', (ports) => ports.tenantItems.put],
    ['CODEWATCH_ARCHIVE_BUCKET', (ports) => ports.archive.read],
    ['CODEWATCH_ARCHIVE_BUCKET', (ports) => ports.snapshots.read],
    ['CODEWATCH_PUBLISH_QUEUE_URL', (ports) => ports.publishQueue.send],
    ['CODEWATCH_INGEST_QUEUE_URL', (ports) => ports.ingestQueue.send],
    ['CODEWATCH_ASSESS_QUEUE_URL', (ports) => ports.assessQueue.send],
    ['CODEWATCH_ASSESS_TENANT_QUEUE_URL', (ports) => ports.assessTenantQueue.send],
    ['CODEWATCH_NOTIFY_QUEUE_URL', (ports) => ports.notifyQueue.send],
    ['CODEWATCH_ALERT_TOPIC_ARN', (ports) => ports.publisher.publish],
  ] satisfies [string, (ports: ReturnType<typeof portsFromEnvironment>) => unknown][])(
    'the first use of a port without %s names it',
    (variable, use) => {
      const message = `the environment variable ${variable} is not set`;
      expect(() => use(portsFromEnvironment({}))).toThrow(
        expect.objectContaining({ code: 'invalid-request', message }),
      );
    },
  );

  test('the publisher needs the FIFO topic too', () => {
    const ports = portsFromEnvironment({ CODEWATCH_ALERT_TOPIC_ARN: 'arn:aws:sns:us-east-1:0:a' });
    expect(() => ports.publisher.publish).toThrow('CODEWATCH_ALERT_FIFO_TOPIC_ARN');
  });

  test('CODEWATCH_NOW stops the clock', () => {
    const { clock } = portsFromEnvironment({ CODEWATCH_NOW: '2025-07-01' });
    expect(clock.now()).toBe('2025-07-01T00:00:00.000Z');
  });

  describe('over running engines', () => {
    let running: TestEngines;
    beforeAll(async () => {
      running = await startTestEngines();
    });
    afterAll(() => running.stop());

    test('every port works', async () => {
      const { clients, engines, makeTable } = running;
      const queue = async (name: string): Promise<string> => {
        const command = new CreateQueueCommand({ QueueName: name });
        return (await clients.sqs().send(command)).QueueUrl ?? '';
      };
      const topic = async (name: string, fifo: boolean): Promise<string> => {
        const Attributes = fifo ? { FifoTopic: 'true' } : {};
        const command = new CreateTopicCommand({ Name: name, Attributes });
        return (await clients.sns().send(command)).TopicArn ?? '';
      };
      await clients.s3().send(new CreateBucketCommand({ Bucket: 'archive' }));
      const ports = portsFromEnvironment({
        CODEWATCH_CODE_TABLE: await makeTable(),
        CODEWATCH_TENANT_TABLE: await makeTable(),
        CODEWATCH_ARCHIVE_BUCKET: 'archive',
        CODEWATCH_INGEST_QUEUE_URL: await queue('ingest'),
        CODEWATCH_ASSESS_QUEUE_URL: await queue('assess'),
        CODEWATCH_ASSESS_TENANT_QUEUE_URL: await queue('assess-tenant'),
        CODEWATCH_NOTIFY_QUEUE_URL: await queue('notify'),
        CODEWATCH_PUBLISH_QUEUE_URL: await queue('publish'),
        CODEWATCH_ALERT_TOPIC_ARN: await topic('alerts', false),
        CODEWATCH_ALERT_FIFO_TOPIC_ARN: await topic('alerts.fifo', true),
        CODEWATCH_DYNAMODB: engines.dynamodb.endpoint,
        CODEWATCH_AWS_ENDPOINT: engines.aws.endpoint,
      });
      await ports.codeItems.put({ pk: 'a', sk: 'b', in: 'codes' });
      expect(await ports.codeItems.get({ pk: 'a', sk: 'b' })).toEqual({
        pk: 'a',
        sk: 'b',
        in: 'codes',
      });
      expect(await ports.tenantItems.get({ pk: 'a', sk: 'b' })).toBeUndefined();
      const bytes = new TextEncoder().encode('form');
      expect(await ports.archive.readNormalForm(await ports.archive.keepNormalForm(bytes))).toEqual(
        bytes,
      );
      await ports.ingestQueue.send({ body: '{}' });
      await ports.assessQueue.send({ body: '{}' });
      await ports.assessTenantQueue.send({ body: '{}' });
      await ports.notifyQueue.send({ body: '{}' });
      await ports.publishQueue.send({ body: '{}' });
      await ports.snapshots.keep('f1.sqlite.gz', bytes);
      expect(await ports.snapshots.read('f1.sqlite.gz')).toEqual(bytes);
      expect(await ports.publisher.publish(publicationOf('a1'))).toHaveLength(2);
      ports.close();
    });
  });
});
