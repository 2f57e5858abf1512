// The points a planned release puts on timelines: the same for the commit that writes them and the replay of it.
import type { Version } from '../core/change.ts';
import { type ReleasePlan, type RestatedSpan, restatedPoints } from '../core/plan-release.ts';
import type { ReleaseRecord } from '../core/release.ts';

/** Timelines read at once while restating. */
const readsAtOnce = 16;

/** The records of the committed releases before and after, as far as there are any. */
export type NeighbourRecords = {
  readonly previousRecord: ReleaseRecord | undefined;
  readonly nextRecord: ReleaseRecord | undefined;
};

/**
 * The points of a plan under its sequence number, those out of order worked out against what is recorded of the code
 * so far: every version, withdrawn ones included.
 */
export async function plannedPoints(
  plan: ReleasePlan,
  { previousRecord, nextRecord }: NeighbourRecords,
  seq: number,
  recorded: (code: string) => Promise<readonly Version[]> | readonly Version[],
): Promise<Version[]> {
  const span: RestatedSpan = { after: previousRecord?.effective, until: nextRecord?.effective };
  const points: Version[] = [...plan.points];
  const codes = [...plan.restate];
  for (let i = 0; i < codes.length; i += readsAtOnce) {
    const restated = await Promise.all(
      codes
        .slice(i, i + readsAtOnce)
        .map(async ([code, planned]) => restatedPoints(planned, await recorded(code), span, seq)),
    );
    points.push(...restated.flat());
  }
  return points;
}
