// What it costs to find the claims that payer policies hit: lists that gain and lose codes, and a policy that is new and denies
// what it does not list; and what policies add to storing claims.
import type { Claim } from '../../shared/core/artifact.ts';
import { addDays, calendarDate } from '../../shared/core/calendar-date.ts';
import type { PolicyDocument } from '../../shared/core/policy.ts';
import { registerArtifacts } from '../../shared/steps/register.ts';
import { policiesIn } from '../support/current-policies.ts';
import { group, policy } from '../support/policies.ts';
import { policyWorld } from '../support/policy-world.ts';
import type { Figure } from './figure.ts';
import { processorMs } from './processor-time.ts';

const tenants = 19;
const documents = 500;
const changed = 30;
const batch = 25;
/** Pool of ordinary diagnoses and of procedures: every document names four of its own, the new one twenty. */
const ordinary = ['M5450', 'M5416', 'M5412', 'M542', 'M47816', 'M25511', 'G8929', 'I10', 'E119'];
const procedureOf = (n: number): string => String(10_000 + n);
const newProcedures = [...Array(20).keys()].map((n) => procedureOf(90 + n));
const firstDay = '2026-04-01';

const document = (n: number, version: 1 | 2): PolicyDocument => {
  const codes = [...ordinary.slice(n % 5), ...(version === 2 ? ['M5418'] : [])].join(' ');
  const procedures = [0, 1, 2, 3].map((at) => procedureOf(4 * n + 1000 + at)).join(' ');
  return policy({
    ...{ id: `A${50_000 + n}`, version: `${version}`, states: 'CT NY MA' },
    effective: version === 1 ? '2024-01-01' : firstDay,
    groups: [group('covered', codes, procedures)],
  });
};

const newcomer = policy({
  ...{ id: 'A60000', states: 'CT NY MA', effective: firstDay, published: '2026-09-10' },
  groups: [group('covered', 'M5416', newProcedures.join(' '))],
});

const weeks: readonly (readonly PolicyDocument[])[] = [
  [...Array(documents).keys()].map((n) => document(n, 1)),
  [...Array(documents).keys()].map((n) => document(n, n < changed ? 2 : 1)),
];

type Register = {
  readonly claims: number;
  /** Of these so many bill the pair that thirty lists gain, and as many a procedure of the new policy, in time. */
  readonly hits: number;
};

/** The nth claim: two diagnoses, two procedures; those hit are spread evenly. */
function claimOf(n: number, { claims, hits }: Register): Claim {
  const ofHits = Math.floor((n * hits) / claims);
  const isHit = Math.floor(((n + 1) * hits) / claims) > ofHits;
  const first = isHit ? 'M5418' : (ordinary[n % ordinary.length] ?? 'I10');
  const codes = [first, ordinary[(n + 1) % ordinary.length] ?? 'I10'];
  const gained = procedureOf(4 * (ofHits % changed) + 1000);
  const procedures = isHit
    ? [gained, newProcedures[ofHits % newProcedures.length] ?? '']
    : [procedureOf(5000 + (n % 300)), procedureOf(5000 + ((n * 7) % 300))];
  const date = isHit
    ? addDays(calendarDate(firstDay), ofHits % 150)
    : addDays(calendarDate('2024-09-01'), n % 730);
  return {
    ...{ type: 'claim', id: `claim-${n}`, claimFiling: 'MB', state: 'NY', billedCents: 17_000 },
    codes: codes.map((code) => ({ system: 'icd10cm', code })),
    dateOfService: date,
    lines: procedures.map((procedure) => ({ procedure, pointers: [1] })),
  };
}

type World = ReturnType<typeof policyWorld>;

async function store({ tenants: table }: World, register: Register): Promise<void> {
  for (let tenant = 0; tenant < tenants; tenant += 1) {
    const own = [...Array(register.claims).keys()].filter((n) => n % tenants === tenant);
    for (let at = 0; at < own.length; at += batch) {
      const some = own.slice(at, at + batch).map((n) => claimOf(n, register));
      await table.putArtifacts(`tenant-${tenant}`, some);
    }
  }
}

