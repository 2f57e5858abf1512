// Loads the policies on the procedures of claims beforehand, so that the coverage rule is a plain function. What was loaded is
// kept until a source of policies has a newer edition.
import type { CalendarDate } from '../core/calendar-date.ts';
import { type Payer, payerOf } from '../core/payer.ts';
import type { PolicyRef, PolicyVersion } from '../core/policy.ts';
import { policyInForce } from '../core/policy-timeline.ts';
import { normalizeProcedure } from '../core/procedure-code.ts';
import type { PolicyTable } from '../ports/policy-table.ts';
import type { CoverageFacts, Subject } from '../scrub/rule.ts';

/** Policies and the payers they are of. */
export type CoverageReference = {
  readonly policies: PolicyTable;
  /** Payers of the configuration; without them no claim can be told to be anyone's. */
  readonly payers?: readonly Payer[];
};

/** Procedures remembered, with their documents. */
const proceduresMax = 20_000;
/** Answers by procedure and date that are remembered. */
const answersMax = 50_000;

/** What is kept of one state of the policies. */
type Kept = {
  readonly stamp: string;
  readonly byProcedure: Map<string, readonly (readonly PolicyVersion[])[]>;
  readonly documents: Map<string, readonly PolicyVersion[]>;
  readonly answers: Map<string, readonly PolicyVersion[]>;
};

const keptByTable = new WeakMap<PolicyTable, Kept>();

const none: readonly PolicyVersion[] = [];

async function stampOf(policies: PolicyTable): Promise<string | undefined> {
  const sources = await policies.sources();
  if (sources.length === 0) return undefined;
  const editions = await Promise.all(sources.map((source) => policies.edition(source)));
  return editions.map((edition) => `${edition?.source}#${edition?.seq}`).join();
}

function keptOf(policies: PolicyTable, stamp: string): Kept {
  const known = keptByTable.get(policies);
  if (known?.stamp === stamp && known.byProcedure.size < proceduresMax) return known;
  const fresh = { stamp, byProcedure: new Map(), documents: new Map(), answers: new Map() };
  keptByTable.set(policies, fresh);
  return fresh;
}

/** Texts are most of a document, and no rule reads them. */
const withoutTexts = (version: PolicyVersion): PolicyVersion => ({
  ...version,
  texts: {},
  revisions: [],
});

async function readDocument(
  policies: PolicyTable,
  { documents }: Kept,
  ref: PolicyRef,
): Promise<readonly PolicyVersion[]> {
  const name = `${ref.source}#${ref.id}`;
  const known = documents.get(name);
  if (known) return known;
  const versions = (await policies.versions(ref)).map(withoutTexts);
  documents.set(name, versions);
  return versions;
}

async function load(policies: PolicyTable, kept: Kept, procedure: string): Promise<void> {
  const refs = await policies.naming(procedure);
  const documents = await Promise.all(refs.map((ref) => readDocument(policies, kept, ref)));
  kept.byProcedure.set(procedure, documents);
}

function documentsIn(kept: Kept, procedure: string, date: CalendarDate): readonly PolicyVersion[] {
  const documents = kept.byProcedure.get(procedure);
  if (!documents || documents.length === 0) return none;
  const name = `${procedure} ${date}`;
  const known = kept.answers.get(name);
  if (known) return known;
  const inForce = documents.flatMap((versions) => policyInForce(versions, date) ?? []);
  if (kept.answers.size >= answersMax) kept.answers.clear();
  kept.answers.set(name, inForce);
  return inForce;
}

/** The policies on the procedures of these claims; undefined where none are kept, or no payer is configured. */
export async function loadCoverage(
  { policies, payers = [] }: CoverageReference,
  subjects: readonly Subject[],
): Promise<CoverageFacts | undefined> {
  if (payers.length === 0) return undefined;
  const stamp = await stampOf(policies);
  if (stamp === undefined) return undefined;
  const kept = keptOf(policies, stamp);
  const missing = new Set<string>();
  for (const { lines } of subjects) {
    for (const { procedure } of lines) {
      if (procedure !== undefined && !kept.byProcedure.has(procedure)) missing.add(procedure);
    }
  }
  for (const procedure of missing) {
    const isCode = normalizeProcedure(procedure) === procedure;
    if (isCode) await load(policies, kept, procedure);
    else kept.byProcedure.set(procedure, []);
  }
  return {
    payerOf: (subject) => payerOf(subject, payers),
    documentsOn: (procedure, date) => documentsIn(kept, procedure, date),
  };
}
