// Second part of assess: what was touched becomes findings, one alert a tenant, and a message to
// notify.
import { buildAlert, type CodeImpact } from '../core/alert.ts';
import { type Alert, alertId, type Finding, findingId } from '../core/finding.ts';
import { findingOf, hitOfChange } from '../core/impact.ts';
import type { ReleaseRecord } from '../core/release.ts';
import type { Clock } from '../ports/clock.ts';
import type { CodeTable } from '../ports/code-table.ts';
import type { Queue } from '../ports/queue.ts';
import type { TenantStore } from '../ports/tenant-store.ts';
import { groupIdOf } from './group-id.ts';
import type { NotifyMessage } from './messages.ts';
import type { Touched, TouchRequest } from './touched-codes.ts';

/** What assess needs. */
export type AssessPorts = {
  readonly codeTable: CodeTable;
  readonly tenants: TenantStore;
  readonly notifyQueue: Queue;
  readonly clock: Clock;
  readonly progress?: (line: string) => void;
};

/** One run of assess: its ports, the release, and what it has read so far. */
export type AssessRun = AssessPorts & {
  readonly record: ReleaseRecord;
  readonly versionsOf: TouchRequest['versionsOf'];
  /** Titles read so far: tenants share their codes. */
  readonly titles: Map<string, string | undefined>;
};

/** The findings of what was touched, under the sequence number of the record assessed. */
export function findingsOf(run: AssessRun, tenant: string, touched: readonly Touched[]): Finding[] {
  return touched.flatMap(({ change, hits }) =>
    hits.map((use) => {
      const artifact = {
        ref: use.artifact,
        ...(use.owner === undefined ? {} : { owner: use.owner }),
        billedCents: use.artifact.type === 'claim' ? (use.billedCents ?? 0) : 0,
      };
      return findingOf(tenant, hitOfChange(change, run.record), artifact, run.record.seq);
    }),
  );
}

/** What one change does to a tenant, of the hits whose findings `counts` lets through. */
function impactOf(
  run: AssessRun,
  tenant: string,
  { change, hits, habit }: Touched,
  counts: (finding: string) => boolean,
): CodeImpact {
  const hit = hitOfChange(change, run.record);
  const counted = hits
    .map((use) => ({ use, finding: findingId(tenant, hit, use.artifact) }))
    .filter(({ finding }) => counts(finding));
  return {
    change,
    templates: counted
      .filter(({ use }) => use.artifact.type === 'template')
      .map(({ use: { artifact, owner }, finding }) => ({
        id: artifact.id,
        ...(artifact.name === undefined ? {} : { name: artifact.name }),
        ...(owner === undefined ? {} : { owner }),
        finding,
      })),
    claims: counted
      .filter(({ use }) => use.artifact.type === 'claim')
      .map(({ use }) => ({ id: use.artifact.id, billedCents: use.billedCents ?? 0 })),
    ...(habit ? { habit } : {}),
  };
}

async function readTitles(run: AssessRun, impacts: readonly CodeImpact[]): Promise<void> {
  const { codeTable, record, titles } = run;
  for (const { code, effective } of impacts.flatMap(({ change }) => change.replacedBy)) {
    if (titles.has(code)) continue;
    titles.set(code, (await codeTable.versionAsOf(record.system, code, effective))?.long);
  }
}

/**
 * The impacts to alert of. All, the first time. When a release already alerted was corrected or
 * restated, only hits nobody was told of, and no habit: what was alerted once is not alerted again.
 */
function impactsToTell(
  run: AssessRun,
  tenant: string,
  touched: readonly Touched[],
  fresh: ReadonlySet<string> | undefined,
): CodeImpact[] {
  if (!fresh) return touched.map((each) => impactOf(run, tenant, each, () => true));
  return touched
    .map(({ habit, ...each }) => impactOf(run, tenant, each, (id) => fresh.has(id)))
    .filter(({ templates, claims }) => templates.length + claims.length > 0);
}

async function sendNotify(run: AssessRun, alert: Pick<Alert, 'tenant' | 'id'>): Promise<void> {
  const { tenant, id } = alert;
  if (await run.tenants.delivery(tenant, id)) return;
  const message: NotifyMessage = { tenant, alert: id };
  await run.notifyQueue.send({
    body: JSON.stringify(message),
    deduplicationId: id,
    groupId: groupIdOf(tenant),
  });
}

async function storeAlert(
  run: AssessRun,
  tenant: string,
  id: string,
  impacts: readonly CodeImpact[],
): Promise<void> {
  await readTitles(run, impacts);
  const { record, titles, clock } = run;
  const frame = {
    id,
    tenant,
    system: record.system,
    release: record.id,
    seq: record.seq,
    effective: record.effective,
    createdAt: clock.now(),
  };
  await run.tenants.addAlert(buildAlert(frame, impacts, { titleOf: (code) => titles.get(code) }));
}

/** Stores what a tenant is to be told and has it sent; answers the ids of its alerts. */
export async function tell(
  run: AssessRun,
  tenant: string,
  touched: readonly Touched[],
  fresh: ReadonlySet<string>,
): Promise<string[]> {
  const { record } = run;
  const first = alertId(tenant, record.id);
  const told = await run.tenants.getAlert(tenant, first);
  const ids = [first];
  if (!told) {
    await storeAlert(run, tenant, first, impactsToTell(run, tenant, touched, undefined));
  } else if (told.seq !== record.seq) {
    const impacts = impactsToTell(run, tenant, touched, fresh);
    if (impacts.length > 0) {
      const correction = alertId(tenant, record.id, record.seq);
      await storeAlert(run, tenant, correction, impacts);
      ids.push(correction);
    }
  }
  for (const id of ids) await sendNotify(run, { tenant, id });
  return ids;
}
