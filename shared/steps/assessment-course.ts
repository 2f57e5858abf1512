// The course of a tenant's assessment: templates, then claims, then one alert. As long as one message
// gets through it, nothing of it is stored; then its parts are, each with a message of its own.
import { createTallying } from '../core/impact-tally.ts';
import type { Assessment, AssessmentPart } from '../ports/assessment-store.ts';
import { advancePart } from './advance-part.ts';
import type { TenantRun } from './assess-run.ts';
import { groupIdOf, laneIdOf, messageIdOf } from './group-id.ts';
import type { PartMessage, TenantMessage } from './messages.ts';
import {
  claimParts,
  readUsedMonths,
  templateMonth,
  templateParts,
  type UsedMonths,
} from './plan-parts.ts';
import { tell } from './tell-tenant.ts';

/** What one message came to. */
export type AssessTenantOutcome = {
  /** Findings of what it looked at, by artifact. */
  readonly hits: { readonly templates: number; readonly claims: number };
  /** Findings among them that were not there before. */
  readonly newFindings: number;
  /** Codes the tenant was told it bills by habit. */
  readonly habitCodes: number;
  /** Ids of the alerts that tell of the release, once all was looked at. */
  readonly alerts: readonly string[];
};

/** Of a message that had nothing to do. */
export const nothingDone: AssessTenantOutcome = {
  hits: { templates: 0, claims: 0 },
  newFindings: 0,
  habitCodes: 0,
  alerts: [],
};

/** Where a message stands: what it may still look at, and what it came to so far. */
export type Standing = {
  readonly assessment: Assessment;
  readonly usesMax: number;
  readonly outcome: AssessTenantOutcome;
};

type Course = Standing & {
  /** What is stored of the assessment; undefined while nothing is. */
  readonly stored: Pick<Assessment, 'record' | 'stage'> | undefined;
  readonly parts: readonly AssessmentPart[];
  /** As long as it is at hand. */
  readonly used?: UsedMonths;
};

/** Months next to each other are in different lanes, so that they are at work at once. */
function laneOf(run: TenantRun, month: string): number {
  const [year = 0, ofYear = 0] = month.split('-').map(Number);
  return month === templateMonth ? 0 : (year * 12 + ofYear) % run.limits.lanes;
}

/** Sends what goes on with a part from where it stands. */
export async function sendPart(run: TenantRun, { month, step }: AssessmentPart): Promise<void> {
  const { tenant, record } = run;
  const message: PartMessage = { tenant, release: record.id, seq: record.seq, month, step };
  await run.assessTenantQueue.send({
    body: JSON.stringify(message),
    deduplicationId: messageIdOf(tenant, record.id, record.seq, month, step),
    groupId: laneIdOf(tenant, laneOf(run, month)),
  });
}

/** Goes on with the parts in their order, as far as the message may. */
async function advance(run: TenantRun, course: Course): Promise<Course> {
  let { usesMax } = course;
  let { hits, newFindings } = course.outcome;
  const parts: AssessmentPart[] = [];
  for (const part of course.parts) {
    if (part.done || usesMax <= 0) {
      parts.push(part);
      continue;
    }
    const done = await advancePart(run, part, usesMax);
    parts.push({ ...done.part, step: 0 });
    usesMax -= done.uses;
    newFindings += done.newFindings;
    hits = {
      templates: hits.templates + done.hits.templates,
      claims: hits.claims + done.hits.claims,
    };
  }
  return { ...course, usesMax, parts, outcome: { ...course.outcome, hits, newFindings } };
}

/** Stores the parts, then that they are to be gone through, then sends their messages. */
async function fanOut(run: TenantRun, course: Course): Promise<AssessTenantOutcome> {
  const { tenant, record, assessments } = run;
  const { parts, stored, outcome } = course;
  const assessment = { ...course.assessment, months: parts.map(({ month }) => month) };
  await assessments.addParts(tenant, record, parts);
  // Another delivery of this message was faster: it sends what is to be sent.
  if (!(await assessments.put(tenant, assessment, stored))) return outcome;
  // Parts that a killed try stored before are not as far as these.
  return resume(run, assessment, outcome);
}

