// How current the table is: the newest release of each system, the newest edition of each source of policies, and when each
// feed was last asked.
import { type CalendarDate, dayOfInstant, daysBetween } from '../core/calendar-date.ts';
import { type CodeSystemId, codeSystemIds } from '../core/code-system.ts';
import type { ReleaseId } from '../core/release.ts';
import { type Clock, today } from '../ports/clock.ts';
import type { CodeTable } from '../ports/code-table.ts';
import { type Item, type ItemStore, queryAll } from '../ports/item-store.ts';
import { feedKey } from '../store/keys.ts';
import { readPolicyEditions } from './read-policy-editions.ts';

/** Where one code system stands; nulls before its first release. */
export type SystemHealth = {
  readonly system: CodeSystemId;
  readonly newestRelease: ReleaseId | null;
  readonly newestEffective: CalendarDate | null;
  /** Committed releases, and those waiting for approval. */
  readonly releases: number;
  readonly quarantined: number;
};

/** Where one source of policies stands; nulls before its first edition. */
export type PolicyHealth = {
  readonly source: string;
  readonly newestEdition: string | null;
  readonly newestCollected: CalendarDate | null;
  /** Committed editions, and those waiting for approval. */
  readonly editions: number;
  readonly quarantined: number;
};

/** Where one feed stands. Instants are ISO 8601. */
export type FeedHealth = {
  readonly id: string;
  readonly lastChecked: string | null;
  /** Last run that brought something new. */
  readonly lastChanged: string | null;
  /** Whole days since all of its pages could be read; null when they never could. */
  readonly lagDays: number | null;
};

/** The state of systems, sources of policies, and feeds of either. */
export type Health = {
  readonly systems: readonly SystemHealth[];
  readonly policies: readonly PolicyHealth[];
  readonly feeds: readonly FeedHealth[];
};

/** Reads it: one partition per system, two per source of policies, one for all feeds. */
export async function readHealth(ports: {
  readonly codeTable: CodeTable;
  readonly codeItems: ItemStore;
  readonly clock: Clock;
}): Promise<Health> {
  const systems = await Promise.all(codeSystemIds.map((id) => systemHealth(ports.codeTable, id)));
  const day = today(ports.clock);
  const feeds: FeedHealth[] = [];
  for await (const item of queryAll(ports.codeItems, { pk: feedKey('').pk })) {
    feeds.push(feedHealth(item, day));
  }
  return { systems, policies: await policyHealth(ports.codeItems), feeds };
}

async function systemHealth(table: CodeTable, system: CodeSystemId): Promise<SystemHealth> {
  const releases = await table.releases(system);
  const committed = releases.filter((one) => one.status === 'committed');
  const newest = committed.at(-1);
  return {
    system,
    newestRelease: newest?.id ?? null,
    newestEffective: newest?.effective ?? null,
    releases: committed.length,
    quarantined: releases.filter((one) => one.status === 'quarantined').length,
  };
}

async function policyHealth(codeItems: ItemStore): Promise<readonly PolicyHealth[]> {
  const editions = await readPolicyEditions({ codeItems }, {});
  const bySource = Map.groupBy(editions, ({ source }) => source);
  return [...bySource].map(([source, all]) => {
    const committed = all.filter(({ status }) => status === 'committed');
    const newest = committed.at(-1);
    return {
      source,
      newestEdition: newest?.id ?? null,
      newestCollected: newest?.collected ?? null,
      editions: committed.length,
      quarantined: all.length - committed.length,
    };
  });
}

function feedHealth(item: Item, day: CalendarDate): FeedHealth {
  const reached = dayOfInstant(String(item.reachedAt ?? ''));
  return {
    id: item.sk,
    lastChecked: typeof item.checkedAt === 'string' ? item.checkedAt : null,
    lastChanged: typeof item.changedAt === 'string' ? item.changedAt : null,
    lagDays: reached ? Math.max(0, daysBetween(reached, day)) : null,
  };
}
