// Reads a codes file: the billable codes with their long titles. The gate holds it against the order file.
// Layout: "ICD-10-CM/PCS Codes File" descriptions in the published zips.
import type { CodeSystemId } from '../core/code-system.ts';
import type { QualityFinding } from '../core/release.ts';
import { endWithoutBlanks, isCodeAt } from './code-characters.ts';
import { createFindingList } from './finding-list.ts';
import { eachLine } from './text-lines.ts';

/** One line of a codes file; `code` without dot. */
export type CodesFileEntry = { readonly code: string; readonly long: string };

/** What a codes file held. */
export type CodesFile = { codes: CodesFileEntry[]; rejected: number; findings: QualityFinding[] };

/** Columns counted from 0: the code padded to 7, a blank, the long title. */
const column = { codeEnd: 7, long: 8 };
const blank = 32;

type Fault = { readonly fault: string; readonly message: string };

function entryAt(
  system: CodeSystemId,
  text: string,
  start: number,
  end: number,
): CodesFileEntry | Fault {
  const last = endWithoutBlanks(text, start, end);
  if (last === start) return { fault: 'blank-line', message: 'The line is blank and left out.' };
  if (last - start <= column.long || text.charCodeAt(start + column.codeEnd) !== blank) {
    return {
      fault: 'row-shape',
      message: 'The line is not a code, a blank in column 8 and a title.',
    };
  }
  const codeEnd = endWithoutBlanks(text, start, start + column.codeEnd);
  const code = text.slice(start, codeEnd);
  if (!isCodeAt(system, text, start, codeEnd)) {
    return { fault: 'code-shape', message: `"${code}" is not written like a code of ${system}.` };
  }
  return { code, long: text.slice(start + column.long, last) };
}

/**
 * The codes of a codes file. Findings, errors but for the last two (warnings): `empty-file`, `html-instead-of-file`,
 * `not-ascii`, `line-ending`, `truncated`, `row-shape`, `code-shape`, `duplicate-code`, `trailing-blank`, `blank-line`.
 * Lines in = codes kept + rejected (I6).
 */
export function parseCodesFile(
  bytes: Uint8Array,
  options: { readonly system: CodeSystemId; readonly where: string },
): CodesFile {
  const { system, where } = options;
  const list = createFindingList();
  const codes: CodesFileEntry[] = [];
  const seen = new Set<string>();
  let rejected = 0;
  eachLine(bytes, where, list, (text, start, end, line) => {
    const entry = entryAt(system, text, start, end);
    if ('fault' in entry) {
      rejected += 1;
      const severity = entry.fault === 'blank-line' ? 'warning' : 'error';
      list.add(entry.fault, severity, `${where} line ${line}`, entry.message);
      return;
    }
    if (seen.size === seen.add(entry.code).size) {
      rejected += 1;
      const message = `${entry.code} was listed before; the first line of a code counts.`;
      list.add('duplicate-code', 'error', `${where} line ${line}`, message);
      return;
    }
    if (text.charCodeAt(end - 1) === blank) {
      const message = `The title of ${entry.code} ends with a blank, which is left off.`;
      list.add('trailing-blank', 'warning', `${where} line ${line}`, message);
    }
    codes.push(entry);
  });
  return { codes, rejected, findings: list.all() };
}
