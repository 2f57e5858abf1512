// Storing and removing artifacts, killed after any write: no use ever yields a false hit, none is
// left after a retry.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Artifact } from '../../shared/core/artifact.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import {
  createMemoryItemStore,
  type MemoryItemStore,
} from '../../shared/edge/memory-item-store.ts';
import type { TenantStore } from '../../shared/ports/tenant-store.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';

const codes = ['A00', 'B00', 'C00', 'D00', 'E00'];
const months = ['2021-09', '2021-10', 'open'];
const dates = ['2021-09-30', '2021-10-01', undefined];
const tenant = 'a';

type Put = { readonly codes: readonly string[]; readonly date: string | undefined };
type Action = Put | 'remove';

const artifactOf = (put: Put): Artifact => ({
  type: 'claim',
  id: '1',
  codes: put.codes.map((code) => ({ system: 'icd10cm', code })),
  ...(put.date === undefined ? {} : { dateOfService: calendarDate(put.date) }),
});

/** A store that dies at the nth write from now; -1 never. */
function mortal(): { items: MemoryItemStore; dieAt: (writes: number) => void } {
  let left = -1;
  const items = createMemoryItemStore({
    beforeWrite() {
      if (left === 0) throw new Error('killed');
      left -= 1;
    },
  });
  return {
    items,
    dieAt(writes) {
      left = writes;
    },
  };
}

/** `<code> <month>` of every use that reads answer. */
async function hits(tenants: TenantStore): Promise<string[]> {
  const found: string[] = [];
  for (const code of codes) {
    for (const month of months) {
      const uses = tenants.uses(tenant, { system: 'icd10cm', code }, month);
      for await (const { use } of uses) found.push(`${use.code} ${month}`);
    }
  }
  return found.sort();
}

/** The same, as the stored artifact itself says. */
async function listed(tenants: TenantStore): Promise<string[]> {
  const artifact = await tenants.getArtifact(tenant, 'claim', '1');
  if (artifact?.type !== 'claim') return [];
  const month = artifact.dateOfService?.slice(0, 7) ?? 'open';
  return artifact.codes.map(({ code }) => `${code} ${month}`).sort();
}

const claimNamed = (id: string, codes: readonly string[], date: string | undefined): Artifact => ({
  ...artifactOf({ codes, date }),
  id,
});

/** `<claim> <code>` of every use that reads answer. */
async function hitsByClaim(tenants: TenantStore): Promise<string[]> {
  const found: string[] = [];
  for (const code of codes) {
    for (const month of months) {
      const uses = tenants.uses(tenant, { system: 'icd10cm', code }, month);
      for await (const { use, artifact } of uses) found.push(`${artifact.id} ${use.code}`);
    }
  }
  return found;
}

const run = async (tenants: TenantStore, action: Action): Promise<void> => {
  if (action === 'remove') await tenants.deleteArtifact(tenant, 'claim', '1');
  else await tenants.putArtifact(tenant, artifactOf(action));
};

const put = fc.record({
  codes: fc.uniqueArray(fc.constantFrom(...codes), { minLength: 1 }),
  date: fc.constantFrom(...dates),
});
const action = fc.oneof(
  { weight: 4, arbitrary: put },
  { weight: 1, arbitrary: fc.constant('remove' as const) },
);

