// The fixed-width form of CMS's Alpha-Numeric HCPCS file (`HCPC20YY_MMM_ANWEB….txt`), line by line.
// Source: "HCPCS Contractor Record", HCPC20YY_recordlayout.txt in the published zip (columns from 1): 1–5 code, of a
// modifier in 4–5; 6–10 sequence number; 11 record identification; 12–91 long and 92–119 short description; 205–229 five
// cross-reference codes; 269–276 date added, 277–284 effective date of the action, 285–292 termination date; 293 action.
import type { FindingList } from './finding-list.ts';
import type { HcpcsRecord } from './hcpcs-record.ts';
import { readText } from './text-lines.ts';

/** Columns counted from 0, the end exclusive. */
const columns = {
  code: [0, 5],
  sequence: [5, 10],
  kind: [10, 11],
  long: [11, 91],
  short: [91, 119],
  crossReferences: [204, 229],
  added: [268, 276],
  actionEffective: [276, 284],
  terminated: [284, 292],
  action: [292, 293],
} as const;

/** Where Latin-1 has control characters, CMS's files have the quotes and dashes of Windows. */
const windows = new TextDecoder('windows-1252');

const crossReferenceLength = 5;
const isFirst = (kind: string): boolean => kind === '3' || kind === '7';

const fieldOf = (line: string, name: keyof typeof columns): string =>
  line.slice(...columns[name]).trim();

function crossReferencesOf(line: string): string[] {
  const text = line.slice(...columns.crossReferences);
  const found: string[] = [];
  for (let at = 0; at < text.length; at += crossReferenceLength) {
    const code = text.slice(at, at + crossReferenceLength).trim();
    if (code !== '') found.push(code);
  }
  return found;
}

/** Why a line is not one of the layout, or undefined. */
function faultOf(line: string): string | undefined {
  if (!/^\d{5}$/.test(fieldOf(line, 'sequence'))) {
    return 'Columns 6–10 hold no sequence number of five digits: the fields are not where the layout has them.';
  }
  const kind = fieldOf(line, 'kind');
  if (!/^[3478]$/.test(kind)) return `Column 11 holds "${kind}"; a record is 3, 4, 7 or 8.`;
  if (!isFirst(kind) || line.length >= columns.action[1]) return undefined;
  return `The line has ${line.length} characters; a first line has ${columns.action[1]}. The file was cut off, or its layout changed.`;
}

/**
 * The records of the file. Findings: what {@link readText} finds, `row-shape` (error) for a line left out, `not-ascii`
 * (warning) for a foreign character, kept, and `line-end-missing` (warning).
 */
export function readHcpcsLines(
  bytes: Uint8Array,
  where: string,
  list: FindingList,
): { readonly records: readonly HcpcsRecord[]; readonly rejected: number } {
  const read = readText(bytes, where, list);
  if (read === undefined) return { records: [], rejected: 0 };
  const text = read.replace(/[\x80-\x9f]/g, (char) =>
    windows.decode(Uint8Array.of(char.charCodeAt(0))),
  );
  const records: HcpcsRecord[] = [];
  let rejected = 0;
  const lines = text.split(/\r\n?|\n/);
  if (lines.pop() !== '') {
    lines.push(text.slice(text.search(/[^\r\n]*$/)));
    list.add('line-end-missing', 'warning', where, 'The last line has no line end.');
  }
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const at = `${where} line ${index + 1}`;
    if (/[^ -~]/.test(line)) {
      list.add(
        'not-ascii',
        'warning',
        at,
        'The line holds a character that is not ASCII; it is kept.',
      );
    }
    const fault = faultOf(line);
    if (fault !== undefined) {
      rejected += 1;
      list.add('row-shape', 'error', at, fault);
      continue;
    }
    records.push({
      code: fieldOf(line, 'code'),
      kind: fieldOf(line, 'kind'),
      long: fieldOf(line, 'long'),
      short: fieldOf(line, 'short'),
      crossReferences: crossReferencesOf(line),
      added: fieldOf(line, 'added'),
      actionEffective: fieldOf(line, 'actionEffective'),
      terminated: fieldOf(line, 'terminated'),
      action: fieldOf(line, 'action'),
      where: at,
    });
  }
  return { records, rejected };
}
