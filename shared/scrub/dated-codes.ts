// Which dates govern each code of a subject: those of the lines that point to it, else the claim's own.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { CodeSystemId } from '../core/code-system.ts';
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

/** The codes of a subject. */
export type DatedCodes = {
  readonly diagnoses: readonly DatedDiagnosis[];
  readonly procedures: readonly DatedProcedure[];
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
  const [first] = uses;
  if (!first) return otherwise;
  return uses.every(({ date }) => date === first.date) ? [{ date: first.date }] : uses;
}
