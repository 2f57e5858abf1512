// Editions of payer policies: those committed, and those in quarantine with why they are there.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { PolicyEdition } from '../core/policy.ts';
import type { Approval, QualityFinding } from '../core/release.ts';
import type { ItemStore } from '../ports/item-store.ts';
import { readWaitingEditions } from '../store/policy-attempts.ts';
import {
  type QuarantinedEdition,
  readEditions,
  readPolicySourceIds,
} from '../store/policy-editions.ts';

/** An edition as answered; `seq`, `complete`, `changed` and `meaningful` are null for one that is not committed. */
export type WrittenEdition = {
  readonly id: string;
  readonly source: string;
  readonly feed: string;
  readonly status: 'committed' | 'quarantined';
  readonly seq: number | null;
  readonly published: CalendarDate | null;
  readonly collected: CalendarDate;
  /** ISO instant of the commit, or of the quarantine. */
  readonly recordedAt: string;
  readonly complete: boolean | null;
  /** Documents its files hold. */
  readonly documents: number;
  readonly changed: number | null;
  readonly meaningful: number | null;
  /** What was found in its files; of one in quarantine the errors are why. */
  readonly findings: readonly QualityFinding[];
  /** Whether an approval can lift its quarantine; false of one that is committed. */
  readonly approvable: boolean;
  /** Who lifted its quarantine, and why; null where nobody had to. */
  readonly approval: Approval | null;
};

/** Which editions. */
export type EditionFilter = {
  readonly source?: string;
  readonly status?: WrittenEdition['status'];
};

const committed = (edition: PolicyEdition): WrittenEdition => {
  const { id, source, feed, seq, collected, recordedAt, complete } = edition;
  const { documents, changed, meaningful, published = null, findings = [] } = edition;
  const { approval = null } = edition;
  return {
    ...{ id, source, feed, status: 'committed', seq, published, collected, recordedAt },
    ...{ complete, documents, changed, meaningful, findings, approvable: false, approval },
  };
};

const quarantined = (edition: QuarantinedEdition): WrittenEdition => {
  const { id, source, feed, collected, recordedAt, documents, findings, approvable } = edition;
  const { published = null } = edition;
  return {
    ...{ id, source, feed, status: 'quarantined', seq: null, published, collected, recordedAt },
    ...{
      complete: null,
      documents,
      changed: null,
      meaningful: null,
      findings,
      approvable,
      approval: null,
    },
  };
};

/** By source; of each the committed ones in the order they were taken in, then those that wait for approval. */
export async function readPolicyEditions(
  { codeItems }: { readonly codeItems: ItemStore },
  filter: EditionFilter,
): Promise<readonly WrittenEdition[]> {
  const sources = await readPolicySourceIds(codeItems);
  const all: WrittenEdition[] = [];
  for (const source of sources) {
    if (filter.source !== undefined && filter.source !== source) continue;
    for await (const edition of readEditions(codeItems, source)) {
      all.push(committed(edition));
    }
    const waiting = await readWaitingEditions(codeItems, source);
    all.push(...waiting.map(quarantined));
  }
  return filter.status === undefined ? all : all.filter(({ status }) => status === filter.status);
}
