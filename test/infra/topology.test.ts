// The topology against itself and the files it names: what neither CloudFormation nor the local runtime would notice.
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ApiPorts } from '../../functions/api/api-ports.ts';
import { createApp } from '../../functions/api/app.ts';
import { intakeRoutes } from '../../functions/api/intake-routes.ts';
import {
  feedConfiguration,
  functions,
  gateway,
  monitoring,
  queues,
  schedules,
  tables,
} from '../../infra/topology.ts';
import { feeds } from '../../shared/feeds/registry.ts';

const root = new URL('../../', import.meta.url);

describe('infra/topology.ts', () => {
  it.each(Object.entries(functions))('has a handler for %s where it says', async (id, spec) => {
    expect(existsSync(new URL(spec.entry, root))).toBe(true);
    const handler: Record<string, unknown> = await import(new URL(spec.entry, root).href);
    expect(handler.handler).toBeTypeOf('function');
    // Locally one app answers all routes, those that take files in among them.
    if (id !== 'intakeApi') expect(handler.createHandler).toBeTypeOf('function');
  });

  it.each(Object.entries(queues))('hides a %s message longer than its function may run', (_, q) => {
    expect(q.visibilitySeconds).toBeGreaterThan(functions[q.consumer].timeoutSeconds * q.batchMax);
  });

  it('makes every attempt to notify within the five minutes in which SNS drops a repeat', () => {
    const { visibilitySeconds, receivesMax } = queues.notify;
    const lastEndsAfter = visibilitySeconds * (receivesMax - 1) + functions.notify.timeoutSeconds;
    expect(lastEndsAfter).toBeLessThan(300);
  });

  it('sends each message to the step that reads it: pipeline, publication and approvals', () => {
    const chain = Object.entries(functions).flatMap(([id, spec]) =>
      spec.sends.map((queue) => `${id} → ${queues[queue].consumer}`),
    );
    expect(chain).toEqual([
      'pull → ingest',
      'pull → ingestPolicies',
      'ingest → assess',
      'ingest → publish',
      'ingestPolicies → assess',
      'ingestPolicies → publish',
      'assess → assessTenant',
      // The next part of a large register, or of the same part.
      'assessTenant → assessTenant',
      'assessTenant → notify',
      // A file that is not whole when time is up.
      'intake → intake',
      // An approved release, or edition of policies.
      'api → ingest',
      'api → ingestPolicies',
    ]);
  });

  it('pulls every registered feed daily, before the offices in Washington open', () => {
    const pulls = Object.values(schedules).filter(({ target }) => target === 'pull');
    for (const { id } of feeds) {
      const own = pulls.filter(({ input }) => input.feeds?.includes(id));
      expect(own.map((each) => [each.at, each.timeZone])).toEqual([['06:30', 'America/New_York']]);
    }
  });

  it('pulls every feed of policies that is turned on, each by itself when the operator says', () => {
    const { policyFeeds } = feedConfiguration;
    expect(policyFeeds.filter(({ on }) => on).length).toBeGreaterThan(1);
    const pulled = Object.values(schedules).filter(({ input }) =>
      input.feeds?.some((each) => policyFeeds.some(({ id }) => id === each)),
    );
    expect(pulled.map(({ input, at, timeZone }) => [input.feeds, at, timeZone])).toEqual(
      policyFeeds
        .filter(({ on }) => on)
        .map(({ id, schedule }) => [[id], schedule.at, 'America/New_York']),
    );
  });

  it('calls a feed stale only after a missed daily run, its window included', () => {
    const widest = Math.max(...Object.values(schedules).map((each) => each.windowMinutes));
    expect(monitoring.staleFeedHours).toBeGreaterThan(24 + widest / 60);
  });

  it('looks after the snapshot daily, once the pulls of the day are through', () => {
    const [publishing, ...more] = Object.values(schedules).filter(
      ({ target }) => target === 'publish',
    );
    expect([publishing?.at, publishing?.input, more]).toEqual(['08:30', {}, []]);
    expect(monitoring.staleSnapshotHours).toBeGreaterThan(
      24 + (publishing?.windowMinutes ?? 0) / 60,
    );
  });

  it('lets a commit rest, so that of a burst only the last one builds a snapshot', () => {
    expect(queues.publish).toMatchObject({ delaySeconds: 60, restsBehind: 'ingest' });
    // A FIFO queue delays all its messages alike, at most a quarter of an hour.
    for (const { delaySeconds = 0 } of Object.values(queues)) {
      expect(delaySeconds).toBeLessThanOrEqual(900);
    }
  });

  it('answers or gives up before the gateway does, which waits 30 seconds at most', () => {
    const answering = [gateway, ...Object.values(gateway.routes)].map((one) => one.function);
    for (const id of answering) {
      if (id) expect(functions[id].timeoutSeconds).toBeLessThan(29);
    }
    expect(gateway.routes['POST /v1/intake']?.function).toBe('intakeApi');
  });

  it('throttles no route more generously than the whole API, and only routes there are', () => {
    const app = createApp({
      // Routes are listed, none is called.
      ports: {} as ApiPorts,
      callerOf: () => ({ tenant: 'nobody', operator: false }),
      ready: () => true,
      intake: intakeRoutes,
    });
    const served = app.routes.map(
      ({ method, path }) => `${method} ${path.replaceAll(/:(\w+)(\{[^}]*\})?/g, '{x}')}`,
    );
    for (const [key, throttle] of Object.entries(gateway.routes)) {
      expect(throttle.perSecond).toBeLessThanOrEqual(gateway.throttle.perSecond);
      expect(throttle.burst).toBeLessThanOrEqual(gateway.throttle.burst);
      const route = key.replaceAll(/\{\w+\}/g, '{x}');
      if (key.startsWith('ANY ')) continue;
      expect(served).toContain(route);
    }
  });

  it('never puts reference and tenant data under one table or one environment variable', () => {
    expect(tables.codeTable.sensitive).toBe(false);
    expect(tables.tenantTable.sensitive).toBe(true);
    expect(tables.codeTable.variable).not.toBe(tables.tenantTable.variable);
  });
});
