// The topology against itself and the files it names: what neither CloudFormation nor the local runtime would notice.
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { functions, monitoring, queues, schedules, tables } from '../../infra/topology.ts';
import { feeds } from '../../shared/feeds/registry.ts';

const root = new URL('../../', import.meta.url);

describe('infra/topology.ts', () => {
  it.each(Object.entries(functions))('has a handler for %s where it says', async (_id, spec) => {
    expect(existsSync(new URL(spec.entry, root))).toBe(true);
    const handler: Record<string, unknown> = await import(new URL(spec.entry, root).href);
    expect(handler.handler).toBeTypeOf('function');
    expect(handler.createHandler).toBeTypeOf('function');
  });

  it.each(Object.entries(queues))('hides a %s message longer than its function may run', (_, q) => {
    expect(q.visibilitySeconds).toBeGreaterThan(functions[q.consumer].timeoutSeconds * q.batchMax);
  });

  it('makes every attempt to notify within the five minutes in which SNS drops a repeat', () => {
    const { visibilitySeconds, receivesMax } = queues.notify;
    const lastEndsAfter = visibilitySeconds * (receivesMax - 1) + functions.notify.timeoutSeconds;
    expect(lastEndsAfter).toBeLessThan(300);
  });

  it('sends to every queue from exactly one step, and the next step reads it', () => {
    const chain = Object.entries(functions).flatMap(([id, spec]) =>
      spec.sends.map((queue) => `${id} → ${queues[queue].consumer}`),
    );
    expect(chain).toEqual(['pull → ingest', 'ingest → assess', 'assess → notify']);
  });

  it('pulls every registered feed daily, before the offices in Washington open', () => {
    const pulled = Object.values(schedules).flatMap((each) => each.input.feeds);
    expect(pulled.toSorted()).toEqual(feeds.map((feed) => feed.id).toSorted());
    for (const each of Object.values(schedules)) {
      expect([each.at, each.timeZone]).toEqual(['06:30', 'America/New_York']);
    }
  });

  it('calls a feed stale only after a missed daily run, its window included', () => {
    const widest = Math.max(...Object.values(schedules).map((each) => each.windowMinutes));
    expect(monitoring.staleFeedHours).toBeGreaterThan(24 + widest / 60);
  });

  it('never puts reference and tenant data under one table or one environment variable', () => {
    expect(tables.codeTable.sensitive).toBe(false);
    expect(tables.tenantTable.sensitive).toBe(true);
    expect(tables.codeTable.variable).not.toBe(tables.tenantTable.variable);
  });
});
