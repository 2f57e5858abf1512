// The ports the API's routes work with: no more than they use.
import type { RelatedTables } from '../../shared/claims/related-tables.ts';
import type { Payer } from '../../shared/core/payer.ts';
import type { Archive } from '../../shared/ports/archive.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { CodeTable } from '../../shared/ports/code-table.ts';
import type { ItemStore } from '../../shared/ports/item-store.ts';
import type { Queue } from '../../shared/ports/queue.ts';
import type { ReferenceSource } from '../../shared/ports/reference-source.ts';
import type { SnapshotReader } from '../../shared/ports/snapshot-store.ts';
import type { TenantStore } from '../../shared/ports/tenant-store.ts';

/** What the API needs. */
export type ApiPorts = {
  /** The authoritative table: releases with what waits in quarantine, changes, health. */
  readonly codeTable: CodeTable;
  /** Codes on dates and policies: one `now()` a request, so that an answer never mixes two states. */
  readonly reference: ReferenceSource;
  readonly tenants: TenantStore;
  /** The code table's items: quarantine and feeds. */
  readonly codeItems: ItemStore;
  /** Published snapshots, for those who download them; absent in a process that has none to give. */
  readonly snapshots?: SnapshotReader;
  /** Normal forms: the reference documents scrub rules are made from; absent in a process that scrubs nothing. */
  readonly archive?: Pick<Archive, 'readNormalForm'>;
  /** Reads tables that only make claims together; absent on AWS, where the inbox takes them. */
  readonly related?: RelatedTables;
  /** Where an approved release is sent. */
  readonly ingestQueue: Queue;
  /** Where an approved edition of payer policies is sent. */
  readonly policiesQueue: Queue;
  /** Payers of the configuration, whose policies may be asked about. */
  readonly payers: readonly Payer[];
  readonly clock: Clock;
};
