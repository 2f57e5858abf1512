// Where reference answers come from: the newest snapshot this process has open, else the code table itself.
import type { Catalogue } from './catalogue.ts';
import type { CodeTable } from './code-table.ts';
import type { PolicyTable } from './policy-table.ts';

/** One consistent state of the reference data. Hold it for one request, then ask again. */
export type Reference = {
  readonly codeTable: CodeTable;
  /** Payer policies; without a snapshot from the table, which cannot list them by diagnosis. */
  readonly policies: PolicyTable;
  /** Absent while no snapshot is open: then nothing can be searched or listed. */
  readonly catalogue?: Catalogue;
  /** Names the state: answers change only when it does (or the day). Absent when read from the table. */
  readonly stamp?: string;
};

/** Adapters: `edge/reference-source.ts` (snapshot with the table behind it), `edge/table-reference.ts`. */
export type ReferenceSource = {
  /** What to answer from now. Never waits: starts loading a newer snapshot where there may be one. */
  now(): Reference;
  /** Waits for a first snapshot; throws `unavailable` when there is none to be had. */
  withCatalogue(): Promise<Reference & { readonly catalogue: Catalogue }>;
};
