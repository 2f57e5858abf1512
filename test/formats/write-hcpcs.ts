// Writes HCPCS files for the tests, in both published forms: fixed columns as HCPC20YY_recordlayout.txt has them, and the
// spreadsheet with the same fields.
import { type CellToWrite, writeXlsx } from './write-xlsx.ts';

/** One code to write. Dates `YYYYMMDD`. `long` is wrapped at 80 characters onto continuation lines. */
export type HcpcsToWrite = {
  readonly code: string;
  readonly long: string;
  readonly short?: string;
  readonly added?: string;
  readonly acted?: string;
  readonly terminated?: string;
  readonly action?: string;
  readonly crossReferences?: readonly string[];
  readonly modifier?: true;
};

const longLength = 80;

/** The text in pieces of at most 80 characters, no word cut. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= longLength) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}

function firstLine(one: HcpcsToWrite, long: string): string {
  const code = one.modifier ? `   ${one.code}` : one.code;
  const line =
    `${code}00100${one.modifier ? 7 : 3}${long}`.padEnd(91) + (one.short ?? long).slice(0, 28);
  const withReferences = line.padEnd(204) + (one.crossReferences ?? []).join('');
  const dates = [one.added ?? '', one.acted ?? one.added ?? '', one.terminated ?? ''];
  return (
    withReferences.padEnd(268) + dates.map((date) => date.padEnd(8)).join('') + (one.action ?? 'N')
  );
}

/** Every line of the fixed-width form, without line ends. */
export function hcpcsLines(codes: readonly HcpcsToWrite[]): string[] {
  return codes.flatMap((one) => {
    const [first = '', ...more] = wrapped(one.long);
    const code = one.modifier ? `   ${one.code}` : one.code;
    const kind = one.modifier ? 8 : 4;
    const continued = more.map(
      (text, index) => `${code}${String((index + 2) * 100).padStart(5, '0')}${kind}${text}`,
    );
    return [firstLine(one, first), ...continued];
  });
}

/** The fixed-width form, CRLF. */
export const hcpcsText = (codes: readonly HcpcsToWrite[]): string =>
  hcpcsLines(codes)
    .map((line) => `${line}\r\n`)
    .join('');

/** The spreadsheet form, a disclaimer above the titles as in some years. */
export function hcpcsSheet(codes: readonly HcpcsToWrite[]): Buffer {
  const titles = [
    ...['HCPC', 'SEQNUM', 'RECID', 'LONG DESCRIPTION', 'SHORT DESCRIPTION', 'XREF1', 'XREF2'],
    ...['ADD DT', 'ACT EFF DT', 'TERM DT', 'ACTION CD'],
  ];
  const rows = codes.map((one): CellToWrite[] => [
    ...[one.code, '00100', one.modifier ? '7' : '3', one.long, one.short ?? one.long],
    ...[one.crossReferences?.[0] ?? null, one.crossReferences?.[1] ?? null],
    ...[Number(one.added), Number(one.acted ?? one.added), one.terminated ?? null],
    one.action ?? 'N',
  ]);
  return writeXlsx([['A disclaimer.'], titles, ...rows]);
}
