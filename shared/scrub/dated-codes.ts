// Which dates govern each code of a subject: those of the lines that point to it, else the claim's own.
import type { CalendarDate } from '../core/calendar-date.ts';
import { type CodeSystemId, normalizeCode } from '../core/code-system.ts';
import type { Subject, SubjectDiagnosis } from './rule.ts';

/** A date a code is used on; `line` only where the lines that point to it differ in date. */
export type DatedUse = { readonly date: CalendarDate; readonly line?: number };

/** A diagnosis with its dates; none where nothing is known of them. */
export type DatedDiagnosis = SubjectDiagnosis & {
  /** The code as officially written. */
  readonly text: string;
  readonly uses: readonly DatedUse[];
};

/** An HCPCS Level II code with its dates. */
export type DatedService = {
  readonly system: Extract<CodeSystemId, 'hcpcs'>;
  readonly code: string;
  readonly uses: readonly DatedUse[];
};

/** The dates of the codes of a subject. */
export type CodeDates = {
  /** Of the diagnosis at a position. */
  readonly at: (position: number) => readonly DatedUse[];
  /** Of ICD-10-PCS codes. */
  readonly own: readonly DatedUse[];
};

/** The dates of the codes of a subject: of most claims one for all, and then the same array for all. */
export function datesOf(subject: Subject): CodeDates {
  const own: readonly DatedUse[] = subject.date === undefined ? [] : [{ date: subject.date }];
  // Discharge governs an inpatient claim, whatever its lines say.
  const byLine = subject.setting !== 'inpatient' && subject.lines.some(({ date }) => date);
  return { own, at: byLine ? (position) => usesByLine(subject, position, own) : () => own };
}

function usesByLine(
  { lines, date: own }: Subject,
  position: number,
  otherwise: readonly DatedUse[],
): readonly DatedUse[] {
  const uses: (DatedUse & { readonly line: number })[] = [];
  for (const { number, date = own, pointers } of lines) {
    if (date !== undefined && pointers?.includes(position)) uses.push({ date, line: number });
  }
  return uses.length > 0 ? onceWhereAlike(uses, otherwise) : otherwise;
}

/** Where all lines are of one date, that date (`own` where it is the claim's); no line is told then. */
function onceWhereAlike(uses: readonly DatedUse[], own: readonly DatedUse[]): readonly DatedUse[] {
  const [first] = uses;
  if (!first || uses.some(({ date }) => date !== first.date)) return uses;
  return first.date === own[0]?.date ? own : [{ date: first.date }];
}

const noServices: readonly DatedService[] = [];

/** HCPCS codes begin with a letter, which most procedures on claims do not. */
const mayBeHcpcs = (procedure: string): boolean => /^\s*[A-Za-z]/.test(procedure);

/**
 * HCPCS Level II codes in the order of the lines, each on the dates of its lines; then those listed besides, on `own` dates
 * of the subject. On lines of inpatient claims stand rate codes (HIPPS), too, of which some are written like HCPCS codes:
 * those lines are left alone.
 */
export function servicesOf(
  { lines, hcpcs = [], setting, date: ownDate }: Subject,
  own: readonly DatedUse[],
): readonly DatedService[] {
  const isBilled =
    setting !== 'inpatient' && lines.some(({ procedure = '' }) => mayBeHcpcs(procedure));
  if (!isBilled && hcpcs.length === 0) return noServices;
  const found = new Map<string, DatedUse[]>();
  for (const { number, procedure = '', date = ownDate } of isBilled ? lines : []) {
    const code = normalizeCode('hcpcs', procedure);
    if (code === undefined) continue;
    const uses = found.get(code) ?? [];
    if (date !== undefined) uses.push({ date, line: number });
    found.set(code, uses);
  }
  return [
    ...[...found].map(([code, uses]) => ({ code, uses: onceWhereAlike(uses, own) })),
    ...hcpcs.map((code) => ({ code, uses: own })),
  ].map((one) => ({ system: 'hcpcs', ...one }));
}
