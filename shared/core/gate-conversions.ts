// The gate's check of a release against the conversion table: its rows for the step must be the new billable codes.
import type { Change } from './change.ts';
import { listCodes } from './list-codes.ts';
import type { QualityFinding, ReleaseContent } from './release.ts';
import { conversionsOfStep } from './successors.ts';

/**
 * Share of the new codes the table may get wrong before it looks like the wrong table: FY2017's misses 13 of 1,943 and
 * misprints one; no later one misses any.
 */
const omittedShareMax = 0.01;

/**
 * Findings of the conversion check. The table is cumulative, so rows of this step must be there; a table without any
 * is an earlier year's and only said. For ICD-10-CM the two sets are equal in every release since FY2018. Where the
 * previous release is not the one just before, codes may have come and gone in between: only the rows of the very
 * date must all be new.
 */
export function checkConversions(
  incoming: ReleaseContent,
  previous: ReleaseContent,
  changes: readonly Change[],
): QualityFinding[] {
  const where = 'conversion table';
  const rows = conversionsOfStep(incoming.conversions, previous.effective, incoming.effective);
  const gained = changes
    .filter((change) => change.after?.billable && !change.before?.billable)
    .map((change) => change.code);
  if (rows.length === 0) {
    if (gained.length === 0) return [];
    const message = `No conversion table covers the ${gained.length} new codes yet; replacements are inferred.`;
    return [{ code: 'conversion-table-missing', severity: 'info', where, message }];
  }
  const named = new Set(rows.map((row) => row.code));
  const isNew = new Set(gained);
  const missing = gained.filter((code) => !named.has(code));
  const ofTheDay = rows.filter((row) => row.effective === incoming.effective);
  const extra = [...new Set(ofTheDay.map((row) => row.code))].filter((code) => !isNew.has(code));
  if (missing.length === 0 && extra.length === 0) return [];
  const tolerated = missing.length + extra.length <= Math.floor(omittedShareMax * gained.length);
  const message = `The conversion table's rows up to ${incoming.effective} are not the new billable codes: ${missing.length} new codes are missing in it (${listCodes(missing, 20) || 'none'}), ${extra.length} of its codes are not new (${listCodes(extra, 20) || 'none'}).`;
  return [
    tolerated
      ? { code: 'conversion-omission', severity: 'warning', where, message }
      : { code: 'conversion-mismatch', severity: 'error', where, message },
  ];
}
