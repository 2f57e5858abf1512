// The codes of a subject as rules go through them: each on each of its dates, with what is known of it. Looked up once a
// subject, for all rules.
import type { CalendarDate } from '../core/calendar-date.ts';
import { type CodeSystemId, isIcd10 } from '../core/code-system.ts';
import type { TabularOnDate } from '../ports/rule-book.ts';
import {
  type DatedDiagnosis,
  type DatedProcedure,
  type DatedService,
  type DatedUse,
  datedCodes,
} from './dated-codes.ts';
import { type Sought, soughtCode } from './note-reach.ts';
import { type NotesOver, notesOver } from './notes-over.ts';
import type { CodeFacts, RuleFacts, ScrubItem, Subject } from './rule.ts';

/** A code on a date. */
export type KnownUse = DatedUse & {
  readonly known: CodeFacts;
  /** Of the Medicare Code Editor; empty without its lists. */
  readonly flags: ReadonlySet<string>;
};

/** A tabular list, and what its notes say of a code. */
export type KnownNotes = { readonly list: TabularOnDate; readonly over: NotesOver };

/** A code with its dates and what is known of it on each. */
export type KnownCode = {
  readonly system: CodeSystemId;
  readonly code: string;
  readonly uses: readonly KnownUse[];
};

/** A diagnosis of ICD-10-CM. */
export type KnownDiagnosis = Omit<DatedDiagnosis, 'system' | 'uses'> & {
  readonly system: 'icd10cm';
  readonly uses: readonly KnownUse[];
  /** Itself, as notes over others look for it. */
  readonly sought: Sought;
  /** On the first of its dates; absent without a tabular list, and of templates, which are no encounter. */
  readonly notes?: KnownNotes;
};

/** A subject as rules go through it. */
export type KnownCodes = {
  /** In the claim's order, ICD-9-CM included. */
  readonly diagnoses: readonly DatedDiagnosis[];
  /** Every ICD-10 code: diagnoses, then procedures. */
  readonly codes: readonly KnownCode[];
  /** HCPCS Level II codes. */
  readonly services: readonly KnownCode[];
  /** Codes and services that are not billable on every one of their dates. Of most claims there are none. */
  readonly unbillable: readonly KnownCode[];
  /** ICD-10-CM diagnoses that stand for what was treated: neither admitting nor reason for visit. */
  readonly reported: readonly KnownDiagnosis[];
  /** The principal (first-listed) diagnosis of a claim, when it is of ICD-10-CM. */
  readonly first: KnownDiagnosis | undefined;
};

type Lookup = {
  readonly subject: Subject;
  readonly facts: RuleFacts;
  readonly found: KnownCodes;
};

// All rules ask for one subject after the other: the last answer is the next one's.
let last: Lookup | undefined;

/** The codes of a subject and what is known of them. */
export function knownCodes(subject: Subject, facts: RuleFacts): KnownCodes {
  if (last?.subject === subject && last.facts === facts) return last.found;
  const found = lookUp(subject, facts);
  last = { subject, facts, found };
  return found;
}

const noFlags: ReadonlySet<string> = new Set();

function lookUp(subject: Subject, facts: RuleFacts): KnownCodes {
  const { diagnoses, procedures, services: billed } = datedCodes(subject);
  const icd10: KnownDiagnosis[] = [];
  for (const { position, system, code, role, uses } of diagnoses) {
    if (system === 'icd9cm') continue;
    const known = usesOf(system, code, uses, facts);
    const notes = subject.type === 'claim' ? notesOf(code, known, facts) : undefined;
    const common = { position, system, code, role, uses: known, sought: soughtCode(code) };
    icd10.push(notes ? { ...common, notes } : common);
  }
  const codes = procedures.length === 0 ? icd10 : [...icd10, ...procedures.map(known)];
  const services = billed.map(known);
  const all = services.length === 0 ? codes : [...codes, ...services];
  return {
    diagnoses,
    codes,
    services,
    unbillable: all.every(isBillable) ? [] : all.filter((code) => !isBillable(code)),
    reported: icd10.filter(({ role }) => role !== 'admitting' && role !== 'reason-for-visit'),
    first: subject.type === 'claim' ? firstOf(diagnoses, icd10) : undefined,
  };

  function known({ system, code, uses }: DatedProcedure | DatedService): KnownCode {
    return { system, code, uses: usesOf(system, code, uses, facts) };
  }
}

function notesOf(
  code: string,
  [first]: readonly KnownUse[],
  { book }: RuleFacts,
): KnownNotes | undefined {
  const list = first && book.tabularOn(first.date);
  return list && { list, over: notesOver(list, code) };
}

const isBillable = ({ uses }: KnownCode): boolean =>
  uses.every(({ known }) => known.status === 'billable');

const usesOf = (
  system: CodeSystemId,
  code: string,
  uses: readonly DatedUse[],
  facts: RuleFacts,
): readonly KnownUse[] =>
  uses.map(({ date, line }) => {
    const known = facts.code(system, code, date);
    const edits = isIcd10(system) ? facts.book.edits?.flagsOn(system, code, date) : undefined;
    const flags = edits ?? noFlags;
    return line === undefined ? { date, known, flags } : { date, line, known, flags };
  });

/** What is marked as principal; a claim that marks none lists it first. */
function firstOf(
  diagnoses: readonly DatedDiagnosis[],
  icd10: readonly KnownDiagnosis[],
): KnownDiagnosis | undefined {
  const first =
    diagnoses.find(({ role }) => role === 'principal') ??
    diagnoses.find(({ role }) => role === 'other');
  return first && icd10.find(({ position }) => position === first.position);
}

/** The first date two diagnoses share; undefined when they belong to services of different days. */
export function sharedDate(one: KnownDiagnosis, other: KnownDiagnosis): CalendarDate | undefined {
  return one.uses.find(({ date }) => other.uses.some((use) => use.date === date))?.date;
}

/** A judgement of one code on one date. */
export type Judge<C extends KnownCode> = (code: C, use: KnownUse) => ScrubItem | undefined;

const nothing: readonly ScrubItem[] = [];

/**
 * What a rule says of each code on each of its dates: once where it says it of all of them, else for the lines it
 * concerns.
 */
export function judgeEach<C extends KnownCode>(
  codes: readonly C[],
  judge: Judge<C>,
): readonly ScrubItem[] {
  let items: ScrubItem[] | undefined;
  for (const code of codes) {
    const told = judgeOne(code, judge);
    if (told.length > 0) items = items ? [...items, ...told] : [...told];
  }
  return items ?? nothing;
}

function judgeOne<C extends KnownCode>(code: C, judge: Judge<C>): readonly ScrubItem[] {
  const { uses } = code;
  const [only] = uses;
  if (!only) return nothing;
  if (uses.length === 1) {
    const item = judge(code, only);
    return item ? [item] : nothing;
  }
  return alwaysOrByLine(uses, (use) => judge(code, use));
}

/** What is found of all uses, told once and of no line; else what is found of some, told of their lines. */
export function alwaysOrByLine<U extends DatedUse>(
  uses: readonly U[],
  judge: (use: U) => ScrubItem | undefined,
): readonly ScrubItem[] {
  const told = uses.flatMap((use): ScrubItem[] => {
    const item = judge(use);
    return item ? [use.line === undefined ? item : { ...item, line: use.line }] : [];
  });
  const [first] = told;
  if (!first || told.length < uses.length) return told;
  const { line: _, ...always } = first;
  return [always];
}
