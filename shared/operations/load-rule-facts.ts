// Loads what scrub rules need to know of the codes of claims, beforehand, so that the rules are plain functions. What was
// loaded is kept for as long as the reference stays open: the next claims name mostly the same codes.
import type { CalendarDate } from '../core/calendar-date.ts';
import { type CodeSystemId, codeSystemIds, codeSystems } from '../core/code-system.ts';
import type { Payer } from '../core/payer.ts';
import type { CodeTable } from '../ports/code-table.ts';
import type { Reference } from '../ports/reference-source.ts';
import type { RuleBook } from '../ports/rule-book.ts';
import { codeOnDate } from '../scrub/code-on-date.ts';
import { createRuleBook } from '../scrub/create-rule-book.ts';
import { type DatedUse, datesOf, servicesOf } from '../scrub/dated-codes.ts';
import type { RuleFacts, Subject } from '../scrub/rule.ts';
import { openBelief } from './belief.ts';
import { type FactsScope, factsOn } from './code-facts.ts';
import { createKeptCodes, type Period, type PeriodOn } from './kept-codes.ts';
import { loadCoverage } from './load-coverage.ts';
import { createRecentMap } from './recent-map.ts';
import { readSystemDates, type SystemDates } from './system-dates.ts';

/** Reference data with the lists rules ask; without a book they know nothing of notes and edits. */
export type RuleReference = Reference & {
  readonly ruleBook?: RuleBook;
  /** Whose policies claims are compared with; without them coverage is not judged. */
  readonly payers?: readonly Payer[];
};

/** Rows of the categories kept: in each half of the map those of a whole release, 98,186 in FY2026. */
const familyRowsMax = 220_000;

/** Reads under way at once, where there is latency to hide. */
const concurrencyMax = 32;

/** What is kept of one reference as committed up to one sequence number of each system. Gone with it. */
type Kept = {
  readonly seqs: string;
  readonly dates: Readonly<Record<CodeSystemId, SystemDates>>;
  readonly families: FactsScope['families'];
  /** By the book whose notes and edits they are told with. */
  readonly codes: WeakMap<RuleBook, () => PeriodOn>;
};

const keptByTable = new WeakMap<CodeTable, Promise<Kept>>();

const noBook = createRuleBook({ tabular: [] });

/**
 * The facts of every code of the subjects on every date that governs it. Without a catalogue nothing is known of what is
 * below a header or beside a code, and every date is read anew.
 */
export async function loadRuleFacts(
  reference: RuleReference,
  subjects: readonly Subject[],
): Promise<RuleFacts> {
  const book = reference.ruleBook ?? noBook;
  const kept = await openKept(reference);
  const periodOn = keptCodes(kept, book)();
  await load(reference, kept, book, collect(subjects, periodOn));
  const coverage = await loadCoverage(reference, subjects);
  return {
    code(system, code, date) {
      const found = periodOn(system, date).get(code);
      if (!found) throw new Error(`a rule asks for a ${system} code on ${date} nobody loaded`);
      return found;
    },
    editionOn: (system, date) => kept.dates[system].editionOn(date),
    book,
    ...(coverage && { coverage }),
    knowsTree: reference.catalogue !== undefined,
    icd10Begins: codeSystems.icd10cm.begins,
  };
}

async function openKept(reference: Reference): Promise<Kept> {
  const { codeTable } = reference;
  const heads = await Promise.all(codeSystemIds.map((id) => codeTable.head(id)));
  const seqs = heads.map((head) => head?.seq).join();
  const before = await keptByTable.get(codeTable)?.catch(() => undefined);
  if (before?.seqs === seqs) return before;
  const opened = openAnew(reference, seqs);
  keptByTable.set(codeTable, opened);
  return opened;
}

async function openAnew({ codeTable, catalogue }: Reference, seqs: string): Promise<Kept> {
  // Reading every change to learn the dates is worth it from a snapshot only.
  const read = (system: CodeSystemId) =>
    readSystemDates(codeTable, system, catalogue !== undefined);
  const [icd10cm, icd10pcs, hcpcs] = await Promise.all([
    read('icd10cm'),
    read('icd10pcs'),
    read('hcpcs'),
  ]);
  return {
    seqs,
    dates: { icd10cm, icd10pcs, hcpcs },
    families: createRecentMap(familyRowsMax, ({ size }) => size + 1),
    codes: new WeakMap(),
  };
}

function keptCodes({ dates, codes }: Kept, book: RuleBook): () => PeriodOn {
  const before = codes.get(book);
  if (before) return before;
  // A slip may be a code of another system: all have a say in when an answer changes.
  const periodOf = (date: CalendarDate): string =>
    [...codeSystemIds.map((id) => dates[id].periodOf(date)), book.periodOf(date)].join(' ');
  const fresh = createKeptCodes(periodOf);
  codes.set(book, fresh);
  return fresh;
}

/** Codes that no earlier claim named in the period, each with a date of it. */
type Missing = Map<
  Period,
  { readonly system: CodeSystemId; readonly codes: Map<string, CalendarDate> }
>;

function collect(subjects: readonly Subject[], periodOn: PeriodOn): Missing {
  const missing: Missing = new Map();
  const need = (system: CodeSystemId, code: string, uses: readonly DatedUse[]): void => {
    for (const { date } of uses) {
      const period = periodOn(system, date);
      if (period.has(code)) continue;
      const others = missing.get(period)?.codes;
      if (others) others.set(code, date);
      else missing.set(period, { system, codes: new Map([[code, date]]) });
    }
  };
  for (const subject of subjects) {
    const { at, own } = datesOf(subject);
    for (const { system, code, position } of subject.diagnoses) {
      if (system === 'icd10cm') need(system, code, at(position));
    }
    for (const code of subject.procedures) need('icd10pcs', code, own);
    for (const { system, code, uses } of servicesOf(subject, own)) need(system, code, uses);
  }
  return missing;
}

async function load(
  { codeTable, catalogue }: Reference,
  { dates, families }: Kept,
  book: RuleBook,
  missing: Missing,
): Promise<void> {
  if (missing.size === 0) return;
  const beliefs = await Promise.all(codeSystemIds.map((id) => openBelief(codeTable, id)));
  const scopes = new Map<CodeSystemId, FactsScope>();
  for (const belief of beliefs) {
    const others = beliefs.filter((one) => one !== belief);
    const own = { belief, others, dates: dates[belief.system], families };
    scopes.set(belief.system, { ...own, ...(catalogue && { catalogue }) });
  }
  const waiting = eachOf(missing);
  const worker = async (): Promise<void> => {
    for (const { period, system, code, date } of waiting) {
      const scope = scopes.get(system);
      if (!scope) throw new Error(`no scope was opened for ${system}`);
      const facts = await factsOn(scope, code, date);
      period.set(code, codeOnDate({ system, code }, date, facts, book));
    }
  };
  // A snapshot answers at once: there is no latency to hide.
  const workers = catalogue ? 1 : concurrencyMax;
  await Promise.all(Array.from({ length: workers }, worker));
}

function* eachOf(missing: Missing) {
  for (const [period, { system, codes }] of missing) {
    for (const [code, date] of codes) yield { period, system, code, date };
  }
}
