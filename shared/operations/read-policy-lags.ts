// Payers that lag behind the code table: policies in force that still list a code that was lost, or of whose lists one left out
// some of the codes a code was divided into.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Version } from '../core/change.ts';
import { formatCode, normalizeCode } from '../core/code-system.ts';
import { CodewatchError } from '../core/errors.ts';
import type { PolicyRef, PolicyVersion } from '../core/policy.ts';
import { type CodeLag, lagOfCode } from '../core/policy-lag.ts';
import { policyInForce } from '../core/policy-timeline.ts';
import { type Clock, today } from '../ports/clock.ts';
import type { CodeTable } from '../ports/code-table.ts';
import type { LagIndex, LagPage, LagPlace } from '../ports/lag-index.ts';
import type { PolicyPage, PolicyTable } from '../ports/policy-table.ts';
import { openBelief } from './belief.ts';
import { writtenReplacements } from './written-code.ts';

/** What lags are read from. */
export type PolicyLagPorts = {
  readonly policies: Pick<PolicyTable, 'versions'>;
  readonly codeTable: CodeTable;
  readonly lags: Pick<LagIndex, 'ofCode' | 'ofSource'>;
  readonly clock: Clock;
};

/** Which lags: of a code (any spelling), of a source, or both; on today when there is no date. */
export type PolicyLagRequest = {
  readonly source?: string;
  readonly code?: string;
  readonly date?: CalendarDate;
  readonly limit: number;
  readonly after?: string;
};

/** A policy that lags. Codes as officially written. */
export type WrittenPolicyLag = PolicyRef &
  Pick<PolicyVersion, 'version' | 'title' | 'url' | 'payer' | 'effective'> &
  CodeLag;

const invalid = (message: string): CodewatchError => new CodewatchError('invalid-request', message);

/** Reads the places that may lag, a page at a time. */
function placesOf(
  lags: PolicyLagPorts['lags'],
  { source, code }: Pick<PolicyLagRequest, 'source' | 'code'>,
): (page: { limit: number; after?: string }) => Promise<LagPage> {
  if (code !== undefined) {
    const normal = normalizeCode('icd10cm', code);
    if (normal === undefined) throw invalid('code: not an ICD-10-CM code (like M54.5)');
    return async ({ after = '' }) => {
      const all = await lags.ofCode(normal);
      const wanted = all.filter((place) => source === undefined || place.source === source);
      const sorted = wanted.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
      return { items: sorted.filter((place) => nameOf(place) > after) };
    };
  }
  if (source === undefined) throw invalid('code: give a code, or a source of policies');
  return (page) => lags.ofSource(source, page);
}

/** The name of a place in a cursor. */
const nameOf = ({ code, id, source }: LagPlace): string => `${code}#${id}#${source}`;

const dotted = (code: string): string => formatCode('icd10cm', code);

function written(document: PolicyVersion, lag: CodeLag): WrittenPolicyLag {
  const { source, id, version, title, url, payer, effective } = document;
  return {
    ...{ source, id, version, title, url, payer, effective },
    ...lag,
    code: dotted(lag.code),
    replacedBy: writtenReplacements('icd10cm', lag.replacedBy),
    lists: lag.lists.map((one) => ({
      ...one,
      taken: one.taken.map(dotted),
      leftOut: one.leftOut.map(dotted),
    })),
  };
}

/** Answers whether a policy lags at a place on a day. */
async function openLags({ policies, codeTable }: PolicyLagPorts, on: CalendarDate) {
  const belief = await openBelief(codeTable, 'icd10cm');
  return async (place: LagPlace): Promise<WrittenPolicyLag | undefined> => {
    const document = policyInForce(await policies.versions(place), on);
    if (!document) return undefined;
    const timeline: readonly Version[] = await belief.timeline(place.code);
    const lag = lagOfCode(
      document,
      place.code,
      (code) => (code === place.code ? timeline : []),
      on,
    );
    return lag && written(document, lag);
  };
}

/**
 * A page of policies in force that lag behind a code's loss, by code and document. Throws `invalid-request` for what cannot be
 * a code, and when neither code nor source is given.
 */
export async function readPolicyLags(
  ports: PolicyLagPorts,
  request: PolicyLagRequest,
): Promise<PolicyPage<WrittenPolicyLag>> {
  const { limit, date } = request;
  const read = placesOf(ports.lags, request);
  const lagAt = await openLags(ports, date ?? today(ports.clock));
  const found: WrittenPolicyLag[] = [];
  let { after } = request;
  for (;;) {
    const page = await read({ limit: limit + 1, ...(after === undefined ? {} : { after }) });
    for (const place of page.items) {
      const lag = await lagAt(place);
      if (lag && found.length === limit) {
        return { items: found, ...(after === undefined ? {} : { next: after }) };
      }
      if (lag) found.push(lag);
      after = nameOf(place);
    }
    if (page.next === undefined) return { items: found };
  }
}
