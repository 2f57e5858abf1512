// The gate: what a parsed release must prove before it may change the table. It fails closed: every doubt is a finding
// with its reason, and one error among them quarantines the release until someone approves it by name.

import { fiscalYearOf } from './calendar-date.ts';
import type { Change } from './change.ts';
import { isIcd10 } from './code-system.ts';
import { diffReleases } from './diff.ts';
import { type AddendaCheck, checkAddenda } from './gate-addenda.ts';
import { checkConversions } from './gate-conversions.ts';
import { listCodes } from './list-codes.ts';
import type { QualityFinding, ReleaseContent, Row } from './release.ts';

/** How much a release may change at most; above it a person decides. Shares of the previous release's rows. */
export type GateLimits = {
  readonly lostShareMax: number;
  readonly addedShareMax: number;
  readonly retitledShareMax: number;
  /** Below this many changes of a kind the shares do not apply. */
  readonly changesFree: number;
};

/**
 * The most that ever happened: ICD-10-PCS FY2017 added 5 %, FY2020 ended 2.6 %, FY2018 retitled 2.6 %; ICD-10-CM
 * FY2017 added 2.4 %. Three times that and more is no yearly update but a broken file.
 */
export const defaultGateLimits: GateLimits = {
  lostShareMax: 0.08,
  addedShareMax: 0.15,
  retitledShareMax: 0.15,
  changesFree: 10,
};

/** One row of a codes file. */
export type CodesFileRow = { readonly code: string; readonly long: string };

/** A release with all there is to check it against. What is undefined was not published or is not on hand. */
export type GateInput = {
  readonly incoming: ReleaseContent;
  readonly previous: ReleaseContent | undefined;
  readonly codesFile: readonly CodesFileRow[] | undefined;
  readonly addenda: AddendaCheck | undefined;
  /** Rows of the same release as another publisher has it. */
  readonly secondSource: readonly Row[] | undefined;
  readonly limits: GateLimits;
};

const error = (code: string, where: string, message: string): QualityFinding => ({
  code,
  severity: 'error',
  where,
  message,
});

const info = (code: string, where: string, message: string): QualityFinding => ({
  code,
  severity: 'info',
  where,
  message,
});

/** The codes file is a pure function of the order file: its billable rows with their long titles. */
function checkCodesFile(rows: readonly Row[], codes: readonly CodesFileRow[]): QualityFinding[] {
  const titles = new Map(codes.map((row) => [row.code, row.long]));
  const wrong: string[] = [];
  let billable = 0;
  for (const row of rows) {
    if (!row.billable) continue;
    billable += 1;
    if (titles.get(row.code) !== row.long) wrong.push(row.code);
    titles.delete(row.code);
  }
  wrong.push(...titles.keys());
  if (wrong.length === 0 && billable === codes.length) return [];
  return [
    error(
      'codes-file-mismatch',
      'codes file',
      `The codes file (${codes.length} rows) is not the billable rows of the order file (${billable}): ${listCodes(wrong)}. Compare both with the publisher's page.`,
    ),
  ];
}

/** Two publishers must show the same rows. */
function checkSecondSource(incoming: ReleaseContent, second: readonly Row[]): QualityFinding[] {
  // The very same bytes were parsed once.
  if (second === incoming.rows) return [];
  const differing = diffReleases({ rows: second }, incoming).map((change) => change.code);
  if (differing.length === 0 && second.length === incoming.rows.length) return [];
  return [
    error(
      'second-source-mismatch',
      'second source',
      `CDC and CMS publish different rows for ${incoming.effective}: ${listCodes(differing)}. Wait for one of them to correct its file, or approve with the reason.`,
    ),
  ];
}

/** Share limits against the previous release; truncation, a wrong year and a wrong file all show here. */
function checkChurn(
  { incoming, limits }: GateInput,
  previous: ReleaseContent,
  changes: readonly Change[],
): QualityFinding[] {
  const counts = { lost: 0, added: 0, retitled: 0 };
  for (const change of changes) {
    if (change.kind === 'retitled') counts.retitled += 1;
    else if (change.kind === 'added') counts.added += 1;
    else if (change.kind !== 'collapsed') counts.lost += 1;
  }
  const findings: QualityFinding[] = [];
  // Where releases in between have not arrived yet, several years' changes come at once.
  const steps = Math.max(1, fiscalYearOf(incoming.effective) - fiscalYearOf(previous.effective));
  const check = (code: string, what: string, count: number, shareMax: number): void => {
    const max = Math.max(limits.changesFree, Math.floor(shareMax * steps * previous.rows.length));
    if (count <= max) return;
    findings.push(
      error(
        code,
        'order file',
        `${count} codes ${what}, more than ${max} (${shareMax * steps * 100} % of the ${previous.rows.length} rows before): this is probably not the file it is taken for.`,
      ),
    );
  };
  check('churn-lost', 'ended or became headers', counts.lost, limits.lostShareMax);
  check('churn-added', 'were added', counts.added, limits.addedShareMax);
  check('churn-retitled', 'changed their titles', counts.retitled, limits.retitledShareMax);
  const nothing = counts.lost + counts.added + counts.retitled === 0;
  // HCPCS has no yearly release: a quarter without a change can be.
  const nextYear =
    isIcd10(incoming.system) && fiscalYearOf(incoming.effective) > fiscalYearOf(previous.effective);
  if (nothing && nextYear && incoming.effective.endsWith('-10-01')) {
    findings.push(
      error(
        'unchanged-yearly-release',
        'order file',
        `A release for ${incoming.effective} with exactly the rows of ${previous.effective}: last year's file under a new name.`,
      ),
    );
  }
  return findings;
}

/** A row under a header that is not there: a sign of rows lost in between (ICD-10-CM categories, PCS tables). */
function checkHeaders(rows: readonly Row[]): QualityFinding[] {
  const heads = new Set(rows.map((row) => row.code));
  const orphans = rows.filter((row) => row.code.length > 3 && !heads.has(row.code.slice(0, 3)));
  if (orphans.length === 0) return [];
  const codes = orphans.map((row) => row.code);
  return [
    error(
      'header-missing',
      'order file',
      `${codes.length} codes stand without their three-character header: ${listCodes(codes)}. Rows are missing.`,
    ),
  ];
}

/** Every finding about a parsed release. No error among them means it may be committed. */
export function gate(input: GateInput): QualityFinding[] {
  const { incoming, previous, codesFile, addenda, secondSource } = input;
  const hasHeaders = isIcd10(incoming.system);
  const findings = hasHeaders ? checkHeaders(incoming.rows) : [];
  if (codesFile) findings.push(...checkCodesFile(incoming.rows, codesFile));
  if (secondSource) findings.push(...checkSecondSource(incoming, secondSource));
  if (addenda) findings.push(...checkAddenda(incoming, addenda));
  if (previous) {
    const changes = diffReleases(previous, incoming);
    findings.push(...checkChurn(input, previous, changes));
    // HCPCS dates its codes itself: there is no table to hold against them.
    if (hasHeaders) findings.push(...checkConversions(incoming, previous, changes));
  }
  if (!codesFile && !secondSource && !addenda?.base) {
    findings.push(
      info(
        'cross-check-missing',
        'release',
        'No codes file, addenda or second source was there to check it against.',
      ),
    );
  }
  return findings;
}

/** True when nothing stands against committing. */
export const passes = (findings: readonly QualityFinding[]): boolean =>
  findings.every((finding) => finding.severity !== 'error');
