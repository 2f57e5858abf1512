// The AWS clients, each made when first used: a Lambda that needs one does not pay for the others.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { lazily } from './lazily.ts';

/** Where an engine is. On AWS nothing is set: region and credentials come from the Lambda's environment. */
export type AwsEndpoint = {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

/** Clients, one of each, made at the first call. */
export type AwsClients = {
  dynamodb(): DynamoDBClient;
  s3(): S3Client;
  sqs(): SQSClient;
  sns(): SNSClient;
  /** Closes the connections of those that were made. */
  close(): void;
};

/** What all SDK clients have in common here. */
type Client = {
  destroy(): void;
  readonly middlewareStack: { remove(name: string): boolean };
};

/** Tries of one request in all, with the SDK's jittered back-off between them. */
const maxAttempts = 5;
const connectMs = 3_000;
const answerMs = 20_000;
const socketsMax = 64;

/** Clients for DynamoDB at one place, S3 (path style there), SQS and SNS at another; AWS itself without both. */
export function createAwsClients(
  at: { readonly dynamodb?: AwsEndpoint; readonly aws?: AwsEndpoint } = {},
): AwsClients {
  const made: Client[] = [];
  const once = <T extends Client>(make: () => T): (() => T) =>
    lazily(() => {
      const client = make();
      // It copies every request and answer for a log nobody reads: 15 % of the time of a batch write.
      client.middlewareStack.remove('loggerMiddleware');
      made.push(client);
      return client;
    });
  const settings = (place: AwsEndpoint = {}) => ({
    ...place,
    // The SDK writes into the object it gets.
    ...(place.credentials ? { credentials: { ...place.credentials } } : {}),
    maxAttempts,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: connectMs,
      requestTimeout: answerMs,
      // One connection serves many requests; a new one costs as much as a small request.
      httpAgent: { keepAlive: true, maxSockets: socketsMax },
      httpsAgent: { keepAlive: true, maxSockets: socketsMax },
    }),
  });
  return {
    dynamodb: once(() => new DynamoDBClient(settings(at.dynamodb))),
    s3: once(
      () => new S3Client({ ...settings(at.aws), forcePathStyle: at.aws?.endpoint !== undefined }),
    ),
    sqs: once(() => new SQSClient(settings(at.aws))),
    sns: once(() => new SNSClient(settings(at.aws))),
    close: () => made.forEach((client) => void client.destroy()),
  };
}
