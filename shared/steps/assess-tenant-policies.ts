// A committed edition of policies is matched against what one tenant stores, month by month and last its templates: findings
// first, then one alert, then the message to notify. What one message does not get through the next one of a chain does;
// killed anywhere, it goes on from the last message that was handled to the end.
import type { KeptUse } from '../core/artifact.ts';
import type { CalendarDate } from '../core/calendar-date.ts';
import { alertId } from '../core/finding.ts';
import { emptyTally, type Tally } from '../core/impact-tally.ts';
import type { Payer } from '../core/payer.ts';
import { buildPolicyAlert } from '../core/policy-alert.ts';
import { compareUtf8 } from '../core/utf8-order.ts';
import { type Clock, today } from '../ports/clock.ts';
import type { PolicyAssessment, PolicyAssessments } from '../ports/policy-assessments.ts';
import type { Queue } from '../ports/queue.ts';
import type { TenantStore } from '../ports/tenant-store.ts';
import { groupIdOf, messageIdOf } from './group-id.ts';
import type { PolicyTenantMessage } from './messages.ts';
import {
  type EditionMoves,
  mayMatterIn,
  type PolicyChangeReader,
  textUse,
  useText,
} from './policy-changes.ts';
import { createPolicyCount } from './policy-hits.ts';
import { type LookupPorts, lookedUpBy } from './policy-lookups.ts';
import { sendAlerts } from './tell-tenant.ts';
import { walkMonth } from './walk-month.ts';

/** What assessing a tenant for an edition needs. */
export type AssessTenantPoliciesPorts = LookupPorts & {
  readonly tenants: TenantStore;
  readonly policyAssessments: PolicyAssessments;
  readonly assessTenantQueue: Queue;
  readonly notifyQueue: Queue;
  readonly clock: Clock;
  readonly movesOf: PolicyChangeReader;
  /** Payers of the configuration: whose a claim is, and what they are called. */
  readonly payers: readonly Payer[];
  /** Uses looked at and artifacts read by one message. */
  readonly usesMax?: number;
  readonly progress?: (line: string) => void;
};

/** What one message came to. */
export type AssessTenantPoliciesOutcome = {
  readonly hits: { readonly templates: number; readonly claims: number };
  readonly newFindings: number;
  /** The alert that tells of the edition, once all was looked at and anything was hit. */
  readonly alerts: readonly string[];
};

const nothingDone: AssessTenantPoliciesOutcome = {
  hits: { templates: 0, claims: 0 },
  newFindings: 0,
  alerts: [],
};

const templateMonth = 'open';
/** As many as {@link usualAssessLimits} of a release; a claim that may be hit counts twice, for it is read too. */
const usualUsesMax = 5_000;
const readsAtOnce = 16;
/** Bytes of uses that are kept with an assessment under way: an item holds 400 KB, half of it for what was counted. */
const usesBytesMax = 150_000;

/** What one message works with. */
type Run = AssessTenantPoliciesPorts & {
  readonly message: PolicyTenantMessage;
  readonly edition: EditionMoves;
  readonly today: CalendarDate;
  readonly uses: readonly string[] | undefined;
};

/** Where the walk stands. */
type Place = { readonly month: string; readonly after?: string };

/** Months of service ascending, then the templates. */
const compareMonths = (a: string, b: string): number =>
  Number(a === templateMonth) - Number(b === templateMonth) || compareUtf8(a, b);

/** By month what the tenant may use where a move may matter, from a place on. */
async function readMonths(run: Run, from: Place | undefined): Promise<[string, KeptUse[]][]> {
  const { edition, tenants, message } = run;
  const uses = run.uses?.map(textUse) ?? (await lookedUpBy(run, edition));
  const months = new Map<string, KeptUse[]>();
  const ask = async (use: KeptUse): Promise<void> => {
    for (const month of await tenants.usedMonths(message.tenant, use)) {
      if (from !== undefined && compareMonths(month, from.month) < 0) continue;
      if (!mayMatterIn(edition, use, month)) continue;
      const others = months.get(month);
      if (others) others.push(use);
      else months.set(month, [use]);
    }
  };
  for (let i = 0; i < uses.length; i += readsAtOnce) {
    await Promise.all(uses.slice(i, i + readsAtOnce).map(ask));
  }
  return [...months].sort(([a], [b]) => compareMonths(a, b));
}

const pageOf = (usesMax: number, uses: number): number =>
  Math.min(500, Math.max(10, Math.ceil(usesMax / (2 * uses))));

/** What was gone through: all of it, or up to a place. */
type Advance = {
  readonly tally: Tally;
  readonly outcome: AssessTenantPoliciesOutcome;
  readonly stopped?: Place;
};

