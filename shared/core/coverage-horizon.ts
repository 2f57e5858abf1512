// From when on policies are known: a collection hands out what is in force, so the first version taken in of a document is
// seldom its first. Before that day "no policy" would say more than anybody knows.
import type { CalendarDate } from './calendar-date.ts';
import { type CoverageQuestion, coverageOf } from './coverage.ts';
import type { PolicyVersion } from './policy.ts';
import { comparePolicyVersions, latestRecords, policyInForce } from './policy-timeline.ts';

/** The number of a document's first version: before it there was none. */
const firstNumber = '1';

/** The first day of a document that had a version before those taken in, if that is after the date. */
function beginsUnknown(
  versions: readonly PolicyVersion[],
  date: CalendarDate,
): CalendarDate | undefined {
  const records = latestRecords(versions);
  const [lowest] = records;
  const [first] = records.map(({ effective }) => effective).toSorted();
  if (!lowest || first === undefined || first <= date) return undefined;
  return comparePolicyVersions(lowest.version, firstNumber) > 0 ? first : undefined;
}

/**
 * The day from which on something is known of a document that speaks to the question, where nothing of it is known on the
 * date; the earliest of several. Undefined when every such document has begun by then, or begins later with its version 1.
 * `documents` are those that may name the procedure, each with all its versions.
 */
export function coverageKnownFrom(
  documents: readonly (readonly PolicyVersion[])[],
  question: CoverageQuestion,
  date: CalendarDate,
): CalendarDate | undefined {
  const days = documents.flatMap((versions) => {
    const first = beginsUnknown(versions, date);
    const version = first && policyInForce(versions, first);
    const speaks = version && coverageOf([version], question).answer !== 'no-policy';
    return speaks ? [first] : [];
  });
  return days.toSorted()[0];
}
