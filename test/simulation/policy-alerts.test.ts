// Random editions of policies and random claims, every step killed and delivered again, as little work a message as can be: a
// naive model of what each edition says of each claim judges what is found and told.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Artifact, Claim } from '../../shared/core/artifact.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { PolicyDocument } from '../../shared/core/policy.ts';
import { group, policy } from '../support/policies.ts';
import { type PolicyWorld, policyWorld } from '../support/policy-world.ts';
import { createFuse, survive } from './crash.ts';

const ids = ['A1', 'A2'] as const;
const statesOf = { A1: 'CT', A2: 'CT NY' } as const;
const pool = ['M5416', 'M5417', 'M5418'] as const;
const dates = ['2025-01-01', '2025-03-01', '2025-05-01'] as const;
const collected = ['2025-02-02', '2025-02-09', '2025-02-16', '2025-02-23'];

/** What an edition says of a document: the same as before, or a new version. */
const anyState = fc.option(
  fc.record({
    effective: fc.constantFrom(...dates),
    codes: fc.subarray([...pool], { minLength: 1 }),
    procedure: fc.constantFrom('62321', '62323'),
  }),
  { nil: undefined, freq: 3 },
);

const anyEditions = fc.array(fc.tuple(anyState, anyState), { minLength: 2, maxLength: 4 });

/** Held by every edition: an empty one would be none, and the next one the first. */
const always = policy({ id: 'A0', groups: [group('covered', 'M5416', '99999')] });

type Editions = readonly (readonly PolicyDocument[])[];

function editionsOf(
  weeks: readonly (readonly (
    | { effective: string; codes: string[]; procedure: string }
    | undefined
  )[])[],
): Editions {
  const newest = new Map<string, PolicyDocument>();
  return weeks.map((states) => {
    for (const [at, state] of states.entries()) {
      const id = ids[at] ?? 'A1';
      if (!state) continue;
      const version = String(Number(newest.get(id)?.version ?? 0) + 1);
      const groups = [group('covered', state.codes.join(' '), state.procedure)];
      const parts = { id, version, effective: state.effective, states: statesOf[id], groups };
      newest.set(id, policy(parts));
    }
    return [always, ...newest.values()];
  });
}

const anyClaim = fc.record({
  tenant: fc.constantFrom('north', 'south'),
  procedure: fc.constantFrom('62321', '62323'),
  diagnosis: fc.constantFrom(...pool),
  date: fc.constantFrom('2025-01-31', '2025-03-01', '2025-04-30', '2025-06-01'),
  state: fc.constantFrom('CT', 'NY', 'FL'),
  claimFiling: fc.constantFrom('MB', 'MB', 'CI'),
});

type Sketch = typeof anyClaim extends fc.Arbitrary<infer T> ? T : never;

const claimOf = (
  { procedure, diagnosis, date, state, claimFiling }: Sketch,
  id: string,
): Claim => ({
  type: 'claim',
  id,
  codes: [{ system: 'icd10cm', code: diagnosis }],
  dateOfService: calendarDate(date),
  lines: [{ procedure, pointers: [1] }],
  state,
  claimFiling,
  billedCents: 10_000,
});

type Side = 'covered' | 'not-listed' | 'silent';

/** What a document says of a claim after the first so many editions: its highest version that has begun by the date. */
function sideOf(editions: Editions, upTo: number, id: string, claim: Sketch): Side {
  const versions = editions
    .slice(0, upTo)
    .flat()
    .filter((one) => one.id === id && one.effective <= claim.date);
  const top = versions.sort((a, b) => Number(b.version) - Number(a.version))[0];
  const [list] = top?.groups ?? [];
  const isThere = (statesOf[id === 'A1' ? 'A1' : 'A2'] as string).includes(claim.state);
  if (!list?.procedures.includes(claim.procedure) || !isThere) return 'silent';
  return list.diagnoses.codes.includes(claim.diagnosis) ? 'covered' : 'not-listed';
}

const kindOf = (before: Side, after: Side): string | undefined => {
  if (before === after || (before !== 'covered' && after !== 'covered')) return undefined;
  if (after === 'covered') return 'coverage-added';
  return after === 'silent' ? 'policy-retired' : 'coverage-removed';
};

