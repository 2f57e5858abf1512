// Which dates govern each code of a subject: those of the lines that point to it, else the claim's own.
import type { CalendarDate } from '../core/calendar-date.ts';
import { type CodeSystemId, normalizeCode } from '../core/code-system.ts';
import type { Subject, SubjectDiagnosis } from './rule.ts';

/** A date a code is used on; `line` only where the lines that point to it differ in date. */
export type DatedUse = { readonly date: CalendarDate; readonly line?: number };

/** A diagnosis with its dates; none where nothing is known of them. */
export type DatedDiagnosis = SubjectDiagnosis & { readonly uses: readonly DatedUse[] };

/** An ICD-10-PCS code with its dates. */
export type DatedProcedure = {
  readonly system: Extract<CodeSystemId, 'icd10pcs'>;
  readonly code: string;
  readonly uses: readonly DatedUse[];
};

/** An HCPCS Level II code with its dates. */
export type DatedService = {
  readonly system: Extract<CodeSystemId, 'hcpcs'>;
  readonly code: string;
  readonly uses: readonly DatedUse[];
};

/** The codes of a subject. */
export type DatedCodes = {
  readonly diagnoses: readonly DatedDiagnosis[];
  readonly procedures: readonly DatedProcedure[];
  /** In the order of the lines; then those listed besides. */
  readonly services: readonly DatedService[];
};

/** The codes of a subject with their dates. */
export function datedCodes(subject: Subject): DatedCodes {
  const own: readonly DatedUse[] = subject.date === undefined ? [] : [{ date: subject.date }];
  // Discharge governs an inpatient claim, whatever its lines say.
  const byLine = subject.setting !== 'inpatient' && subject.lines.some(({ date }) => date);
  return {
    diagnoses: subject.diagnoses.map(({ position, system, code, role }) => {
      const uses = byLine ? usesByLine(subject, position, own) : own;
      return { position, system, code, role, uses };
    }),
    procedures: subject.procedures.map((code) => ({ system: 'icd10pcs', code, uses: own })),
    services: servicesOf(subject, own),
  };
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
  return uses.length > 0 ? onceWhereAlike(uses) : otherwise;
}

/** Where all lines are of one date, that date; no line is told then. */
function onceWhereAlike(uses: readonly DatedUse[]): readonly DatedUse[] {
  const [first] = uses;
  return first && uses.every(({ date }) => date === first.date) ? [{ date: first.date }] : uses;
}

const noServices: readonly DatedService[] = [];

/**
 * Each on the dates of its lines. On lines of inpatient claims stand rate codes (HIPPS), too, of which some are written like
 * HCPCS codes: those lines are left alone.
 */
function servicesOf(
  { lines, hcpcs = [], setting, date: own }: Subject,
  otherwise: readonly DatedUse[],
): readonly DatedService[] {
  const found = new Map<string, DatedUse[]>();
  for (const { number, procedure, date = own } of setting === 'inpatient' ? [] : lines) {
    const code = procedure === undefined ? undefined : normalizeCode('hcpcs', procedure);
    if (code === undefined) continue;
    const uses = found.get(code) ?? [];
    if (date !== undefined) uses.push({ date, line: number });
    found.set(code, uses);
  }
  if (found.size + hcpcs.length === 0) return noServices;
  return [
    ...[...found].map(([code, uses]) => ({ code, uses: onceWhereAlike(uses) })),
    ...hcpcs.map((code) => ({ code, uses: otherwise })),
  ].map((one) => ({ system: 'hcpcs', ...one }));
}
