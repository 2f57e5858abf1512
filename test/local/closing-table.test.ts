// The lines and tables a start-up run ends with.
import { describe, expect, test } from 'vitest';
import {
  alertLine,
  alertsTable,
  editionLine,
  editionsTable,
  releaseLine,
  releasesTable,
  thousands,
} from '../../infra/local/closing-table.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { Alert, AlertCode } from '../../shared/core/finding.ts';
import type { WrittenEdition } from '../../shared/operations/read-policy-editions.ts';
import { record } from '../operations/hand-built-table.ts';

const baseline = { ...record('2020-10-01', 1, '2026-01-01'), rows: 95_352, billable: 72_616 };
const changes = { added: 191, ended: 25, expanded: 14, collapsed: 0, retitled: 29 };
const next = { ...record('2021-10-01', 2, '2026-01-02'), rows: 95_524, billable: 72_748, changes };
const refused = {
  ...record('2022-10-01', 3, '2026-01-03'),
  status: 'quarantined' as const,
  findings: ['order-number-gap', 'order-number-gap', 'row-count'].map((code) => ({
    code,
    severity: 'error' as const,
    where: 'line 7',
    message: 'damaged',
  })),
};

const code = (name: string, claims: number): AlertCode => ({
  code: name,
  kind: 'expanded',
  effective: calendarDate('2021-10-01'),
  title: { before: name, after: name },
  replacedBy: [],
  templates: [],
  claims: { count: claims, billedCents: claims * 10_000 },
  reworkCents: { min: claims * 2_500, max: claims * 10_000 },
});
const alert: Alert = {
  id: 'one',
  tenant: 'local',
  system: 'icd10cm',
  release: 'icd10cm-2022',
  seq: 2,
  effective: calendarDate('2021-10-01'),
  createdAt: '2026-01-02T12:00:00.000Z',
  severity: 'high',
  kinds: ['expanded'],
  codes: [code('R05', 1), code('M545', 1200), code('Z590', 3), code('G933', 2)],
  totals: {
    codes: 4,
    templates: 2,
    claims: 1206,
    billedCents: 12_060_000,
    reworkCents: { min: 3_015_000, max: 12_060_000 },
    habitCodes: 0,
  },
};

/** The cells of a table's row that begins with a text. */
const cells = (table: string, first: string): string[] => {
  const row = table.split('\n').find((line) => line.includes(` ${first} `)) ?? '';
  return row.split('│').map((cell) => cell.trim());
};

describe('infra/local/closing-table.ts', () => {
  test('a release is one line: its size and what changed', () => {
    expect(releaseLine(baseline)).toBe(
      'icd10cm-2021, effective 2020-10-01: 95,352 rows, 72,616 billable; the baseline',
    );
    expect(releaseLine(next)).toContain('; 191 added, 25 ended, 14 expanded, 29 retitled');
    expect(releaseLine({ ...next, changes: baseline.changes })).toContain('; nothing changed');
    expect(releaseLine(refused)).toContain('; quarantined: order-number-gap, row-count');
  });

  test('the releases table has a row each, a baseline without changes', () => {
    const table = releasesTable([baseline, next, refused]);
    expect(cells(table, 'icd10cm-2021')).toEqual([
      '',
      'icd10cm-2021',
      '2020-10-01',
      '95,352',
      '72,616',
      '',
      '',
      '',
      '',
      '',
      'baseline',
      '',
    ]);
    expect(cells(table, 'icd10cm-2022').slice(5, 10)).toEqual(['191', '25', '14', '0', '29']);
    expect(cells(table, 'icd10cm-2023').at(-2)).toContain('quarantined');
  });

  test('an alert names the codes that hit most, with dots, and counts the rest', () => {
    expect(alertLine(alert)).toBe(
      'alert on icd10cm-2022: M54.5, Z59.0, G93.3 and 1 more; 2 templates, 1,206 claims, $120,600.00 billed',
    );
    expect(cells(alertsTable([alert]), 'icd10cm-2022').slice(4, -1)).toEqual([
      '2',
      '1,206',
      '$120,600.00',
      '$30,150.00 to $120,600.00',
    ]);
  });

  test('an edition of policies that was approved says by whom and why', () => {
    const edition: WrittenEdition = {
      ...{ id: 'mcd-2026-09-06-1a2b3c', source: 'mcd', feed: 'cms-mcd-export', seq: 2 },
      ...{ status: 'committed', published: calendarDate('2026-09-06'), complete: true },
      ...{ collected: calendarDate('2026-09-07'), recordedAt: '2026-09-07T12:00:00.000Z' },
      ...{ documents: 1100, changed: 900, meaningful: 890, findings: [], approvable: false },
      approval: { by: 'Ada', at: '2026-09-07T11:00:00.000Z', reason: 'CMS retired them' },
    };
    const said = 'approved by Ada: CMS retired them';
    expect(editionLine(edition)).toBe(
      `mcd-2026-09-06-1a2b3c: 1,100 documents of policies; 900 changed, 890 in meaning; ${said}`,
    );
    expect(cells(editionsTable([edition]), edition.id).at(-2)).toBe(said);
    const first = { ...edition, seq: 1 };
    expect(editionLine(first)).toContain(`; the baseline; ${said}`);
    expect(cells(editionsTable([first]), edition.id).at(-2)).toBe(`baseline; ${said}`);
    const none = { ...edition, approval: null };
    expect(editionLine(none)).toMatch(/890 in meaning$/);
    expect(cells(editionsTable([none]), edition.id).at(-2)).toBe('');
  });

  test('thousands have commas on every machine alike', () => {
    expect([0, 999, 1000, 1_234_567].map(thousands)).toEqual(['0', '999', '1,000', '1,234,567']);
  });
});
