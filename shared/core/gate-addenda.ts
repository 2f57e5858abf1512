// The gate's check of a release against the officials' own diff: base release + addenda must give the release.
import { type Addenda, type AddendaSide, applyAddenda } from './addenda.ts';
import { fiscalYearOf } from './calendar-date.ts';
import type { Facts } from './change.ts';
import { listCodes } from './list-codes.ts';
import type { QualityFinding, ReleaseContent } from './release.ts';

/** Addenda and the release they start from, when that is in the table. */
export type AddendaCheck = {
  readonly addenda: Addenda;
  readonly base: ReleaseContent | undefined;
};

/**
 * Title changes the officials may leave out of their addenda before it looks like the wrong file. Known: FY2017 2,
 * FY2018 12, FY2022 2, FY2024 1. Left-out additions, deletions and flags are never tolerated.
 */
const omittedTitlesMax = 25;

/** True when a release has the counts an addenda side states. */
export function fitsSide(
  side: AddendaSide,
  counts: { readonly rows: number; readonly billable: number },
): boolean {
  return (
    side.codes === counts.billable &&
    (side.headers === null || side.headers === counts.rows - counts.billable)
  );
}

type Difference = { readonly titles: readonly string[]; readonly other: readonly string[] };

/** Codes on which what the addenda give and what the file has disagree: in titles only, or in more. */
function difference(given: ReadonlyMap<string, Facts>, incoming: ReleaseContent): Difference {
  const titles: string[] = [];
  const other: string[] = [];
  let met = 0;
  for (const row of incoming.rows) {
    const facts = given.get(row.code);
    if (facts) met += 1;
    if (!facts || facts.billable !== row.billable) other.push(row.code);
    else if (facts.short !== row.short || facts.long !== row.long) titles.push(row.code);
  }
  if (met < given.size) {
    const listed = new Set(incoming.rows.map((row) => row.code));
    other.push(...[...given.keys()].filter((code) => !listed.has(code)));
  }
  return { titles, other };
}

function checkYear(incoming: ReleaseContent, addenda: Addenda): QualityFinding[] {
  const fiscalYear = fiscalYearOf(incoming.effective);
  if (!addenda.target || addenda.target.year === fiscalYear) return [];
  return [
    {
      code: 'fiscal-year-content',
      severity: 'error',
      where: 'addenda statistics',
      message: `The addenda lead to fiscal year ${addenda.target.year}, the release is taken for ${fiscalYear}. Look at which file this is.`,
    },
  ];
}

function checkCounts(incoming: ReleaseContent, addenda: Addenda): QualityFinding[] {
  const rows = incoming.rows.length;
  const billable = incoming.rows.reduce((sum, row) => sum + (row.billable ? 1 : 0), 0);
  if (!addenda.target || fitsSide(addenda.target, { rows, billable })) return [];
  return [
    {
      code: 'addenda-counts',
      severity: 'error',
      where: 'addenda statistics',
      message: `The addenda say ${addenda.target.codes} codes${addenda.target.headers === null ? '' : ` and ${addenda.target.headers} headers`}, the order file has ${billable} and ${rows - billable}. Rows are missing or the files do not belong together.`,
    },
  ];
}

/** Findings of the addenda check. A base that is not in the table is said, not guessed. */
export function checkAddenda(incoming: ReleaseContent, check: AddendaCheck): QualityFinding[] {
  const { addenda, base } = check;
  const findings = [...checkYear(incoming, addenda), ...checkCounts(incoming, addenda)];
  if (!base) {
    findings.push({
      code: 'addenda-base-missing',
      severity: 'info',
      where: 'addenda',
      message: 'The release the addenda start from is not in the table; they were not applied.',
    });
    return findings;
  }
  const applied = applyAddenda(incoming.system, base.rows, addenda);
  const { titles, other } = difference(applied.facts, incoming);
  if (other.length > 0 || titles.length > omittedTitlesMax) {
    findings.push({
      code: 'addenda-mismatch',
      severity: 'error',
      where: 'addenda',
      message: `The release of ${base.effective} with the addenda applied differs from the order file in ${other.length + titles.length} codes: ${listCodes([...other, ...titles])}.`,
    });
  } else if (titles.length > 0) {
    findings.push({
      code: 'addenda-omission',
      severity: 'warning',
      where: 'addenda',
      message: `The addenda leave out ${titles.length} title changes: ${listCodes(titles, 25)}. The order file counts.`,
    });
  }
  return findings;
}
