// Third step: a committed release is matched against what tenants store. Findings first, then one
// alert a tenant, then the message to notify; every write can be repeated, so a run killed anywhere
// is simply run again.
import type { Change, Version } from '../core/change.ts';
import { canHit, hittingKinds } from '../core/impact.ts';
import type { ReleaseRecord } from '../core/release.ts';
import { today } from '../ports/clock.ts';
import type { CodeTable } from '../ports/code-table.ts';
import type { AssessMessage } from './messages.ts';
import { type AssessPorts, type AssessRun, findingsOf, tell } from './tell-tenant.ts';
import { type TenantChange, type Touched, tenantsTouched, touchedBy } from './touched-codes.ts';

/** What a release came to. */
export type AssessOutcome = {
  readonly release: string;
  /** Changes that can hit anything. */
  readonly changes: number;
  /** Tenants hit, by artifact or by habit. */
  readonly tenants: number;
  readonly hits: { readonly templates: number; readonly claims: number };
  /** Codes billed by habit, over all tenants. */
  readonly habitCodes: number;
  /** Findings that were not there before. */
  readonly newFindings: number;
  /** Ids of the alerts that say it; those stored by an earlier try are among them. */
  readonly alerts: readonly string[];
};

const changesPage = 500;

/** The changes of a release that can hit anything, by kind and code. */
async function hittingChanges(codeTable: CodeTable, record: ReleaseRecord): Promise<Change[]> {
  const changes: Change[] = [];
  for (const kind of hittingKinds) {
    let after: string | undefined;
    do {
      const start = after === undefined ? {} : { after };
      const page = await codeTable.changes(record, { kind, limit: changesPage, ...start });
      changes.push(...page.items.filter(canHit));
      after = page.next;
    } while (after !== undefined);
  }
  return changes;
}

/** Reads the versions of changed codes, each once; none when nothing lies behind the release. */
async function laterVersions(
  codeTable: CodeTable,
  record: ReleaseRecord,
): Promise<AssessRun['versionsOf']> {
  const head = await codeTable.head(record.system);
  if (head === undefined || head.newest <= record.effective) return async () => [];
  const read = new Map<string, Promise<readonly Version[]>>();
  return ({ code }) => {
    const versions = read.get(code) ?? codeTable.versions(record.system, code);
    read.set(code, versions);
    return versions;
  };
}

type TenantOutcome = Pick<AssessOutcome, 'hits' | 'habitCodes' | 'newFindings' | 'alerts'>;

async function assessTenant(
  run: AssessRun,
  tenant: string,
  changes: readonly TenantChange[],
): Promise<TenantOutcome | undefined> {
  const { record, versionsOf, clock } = run;
  const request = { tenant, system: record.system, today: today(clock), versionsOf };
  const touched: Touched[] = [];
  for (const change of changes) {
    const found = await touchedBy(run.tenants, request, change);
    if (found) touched.push(found);
  }
  if (touched.length === 0) return undefined;
  const findings = findingsOf(run, tenant, touched);
  const fresh = new Set(await run.tenants.addFindings(tenant, findings));
  const alerts = await tell(run, tenant, touched, fresh);
  const templates = findings.filter(({ artifact }) => artifact.type === 'template').length;
  return {
    hits: { templates, claims: findings.length - templates },
    habitCodes: touched.filter(({ habit }) => habit).length,
    newFindings: fresh.size,
    alerts,
  };
}

/**
 * Finds what a committed release hits, stores the findings and one alert a tenant, and has the
 * alerts sent. A baseline alerts nobody. Reads about as many items as are hit.
 *
 * @throws CodewatchError `unavailable`; the message comes again
 */
export async function assess(ports: AssessPorts, message: AssessMessage): Promise<AssessOutcome> {
  const record = await ports.codeTable.release(message.release);
  if (!record) throw new Error(`${message.release} was announced but has no record`);
  const silent = record.status !== 'committed' || record.baseline;
  const changes = silent ? [] : await hittingChanges(ports.codeTable, record);
  const versionsOf = await laterVersions(ports.codeTable, record);
  const run: AssessRun = { ...ports, record, versionsOf, titles: new Map() };
  const outcomes: TenantOutcome[] = [];
  for (const [tenant, used] of await tenantsTouched(ports.tenants, record.system, changes)) {
    const outcome = await assessTenant(run, tenant, used);
    if (outcome) outcomes.push(outcome);
  }
  const sum = (of: (outcome: TenantOutcome) => number): number =>
    outcomes.reduce((total, outcome) => total + of(outcome), 0);
  const outcome: AssessOutcome = {
    release: record.id,
    changes: changes.length,
    tenants: outcomes.length,
    hits: { templates: sum(({ hits }) => hits.templates), claims: sum(({ hits }) => hits.claims) },
    habitCodes: sum(({ habitCodes }) => habitCodes),
    newFindings: sum(({ newFindings }) => newFindings),
    alerts: outcomes.flatMap(({ alerts }) => alerts),
  };
  const { hits, alerts } = outcome;
  const found = `${hits.templates} template and ${hits.claims} claim hits`;
  ports.progress?.(`${record.id} assessed: ${found}, ${alerts.length} alerts`);
  return outcome;
}
