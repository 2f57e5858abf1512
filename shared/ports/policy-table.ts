// Payer policies as the steps and operations see them: every version, what changed, and which documents name a procedure.
import type { CalendarDate } from '../core/calendar-date.ts';
import type {
  PolicyChange,
  PolicyEdition,
  PolicyRef,
  PolicySourceId,
  PolicyVersion,
  ReviewItem,
} from '../core/policy.ts';

/** Which changes: those seen on or after a day, of one source or document, meaningful ones only. */
export type PolicyChangeFilter = {
  readonly source?: PolicySourceId;
  readonly id?: string;
  /** Day first seen, inclusive. */
  readonly since?: CalendarDate;
  readonly meaningfulOnly?: boolean;
  readonly limit: number;
  /** Opaque cursor of the page before. */
  readonly after?: string;
};

/** Which documents. */
export type PolicyListFilter = {
  readonly source?: PolicySourceId;
  /** The newest version names this HCPCS or CPT code. */
  readonly procedure?: string;
  /** The newest version lists this ICD-10-CM code (normal form), by itself or in a range. Only a snapshot can tell; `unavailable` from the table. */
  readonly diagnosis?: string;
  readonly limit: number;
  readonly after?: string;
};

/** A page; `next` is an opaque cursor. */
export type PolicyPage<T> = { readonly items: readonly T[]; readonly next?: string };

/**
 * Answers from committed editions only. Adapters: items of the code table (`store/policy-table.ts`) and the SQLite
 * snapshot; one contract suite.
 */
export type PolicyTable = {
  /** The newest edition of a source; undefined before the first. */
  edition(source: PolicySourceId): Promise<PolicyEdition | undefined>;
  /** Sources that have an edition, ascending. */
  sources(): Promise<readonly PolicySourceId[]>;
  /** Every version of a document, as taken in, by version number and then sequence number, ascending; empty when unknown. */
  versions(ref: PolicyRef): Promise<readonly PolicyVersion[]>;
  /** Documents of which some version names the procedure, by source and id. */
  naming(procedure: string): Promise<readonly PolicyRef[]>;
  /** The version of each document of the highest number, as last told and not withdrawn; by source and id. */
  list(filter: PolicyListFilter): Promise<PolicyPage<PolicyVersion>>;
  /**
   * Oldest first seen first, then by sequence number, id and version number. A cursor says how far its reader is in each
   * source: what a source takes in late is still told.
   */
  changes(filter: PolicyChangeFilter): Promise<PolicyPage<PolicyChange>>;
  /** Bulletins to be looked at, newest first, by the publisher's day where there is one. */
  reviews(page: {
    readonly limit: number;
    readonly after?: string;
  }): Promise<PolicyPage<ReviewItem>>;
};
