// Reads the codes of a rule: diagnoses with ranges and wildcards, procedures as identifiers.
import { type CodeRange, isReversed } from '../../core/code-range.ts';
import { normalizeCode } from '../../core/code-system.ts';
import type { DiagnosisSet } from '../../core/policy.ts';
import type { FindingList } from '../../formats/finding-list.ts';

/** Every code of ICD-10-CM, which begins at A00 and ends with the chapter of U00-U85, behind Z99. */
export const anyDiagnosis: CodeRange = { from: 'A00', to: 'U99' };

const procedureShape = /^(?:\d{4}[\dFTUM]|[A-V]\d{4})$/;

/** A CPT or HCPCS code in upper case, or undefined when the text cannot be one. */
export function procedureCode(text: string): string | undefined {
  const code = text.trim().toUpperCase();
  return procedureShape.test(code) ? code : undefined;
}

/**
 * Every ICD-10-CM code begins with a letter, has a digit in its second or third place (`M54`, `QA0`; none begins with XX),
 * and its dot only behind the third character.
 */
const diagnosisCode = (text: string): string | undefined =>
  /^\s*(?!XX)[A-Z][0-9A-Z]?\d/i.test(text) && !text.trim().endsWith('.')
    ? normalizeCode('icd10cm', text)
    : undefined;

/** How Medicare's articles write what `*` says here. */
const medicareAny = /^XX0\.?00$/i;

type Read =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'range'; readonly range: CodeRange }
  | { readonly kind: 'any' }
  | { readonly kind: 'fault'; readonly code: string; readonly message: string };

const fault = (code: string, message: string): Read => ({ kind: 'fault', code, message });

function readWildcard(text: string, shown: string): Read {
  const stem = diagnosisCode(text.slice(0, -1).replace(/\.$/, ''));
  if (stem !== undefined) return { kind: 'range', range: { from: stem, to: stem } };
  const message = `"${shown}" has no code before its *; write M54.* or M54.5*.`;
  return fault('diagnosis-wildcard', message);
}

function readRange(text: string, shown: string): Read {
  const [from, to, ...others] = text.split('-').map(diagnosisCode);
  if (from === undefined || to === undefined || others.length > 0) {
    return fault(
      'diagnosis-range',
      `"${shown}" is no range; write M54.50-M54.59, both ends whole.`,
    );
  }
  if (!isReversed({ from, to })) return { kind: 'range', range: { from, to } };
  return fault(
    'diagnosis-range-reversed',
    `"${shown}" ends before it begins, as the Tabular List has them. Swap its ends.`,
  );
}

function readDiagnosis(written: string): Read {
  const text = written.trim();
  const shown = text.slice(0, 30);
  if (text === '*') return { kind: 'any' };
  if (/[,;|]|\s/.test(text)) {
    return fault('diagnosis-list', `"${shown}" is more than one code; give each by itself.`);
  }
  if (text.includes('-')) return readRange(text, shown);
  if (text.endsWith('*')) return readWildcard(text, shown);
  const code = diagnosisCode(text);
  if (code !== undefined) return { kind: 'code', code };
  if (medicareAny.test(text)) {
    return fault('diagnosis-code', `"${shown}" is Medicare's word for every code; write *.`);
  }
  return fault('diagnosis-code', `"${shown}" cannot be an ICD-10-CM code.`);
}

/** The diagnoses of a rule; `any` when `*` is among them. */
export type ReadDiagnoses = { readonly set: DiagnosisSet; readonly any: boolean };

/**
 * Reads them in any order and case. Findings that are errors: `diagnosis-code`, `diagnosis-range`,
 * `diagnosis-range-reversed`, `diagnosis-wildcard`, `diagnosis-list`; a warning: `diagnosis-repeated`.
 */
export function readDiagnoses(
  written: readonly string[],
  where: string,
  list: FindingList,
): ReadDiagnoses {
  const codes = new Set<string>();
  const ranges: CodeRange[] = [];
  let any = false;
  written.forEach((text, at) => {
    const place = `${where} diagnoses[${at}]`;
    const read = readDiagnosis(text);
    if (read.kind === 'fault') {
      list.add(read.code, 'error', place, read.message);
    } else if (read.kind === 'any') {
      any = true;
    } else if (read.kind === 'range') {
      ranges.push(read.range);
    } else if (codes.has(read.code)) {
      list.add('diagnosis-repeated', 'warning', place, `${text.trim()} is listed twice.`);
    } else {
      codes.add(read.code);
    }
  });
  return { set: { codes: [...codes], ranges }, any };
}

/** The procedures of a group; `where` is the list. Findings: `procedure-code` (error), `procedure-repeated` (warning). */
export function readProcedures(
  written: readonly string[],
  where: string,
  list: FindingList,
): readonly string[] {
  const codes = new Set<string>();
  written.forEach((text, at) => {
    const code = procedureCode(text);
    const place = `${where}[${at}]`;
    if (code === undefined) {
      const message = `"${text.slice(0, 20)}" cannot be a CPT or HCPCS code.`;
      list.add('procedure-code', 'error', place, message);
    } else if (codes.has(code)) {
      list.add('procedure-repeated', 'warning', place, `${code} is listed twice.`);
    } else {
      codes.add(code);
    }
  });
  return [...codes];
}
