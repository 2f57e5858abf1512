// What a release lists on a date, read from the timeline: for operations that relate one listed code to another.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Version } from '../core/change.ts';
import { codeSystems, formatCode, normalizeCode } from '../core/code-system.ts';
import { CodewatchError } from '../core/errors.ts';
import type { Belief } from './belief.ts';
import type { ListedCode } from './listed-code.ts';
import { inForceAt, spanAt } from './timeline-span.ts';

/** The code as listed on the date; undefined when it is not. `code` in normal form. */
export async function listedOn(
  belief: Belief,
  code: string,
  date: CalendarDate,
): Promise<ListedCode | undefined> {
  const versions = await belief.timeline(code);
  const at = inForceAt(versions, date);
  const version = versions[at];
  const effective = spanAt(versions, at);
  if (!version || !effective || !isListed(version.status)) return undefined;
  return {
    system: belief.system,
    code: formatCode(belief.system, code),
    status: version.status,
    billable: version.status === 'billable',
    title: { short: version.short, long: version.long },
    effective,
    release: version.release,
  };
}

/** As {@link listedOn}, of a code in any spelling; throws `not-found`, naming code and date, when it is not listed. */
export async function requireListed(
  belief: Belief,
  text: string,
  date: CalendarDate,
): Promise<ListedCode & { readonly normal: string }> {
  const { system } = belief;
  const normal = normalizeCode(system, text);
  const listed = normal === undefined ? undefined : await listedOn(belief, normal, date);
  if (normal !== undefined && listed) return { ...listed, normal };
  const code = normal === undefined ? text.trim().slice(0, 64) : formatCode(system, normal);
  throw new CodewatchError(
    'not-found',
    `${code} is not listed in ${codeSystems[system].title} on ${date}`,
  );
}

const isListed = (status: Version['status']): status is 'billable' | 'header' =>
  status === 'billable' || status === 'header';
