// Which policies in force still list a lost code: told in the alert on the release that took it away, because the payer goes by
// its list.
import type { StillListed } from '../core/alert.ts';
import type { CalendarDate } from '../core/calendar-date.ts';
import type { PolicyRef } from '../core/policy.ts';
import { listedCodes } from '../core/policy-lag.ts';
import { policyInForce } from '../core/policy-timeline.ts';
import type { LagIndex } from '../ports/lag-index.ts';
import type { PolicyTable } from '../ports/policy-table.ts';

/** Answers the policies in force on a day that list a code, by source and id. */
export type StillListedReader = (code: string, on: CalendarDate) => Promise<StillListed>;

/** Documents remembered with the codes they list. */
const documentsMax = 3_000;

/** What is kept of a document on a day. */
type Kept = { readonly url: string; readonly codes: ReadonlySet<string> } | undefined;

/** A reader that remembers the documents of one day: a thousand tenants are told of the same codes. */
export function createStillListedReader(ports: {
  readonly policies: Pick<PolicyTable, 'versions'>;
  readonly lags: Pick<LagIndex, 'ofCode'>;
}): StillListedReader {
  let day: CalendarDate | undefined;
  const kept = new Map<string, Promise<Kept>>();
  const read = async (ref: PolicyRef, on: CalendarDate): Promise<Kept> => {
    const document = policyInForce(await ports.policies.versions(ref), on);
    return document && { url: document.url, codes: new Set(listedCodes(document)) };
  };
  return async (code, on) => {
    if (day !== on || kept.size > documentsMax) kept.clear();
    day = on;
    const listed: (PolicyRef & { readonly url: string })[] = [];
    for (const { source, id } of await ports.lags.ofCode(code)) {
      const name = `${source}#${id}`;
      const reading = kept.get(name) ?? read({ source, id }, on);
      kept.set(name, reading);
      reading.catch(() => kept.delete(name));
      const document = await reading;
      if (document?.codes.has(code)) listed.push({ source, id, url: document.url });
    }
    return listed;
  };
}
