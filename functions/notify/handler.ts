// Lambda face of notify: stored alerts from the queue, one after the other per tenant.
import { type EdgePorts, portsFromEnvironment } from '../../shared/edge/ports-from-environment.ts';
import { handleInOrder, type SqsBatch, type SqsBatchResult } from '../../shared/edge/sqs-batch.ts';
import { notify } from '../../shared/steps/notify.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { parseNotifyMessage } from './parse-notify-message.ts';

/** What the handler needs. */
export type NotifyHandlerPorts = Pick<EdgePorts, 'tenantItems' | 'publisher' | 'clock' | 'log'> & {
  /** Where readers reach the API: links in messages begin with it. */
  readonly baseUrl: string;
};

/** The handler over given ports: Lambda and the local runtime use the same. */
export function createHandler(
  ports: NotifyHandlerPorts,
): (event: SqsBatch) => Promise<SqsBatchResult> {
  const { publisher, clock, log, baseUrl } = ports;
  const tenants = createTenantStore(ports.tenantItems);
  const take = async (body: unknown): Promise<void> => {
    await notify({ tenants, publisher, clock, baseUrl }, parseNotifyMessage(body));
  };
  return (event) =>
    handleInOrder(event, take, (messageId, error) =>
      log.error('notify failed', error, { messageId }),
    );
}

let ready: ReturnType<typeof createHandler> | undefined;

/** Lambda's entry; ports are made at the first message. */
export const handler = (event: SqsBatch): Promise<SqsBatchResult> => {
  if (!ready) {
    const { CODEWATCH_BASE_URL: baseUrl } = process.env;
    if (!baseUrl) throw new Error('CODEWATCH_BASE_URL is not set');
    const { tenantItems, publisher, clock, log } = portsFromEnvironment(process.env);
    ready = createHandler({ tenantItems, publisher, clock, log, baseUrl });
  }
  return ready(event);
};
