// What the start-up run found, as two tables for the terminal: releases with their changes, and alerts with what they hit.
import Table from 'cli-table3';
import { templatesOf } from '../../shared/core/alert.ts';
import { changeKinds } from '../../shared/core/change.ts';
import { formatCode } from '../../shared/core/code-system.ts';
import type { Alert } from '../../shared/core/finding.ts';
import { formatDollars } from '../../shared/core/money.ts';
import type { Approval, ReleaseRecord } from '../../shared/core/release.ts';
import { countOf } from '../../shared/core/wording.ts';
import type { WrittenEdition } from '../../shared/operations/read-policy-editions.ts';

const codesShown = 3;
const numbers = (count: number): ('left' | 'right')[] => Array<'right'>(count).fill('right');

/** Whole numbers with commas, on every machine alike. */
export const thousands = (count: number): string =>
  String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** Releases by system and effective date: rows, billable codes, changes by kind. */
export function releasesTable(releases: readonly ReleaseRecord[]): string {
  const table = new Table({
    head: ['release', 'effective', 'rows', 'billable', ...changeKinds, ''],
    colAligns: ['left', 'left', ...numbers(2 + changeKinds.length), 'left'],
    style: { head: [], border: [], compact: true },
  });
  for (const one of releases) {
    table.push([
      one.id,
      one.effective,
      thousands(one.rows),
      thousands(one.billable),
      ...changeKinds.map((kind) => (one.baseline ? '' : thousands(one.changes[kind]))),
      remarkOn(one),
    ]);
  }
  return table.toString();
}

/** Editions of policies by source: documents, and how many of them changed and mean something for claims. */
export function editionsTable(editions: readonly WrittenEdition[]): string {
  const table = new Table({
    head: ['policies', 'feed', 'collected', 'documents', 'changed', 'in meaning', ''],
    colAligns: ['left', 'left', 'left', ...numbers(3), 'left'],
    style: { head: [], border: [], compact: true },
  });
  for (const one of editions) {
    const { id, feed, collected, documents } = one;
    const isFirst = one.seq === 1;
    table.push([
      ...[id, feed, collected, thousands(documents)],
      ...[one.changed, one.meaningful].map((count) =>
        count === null || isFirst ? '' : thousands(count),
      ),
      editionRemark(one),
    ]);
  }
  return table.toString();
}

/** One line on an edition, as it is taken in or refused. */
export function editionLine(edition: WrittenEdition): string {
  const { id, documents, changed, meaningful, seq } = edition;
  const head = `${id}: ${countOf(documents, 'document')} of policies`;
  if (changed === null) return `${head}; ${editionRemark(edition)}`;
  if (seq === 1) return `${head}; the baseline${approvalNote(edition)}`;
  const counts = `${thousands(changed)} changed, ${thousands(meaningful ?? 0)} in meaning`;
  return `${head}; ${counts}${approvalNote(edition)}`;
}

const approvalNote = ({ approval }: WrittenEdition): string =>
  approval ? `; ${approvalText(approval)}` : '';

const approvalText = ({ by, reason }: Approval): string => `approved by ${by}: ${reason}`;

function editionRemark({ status, findings, approval, seq }: WrittenEdition): string {
  if (status === 'quarantined') return `quarantined: ${errorsOf(findings)}`;
  const said = [...(seq === 1 ? ['baseline'] : []), ...(approval ? [approvalText(approval)] : [])];
  return said.join('; ');
}

const errorsOf = (findings: ReleaseRecord['findings']): string =>
  [...new Set(findings.filter((one) => one.severity === 'error').map((one) => one.code))].join(
    ', ',
  );

/** Alerts by release: codes, templates, claims, billed amount and what rework would cost. */
export function alertsTable(alerts: readonly Alert[]): string {
  const table = new Table({
    head: ['alert on', 'severity', 'codes', 'templates', 'claims', 'billed', 'rework'],
    colAligns: ['left', 'left', 'left', ...numbers(4)],
    style: { head: [], border: [], compact: true },
  });
  for (const { release, severity, totals, ...alert } of alerts) {
    const { min, max } = totals.reworkCents;
    table.push([
      release,
      severity,
      codesOf({ ...alert, release, severity, totals }),
      thousands(totals.templates),
      thousands(totals.claims),
      formatDollars(totals.billedCents),
      `${formatDollars(min)} to ${formatDollars(max)}`,
    ]);
  }
  return table.toString();
}

/** One line on an alert, as it goes out. */
export function alertLine(alert: Alert): string {
  const { templates, claims, billedCents } = alert.totals;
  const hit = `${countOf(templates, 'template')}, ${countOf(claims, 'claim')}`;
  const billed = `${formatDollars(billedCents)} billed`;
  return `alert on ${alert.release}: ${codesOf(alert)}; ${hit}, ${billed}`;
}

/** One line on a release, as it is taken in or refused. */
export function releaseLine(record: ReleaseRecord): string {
  const size = `${thousands(record.rows)} rows, ${thousands(record.billable)} billable`;
  const head = `${record.id}, effective ${record.effective}: ${size}`;
  if (record.status !== 'committed') return `${head}; ${remarkOn(record)}`;
  if (record.baseline) return `${head}; the baseline`;
  const changes = changeKinds
    .filter((kind) => record.changes[kind] > 0)
    .map((kind) => `${thousands(record.changes[kind])} ${kind}`);
  return `${head}; ${changes.join(', ') || 'nothing changed'}`;
}

function codesOf({ codes, system, totals, policies }: Alert): string {
  if (policies) {
    const ids = [...new Set(policies.map(({ id }) => id))];
    const others = (totals.policies ?? ids.length) - codesShown;
    const named = ids.slice(0, codesShown).join(', ');
    return others > 0 ? `${named} and ${others} more` : named;
  }
  const shown = codes
    .toSorted((a, b) => weight(b) - weight(a))
    .slice(0, codesShown)
    .map((one) => formatCode(system, one.code));
  const more = totals.codes - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

/** Codes that hit most come first; among equals the order of the alert stays. */
const weight = (code: Alert['codes'][number]): number => code.claims.count + templatesOf(code);

function remarkOn(record: ReleaseRecord): string {
  if (record.status === 'quarantined') {
    return `quarantined: ${errorsOf(record.findings)}`;
  }
  if (record.status === 'superseded') return 'superseded';
  if (record.baseline) return 'baseline';
  return record.reissueOf ? `as ${record.reissueOf}` : '';
}
