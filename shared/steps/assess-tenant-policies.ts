// A committed edition of policies is matched against what one tenant stores, month by month and last its templates: findings
// first, then one alert, then the message to notify. What one message does not get through the next one of a chain does;
// killed anywhere, it goes on from the last message that was handled to the end.
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
import { type EditionMoves, mayMatterIn, type PolicyChangeReader } from './policy-changes.ts';
import { createPolicyCount } from './policy-hits.ts';
import { sendAlerts } from './tell-tenant.ts';
import { walkMonth } from './walk-month.ts';

/** What assessing a tenant for an edition needs. */
export type AssessTenantPoliciesPorts = {
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
/** Bytes of codes that are kept with an assessment under way: an item holds 400 KB, half of it for what was counted. */
const codesBytesMax = 150_000;

/** What one message works with. */
type Run = AssessTenantPoliciesPorts & {
  readonly message: PolicyTenantMessage;
  readonly edition: EditionMoves;
  readonly today: CalendarDate;
  readonly codes: readonly string[] | undefined;
};

/** Where the walk stands. */
type Place = { readonly month: string; readonly after?: string };

/** Months of service ascending, then the templates. */
const compareMonths = (a: string, b: string): number =>
  Number(a === templateMonth) - Number(b === templateMonth) || compareUtf8(a, b);

/** Codes by month in which the tenant may use them and a move may matter, from a place on. */
async function readMonths(run: Run, from: Place | undefined): Promise<[string, string[]][]> {
  const { edition, tenants, message } = run;
  const all = edition.moves.flatMap((move) => [...move.codes]);
  const codes = run.codes ?? [...new Set(all)].sort(compareUtf8);
  const months = new Map<string, string[]>();
  const ask = async (code: string): Promise<void> => {
    const moves = edition.of(code);
    for (const month of await tenants.usedMonths(message.tenant, { system: 'icd10cm', code })) {
      if (from !== undefined && compareMonths(month, from.month) < 0) continue;
      if (!moves.some(({ change }) => mayMatterIn(change, month))) continue;
      const others = months.get(month);
      if (others) others.push(code);
      else months.set(month, [code]);
    }
  };
  for (let i = 0; i < codes.length; i += readsAtOnce) {
    await Promise.all(codes.slice(i, i + readsAtOnce).map(ask));
  }
  return [...months].sort(([a], [b]) => compareMonths(a, b));
}

const pageOf = (usesMax: number, codes: number): number =>
  Math.min(500, Math.max(10, Math.ceil(usesMax / (2 * codes))));

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
  for (const [month, codes] of await readMonths(run, from)) {
    const after = from?.month === month ? from.after : undefined;
    const walk = walkMonth(tenants, {
      ...{ tenant, month, type: month === templateMonth ? 'template' : 'claim' },
      uses: codes.sort(compareUtf8).map((code) => ({ system: 'icd10cm', code })),
      pageItems: pageOf(usesMax, codes.length),
      ...(after === undefined ? {} : { after }),
    });
    for await (const uses of walk) {
      const id = uses[0]?.artifact.id;
      if (looked >= usesMax) {
        const { tally: counted, ...done } = await count.finish();
        const stopped = place ?? { month };
        return { tally: counted, outcome: { ...done, alerts: [] }, stopped };
      }
      looked += uses.length + (await count.take(uses));
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

const keptCodes = (codes: readonly string[] | undefined): Pick<PolicyAssessment, 'codes'> =>
  codes && Buffer.byteLength(JSON.stringify(codes)) <= codesBytesMax ? { codes } : {};

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
    ...keptCodes(run.codes),
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
 * large register, as much of it as one message may, and sends what goes on from there. Claims registered after it went
 * through their month are not looked at again: scrubbing tells of those.
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
  const codes = under ? under.codes : message.codes;
  return goOn(
    { ...ports, message, edition, codes, today: under?.today ?? today(ports.clock) },
    under,
  );
}
