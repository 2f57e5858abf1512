// What a tenant decides for itself: how its claims are named here, what reworking one costs it, how
// long its payers give it, and how its tables are read.
import { type ReworkCost, usualReworkCost } from './money.ts';

/**
 * How claims are named: by the id they were sent with, or by its keyed hash, so that a claim number
 * is stored nowhere (`hashed-reference.ts`).
 */
export type References = 'as-sent' | 'hashed';

/** Both ways. */
export const referenceKinds: readonly References[] = ['as-sent', 'hashed'];

/** Days from the date of service (inpatient: discharge) within which a claim must be filed. */
export type TimelyFiling = {
  readonly defaultDays: number;
  /** By payer as its claims name it. */
  readonly daysByPayer: Readonly<Record<string, number>>;
};

/** A mapping of a table's columns as stored; `claims/tables/csv-mapping.ts` reads it. */
export type StoredMapping = {
  readonly columns: Readonly<Record<string, string | readonly string[]>>;
  readonly constants?: Readonly<Record<string, string>>;
  readonly dateOrder?: 'mdy' | 'dmy';
};

/** The settings of a tenant. */
export type TenantSettings = {
  readonly references: References;
  readonly reworkCost: ReworkCost;
  readonly timelyFiling: TimelyFiling;
  /** Of tables with other columns than ours; none until one was given. */
  readonly csvMapping?: StoredMapping;
};

/**
 * What holds until a tenant says otherwise. 365 days is Medicare's limit (42 CFR 424.44: one
 * calendar year after the date of service).
 */
export const usualSettings: TenantSettings = {
  references: 'as-sent',
  reworkCost: usualReworkCost,
  timelyFiling: { defaultDays: 365, daysByPayer: {} },
};