/** Open findings by the model: what an edition changed and no later one changed again. */
function expectedFindings(editions: Editions, claims: readonly Sketch[]): string[] {
  return claims
    .flatMap((claim, at) =>
      ids.flatMap((id) => {
        const sides = editions.map((_, index) => sideOf(editions, index + 1, id, claim));
        const last = sides.findLastIndex((side, index) => index > 0 && side !== sides[index - 1]);
        const [before, after] = [sides[last - 1], sides[last]];
        const kind = before && after && kindOf(before, after);
        if (!kind || claim.claimFiling !== 'MB') return [];
        const { tenant, diagnosis, procedure } = claim;
        return [[tenant, kind, diagnosis, procedure, id, `c${at}`, 'open'].join(' ')];
      }),
    )
    .sort();
}

const anyFate = fc.record({
  kills: fc.array(fc.nat({ max: 12 }), { maxLength: 3 }),
  deliveries: fc.integer({ min: 1, max: 3 }),
});
type Fate = { readonly kills: readonly number[]; readonly deliveries: number };

async function live(
  editions: Editions,
  claims: readonly Sketch[],
  fates: readonly Fate[],
  usesMax: number,
): Promise<PolicyWorld> {
  const fuse = createFuse();
  const world = policyWorld({ beforeWrite: fuse.beforeWrite, usesMax });
  for (const [at, claim] of claims.entries()) {
    await world.tenants.putArtifact(claim.tenant, claimOf(claim, `c${at}`));
  }
  let turn = 0;
  const suffer = async (step: () => Promise<unknown>): Promise<void> => {
    turn += 1;
    const { kills, deliveries } = fates[turn % fates.length] ?? { kills: [], deliveries: 1 };
    for (let delivery = 0; delivery < deliveries; delivery += 1) {
      await survive(fuse, delivery === 0 ? kills : [], step);
    }
  };
  for (const [at, documents] of editions.entries()) {
    await world.arrive(collected[at] ?? '', { documents });
    for (const { body } of world.assessQueue.messages.splice(0))
      await suffer(() => world.assess(body));
    for (let next = world.assessTenantQueue.receive(); next; ) {
      const { body } = next.message;
      await suffer(() => world.handle(body));
      next.finish();
      next = world.assessTenantQueue.receive();
    }
    await world.publish();
  }
  return world;
}

describe('policies from ingest to notify, simulated', () => {
  test('I3 and I5: killed and delivered again, each claim is found as its newest answer says, and told once an edition', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyEditions,
        fc.array(anyClaim, { minLength: 1, maxLength: 6 }),
        fc.array(anyFate, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(1, 2, 5_000),
        async (weeks, claims, fates, usesMax) => {
          const editions = editionsOf(weeks);
          const world = await live(editions, claims, fates, usesMax);
          const found = await world.found('north', 'south');
          const open = found.filter((line) => line.endsWith(' open'));
          expect(open).toEqual(expectedFindings(editions, claims));
          const told = world.publisher.publications.map(
            ({ attributes }) => `${attributes.tenant} ${attributes.release}`,
          );
          expect(new Set(told).size).toBe(told.length);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('without kills or repeats, the same is told in the same words', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyEditions,
        fc.array(anyClaim, { minLength: 1, maxLength: 6 }),
        fc.array(anyFate, { minLength: 1, maxLength: 5 }),
        async (weeks, claims, fates) => {
          const editions = editionsOf(weeks);
          const calm = await live(editions, claims, [], 5_000);
          const rough = await live(editions, claims, fates, 1);
          const bodies = ({ publisher }: PolicyWorld) =>
            publisher.publications.map(({ bodies: { email } }) => email).sort();
          expect(bodies(rough)).toEqual(bodies(calm));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('I8: no claim number reaches what is published or sent', async () => {
    const marked: Artifact = claimOf(
      {
        tenant: 'north',
        procedure: '62323',
        diagnosis: 'M5418',
        date: '2025-04-30',
        state: 'CT',
        claimFiling: 'MB',
      },
      'CLAIM-MARK',
    );
    const world = policyWorld({ usesMax: 1 });
    await world.tenants.putArtifact('north', marked);
    const lists = (version: string, codes: string) =>
      policy({ version, groups: [group('covered', codes, '62323')] });
    await world.arrive('2025-02-02', { documents: [lists('1', 'M5416')] });
    await world.arrive('2025-02-09', { documents: [lists('2', 'M5416 M5418')] });
    await world.announce();
    const sent = JSON.stringify(world.assessTenantQueue.messages);
    await world.tell();
    const published = await world.publish();
    expect(published).toHaveLength(1);
    for (const text of [sent, JSON.stringify(published)]) {
      expect(text).not.toContain('CLAIM-MARK');
      expect(text).not.toContain('2025-04-30');
      expect(text).not.toContain('30 April');
    }
  });
});
