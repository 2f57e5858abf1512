// Random editions of policies and random claims, every step killed and delivered again, as little work a message as can be: a
// naive model of what each edition says of each claim judges what is found and told. Between editions claims are stored,
// replaced and removed.
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
  procedure: fc.constantFrom('62321', '62323'),
  diagnosis: fc.constantFrom(...pool),
  date: fc.constantFrom('2025-01-31', '2025-03-01', '2025-04-30', '2025-06-01'),
  state: fc.constantFrom('CT', 'NY', 'FL'),
  claimFiling: fc.constantFrom('MB', 'MB', 'CI'),
});

type Sketch = typeof anyClaim extends fc.Arbitrary<infer T> ? T : never;

/** Six claims, each stored, replaced and removed in any week, some never. */
const anyWeeks = fc.array(
  fc.array(
    fc.record({ id: fc.nat({ max: 5 }), sketch: fc.option(anyClaim, { nil: undefined, freq: 5 }) }),
    { maxLength: 6 },
  ),
  { minLength: 1, maxLength: 5 },
);

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
  if (before === after) return undefined;
  // A document that comes and covers what nothing was said of decides no claim otherwise.
  if (after === 'covered') return before === 'silent' ? undefined : 'coverage-added';
  if (after === 'not-listed') return 'coverage-removed';
  // Claims with what a document did not list were denied as long as it applied.
  return before === 'covered' ? 'policy-retired' : undefined;
};

/** What holds of a claim after so many editions: by document the newest change of its answer, if it means anything. */
function holding(editions: Editions, upTo: number, claim: Sketch): Found[] {
  return ids.flatMap((id) => {
    const sides = editions.slice(0, upTo).map((_, at) => sideOf(editions, at + 1, id, claim));
    const edition = sides.findLastIndex((side, at) => at > 0 && side !== sides[at - 1]);
    const [before, after] = [sides[edition - 1], sides[edition]];
    const kind = before && after && kindOf(before, after);
    if (!kind || claim.claimFiling !== 'MB') return [];
    return [{ edition, kind, line: `${kind} ${claim.diagnosis} ${claim.procedure} ${id}` }];
  });
}

type Found = { readonly edition: number; readonly kind: string; readonly line: string };

/** Between two editions: claims are stored, stored again as something else, and removed. */
type Step = { readonly id: number; readonly sketch: Sketch | undefined };

const tenantOf = (id: number): string => (id % 2 === 0 ? 'north' : 'south');

/**
 * Open findings by the model. An edition finds what it changed of the claims stored then; a claim that is stored later is found
 * if it is at risk by what an earlier one changed. What was found once is open while it holds of the claim as it is stored.
 */
function expectedFindings(editions: Editions, weeks: readonly (readonly Step[])[]): string[] {
  const stored = new Map<number, Sketch>();
  const found = new Map<number, Set<string>>();
  const note = (id: number, { edition, line }: Found): void => {
    found.set(id, (found.get(id) ?? new Set()).add(`${edition} ${line}`));
  };
  const put = (upTo: number, { id, sketch }: Step): void => {
    stored.delete(id);
    if (!sketch) return;
    stored.set(id, sketch);
    for (const one of holding(editions, upTo, sketch)) {
      if (one.kind === 'coverage-removed') note(id, one);
    }
  };
  for (const at of editions.keys()) {
    for (const step of weeks[at] ?? []) put(at, step);
    for (const [id, sketch] of stored) {
      for (const one of holding(editions, at + 1, sketch)) if (one.edition === at) note(id, one);
    }
  }
  for (const step of weeks[editions.length] ?? []) put(editions.length, step);
  return [...stored]
    .flatMap(([id, sketch]) =>
      holding(editions, editions.length, sketch)
        .filter(({ edition, line }) => found.get(id)?.has(`${edition} ${line}`))
        .map(({ line }) => `${tenantOf(id)} ${line} c${id} open`),
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
  weeks: readonly (readonly Step[])[],
  fates: readonly Fate[],
  usesMax: number,
): Promise<PolicyWorld> {
  const fuse = createFuse();
  const world = policyWorld({ beforeWrite: fuse.beforeWrite, usesMax });
  let turn = 0;
  const suffer = async (step: () => Promise<unknown>): Promise<void> => {
    turn += 1;
    const { kills, deliveries } = fates[turn % fates.length] ?? { kills: [], deliveries: 1 };
    for (let delivery = 0; delivery < deliveries; delivery += 1) {
      await survive(fuse, delivery === 0 ? kills : [], step);
    }
  };
  const store = async (steps: readonly Step[] = []): Promise<void> => {
    for (const { id, sketch } of steps) {
      const [tenant, name] = [tenantOf(id), `c${id}`];
      await suffer(async () => {
        if (sketch) await world.register(tenant, claimOf(sketch, name));
        else await world.remove(tenant, { type: 'claim', id: name });
      });
    }
  };
  for (const [at, documents] of editions.entries()) {
    await store(weeks[at]);
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
  await store(weeks[editions.length]);
  return world;
}

describe('policies from ingest to notify, simulated', () => {
  test('I3 and I5: killed and delivered again, each claim is found as its newest answer says, and told once an edition', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyEditions,
        anyWeeks,
        fc.array(anyFate, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(1, 2, 5_000),
        async (states, weeks, fates, usesMax) => {
          const editions = editionsOf(states);
          const world = await live(editions, weeks, fates, usesMax);
          const found = await world.found('north', 'south');
          const open = found.filter((line) => line.endsWith(' open'));
          expect(open).toEqual(expectedFindings(editions, weeks));
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
        anyWeeks,
        fc.array(anyFate, { minLength: 1, maxLength: 5 }),
        async (states, weeks, fates) => {
          const editions = editionsOf(states);
          const calm = await live(editions, weeks, [], 5_000);
          const rough = await live(editions, weeks, fates, 1);
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
