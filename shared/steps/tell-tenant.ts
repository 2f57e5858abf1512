// Last part of assessing a tenant: what was counted becomes one alert, and a message to notify.
import { buildAlert, type Impact, impactOfTally, type StillListed } from '../core/alert.ts';
import { alertId } from '../core/finding.ts';
import { losesBillability } from '../core/impact.ts';
import type { Tally } from '../core/impact-tally.ts';
import type { ReleaseRecord } from '../core/release.ts';
import type { TenantStore } from '../ports/tenant-store.ts';
import type { AssessTenantPorts, TenantRun } from './assess-run.ts';
import { groupIdOf } from './group-id.ts';
import type { NotifyMessage } from './messages.ts';

/** What a tenant was told of a release: nothing, what an earlier record says, or this one. */
export type Told = 'nothing' | 'earlier' | 'this';

/** What a tenant was told of a release, and in which alerts. */
export async function readTold(
  tenants: Pick<TenantStore, 'getAlert'>,
  tenant: string,
  record: ReleaseRecord,
): Promise<{ readonly told: Told; readonly alerts: readonly string[] }> {
  const first = await tenants.getAlert(tenant, alertId(tenant, record.id));
  if (!first) return { told: 'nothing', alerts: [] };
  if (first.seq === record.seq) return { told: 'this', alerts: [first.id] };
  const correction = alertId(tenant, record.id, record.seq);
  const corrected = await tenants.getAlert(tenant, correction);
  if (!corrected) return { told: 'earlier', alerts: [first.id] };
  return { told: 'this', alerts: [first.id, correction] };
}

/**
 * Answers whether the tenant was told nothing of what the record of a sequence number found: an
 * assessment that never came to its end told nobody. The first alert of a release tells all there is.
 */
export function untoldBy(
  tenants: Pick<TenantStore, 'getAlert'>,
  tenant: string,
  { id }: Pick<ReleaseRecord, 'id'>,
): (seq: number) => Promise<boolean> {
  const known = new Map<number, Promise<boolean>>();
  const ask = async (seq: number): Promise<boolean> => {
    const first = await tenants.getAlert(tenant, alertId(tenant, id));
    if (!first || seq <= first.seq) return false;
    return (await tenants.getAlert(tenant, alertId(tenant, id, seq))) === undefined;
  };
  return (seq) => {
    const answer = known.get(seq) ?? ask(seq);
    known.set(seq, answer);
    return answer;
  };
}

/** Has the alerts sent that are not delivered. */
export async function sendAlerts(
  { tenants, notifyQueue }: Pick<AssessTenantPorts, 'tenants' | 'notifyQueue'>,
  tenant: string,
  alerts: readonly string[],
): Promise<void> {
  for (const alert of alerts) {
    if (await tenants.delivery(tenant, alert)) continue;
    const message: NotifyMessage = { tenant, alert };
    await notifyQueue.send({
      body: JSON.stringify(message),
      deduplicationId: alert,
      groupId: groupIdOf(tenant),
    });
  }
}

async function readTitles(
  { changes }: TenantRun,
  impact: Impact,
): Promise<ReadonlyMap<string, string>> {
  const titles = new Map<string, string>();
  for (const { code, effective } of impact.codes.flatMap(({ change }) => change.replacedBy)) {
    if (!titles.has(code)) titles.set(code, (await changes.titleOf(code, effective)) ?? '');
  }
  return titles;
}

/** Policies in force today that still list a code that is lost by now. */
async function readStillListed(
  { record, today, stillListedBy }: TenantRun,
  impact: Impact,
): Promise<ReadonlyMap<string, StillListed>> {
  const lags = new Map<string, StillListed>();
  if (!stillListedBy || record.system !== 'icd10cm' || record.effective > today) return lags;
  for (const { change } of impact.codes) {
    if (losesBillability(change)) {
      lags.set(change.code, await stillListedBy(change.code, today));
    }
  }
  return lags;
}

async function storeAlert(run: TenantRun, id: string, impact: Impact): Promise<void> {
  const { tenant, record, clock, tenants, settings } = run;
  const { system, id: release, seq, effective } = record;
  const titles = await readTitles(run, impact);
  const frame = { id, tenant, system, release, seq, effective, createdAt: clock.now() };
  const titleOf = (code: string): string | undefined => titles.get(code);
  const { reworkCost } = settings;
  const lags = await readStillListed(run, impact);
  const stillListedBy = (code: string) => lags.get(code) ?? [];
  await tenants.addAlert(buildAlert(frame, impact, { titleOf, stillListedBy, reworkCost }));
}

/**
 * Stores what a tenant is to be told, if anything, and has it sent; answers the ids of its alerts on
 * the release. What corrects or restates a release already told is told under an id of its own.
 */
export async function tell(run: TenantRun, tally: Tally): Promise<readonly string[]> {
  const { tenant, record, tells } = run;
  const impact = impactOfTally(tally, run.changes.byCode);
  const isHit = impact.codes.length > 0;
  const first = alertId(tenant, record.id);
  const correction = alertId(tenant, record.id, record.seq);
  if (isHit) await storeAlert(run, tells === 'all' ? first : correction, impact);
  const alerts = [
    ...(isHit || tells === 'new' ? [first] : []),
    ...(isHit && tells === 'new' ? [correction] : []),
  ];
  await sendAlerts(run, tenant, alerts);
  return alerts;
}
