// Loads what scrub rules need to know of the codes of claims, beforehand, so that the rules are plain functions. What was
// loaded is kept for as long as the reference stays open: the next claims name mostly the same codes.
import type { CalendarDate } from '../core/calendar-date.ts';
import { type CodeSystemId, codeSystemIds, codeSystems } from '../core/code-system.ts';
import type { Payer } from '../core/payer.ts';
import type { Catalogue } from '../ports/catalogue.ts';
import type { CodeTable } from '../ports/code-table.ts';
import type { Reference } from '../ports/reference-source.ts';
import type { RuleBook } from '../ports/rule-book.ts';
import { createRuleBook } from '../scrub/create-rule-book.ts';
import { datedCodes } from '../scrub/dated-codes.ts';
import type { CodeFacts, RuleFacts, Subject } from '../scrub/rule.ts';
import { openBelief } from './belief.ts';
import { type FactsScope, factsOn } from './code-facts.ts';
import { loadCoverage } from './load-coverage.ts';
import { createRecentMap, type RecentMap } from './recent-map.ts';
import { readSystemDates, type SystemDates } from './system-dates.ts';

/** Reference data with the lists rules ask; without a book they know nothing of notes and edits. */
export type RuleReference = Reference & {
  readonly ruleBook?: RuleBook;
  /** Whose policies claims are compared with; without them coverage is not judged. */
  readonly payers?: readonly Payer[];
};

/**
 * Codes kept, each in each period it was asked for: at least half as many, and all billable ones are 75,000 (some 130 MB
 * with their categories). Rows of the categories they stand in.
 */
const codesMax = 100_000;
const familyRowsMax = 150_000;

/** Reads under way at once, where there is latency to hide. */
const concurrencyMax = 32;

/** What is kept of one system as committed up to one sequence number. */
type Kept = {
  readonly seq: number | undefined;
  readonly dates: SystemDates;
  readonly facts: RecentMap<CodeFacts>;
  readonly families: FactsScope['families'];
};

/** What is kept of one open reference. Gone with it. */
type KeptReference = { [system in CodeSystemId]?: Promise<Kept> };

const keptByTable = new WeakMap<CodeTable, KeptReference>();

const noBook = createRuleBook({ tabular: [] });

/** A code on a date that no earlier claim named. */
type Missing = {
  readonly system: CodeSystemId;
  readonly code: string;
  readonly date: CalendarDate;
};

type Loaded = Readonly<Record<CodeSystemId, Map<CalendarDate, Map<string, CodeFacts>>>>;

/**
 * The facts of every code of the subjects on every date that governs it. Without a catalogue nothing is known of what is
 * below a header or beside a code, and every date is read anew.
 */
export async function loadRuleFacts(
  reference: RuleReference,
  subjects: readonly Subject[],
): Promise<RuleFacts> {
  const loaded: Loaded = { icd10cm: new Map(), icd10pcs: new Map(), hcpcs: new Map() };
  const kept = await openKept(reference);
  const missing = collect(subjects, loaded, kept);
  await load(reference, kept, missing, loaded);
  const coverage = await loadCoverage(reference, subjects);
  return {
    code(system, code, date) {
      const facts = loaded[system].get(date)?.get(code);
      if (!facts) throw new Error(`a rule asks for a ${system} code on ${date} nobody loaded`);
      return facts;
    },
    editionOn: (system, date) => kept[system].dates.editionOn(date),
    book: reference.ruleBook ?? noBook,
    ...(coverage && { coverage }),
    knowsTree: reference.catalogue !== undefined,
    icd10Begins: codeSystems.icd10cm.begins,
  };
}

type AllKept = Readonly<Record<CodeSystemId, Kept>>;

