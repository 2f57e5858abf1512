// What the artifacts of one part come to: which of their uses are hit, the findings stored, and all
// of it counted.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Change, Version } from '../core/change.ts';
import type { Finding } from '../core/finding.ts';
import { findingOf, hitOfChange, hitsClaim, hitsTemplate } from '../core/impact.ts';
import { createTallying, type Tally } from '../core/impact-tally.ts';
import { claimService, type TimeToFile, timeToFile } from '../core/timely-filing.ts';
import type { AssessmentPart } from '../ports/assessment-store.ts';
import type { StoredUse } from '../ports/tenant-store.ts';
import type { TenantRun } from './assess-run.ts';
import { habitSpan } from './plan-parts.ts';
import { untoldBy } from './tell-tenant.ts';

/** What was counted. */
export type HitCount = {
  /** Of this part, what earlier messages counted included. */
  readonly tally: Tally;
  /** Findings of what this message took, by artifact. */
  readonly hits: { readonly templates: number; readonly claims: number };
  /** Findings among them that were not there before. */
  readonly newFindings: number;
};

/** Takes artifacts one by one; findings are stored some at a time, the last ones by `finish`. */
export type Counting = {
  take(uses: readonly StoredUse[]): Promise<void>;
  finish(): Promise<HitCount>;
};

/** Findings stored together: bounds what is held, and lost in a crash. */
const findingsAtOnce = 250;

/** What is to be known of a code to judge its uses; `habit`: first and last day that count as such. */
type Watched = {
  readonly change: Change;
  readonly versions: readonly Version[];
  readonly habit?: { readonly from: CalendarDate; readonly to: CalendarDate };
};

/** An artifact that was hit, by one of its uses. */
type Hit = { readonly use: StoredUse; readonly findings: readonly Finding[] };

async function watchedCodes(
  run: TenantRun,
  { codes, habitCodes }: AssessmentPart,
): Promise<ReadonlyMap<string, Watched>> {
  const isHabit = new Set(habitCodes);
  const watch = async (code: string): Promise<[string, Watched]> => {
    const change = run.changes.byCode.get(code);
    if (!change) throw new Error(`${code} is no change of ${run.record.id}`);
    const habit = isHabit.has(code) ? { habit: habitSpan(change, run.today) } : {};
    return [code, { change, versions: await run.versionsOf(code), ...habit }];
  };
  return new Map(await Promise.all(codes.map(watch)));
}

const isHit = (use: StoredUse, { change, versions }: Watched): boolean =>
  use.artifact.type === 'template'
    ? hitsTemplate(change, versions)
    : hitsClaim(change, use.date, versions);

const billedOf = (use: StoredUse): number =>
  use.artifact.type === 'claim' ? (use.billedCents ?? 0) : 0;

const ownerOf = ({ owner }: StoredUse): Pick<StoredUse, 'owner'> =>
  owner === undefined ? {} : { owner };

const serviceOf = (use: StoredUse) =>
  use.artifact.type === 'claim' ? claimService(use) : undefined;

/** How a claim stands on the day of the assessment. */
function timeOf(
  { settings, today }: TenantRun,
  use: StoredUse,
): { readonly timeToFile?: TimeToFile } {
  const service = serviceOf(use);
  return service ? { timeToFile: timeToFile(service, settings.timelyFiling, today) } : {};
}

/** The finding of a use, under the sequence number of the record assessed. */
function newFinding({ tenant, record }: TenantRun, use: StoredUse, change: Change): Finding {
  const service = serviceOf(use);
  const artifact = {
    ref: use.artifact,
    ...ownerOf(use),
    billedCents: billedOf(use),
    ...(service && { service }),
  };
  return findingOf(tenant, hitOfChange(change, record), artifact, record.seq);
}

/** Begins to count where the part stands. */
export async function createHitCount(run: TenantRun, part: AssessmentPart): Promise<Counting> {
  const watched = await watchedCodes(run, part);
  // The first alert tells all there is, whoever found it.
  const untold = run.tells === 'all' ? [] : [untoldBy(run.tenants, run.tenant, run.record)];
  const tallying = createTallying(part.tally);
  const hits = { templates: 0, claims: 0 };
  let newFindings = 0;
  let waiting: Hit[] = [];
  const look = (use: StoredUse): Finding[] => {
    const of = watched.get(use.use.code);
    if (!of) return [];
    if (use.artifact.type === 'template') tallying.addOnTemplate(use.use.code);
    const { habit } = of;
    if (habit && use.date !== undefined && use.date >= habit.from && use.date <= habit.to) {
      tallying.addHabit(use.use.code, use.date, billedOf(use));
    }
    return isHit(use, of) ? [newFinding(run, use, of.change)] : [];
  };
  const store = async (): Promise<void> => {
    const findings = waiting.flatMap((hit) => hit.findings);
    const fresh = new Set(await run.tenants.addFindings(run.tenant, findings, ...untold));
    newFindings += fresh.size;
    for (const { use, findings: found } of waiting) {
      const told = found.filter(({ id }) => run.tells === 'all' || fresh.has(id));
      const { artifact } = use;
      const of = {
        ...{ artifact, ...ownerOf(use), billedCents: billedOf(use) },
        ...timeOf(run, use),
      };
      tallying.addHits({ ...of, hits: told.map(({ code, id }) => ({ code, finding: id })) });
    }
    waiting = [];
  };
  return {
    async take(uses) {
      const findings = uses.flatMap(look);
      const [use] = uses;
      if (!use || findings.length === 0) return;
      hits[`${use.artifact.type}s`] += findings.length;
      waiting.push({ use, findings });
      if (waiting.length >= findingsAtOnce) await store();
    },
    async finish() {
      await store();
      return { tally: tallying.tally(), hits, newFindings };
    },
  };
}