/** The parts with the claims, once it is known which codes are on templates. */
async function planClaims(
  run: TenantRun,
  { assessment, parts }: Course,
): Promise<AssessmentPart[]> {
  const used = await readUsedMonths(run, assessment.codes);
  const onTemplates = new Set(parts.flatMap(({ tally }) => tally.onTemplates));
  return claimParts(run, used, onTemplates);
}

/** After the tenant was told: clears up, and announces what was committed meanwhile. */
export async function finishClosed(run: TenantRun): Promise<void> {
  const { tenant, record, assessments, codeTable } = run;
  await assessments.removeParts(tenant, record);
  const current = await codeTable.release(record.id);
  if (!current || current.seq === record.seq) return;
  const message: TenantMessage = { tenant, release: current.id, seq: current.seq };
  await run.assessTenantQueue.send({
    body: JSON.stringify(message),
    // Not the id of the announcement that found this assessment under way: that one is used up.
    deduplicationId: messageIdOf(tenant, current.id, current.seq, 'after', record.seq),
    groupId: groupIdOf(tenant),
  });
}

async function close(run: TenantRun, course: Course): Promise<AssessTenantOutcome> {
  const { assessment, parts, stored, outcome } = course;
  const tallying = createTallying();
  for (const { tally } of parts) tallying.addTally(tally);
  const tally = tallying.tally();
  const alerts = await tell(run, tally);
  if (stored) {
    await run.assessments.put(run.tenant, { ...assessment, stage: 'closed' }, stored);
    await finishClosed(run);
  }
  const { templates, claims } = tally;
  run.progress?.(
    `${run.record.id}: a tenant told of ${templates} templates and ${claims} claims, ${alerts.length} alerts`,
  );
  const habitCodes = Object.values(tally.codes).filter(({ habit }) => habit).length;
  return { ...outcome, habitCodes, alerts };
}

async function proceed(run: TenantRun, course: Course): Promise<AssessTenantOutcome> {
  const advanced = await advance(run, course);
  if (advanced.parts.some(({ done }) => !done)) return fanOut(run, advanced);
  if (advanced.assessment.stage !== 'templates') return close(run, advanced);
  const planned = await planClaims(run, advanced);
  return proceed(run, {
    ...advanced,
    assessment: { ...advanced.assessment, stage: 'claims' },
    parts: [...advanced.parts, ...planned],
  });
}

/** Begins an assessment; `used`: changed codes the tenant may use; `before`: a closed one, if any. */
export async function begin(
  run: TenantRun,
  used: UsedMonths,
  before: Assessment | undefined,
): Promise<AssessTenantOutcome> {
  const { record, today, tells, limits } = run;
  const codes = [...used].filter(([, months]) => months.length > 0).map(([code]) => code);
  const assessment: Assessment = { record, today, tells, codes, stage: 'templates', months: [] };
  const state = { assessment, stored: before, parts: templateParts(used), used };
  return proceed(run, { ...state, usesMax: limits.uses, outcome: nothingDone });
}

const isWhole = ({ months }: Assessment, parts: readonly AssessmentPart[]): boolean =>
  parts.length === months.length && parts.every(({ done }) => done);

async function storedParts(run: TenantRun, { months }: Assessment): Promise<AssessmentPart[]> {
  const parts = await run.assessments.parts(run.tenant, run.record);
  return parts.filter(({ month }) => months.includes(month));
}

/** Goes on once a part is done: with what comes after the last one. */
export async function settle(run: TenantRun, standing: Standing): Promise<AssessTenantOutcome> {
  const { assessment, outcome } = standing;
  const parts = await storedParts(run, assessment);
  if (!isWhole(assessment, parts)) return outcome;
  return proceed(run, { ...standing, stored: assessment, parts });
}

/** Sends the messages of all parts that are stored and not done, and goes on if there is none. */
export async function resume(
  run: TenantRun,
  assessment: Assessment,
  outcome: AssessTenantOutcome = nothingDone,
): Promise<AssessTenantOutcome> {
  const parts = await storedParts(run, assessment);
  for (const part of parts) if (!part.done) await sendPart(run, part);
  return settle(run, { assessment, usesMax: run.limits.uses, outcome });
}
