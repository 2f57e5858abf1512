// Words the rules share: codes with dot and title, choices, and the publications they rest on.
import type { CalendarDate } from '../core/calendar-date.ts';
import { fiscalYearOf } from '../core/calendar-date.ts';
import type { Replacement } from '../core/change.ts';
import { type CodeSystemId, codeSystems, formatCode } from '../core/code-system.ts';
import type { TabularOnDate } from '../ports/rule-book.ts';
import type { CodeFacts } from './code-facts.ts';

/** The code as officially written; what cannot be a code, as it was given. */
export const written = (system: CodeSystemId, code: string): string =>
  codeSystems[system].codeShape.test(code) ? formatCode(system, code) : code;

/** A code with its title, as far as it has one: `M54.51 (Vertebrogenic low back pain)`. */
export function named(system: CodeSystemId, code: string, title?: string | null): string {
  const text = written(system, code);
  return title ? `${text} (${title})` : text;
}

/** Codes named in one sentence at most. */
const namedMax = 4;

/** A choice: `A`, `A or B`, `A, B or C`; of many the first ones and how many there are in all. */
export function choiceOf(
  system: CodeSystemId,
  codes: readonly { readonly code: string; readonly title?: string | null }[],
): string {
  const all = codes.slice(0, namedMax).map(({ code, title }) => named(system, code, title));
  if (codes.length > namedMax) return `${all.join(', ')} or another of ${codes.length} codes`;
  const last = all.pop() ?? '';
  return all.length === 0 ? last : `${all.join(', ')} or ${last}`;
}

/** Replacements as an item answers them: with dot, without titles. */
export const answered = (
  system: CodeSystemId,
  replacements: CodeFacts['replacedBy'],
): readonly Replacement[] =>
  replacements.map(({ code, source, effective }) => ({
    code: written(system, code),
    source,
    effective,
  }));

const publisher: Readonly<Record<CodeSystemId, string>> = {
  icd10cm: 'CDC/NCHS',
  icd10pcs: 'CMS',
  hcpcs: 'CMS',
};

/** What says which codes there are, and which took whose place. */
export const codeFilesAndConversions =
  'ICD-10-CM (CDC/NCHS) and ICD-10-PCS (CMS) order files and conversion tables; HCPCS Level II quarterly files (CMS)';

/** The release a judgement on a code rests on. */
export const releaseSource = (system: CodeSystemId, edition: CalendarDate | null): string =>
  edition === null
    ? `${codeSystems[system].title} releases (${publisher[system]})`
    : `${codeSystems[system].title} release effective ${edition} (${publisher[system]})`;

/** A section of the coding guidelines. */
export const guideline = (section: string): string =>
  `ICD-10-CM Official Guidelines for Coding and Reporting, section ${section}`;

/** An edit of the Medicare Code Editor. */
export const editSource = (version: string, edit: string): string =>
  `Medicare Code Editor v${version}, ${edit}`;

/** The tabular list a note stands in; where it is not the one of the date, that too. */
export const tabularSource = ({ effective, exact }: TabularOnDate, date: CalendarDate): string =>
  exact
    ? `ICD-10-CM tabular list effective ${effective} (CDC/NCHS)`
    : `ICD-10-CM tabular list effective ${effective} (CDC/NCHS), for want of the one of fiscal year ${fiscalYearOf(date)}`;
