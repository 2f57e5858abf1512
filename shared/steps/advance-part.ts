// Goes on through one part of an assessment, as far as one message may: stores the findings of what
// is hit and counts it.

import type { AssessmentPart } from '../ports/assessment-store.ts';
import type { StoredUse } from '../ports/tenant-store.ts';
import type { TenantRun } from './assess-run.ts';
import { createHitCount, type HitCount } from './hit-count.ts';
import { templateMonth } from './plan-parts.ts';
import { walkMonth } from './walk-month.ts';

/** How far a part came, and what was done on the way. */
export type Advance = Pick<HitCount, 'hits' | 'newFindings'> & {
  readonly part: AssessmentPart;
  /** Uses looked at. */
  readonly uses: number;
};

/**
 * Uses of a code read at once: half of what the message may look at, shared among the codes, so that
 * what is read in vain where it stops stays below that.
 */
const pageOf = (usesMax: number, codes: number): number =>
  Math.min(500, Math.max(10, Math.ceil(usesMax / (2 * codes))));

function walkOf(
  run: TenantRun,
  part: AssessmentPart,
  usesMax: number,
): AsyncIterable<readonly StoredUse[]> {
  return walkMonth(run.tenants, {
    tenant: run.tenant,
    uses: part.codes.map((code) => ({ system: run.record.system, code })),
    month: part.month,
    type: part.month === templateMonth ? 'template' : 'claim',
    pageItems: pageOf(usesMax, part.codes.length),
    ...(part.after === undefined ? {} : { after: part.after }),
  });
}

/**
 * Goes on through a part until it is done or `usesMax` uses were looked at, those of the last
 * artifact to the end. Run again from the same place it finds the same.
 *
 * @throws CodewatchError `unavailable`
 */
export async function advancePart(
  run: TenantRun,
  part: AssessmentPart,
  usesMax: number,
): Promise<Advance> {
  const count = await createHitCount(run, part);
  let [done, uses] = [true, 0];
  let { after } = part;
  for await (const found of walkOf(run, part, usesMax)) {
    done = uses < usesMax;
    if (!done) break;
    uses += found.length;
    after = found[0]?.artifact.id;
    await count.take(found);
  }
  const { tally, hits, newFindings } = await count.finish();
  const place = after === undefined ? {} : { after };
  return { part: { ...part, step: part.step + 1, done, ...place, tally }, uses, hits, newFindings };
}