async function openKept({ codeTable, catalogue }: Reference): Promise<AllKept> {
  const own: KeptReference = keptByTable.get(codeTable) ?? {};
  keptByTable.set(codeTable, own);
  const open = async (system: CodeSystemId): Promise<Kept> => {
    const seq = (await codeTable.head(system))?.seq;
    const before = await own[system]?.catch(() => undefined);
    if (before && before.seq === seq) return before;
    const opened = openSystem(codeTable, catalogue, system, seq);
    own[system] = opened;
    return opened;
  };
  const [icd10cm, icd10pcs, hcpcs] = await Promise.all([
    open('icd10cm'),
    open('icd10pcs'),
    open('hcpcs'),
  ]);
  return { icd10cm, icd10pcs, hcpcs };
}

async function openSystem(
  codeTable: CodeTable,
  catalogue: Catalogue | undefined,
  system: CodeSystemId,
  seq: number | undefined,
): Promise<Kept> {
  return {
    seq,
    // Reading every change to learn the dates is worth it from a snapshot only.
    dates: await readSystemDates(codeTable, system, catalogue !== undefined),
    facts: createRecentMap(codesMax, () => 1),
    families: createRecentMap(familyRowsMax, ({ size }) => size + 1),
  };
}

/** Takes what is kept already; answers what is not. */
function collect(subjects: readonly Subject[], loaded: Loaded, kept: AllKept): readonly Missing[] {
  const missing = new Map<string, Missing>();
  for (const subject of subjects) {
    const { diagnoses, procedures, services } = datedCodes(subject);
    for (const { system, code, uses } of [...diagnoses, ...procedures, ...services]) {
      if (system === 'icd9cm') continue;
      for (const { date } of uses) {
        const known = onDate(loaded, system, date);
        if (known.has(code)) continue;
        const before = recall(kept[system], code, date);
        if (before) known.set(code, before);
        else missing.set(`${system} ${date} ${code}`, { system, code, date });
      }
    }
  }
  return [...missing.values()];
}

function onDate(loaded: Loaded, system: CodeSystemId, date: CalendarDate): Map<string, CodeFacts> {
  const before = loaded[system].get(date);
  if (before) return before;
  const fresh = new Map<string, CodeFacts>();
  loaded[system].set(date, fresh);
  return fresh;
}

/**
 * What is kept of a code. A billable one is the same for as long as nothing changes in its category; what else a code is
 * has to do with others anywhere: replacements, near misses.
 */
const recall = ({ facts, dates }: Kept, code: string, date: CalendarDate): CodeFacts | undefined =>
  facts.get(dates.inCategory(code, date)) ?? facts.get(dates.inSystem(code, date));

function remember({ facts, dates }: Kept, code: string, date: CalendarDate, own: CodeFacts): void {
  const key = own.status === 'billable' ? dates.inCategory(code, date) : dates.inSystem(code, date);
  facts.set(key, own);
}

async function load(
  { codeTable, catalogue }: Reference,
  kept: AllKept,
  missing: readonly Missing[],
  loaded: Loaded,
): Promise<void> {
  if (missing.length === 0) return;
  const beliefs = await Promise.all(codeSystemIds.map((id) => openBelief(codeTable, id)));
  const scopes = new Map<CodeSystemId, FactsScope>();
  for (const belief of beliefs) {
    const { dates, families } = kept[belief.system];
    const others = beliefs.filter((one) => one !== belief);
    const scope = { belief, others, dates, families, ...(catalogue && { catalogue }) };
    scopes.set(belief.system, scope);
  }
  const waiting = missing.values();
  const worker = async (): Promise<void> => {
    for (const { system, code, date } of waiting) {
      const scope = scopes.get(system);
      if (!scope) throw new Error(`no scope was opened for ${system}`);
      const found = recall(kept[system], code, date) ?? (await factsOn(scope, code, date));
      remember(kept[system], code, date, found);
      onDate(loaded, system, date).set(code, found);
    }
  };
  // A snapshot answers at once: there is no latency to hide.
  const workers = catalogue ? 1 : concurrencyMax;
  await Promise.all(Array.from({ length: workers }, worker));
}
