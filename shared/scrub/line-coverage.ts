// What the payer's policies say of each line of a claim: its procedure with the diagnoses it points to, on its date.
import type { CalendarDate } from '../core/calendar-date.ts';
import { type CoverageReason, coverageOf } from '../core/coverage.ts';
import type { CoverageVerdict } from '../core/document-coverage.ts';
import { reachOf } from '../core/jurisdiction.ts';
import type { Payer } from '../core/payer.ts';
import type { PolicyVersion } from '../core/policy.ts';
import type { CoverageFacts, RuleFacts, Subject } from './rule.ts';

/** A line that policies speak of. Diagnoses in normal form, in the order it points. */
export type CoveredLine = {
  readonly line: number;
  readonly procedure: string;
  readonly diagnoses: readonly string[];
  /** The line's own date of service, else the one that governs the claim. */
  readonly date: CalendarDate;
  readonly payer: Payer;
  /**
   * `denied`: none of the diagnoses supports it, in any plan; `unsure`: one does under a condition, in some plan (a claim names
   * none), or not surely.
   */
  readonly outcome: 'paid' | 'unsure' | 'denied';
  /** Of the diagnosis that supports it best. */
  readonly reasons: readonly CoverageReason[];
};

/** The lines of a claim that policies speak of, and what keeps others from being judged. */
export type LineCoverage = {
  readonly lines: readonly CoveredLine[];
  /** Policies name a procedure of it, and its payer is none of those known. */
  readonly payerMissing: boolean;
  /** Policies of its payer name a procedure of it, some of them not everywhere, and it has no state, or one that is none. */
  readonly stateMissing: boolean;
};

const nothing: LineCoverage = { lines: [], payerMissing: false, stateMissing: false };

function diagnosesOf({ diagnoses }: Subject, pointers: readonly number[] | undefined): string[] {
  const pointed = pointers?.length
    ? diagnoses.filter(({ position }) => pointers.includes(position))
    : diagnoses;
  return [...new Set(pointed.filter(({ system }) => system === 'icd10cm').map(({ code }) => code))];
}

function outcomeOf(verdict: CoverageVerdict): CoveredLine['outcome'] {
  if (verdict === 'covered') return 'paid';
  return verdict === 'conditional' ? 'unsure' : 'denied';
}

const best = ['paid', 'unsure', 'denied'] as const;

/** What policies in force say of a line; undefined when they say nothing. */
function judge(
  documents: readonly PolicyVersion[],
  line: Omit<CoveredLine, 'outcome' | 'reasons'>,
  state: string | undefined,
): CoveredLine | undefined {
  const told = line.diagnoses.flatMap((diagnosis) => {
    const question = {
      procedure: line.procedure,
      diagnosis,
      ...(state !== undefined && { state }),
    };
    const { answer, policies } = coverageOf(documents, question);
    if (answer === 'no-policy') return [];
    return [{ outcome: outcomeOf(answer), reasons: policies }];
  });
  const [first] = told.sort((a, b) => best.indexOf(a.outcome) - best.indexOf(b.outcome));
  return first && { ...line, ...first };
}

function readLines(subject: Subject, facts: CoverageFacts): LineCoverage {
  const { state } = subject;
  const payer = facts.payerOf(subject);
  const lines: CoveredLine[] = [];
  let [payerMissing, stateMissing] = [false, false];
  for (const { number, procedure, dateOfService, pointers } of subject.lines) {
    const date = dateOfService ?? subject.date;
    if (procedure === undefined || date === undefined) continue;
    const all = facts.documentsOn(procedure, date);
    if (all.length === 0) continue;
    if (!payer) {
      payerMissing = true;
      continue;
    }
    const documents = all.filter((document) => document.payer === payer.id);
    if (documents.some((document) => reachOf(document, state) === 'unknown')) {
      stateMissing = true;
      continue;
    }
    const diagnoses = diagnosesOf(subject, pointers);
    const line = judge(documents, { line: number, procedure, diagnoses, date, payer }, state);
    if (line) lines.push(line);
  }
  return { lines, payerMissing, stateMissing };
}

/** Two rules ask of each claim. */
const known = new WeakMap<
  Subject,
  { readonly facts: CoverageFacts; readonly said: LineCoverage }
>();

function readOnce(subject: Subject, facts: CoverageFacts): LineCoverage {
  const before = known.get(subject);
  if (before?.facts === facts) return before.said;
  const said = readLines(subject, facts);
  known.set(subject, { facts, said });
  return said;
}

/** What policies say of the lines of a subject: nothing where none are kept, and of templates. */
export const lineCoverage = (subject: Subject, { coverage }: RuleFacts): LineCoverage =>
  coverage === undefined || subject.lines.length === 0 ? nothing : readOnce(subject, coverage);
