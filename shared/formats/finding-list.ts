// Collects findings while a file is read, and keeps a thousand equal complaints from burying the others.
import type { QualityFinding } from '../core/release.ts';

/** Findings in the order they came; of each code only the first few are kept, the rest are counted. */
export type FindingList = {
  /** Takes one more finding in. */
  add(code: string, severity: QualityFinding['severity'], where: string, message: string): void;
  /** Everything kept; where more came than are kept, the last message of that code says how many. */
  all(): QualityFinding[];
};

/** Findings of one code that are listed one by one. */
const listedMax = 5;

/** An empty list. */
export function createFindingList(): FindingList {
  const kept: QualityFinding[] = [];
  const totals = new Map<string, number>();
  return {
    add(code, severity, where, message) {
      const total = (totals.get(code) ?? 0) + 1;
      totals.set(code, total);
      if (total <= listedMax) kept.push({ code, severity, where, message });
    },
    all() {
      const seen = new Map<string, number>();
      return kept.map((finding) => {
        const nth = (seen.get(finding.code) ?? 0) + 1;
        seen.set(finding.code, nth);
        const total = totals.get(finding.code) ?? 0;
        if (nth < listedMax || total <= listedMax) return finding;
        const rest = `There are ${total} such findings; the first ${listedMax} are listed.`;
        return { ...finding, message: `${finding.message} ${rest}` };
      });
    },
  };
}
