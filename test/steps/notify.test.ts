// A stored alert goes out once, with what filter policies need, and is never lost.
import { describe, expect, it } from 'vitest';
import { CodewatchError } from '../../shared/core/errors.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryPublisher } from '../../shared/edge/memory-publisher.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { groupIdOf } from '../../shared/steps/group-id.ts';
import type { NotifyMessage } from '../../shared/steps/messages.ts';
import { notify } from '../../shared/steps/notify.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { assessToTheEnd } from '../support/assess-to-the-end.ts';
import { clinicTemplates, until2022 } from './spine-story.ts';
import { toldCodeTable } from './told-code-table.ts';

const clock = { now: () => '2021-07-09T06:00:00.000Z' };
const baseUrl = 'https://codewatch.example.org';

/** A tenant's table with one alert in it, and the message that announces it. */
async function alerted(tenant: string, beforeWrite: () => void = () => undefined) {
  const items = createMemoryItemStore({ beforeWrite });
  const tenants = createTenantStore(items);
  for (const template of clinicTemplates) await tenants.putArtifact(tenant, template);
  const notifyQueue = createMemoryQueue();
  const codeTable = toldCodeTable(until2022);
  await assessToTheEnd(
    { codeTable, tenants, notifyQueue, clock },
    { system: 'icd10cm', release: 'icd10cm-2022', seq: 2 },
  );
  const [first] = notifyQueue.messages;
  const message: NotifyMessage = JSON.parse(first?.body ?? '');
  return { items, tenants, message };
}

describe('shared/steps/notify', () => {
  it('publishes the alert with subject, bodies and attributes, and records the delivery', async () => {
    const { tenants, message } = await alerted('clinic');
    const publisher = createMemoryPublisher();
    expect(await notify({ tenants, publisher, clock, baseUrl }, message)).toBe('published');
    const [publication] = publisher.publications;
    expect(publication).toMatchObject({
      deduplicationId: message.alert,
      groupId: 'clinic',
      subject: 'ICD-10-CM: M54.5 not billable from 1 October 2021 (2 templates)',
      attributes: {
        tenant: 'clinic',
        system: 'icd10cm',
        kinds: ['expanded'],
        severity: 'high',
        release: 'icd10cm-2022',
      },
    });
    expect(JSON.parse(publication?.bodies.default ?? '')).toMatchObject({ id: message.alert });
    expect(publication?.bodies.email).toContain('From 1 October 2021, the ICD-10-CM code M54.5');
    expect(await tenants.delivery('clinic', message.alert)).toEqual({
      deliveredAt: clock.now(),
      messageIds: ['message-1'],
    });
  });

  it('an alert delivered before is not published again', async () => {
    const { tenants, message } = await alerted('clinic');
    const publisher = createMemoryPublisher();
    await notify({ tenants, publisher, clock, baseUrl }, message);
    const silent = createMemoryPublisher();
    expect(await notify({ tenants, publisher: silent, clock, baseUrl }, message)).toBe(
      'delivered-before',
    );
    expect(silent.publications).toEqual([]);
  });

  it('an outage reaches the queue as a retryable error, records nothing, and the next try publishes', async () => {
    const { tenants, message } = await alerted('clinic');
    let down = true;
    const publisher = createMemoryPublisher({
      beforePublish() {
        if (down) throw new CodewatchError('unavailable', 'SNS does not answer');
      },
    });
    const ports = { tenants, publisher, clock, baseUrl };
    await expect(notify(ports, message)).rejects.toMatchObject({
      code: 'unavailable',
      retryable: true,
    });
    expect(await tenants.delivery('clinic', message.alert)).toBeUndefined();
    down = false;
    expect(await notify(ports, message)).toBe('published');
  });

  it('I3 killed between publishing and recording, it publishes the same bytes under the same id: held once', async () => {
    let killed = false;
    const { tenants, message } = await alerted('clinic', () => {
      if (killed) throw new Error('killed');
    });
    const publisher = createMemoryPublisher();
    const ports = { tenants, publisher, clock, baseUrl };
    killed = true;
    await expect(notify(ports, message)).rejects.toThrow('killed');
    killed = false;
    expect(publisher.publications).toHaveLength(1);
    const bytes = JSON.stringify(publisher.publications);
    expect(
      await notify({ ...ports, clock: { now: () => '2021-08-01T00:00:00.000Z' } }, message),
    ).toBe('published');
    expect(JSON.stringify(publisher.publications)).toBe(bytes);
    const forgetful = createMemoryPublisher();
    const { tenants: others, message: same } = await alerted('clinic');
    await notify({ ...ports, tenants: others, publisher: forgetful }, same);
    expect(JSON.stringify(forgetful.publications)).toBe(bytes);
  });

  it('an alert that was announced and is not stored is a broken invariant', async () => {
    const { tenants } = await alerted('clinic');
    const ports = { tenants, publisher: createMemoryPublisher(), clock, baseUrl };
    await expect(notify(ports, { tenant: 'clinic', alert: 'none' })).rejects.toThrow('not stored');
  });

  it('a tenant whose id no queue takes as a group has one all the same', () => {
    expect(groupIdOf('clinic-1')).toBe('clinic-1');
    expect(groupIdOf('Praxis am Überlinger See')).toMatch(/^[0-9a-f]{64}$/);
  });
});