describe('shared/store/tenant-artifacts', () => {
  it('I3 killed after any write: reads never hit what the artifact does not list, retry leaves the same table', async () => {
    const from = { codes: ['A00', 'B00'], date: '2021-09-30' };
    const to: Action[] = [
      { codes: ['B00', 'C00'], date: '2021-10-01' },
      { codes: ['A00'], date: undefined },
      'remove',
    ];
    for (const next of to) {
      const clean = createMemoryItemStore();
      await run(createTenantStore(clean), from);
      const writesBefore = clean.counts.itemsWritten;
      await run(createTenantStore(clean), next);
      const writes = clean.counts.itemsWritten - writesBefore;
      for (let n = 0; n < writes; n += 1) {
        const { items, dieAt } = mortal();
        await run(createTenantStore(items), from);
        dieAt(n);
        await expect(run(createTenantStore(items), next)).rejects.toThrow('killed');
        dieAt(-1);
        const restarted = createTenantStore(items);
        const allowed = await listed(restarted);
        for (const hit of await hits(restarted)) expect(allowed).toContain(hit);
        // Unless it is being removed, what is listed is watched: nothing is missed either.
        if (next !== 'remove') expect(await hits(restarted)).toEqual(allowed);
        await run(restarted, next);
        expect(items.allItems()).toEqual(clean.allItems());
      }
    }
  });

  it('I3 any sequence of actions, each killed somewhere and not retried, never yields a false hit, and the last one settles all', async () => {
    const step = fc.record({ action, dieAt: fc.integer({ min: 0, max: 12 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), put, async (steps, final) => {
        const { items, dieAt } = mortal();
        for (const each of steps) {
          dieAt(each.dieAt);
          await run(createTenantStore(items), each.action).catch(() => undefined);
          dieAt(-1);
          const tenants = createTenantStore(items);
          const allowed = await listed(tenants);
          for (const hit of await hits(tenants)) expect(allowed).toContain(hit);
        }
        const tenants = createTenantStore(items);
        await run(tenants, final);
        expect(await hits(tenants)).toEqual(await listed(tenants));
        const uses = items.allItems().filter(({ pk }) => pk.includes('#USE#'));
        expect(uses).toHaveLength(final.codes.length);
        expect(items.allItems().filter(({ pk }) => pk.endsWith('#PENDING'))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('I3 many at once, killed after any write and put again, leave the table of putting them one by one', async () => {
    const before = ['1', '2'].map((id) => claimNamed(id, ['A00', 'B00'], '2021-09-30'));
    const after = [
      claimNamed('1', ['B00'], '2021-10-01'),
      claimNamed('2', ['A00', 'B00'], '2021-09-30'),
      claimNamed('3', ['C00', 'D00'], '2021-10-01'),
      claimNamed('4', ['D00'], undefined),
    ];
    const oneByOne = createMemoryItemStore();
    for (const each of [...before, ...after]) {
      await createTenantStore(oneByOne).putArtifact(tenant, each);
    }
    const start = async (items: MemoryItemStore): Promise<void> => {
      for (const each of before) await createTenantStore(items).putArtifact(tenant, each);
    };
    const clean = createMemoryItemStore();
    await start(clean);
    const writesBefore = clean.counts.itemsWritten;
    const outcomes = await createTenantStore(clean).putArtifacts(tenant, after);
    expect(outcomes.map(({ replaced, unchanged }) => [replaced, unchanged])).toEqual([
      [true, false],
      [true, true],
      [false, false],
      [false, false],
    ]);
    expect(clean.allItems()).toEqual(oneByOne.allItems());
    const writes = clean.counts.itemsWritten - writesBefore;
    expect(writes).toBeGreaterThan(12);
    for (let n = 0; n < writes; n += 1) {
      const { items, dieAt } = mortal();
      await start(items);
      dieAt(n);
      await expect(createTenantStore(items).putArtifacts(tenant, after)).rejects.toThrow('killed');
      dieAt(-1);
      const restarted = createTenantStore(items);
      const stored = await restarted.listArtifacts(tenant, 'claim', { limit: 10 });
      const listedUses = stored.items.flatMap(({ id, codes: all }) =>
        all.map(({ code }) => `${id} ${code}`),
      );
      const hit = await hitsByClaim(restarted);
      for (const each of hit) expect(listedUses).toContain(each);
      await restarted.putArtifacts(tenant, after);
      expect(items.allItems()).toEqual(clean.allItems());
    }
  });

  it('many at once cost one read and one conditional write each, and few requests beside', async () => {
    const items = createMemoryItemStore();
    const claims = Array.from({ length: 50 }, (_, n) =>
      claimNamed(`c${n}`, ['A00', 'B00'], undefined),
    );
    await createTenantStore(items).putArtifacts(tenant, claims);
    // 50 gets, 1 query of notes, 2 requests of 25 notes, 1 of hints, 4 of 100 uses, 50 puts, 2 of notes away.
    expect(items.counts.requests).toBe(50 + 1 + 2 + 1 + 4 + 50 + 2);
  });
});