const countsOf = ({ items, tenantItems }: World) => ({
  reads: items.counts.itemsRead + tenantItems.counts.itemsRead,
  writes: tenantItems.counts.itemsWritten,
});

/** Takes an edition in, and measures finding and telling what it hits. */
async function assess(world: World, collected: string, edition: readonly PolicyDocument[]) {
  await world.arrive(collected, { documents: edition });
  const before = countsOf(world);
  const start = performance.now();
  await world.announce();
  const messages = await world.tell();
  const seconds = (performance.now() - start) / 1000;
  const after = countsOf(world);
  let hits = 0;
  for (let tenant = 0; tenant < tenants; tenant += 1) {
    const { items: alerts } = await world.tenants.listAlerts(`tenant-${tenant}`, { limit: 1 });
    hits += alerts[0]?.totals.claims ?? 0;
  }
  const [reads, writes] = [after.reads - before.reads, after.writes - before.writes];
  return { hits, messages, seconds, reads: reads / hits, writes: writes / hits };
}

async function run(register: Register) {
  const world = policyWorld();
  await store(world, register);
  await world.arrive('2026-08-30', { documents: weeks[0] ?? [] });
  await world.announce();
  const lists = await assess(world, '2026-09-06', weeks[1] ?? []);
  const unlisted = await assess(world, '2026-09-13', [...(weeks[1] ?? []), newcomer]);
  return { lists, unlisted };
}

/** Processor time of storing claims, with no policies at all and with five hundred documents, thirty of them changed. */
async function storing(): Promise<{ readonly none: number; readonly all: number }> {
  const register = { claims: 20_000, hits: 200 };
  const timed = async (world: World, readPolicies: World['readPolicies']): Promise<number> => {
    const ports = { ...world, readPolicies, readVersions: async () => () => [] };
    return processorMs(async () => {
      for (let at = 0; at < register.claims; at += batch) {
        const some = [...Array(batch).keys()].map((n) => claimOf(at + n, register));
        await registerArtifacts(ports, 'clinic', some);
      }
    });
  };
  const told = policyWorld();
  for (const [at, edition] of weeks.entries()) {
    await told.arrive(`2026-09-0${at + 1}`, { documents: edition });
  }
  await timed(policyWorld(), policiesIn());
  const none = await timed(policyWorld(), policiesIn());
  return { none, all: await timed(told, told.readPolicies) };
}

const shown = (count: number): string => count.toLocaleString('en-US');

function figuresOf(
  what: string,
  { hits, messages, seconds, reads, writes }: Awaited<ReturnType<typeof assess>>,
): Figure[] {
  return [
    { what: `${what}: claims hit`, value: hits, unit: 'hits' },
    { what: 'items read a hit, policies and tenants together', value: reads, unit: 'items' },
    { what: 'items written a hit', value: writes, unit: 'items' },
    { what: 'time, in memory', value: seconds, unit: 's' },
    { what: 'messages', value: messages, unit: 'messages' },
  ];
}

/** Finding claims by diagnosis and by procedure, in a register and in one ten times as large with the same hits. */
export async function benchPolicyImpact(): Promise<Figure[]> {
  const [small, large] = [
    await run({ claims: 10_000, hits: 2_000 }),
    await run({ claims: 100_000, hits: 2_000 }),
  ];
  const { none, all } = await storing();
  return [
    ...figuresOf(`thirty lists gain M54.18, ${shown(100_000)} claims`, large.lists),
    {
      what: 'reads a hit, ten times the register with the same hits',
      value: large.lists.reads / small.lists.reads,
      unit: 'times',
      max: 1.2,
    },
    ...figuresOf(`a new policy of twenty procedures, ${shown(100_000)} claims`, large.unlisted),
    {
      what: 'reads a hit, ten times the register with the same hits',
      value: large.unlisted.reads / small.unlisted.reads,
      unit: 'times',
      max: 1.2,
    },
    {
      what: `storing claims with ${documents} policies known, to storing them with none`,
      value: all / none,
      unit: 'times',
      max: 1.5,
    },
  ];
}
