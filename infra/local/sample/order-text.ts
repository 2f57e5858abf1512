// Writes order and codes files in the official fixed-width layout (CMS "ICD-10-CM/PCS Order File" layout).
import type { Row } from '../../../shared/core/release.ts';

/** Text of the lines with the officials' line ends. */
export const crlf = (lines: readonly string[]): string =>
  lines.map((line) => `${line}\r\n`).join('');

/** Order file: order number, code padded to 7, flag, short title padded to 60, long title. */
export function orderText(rows: readonly Row[]): string {
  return crlf(
    rows.map((row) => {
      const number = String(row.order).padStart(5, '0');
      const titles = `${row.short.padEnd(60)} ${row.long}`;
      return `${number} ${row.code.padEnd(7)} ${row.billable ? 1 : 0} ${titles}`;
    }),
  );
}

/** Codes file: billable rows, code padded to 7, blank, long title. */
export function codesText(rows: readonly Row[]): string {
  return crlf(rows.filter((row) => row.billable).map((row) => `${row.code.padEnd(7)} ${row.long}`));
}