/** Goes on from a place until all is looked at, or as much as one message may; the last artifact to the end. */
async function advance(run: Run, from: Place | undefined, tally: Tally): Promise<Advance> {
  const { tenants, edition, payers, message, usesMax = usualUsesMax } = run;
  const { tenant } = message;
  const settings = await tenants.settings(tenant);
  const ports = { tenants, tenant, edition, payers, settings, today: run.today };
  const count = createPolicyCount(ports, tally);
  let looked = 0;
  let place = from;
  for (const [month, uses] of await readMonths(run, from)) {
    const after = from?.month === month ? from.after : undefined;
    const walk = walkMonth(tenants, {
      ...{ tenant, month, type: month === templateMonth ? 'template' : 'claim' },
      uses: uses.sort((a, b) => compareUtf8(useText(a), useText(b))),
      pageItems: pageOf(usesMax, uses.length),
      ...(after === undefined ? {} : { after }),
    });
    for await (const found of walk) {
      const id = found[0]?.artifact.id;
      if (looked >= usesMax) {
        const { tally: counted, ...done } = await count.finish();
        const stopped = place ?? { month };
        return { tally: counted, outcome: { ...done, alerts: [] }, stopped };
      }
      looked += found.length + (await count.take(found));
      place = { month, ...(id === undefined ? {} : { after: id }) };
    }
  }
  const { tally: counted, ...done } = await count.finish();
  return { tally: counted, outcome: { ...done, alerts: [] } };
}

/** Sends what goes on from a step. */
async function sendStep(
  { assessTenantQueue }: Pick<Run, 'assessTenantQueue'>,
  { tenant, policies }: PolicyTenantMessage,
  step: number,
): Promise<void> {
  const message: PolicyTenantMessage = { tenant, policies, step };
  await assessTenantQueue.send({
    body: JSON.stringify(message),
    deduplicationId: messageIdOf(tenant, 'policies', policies.edition, policies.seq, step),
    groupId: groupIdOf(tenant),
  });
}

/** Stores the alert, if anything was hit, and has it sent; one stored before stays as it is. */
async function tell(run: Run, tally: Tally): Promise<readonly string[]> {
  const { tenants, message, edition, payers, clock } = run;
  const { tenant } = message;
  const { id: release, seq } = edition.edition;
  const { reworkCost } = await tenants.settings(tenant);
  const alert = buildPolicyAlert(
    { id: alertId(tenant, release), tenant, release, seq, createdAt: clock.now() },
    { tally, changes: edition.moves.map(({ change }) => change) },
    { titleOf: (payer) => payers.find(({ id }) => id === payer)?.title ?? payer, reworkCost },
  );
  if (!alert) return [];
  await tenants.addAlert(alert);
  await sendAlerts(run, tenant, [alert.id]);
  return [alert.id];
}

const kept = (uses: readonly string[] | undefined): Pick<PolicyAssessment, 'uses'> =>
  uses && Buffer.byteLength(JSON.stringify(uses)) <= usesBytesMax ? { uses } : {};

/** Goes on from where an assessment stands. */
async function goOn(
  run: Run,
  under: PolicyAssessment | undefined,
): Promise<AssessTenantPoliciesOutcome> {
  const { message, policyAssessments, edition } = run;
  const { tenant } = message;
  const { tally, outcome, stopped } = await advance(run, under, under?.tally ?? emptyTally);
  const step = under?.step ?? 0;
  const state = {
    ...{ edition: edition.edition.id, step: step + 1, today: run.today, tally },
    ...kept(run.uses),
  };
  if (stopped) {
    const next = { ...state, ...stopped, closed: false };
    if (await policyAssessments.put(tenant, next, step)) await sendStep(run, message, step + 1);
    return outcome;
  }
  const alerts = await tell(run, tally);
  if (under) {
    await policyAssessments.put(
      tenant,
      { ...state, month: under.month, tally: emptyTally, closed: true },
      step,
    );
  }
  run.progress?.(
    `${edition.edition.id}: a tenant told of ${tally.templates} templates and ${tally.claims} claims, ${alerts.length} alerts`,
  );
  return { ...outcome, alerts };
}

/**
 * Finds what an edition of policies hits of one tenant, stores the findings and one alert, and has the alert sent; or, of a
 * large register, as much of it as one message may, and sends what goes on from there. What is registered after its month
 * was gone through has seen the edition itself (register.ts).
 *
 * @throws CodewatchError `unavailable`; the message comes again
 */
export async function assessTenantPolicies(
  ports: AssessTenantPoliciesPorts,
  message: PolicyTenantMessage,
): Promise<AssessTenantPoliciesOutcome> {
  const { tenant, policies, step } = message;
  const under = await ports.policyAssessments.get(tenant, policies.edition);
  const id = alertId(tenant, policies.edition);
  if (under?.closed || (!under && (await ports.tenants.getAlert(tenant, id)))) {
    // Through with it, but perhaps killed before the alert was sent.
    const isTold = (await ports.tenants.getAlert(tenant, id)) !== undefined;
    if (isTold) await sendAlerts(ports, tenant, [id]);
    return { ...nothingDone, alerts: isTold ? [id] : [] };
  }
  // Handled before: what it sent may be lost.
  if (under && under.step !== step) {
    await sendStep(ports, message, under.step);
    return nothingDone;
  }
  if (!under && step !== undefined) throw new Error(`an assessment of ${policies.edition} is gone`);
  const edition = await ports.movesOf(policies);
  const uses = under ? under.uses : message.uses;
  return goOn(
    { ...ports, message, edition, uses, today: under?.today ?? today(ports.clock) },
    under,
  );
}
