// Tells from how a file begins what it is. The content decides; what its sender calls it is asked only where the content
// says nothing, for a wrong content type is common and costs nobody a claim.
import { looksLikeHtml } from '../formats/looks-like-html.ts';
import type { Refusal } from './parse-artifact.ts';
import { jsonHeadChars, looksLikeJsonLines } from './read-json-intake.ts';
import { looksLikeSql } from './tables/fee-sheet-sql.ts';

/** How a file is to be read. */
export type IntakeFormat = 'x12' | 'json' | 'json-lines' | 'sql' | 'table';

/** What the sender says of the file. */
export type SaidOfFile = { readonly contentType?: string; readonly fileName?: string };

/** Bytes looked at. */
export const headBytes = 262_144;

const startsWith = (head: Buffer, hex: string): boolean =>
  head.subarray(0, hex.length / 2).toString('hex') === hex;

// What begins with these bytes, and what to do with it.
const binaries: readonly (readonly [string, string])[] = [
  ['25504446', 'a PDF; send the claims as 837, FHIR or CSV, not as a document'],
  ['d0cf11e0', 'an old Office file; open it and save it as CSV'],
  ['377abcaf', 'a 7z archive; unpack it and send the files in it'],
  ['425a68', 'packed with bzip2; send it plain or as gzip'],
  ['fd377a58', 'packed with xz; send it plain or as gzip'],
  ['28b52ffd', 'packed with zstd; send it plain or as gzip'],
  ['89504e47', 'a picture; send the claims as 837, FHIR or CSV'],
  ['ffd8ff', 'a picture; send the claims as 837, FHIR or CSV'],
  ['49492a00', 'a picture; send the claims as 837, FHIR or CSV'],
  ['50415231', 'a Parquet file; export the claims as CSV or NDJSON'],
];

const utf16 = 'UTF-16 text; save it as UTF-8 ("CSV UTF-8" in Excel)';

/** UTF-16 without byte order mark: every other byte of plain text is zero. */
function isUtf16(head: Buffer): boolean {
  if (startsWith(head, 'fffe') || startsWith(head, 'feff')) return true;
  const begin = head.subarray(0, 200);
  const zeros = [...begin.keys()].filter((at) => begin[at] === 0);
  const isEven = zeros.every((at) => at % 2 === 0);
  return zeros.length > begin.length / 3 && (isEven || zeros.every((at) => at % 2 === 1));
}

/** What a file is that no reader can take in. */
function refuseBinary(head: Buffer): string | undefined {
  if (startsWith(head, '504b0304') || startsWith(head, '504b0506')) {
    const names = head.toString('latin1');
    return names.includes('[Content_Types].xml') || names.includes('xl/')
      ? 'an Excel workbook; open it and save the sheet as CSV'
      : 'a zip archive; unpack it and send the files in it';
  }
  const known = binaries.find(([hex]) => startsWith(head, hex))?.[1];
  if (known !== undefined) return known;
  if (isUtf16(head)) return utf16;
  // A stray control character is damage to one record; many are no text at all.
  const begin = head.subarray(0, 4_096);
  const controls = begin.filter((byte) => byte < 9 || (byte > 13 && byte < 26)).length;
  const isText = controls <= begin.length / 20;
  return isText ? undefined : 'no text; send the claims as 837, FHIR, CSV or NDJSON';
}

// Segments an 837 begins with when its header was lost.
const x12Start = /^(?:ISA[^A-Za-z0-9\s]|(?:GS|ST|BHT|CLM)[*|^~])/;
const saysLines = /(?:ndjson|jsonl|json-seq)/i;
const saysX12 = /(?:edi-?x12|\.(?:837[pi]?|x12|edi)$)/i;

const refuse = (message: string): { refusal: Refusal } => ({
  refusal: { code: 'unsupported', message: `the file is ${message}` },
});

/** How JSON is to be read; a file called NDJSON is that unless none of its lines is a value. */
function formatOfJson(text: string, isWhole: boolean, said: string): IntakeFormat {
  const head = text.slice(0, jsonHeadChars);
  const isAll = isWhole && text.length <= jsonHeadChars;
  if (looksLikeJsonLines(head, isAll)) return 'json-lines';
  if (!saysLines.test(said)) return 'json';
  const hasWholeLine = head.split('\n').some((line) => /^\{.*\}\s*$/.test(line));
  return hasWholeLine || !head.includes('\n') ? 'json-lines' : 'json';
}

/** The format of a file that begins with `head`, or why it is refused. */
export function sniffIntake(
  head: Buffer,
  isWhole: boolean,
  { contentType = '', fileName = '' }: SaidOfFile,
): { readonly format: IntakeFormat } | { readonly refusal: Refusal } {
  const text = head
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  if (x12Start.test(text)) return { format: 'x12' };
  if (text === '' && isWhole) return refuse('empty');
  const binary = refuseBinary(head);
  if (binary !== undefined) return refuse(binary);
  if (looksLikeHtml(head)) {
    return refuse('a web page, probably of an error or a login; download the file itself');
  }
  if (text.startsWith('<')) return refuse('XML; send FHIR as JSON');
  const said = `${contentType} ${fileName}`;
  if (/^[{[]/.test(text)) return { format: formatOfJson(text, isWhole, said) };
  if (looksLikeSql(text)) return { format: 'sql' };
  const isHeader = /^[^*~\r\n]*[,;|\t][^*~\r\n]*(?:[\r\n]|$)/.test(text);
  return { format: saysX12.test(said) && !isHeader ? 'x12' : 'table' };
}
