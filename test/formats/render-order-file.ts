// Writes order files for the tests, in the columns of the official layout.
import type { Row } from '../../shared/core/release.ts';

/** One line of an order file, without line end. */
export function renderRow({ order, code, billable, short, long }: Row): string {
  const number = String(order).padStart(5, '0');
  return `${number} ${code.padEnd(7)} ${billable ? 1 : 0} ${short.padEnd(60)} ${long}`;
}

/** An order file of these rows. */
export function renderOrderFile(rows: readonly Row[], lineEnd = '\r\n'): Buffer {
  return Buffer.from(rows.map((row) => renderRow(row) + lineEnd).join(''), 'latin1');
}
