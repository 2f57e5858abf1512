// What taking a file in came to: counts that add up, and the first of what was refused or doubtful.
import type { IntakeRecord, IntakeWarning } from '../claims/intake-record.ts';
import type { Refusal } from '../claims/parse-artifact.ts';
import { type ReworkCost, reworkCents } from '../core/money.ts';

/** Refusals, and warnings, that a summary lists one by one; beyond, they are counted. */
export const listedMax = 1000;

/** A refused record: where it stands, why, what to do. Holds nothing of its content. */
export type Rejection = Refusal & { readonly where: string };

/** What only storing tells: how far a run came, for another one to go on from. */
export type StoredCounts = {
  /** Records of the file, whatever became of them. */
  readonly records: number;
  readonly created: number;
  readonly replaced: number;
  readonly unchanged: number;
  readonly removed: number;
  /** Voids of claims that are not stored. */
  readonly unmatchedVoids: number;
  readonly findings: number;
  readonly claimsAtRisk: number;
  readonly billedCentsAtRisk: number;
};

/**
 * What a file came to. `records` = `accepted` + `rejected` + `removed` + `unmatchedVoids`, and
 * `accepted` = `created` + `replaced` + `unchanged`. Holds no content of the file.
 */
export type IntakeSummary = Omit<StoredCounts, 'claimsAtRisk' | 'billedCentsAtRisk'> & {
  readonly accepted: number;
  readonly rejected: number;
  /** The first {@link listedMax}. */
  readonly rejections: readonly Rejection[];
  readonly warned: number;
  /** The first {@link listedMax}. */
  readonly warnings: readonly IntakeWarning[];
  /** Of claims that a code will have denied; rework as the tenant says, else the usual range. */
  readonly atRisk: {
    readonly claims: number;
    readonly billedCents: number;
    readonly reworkCentsMin: number;
    readonly reworkCentsMax: number;
  };
};

/** A summary while it grows. */
export type Tally = {
  stored: { -readonly [Name in keyof StoredCounts]: StoredCounts[Name] };
  accepted: number;
  rejected: number;
  readonly rejections: Rejection[];
  warned: number;
  readonly warnings: IntakeWarning[];
};

/** Before the first record. */
export const nothingStored: StoredCounts = {
  records: 0,
  created: 0,
  replaced: 0,
  unchanged: 0,
  removed: 0,
  unmatchedVoids: 0,
  findings: 0,
  claimsAtRisk: 0,
  billedCentsAtRisk: 0,
};

/** A tally that goes on from what an earlier run stored. */
export const newTally = (stored: StoredCounts): Tally => ({
  stored: { ...stored },
  accepted: 0,
  rejected: 0,
  rejections: [],
  warned: 0,
  warnings: [],
});

/** Counts what the record itself says, whether it is stored now or was before. */
export function tellRecord(tally: Tally, record: IntakeRecord): void {
  if (record.kind === 'rejected') {
    const { where, code, message } = record;
    tally.rejected += 1;
    if (tally.rejections.length < listedMax) tally.rejections.push({ where, code, message });
  }
  if (record.kind !== 'accepted') return;
  tally.accepted += 1;
  for (const { where, code, message } of record.warnings ?? []) {
    tally.warned += 1;
    if (tally.warnings.length < listedMax) tally.warnings.push({ where, code, message });
  }
}

/** The summary of a tally. */
export function summaryOf(tally: Tally, cost: ReworkCost): IntakeSummary {
  const { stored, accepted, rejected, rejections, warned, warnings } = tally;
  const { claimsAtRisk, billedCentsAtRisk, ...counts } = stored;
  const rework = reworkCents(claimsAtRisk, cost);
  return {
    ...counts,
    ...{ accepted, rejected, rejections, warned, warnings },
    atRisk: {
      claims: claimsAtRisk,
      billedCents: billedCentsAtRisk,
      reworkCentsMin: rework.min,
      reworkCentsMax: rework.max,
    },
  };
}

/** A summary as JSON, in an answer or a result; `records` = `accepted` + `rejectedCount` + `removed` + `unmatchedVoids`. */
export type IntakeBody = Omit<IntakeSummary, 'rejected' | 'rejections' | 'warned' | 'warnings'> & {
  /** The first {@link listedMax}; `rejectedCount` counts all. */
  readonly rejected: readonly Rejection[];
  readonly rejectedCount: number;
  readonly warnings: readonly IntakeWarning[];
  readonly warningsCount: number;
};

/** The summary as JSON. */
export function intakeBody(summary: IntakeSummary): IntakeBody {
  const { rejected, rejections, warned, warnings, ...counts } = summary;
  return {
    ...counts,
    ...{ rejected: rejections, rejectedCount: rejected, warnings, warningsCount: warned },
  };
}
