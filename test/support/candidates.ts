// Release candidates for tests, in the official formats: order files as CMS lays them out, conversion tables as CSV.
import { createHash } from 'node:crypto';
import { calendarDate, daysBetween } from '../../shared/core/calendar-date.ts';
import type { Candidate, CandidateFile } from '../../shared/core/candidate.ts';
import { formatCode } from '../../shared/core/code-system.ts';
import type { ReleaseContent, Row, SourceRole } from '../../shared/core/release.ts';
import type { Archive } from '../../shared/ports/archive.ts';

/** The bytes of an order file: fixed columns, CRLF. */
export function orderFile(rows: readonly Row[]): Uint8Array {
  const lines = rows.map(
    (row, index) =>
      `${String(index + 1).padStart(5, '0')} ${row.code.padEnd(7)} ${row.billable ? 1 : 0} ${row.short.padEnd(60)} ${row.long}\r\n`,
  );
  return Buffer.from(lines.join(''), 'latin1');
}

/** The bytes of a codes file: billable rows, code padded to seven, long title. */
export function codesFile(rows: readonly Row[]): Uint8Array {
  const lines = rows
    .filter((row) => row.billable)
    .map((row) => `${row.code.padEnd(7)} ${row.long}\r\n`);
  return Buffer.from(lines.join(''), 'latin1');
}

/** The bytes of a conversion table as CSV, dates as Excel serials. */
export function conversionTable(content: ReleaseContent): Uint8Array {
  const lines = content.conversions.map(({ code, effective, previous }) => {
    const serial = daysBetween(calendarDate('1899-12-30'), effective);
    const parts = previous.kind === 'codes' ? previous.parts : [];
    const codes = parts.map((part) =>
      part.kind === 'code' ? formatCode(content.system, part.code) : '',
    );
    return `${formatCode(content.system, code)},${serial},"${codes.join('; ') || 'None'}"`;
  });
  const header = 'Current code assignment,Effective October 1,Previous Code(s) Assignment';
  return Buffer.from([header, ...lines, ''].join('\r\n'), 'latin1');
}

/** Archives files and makes the candidate a feed would. */
export async function candidateOfFiles(
  archive: Archive,
  content: Pick<ReleaseContent, 'system' | 'effective'>,
  files: readonly { role: SourceRole; name: string; bytes: Uint8Array; member?: string }[],
  more: Partial<Candidate> = {},
): Promise<Candidate> {
  const archived: CandidateFile[] = [];
  for (const { role, name, bytes, member } of files) {
    const url = `https://ftp.example.gov/${content.effective}/${name}`;
    const fetchedAt = '2025-01-01T00:00:00.000Z';
    const sha256 = await archive.keep(bytes, { url, fetchedAt, headers: {} });
    archived.push({ role, url, sha256, ...(member === undefined ? {} : { member }) });
  }
  const { system, effective } = content;
  const published = more.published ?? effective;
  const identity = JSON.stringify([system, effective, published, archived, more.reconstruct]);
  return {
    id: createHash('sha256').update(identity).digest('hex').slice(0, 32),
    feed: 'test',
    system,
    effective,
    published,
    files: archived,
    findings: [],
    ...more,
  };
}

/** The candidate of a release: order file, codes file and, if it has conversions, a conversion table. */
export function candidateOf(
  archive: Archive,
  content: ReleaseContent,
  more: Partial<Candidate> = {},
): Promise<Candidate> {
  return candidateOfFiles(
    archive,
    content,
    [
      { role: 'order', name: 'icd10cm_order.txt', bytes: orderFile(content.rows) },
      { role: 'codes', name: 'icd10cm_codes.txt', bytes: codesFile(content.rows) },
      ...(content.conversions.length > 0
        ? [
            {
              role: 'conversion' as const,
              name: 'conversion-table.csv',
              bytes: conversionTable(content),
            },
          ]
        : []),
    ],
    more,
  );
}

const addendaRow = (label: string, row: Row): string =>
  `${label.padEnd(13)}${row.billable ? 1 : 0} ${row.code.padEnd(7)} ${row.short.padEnd(60)} ${row.long}`;

const addendaLines = (before: readonly Row[], after: readonly Row[]): string[] => {
  const old = new Map(before.map((row) => [row.code, row]));
  const lines: string[] = [];
  for (const row of after) {
    const was = old.get(row.code);
    old.delete(row.code);
    if (!was) lines.push(addendaRow('Add:', row));
    else if (was.billable !== row.billable) {
      lines.push(addendaRow('Delete:', was), addendaRow('Add:', row));
    } else if (was.short !== row.short || was.long !== row.long) {
      lines.push(addendaRow('Revise from:', was), addendaRow('Revise to:', row));
    }
  }
  for (const row of old.values()) lines.push(addendaRow('Delete:', row));
  return lines;
};

/** The bytes of order addenda with the statistics block CMS ends them with; years as in the file names it states. */
export function addendaFile(
  before: { rows: readonly Row[]; year: number },
  after: { rows: readonly Row[]; year: number },
): Uint8Array {
  const lines = addendaLines(before.rows, after.rows);
  const count = (rows: readonly Row[], billable: boolean): number =>
    rows.filter((row) => row.billable === billable).length;
  const entries = (label: string, flag: 0 | 1): number =>
    lines.filter((line) => line.startsWith(label) && line[13] === String(flag)).length;
  const block = (title: string, noun: string, flag: 0 | 1): string[] => [
    title,
    `  ${count(before.rows, flag === 1)} ${noun} in icd10cm_order_${before.year}.txt`,
    `  ${count(after.rows, flag === 1)} ${noun} in icd10cm_order_${after.year}.txt`,
    `      ${entries('Add:', flag)} additions`,
    `      ${entries('Delete:', flag)} deletions`,
    `      ${entries('Revise from:', flag)} revisions`,
  ];
  const text = [
    ...lines,
    '',
    ...block('Headers', 'headers', 0),
    '',
    ...block('Codes', 'codes', 1),
    '',
  ];
  return Buffer.from(text.join('\r\n'), 'latin1');
}
