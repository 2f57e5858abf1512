// The whole of Codewatch on AWS, composed: each part is a function of its own file, and topology.ts says what there is.
import { type App, CfnOutput, CfnParameter, Stack, Tags } from 'aws-cdk-lib';
import { createAlarms } from './alarms.ts';
import { createArchiveBucket } from './archive-bucket.ts';
import { createFunctions } from './functions.ts';
import { createGateway, openGateway } from './gateway.ts';
import { createInboxBucket } from './inbox-bucket.ts';
import { createKeys } from './keys.ts';
import { createQueues } from './queues.ts';
import { createSchedules } from './schedule.ts';
import { createTables } from './tables.ts';
import { createTopics } from './topics.ts';

/** Adds the stack `Codewatch` to a CDK app. It names no account and no region, so synthesis looks nothing up. */
export function codewatchStack(app: App): Stack {
  const stack = new Stack(app, 'Codewatch', {
    description:
      'Codewatch: watches ICD-10 releases and tells which stored claims and templates they hit.',
    terminationProtection: true,
  });
  const given = new CfnParameter(stack, 'BaseUrl', {
    description:
      'Where readers reach the API, for example https://codewatch.example.org: links in alerts begin so. Empty: the address of the API itself.',
    default: '',
    allowedPattern: '^(https://[^/]+(/.*)?)?$',
    constraintDescription: 'must be an https URL, or empty',
  });
  const keys = createKeys(stack);
  const tables = createTables(stack, keys);
  const archive = createArchiveBucket(stack);
  const queues = createQueues(stack, keys);
  const topics = createTopics(stack, keys);
  const inbox = createInboxBucket(stack, { keys, queues });
  const gateway = createGateway(stack, given);
  const { baseUrl } = gateway;
  const functions = createFunctions(stack, {
    ...{ keys, tables, archive, inbox, queues, topics, baseUrl },
  });
  openGateway(gateway, { functions, keys });
  createSchedules(stack, { functions, deadLetters: queues.runDeadLetters });
  createAlarms(stack, { queues, topics, functions, gateway });
  Tags.of(stack).add('application', 'codewatch');

  // What an operator needs to try it and to subscribe somebody: everything else is found through the stack.
  new CfnOutput(stack, 'AlertsTopicArn', { value: topics.alerts.topicArn });
  new CfnOutput(stack, 'AlertsFifoTopicArn', { value: topics.alertsFifo.topicArn });
  new CfnOutput(stack, 'ApiUrl', { value: gateway.url });
  new CfnOutput(stack, 'InboxBucketName', { value: inbox.bucketName });
  new CfnOutput(stack, 'AlarmTopicArn', { value: topics.alarms.topicArn });
  return stack;
}
