// Which release is in force on a date: the newest committed one that had taken effect by then.
import type { CalendarDate } from '../core/calendar-date.ts';
import { type CodeSystemId, codeSystems } from '../core/code-system.ts';
import { CodewatchError } from '../core/errors.ts';
import type { ReleaseRecord } from '../core/release.ts';
import type { CodeTable } from '../ports/code-table.ts';

/** The release; throws `not-found` when none had taken effect by the date. */
export async function releaseInForce(
  ports: { readonly codeTable: CodeTable },
  system: CodeSystemId,
  date: CalendarDate,
): Promise<ReleaseRecord> {
  const releases = await ports.codeTable.releases(system);
  const found = releases.findLast((one) => one.status === 'committed' && one.effective <= date);
  if (found) return found;
  const { title } = codeSystems[system];
  throw new CodewatchError('not-found', `no release of ${title} covers ${date}`);
}
