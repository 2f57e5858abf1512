// Last step: publishes a stored alert once to every subscriber and records that it went out.
import { alertAttributes, alertJson } from '../core/alert-message.ts';
import { alertSubject } from '../core/alert-opening.ts';
import { alertText } from '../core/alert-wording.ts';
import type { Alert } from '../core/finding.ts';
import type { Clock } from '../ports/clock.ts';
import type { Publication, Publisher } from '../ports/publisher.ts';
import type { TenantStore } from '../ports/tenant-store.ts';
import { groupIdOf } from './group-id.ts';
import type { NotifyMessage } from './messages.ts';

/** What notify needs. */
export type NotifyPorts = {
  readonly tenants: Pick<TenantStore, 'getAlert' | 'delivery' | 'recordDelivery'>;
  readonly publisher: Publisher;
  readonly clock: Clock;
  /** Where readers reach the API: links in messages begin with it. */
  readonly baseUrl: string;
};

/** Whether this run published the alert or an earlier one had. */
export type NotifyOutcome = 'published' | 'delivered-before';

/** The publication of an alert: the same bytes however often it is sent. */
export function publicationOf(alert: Alert, baseUrl: string): Publication {
  const json = alertJson(alert, baseUrl);
  return {
    deduplicationId: alert.id,
    groupId: groupIdOf(alert.tenant),
    subject: alertSubject(alert),
    bodies: { default: json, email: alertText(alert, baseUrl), https: json },
    attributes: alertAttributes(alert),
  };
}

/**
 * Publishes the alert unless its delivery is recorded. Killed between publishing and recording, it
 * is published again under the same deduplication id: at least once always, once where that id is
 * honoured.
 *
 * @throws CodewatchError `unavailable` (the queue brings the message again) or `rejected` (it ends
 * as a dead letter)
 */
export async function notify(ports: NotifyPorts, message: NotifyMessage): Promise<NotifyOutcome> {
  const { tenants, publisher, clock, baseUrl } = ports;
  const { tenant, alert: id } = message;
  if (await tenants.delivery(tenant, id)) return 'delivered-before';
  const alert = await tenants.getAlert(tenant, id);
  if (!alert) throw new Error(`alert ${id} was announced but is not stored`);
  const messageIds = await publisher.publish(publicationOf(alert, baseUrl));
  await tenants.recordDelivery(tenant, id, { deliveredAt: clock.now(), messageIds });
  return 'published';
}
