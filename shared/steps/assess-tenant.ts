// Fourth step: a committed release is matched against what one tenant stores. Findings first, then
// one alert, then the message to notify. What one message cannot get through is parted by month of
// service; docs/decisions/0012-parts-by-month.md says why it can be killed anywhere.
import { today } from '../ports/clock.ts';
import { advancePart } from './advance-part.ts';
import { type AssessTenantPorts, createRun } from './assess-run.ts';
import {
  type AssessTenantOutcome,
  begin,
  finishClosed,
  nothingDone,
  resume,
  sendPart,
  settle,
} from './assessment-course.ts';
import type { PartMessage, TenantMessage } from './messages.ts';
import { readUsedMonths } from './plan-parts.ts';
import { readTold, sendAlerts } from './tell-tenant.ts';

async function assessWhole(
  ports: AssessTenantPorts,
  message: TenantMessage,
): Promise<AssessTenantOutcome> {
  const { tenant, release } = message;
  const record = await ports.codeTable.release(release);
  if (!record) throw new Error(`${release} was announced but has no record`);
  const under = await ports.assessments.get(tenant, release);
  if (under && under.stage !== 'closed') {
    // One of an earlier record comes to its end first, and then announces this one.
    return resume(await createRun(ports, { tenant, ...under }), under);
  }
  const { told: before, alerts } = await readTold(ports.tenants, tenant, record);
  if (before === 'this' || under?.record.seq === record.seq) {
    // Through with it, but perhaps killed before the last of it.
    if (under) await ports.assessments.removeParts(tenant, record);
    await sendAlerts(ports, tenant, alerts);
    return { ...nothingDone, alerts };
  }
  const tells = before === 'nothing' ? 'all' : 'new';
  const run = await createRun(ports, { tenant, record, today: today(ports.clock), tells });
  const isOfRecord = message.seq === record.seq;
  // A try of this message under the earlier record may have been killed as it stored parts.
  if (!isOfRecord) await ports.assessments.removeParts(tenant, record);
  const told = isOfRecord && message.used ? new Map(Object.entries(message.used)) : undefined;
  const used = told ?? (await readUsedMonths(run, [...run.changes.byCode.keys()]));
  return begin(run, used, under);
}

async function assessPart(
  ports: AssessTenantPorts,
  { tenant, release, seq, month, step }: PartMessage,
): Promise<AssessTenantOutcome> {
  const { assessments } = ports;
  const assessment = await assessments.get(tenant, release);
  // Closed, and assessed again under a later record.
  if (assessment?.record.seq !== seq) return nothingDone;
  const run = await createRun(ports, { tenant, ...assessment });
  if (assessment.stage === 'closed') {
    await finishClosed(run);
    return nothingDone;
  }
  const stored = await assessments.part(tenant, run.record, month);
  if (!stored) throw new Error(`an assessment of ${release} lacks its part of ${month}`);
  // Handled before, to the end or not: what it sent, or what came after the last part, may be lost.
  if (stored.done) return resume(run, assessment);
  if (stored.step !== step) {
    await sendPart(run, stored);
    return nothingDone;
  }
  const { part, uses, hits, newFindings } = await advancePart(run, stored, run.limits.uses);
  // Another delivery of this very message was faster: what it stored counts, and it goes on.
  if (!(await assessments.putPart(tenant, run.record, part, step))) return nothingDone;
  const outcome = { ...nothingDone, hits, newFindings };
  if (part.done) return settle(run, { assessment, usesMax: run.limits.uses - uses, outcome });
  await sendPart(run, part);
  return outcome;
}

/**
 * Finds what a committed release hits of one tenant, stores the findings and one alert, and has the
 * alert sent; or, of a large register, as much of it as one message may, and sends what goes on from
 * there. Reads about as many items as are hit.
 *
 * @throws CodewatchError `unavailable`; the message comes again
 */
export const assessTenant = (
  ports: AssessTenantPorts,
  message: TenantMessage | PartMessage,
): Promise<AssessTenantOutcome> =>
  'month' in message ? assessPart(ports, message) : assessWhole(ports, message);
