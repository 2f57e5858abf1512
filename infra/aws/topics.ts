// The topics: alerts to subscribers (standard for e-mail and HTTPS, FIFO for queues) and alarms to the operator.
import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { topics as specs } from '../topology.ts';
import type { TopicId } from '../topology-specs.ts';
import { constructId } from './construct-id.ts';
import type { Keys } from './keys.ts';

/** The alert topics by topology id, and the operator's alarm topic. */
export type Topics = Readonly<Record<TopicId, Topic>> & { readonly alarms: Topic };

/** Creates the topics. `-c alarmEmail=…` on the command line subscribes the operator to the alarms. */
export function createTopics(scope: Construct, keys: Keys): Topics {
  const parent = new Construct(scope, 'Topics');
  const create = (id: TopicId): Topic =>
    new Topic(parent, constructId(id), {
      ...(specs[id].fifo ? { fifo: true } : {}),
      displayName: 'Codewatch',
      enforceSSL: true,
      masterKey: keys.tenant,
    });
  const alarms = new Topic(parent, 'Alarms', {
    displayName: 'Codewatch alarms',
    enforceSSL: true,
    masterKey: keys.operations,
  });
  // A policy with TLS as its only statement replaces the default one, which let alarms of this account in.
  alarms.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AllowAlarms',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [alarms.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
  const email: unknown = scope.node.tryGetContext('alarmEmail');
  if (typeof email === 'string') alarms.addSubscription(new EmailSubscription(email));
  return { alerts: create('alerts'), alertsFifo: create('alertsFifo'), alarms };
}
