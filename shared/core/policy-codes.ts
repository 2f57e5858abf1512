// Which diagnoses a policy document lists, and how many rows of them: what its indexes and the gate go by.
import { covers } from './code-range.ts';
import type { CoverageList, PolicyDocument } from './policy.ts';

/** Whether some list of a document has a diagnosis (normal form), by itself or in a range. */
export const listsDiagnosis = (document: Pick<PolicyDocument, 'groups'>, code: string): boolean =>
  document.groups.some(
    ({ diagnoses }) =>
      diagnoses.codes.includes(code) || diagnoses.ranges.some((range) => covers(range, code)),
  );

/** Rows of diagnoses in a document or one kind of its lists: codes, ranges, and `XX000` as one each. */
export function diagnosisRows(
  { groups }: Pick<PolicyDocument, 'groups'>,
  of?: CoverageList,
): number {
  let rows = 0;
  for (const { list, diagnoses, everythingElse } of groups) {
    if (of !== undefined && list !== of) continue;
    rows += diagnoses.codes.length + diagnoses.ranges.length + (everythingElse ? 1 : 0);
  }
  return rows;
}
