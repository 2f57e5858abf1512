// The AWS clients, each made when first used: a Lambda that needs one does not pay for the others.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { type AwsEndpoint, type Client, clientSettings, withoutLog } from './client-settings.ts';
import { lazily } from './lazily.ts';

/** Clients, one of each, made at the first call. */
export type AwsClients = {
  dynamodb(): DynamoDBClient;
  s3(): S3Client;
  sqs(): SQSClient;
  sns(): SNSClient;
  /** Closes the connections of those that were made. */
  close(): void;
};

/** Clients for DynamoDB at one place, S3 (path style there), SQS and SNS at another; AWS itself without both. */
export function createAwsClients(
  at: { readonly dynamodb?: AwsEndpoint; readonly aws?: AwsEndpoint } = {},
): AwsClients {
  const made: Client[] = [];
  const once = <T extends Client>(make: () => T): (() => T) =>
    lazily(() => {
      const client = withoutLog(make());
      made.push(client);
      return client;
    });
  return {
    dynamodb: once(() => new DynamoDBClient(clientSettings(at.dynamodb))),
    s3: once(
      () =>
        new S3Client({ ...clientSettings(at.aws), forcePathStyle: at.aws?.endpoint !== undefined }),
    ),
    sqs: once(() => new SQSClient(clientSettings(at.aws))),
    sns: once(() => new SNSClient(clientSettings(at.aws))),
    close: () => made.forEach((client) => void client.destroy()),
  };
}
