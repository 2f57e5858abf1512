// How a function works through messages from a FIFO queue: in order, each to the end, and none lost when one fails.

/** What Lambda hands to a function that reads a queue; the part of its event that matters here. */
export type SqsBatch = {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
};

/** Which messages stay in the queue, to be delivered again (Lambda: `ReportBatchItemFailures`). */
export type SqsBatchResult = {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
};

/**
 * Hands the bodies, parsed from JSON, to `handle` one after the other. The first that fails is passed to `failed` and
 * stays in the queue with all after it, so that none of its group overtakes it; its queue's limit of attempts then
 * decides when it becomes a dead letter. Bodies are never logged: they can name a tenant.
 */
export async function handleInOrder(
  batch: SqsBatch,
  handle: (body: unknown) => Promise<void>,
  failed: (messageId: string, error: unknown) => void,
): Promise<SqsBatchResult> {
  for (const [index, record] of batch.Records.entries()) {
    try {
      await handle(parseBody(record.body));
    } catch (error) {
      failed(record.messageId, error);
      const left = batch.Records.slice(index);
      return { batchItemFailures: left.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    }
  }
  return { batchItemFailures: [] };
}

/**
 * The same for a queue without order: every message is tried, and only those that fail stay in the queue.
 */
export async function handleEach(
  batch: SqsBatch,
  handle: (body: unknown) => Promise<void>,
  failed: (messageId: string, error: unknown) => void,
): Promise<SqsBatchResult> {
  const left: { itemIdentifier: string }[] = [];
  for (const { messageId, body } of batch.Records) {
    try {
      await handle(parseBody(body));
    } catch (error) {
      failed(messageId, error);
      left.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures: left };
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // The parser's own message quotes the text, and this one is logged.
    throw new Error('the message body is not JSON');
  }
}
