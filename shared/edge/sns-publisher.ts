// Publishes alerts through SNS, to two topics: docs/decisions/0004-two-topics.md says why.
import { type MessageAttributeValue, PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { CodewatchError } from '../core/errors.ts';
import type { Publication, Publisher } from '../ports/publisher.ts';
import { asUnavailable } from './unavailable-error.ts';

/** SNS takes at most this many ASCII characters as the subject of an e-mail. */
const subjectCharsMax = 100;

/** The subject as SNS takes it: printable ASCII, no line breaks, cut with an ellipsis; `-` for typographic dashes. */
export function snsSubject(text: string): string {
  const ascii = text
    .normalize('NFKD')
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[^ -~]/g, '')
    .trim();
  if (ascii.length <= subjectCharsMax) return ascii;
  return `${ascii.slice(0, subjectCharsMax - 3).trimEnd()}...`;
}

/** Message attributes: a string as `String`, an array as `String.Array` (its JSON), on which filter policies select. */
export function snsAttributes(
  attributes: Publication['attributes'],
): Record<string, MessageAttributeValue> {
  const entries = Object.entries(attributes).map(([name, value]) => [
    name,
    typeof value === 'string'
      ? { DataType: 'String', StringValue: value }
      : { DataType: 'String.Array', StringValue: JSON.stringify(value) },
  ]);
  return Object.fromEntries(entries);
}

/**
 * The publisher over a FIFO topic (queues subscribe to it: each deduplication id once in five minutes, in order per
 * group) and a standard topic (e-mail and https subscribe to it). The FIFO topic comes first: should the standard
 * one fail, the repetition does no harm. Answers the message ids, FIFO first. Throws `unavailable` when SNS stays
 * unreachable and `rejected` when it refuses the message.
 */
export function createSnsPublisher(options: {
  readonly client: SNSClient;
  readonly topicArn: string;
  readonly fifoTopicArn: string;
}): Publisher {
  const { client, topicArn, fifoTopicArn } = options;
  const send = async (command: PublishCommand): Promise<string> => {
    const topic = command.input.TopicArn ?? '';
    try {
      const { MessageId } = await client.send(command);
      return MessageId ?? '';
    } catch (error) {
      const failure = asUnavailable(error, `topic ${topic}`);
      if (failure instanceof CodewatchError) throw failure;
      throw new CodewatchError('rejected', `topic ${topic} refused the message`, { cause: error });
    }
  };
  return {
    async publish(publication) {
      const common = {
        Subject: snsSubject(publication.subject),
        MessageAttributes: snsAttributes(publication.attributes),
      };
      const fifoId = await send(
        new PublishCommand({
          ...common,
          TopicArn: fifoTopicArn,
          // Only queues can subscribe to a FIFO topic, so there is one body and no structure.
          Message: publication.bodies.default,
          MessageGroupId: publication.groupId,
          MessageDeduplicationId: publication.deduplicationId,
        }),
      );
      const standardId = await send(
        new PublishCommand({
          ...common,
          TopicArn: topicArn,
          MessageStructure: 'json',
          Message: JSON.stringify(publication.bodies),
        }),
      );
      return [fifoId, standardId];
    },
  };
}
