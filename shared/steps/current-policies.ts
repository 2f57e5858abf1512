// What changes of policies make of an artifact as it is stored, replaced or removed: judged by every edition committed before
// the asking.
import type { Artifact } from '../core/artifact.ts';
import type { Finding } from '../core/finding.ts';
import type { Payer } from '../core/payer.ts';
import type { PolicyRef } from '../core/policy.ts';
import { normalizeProcedure } from '../core/procedure-code.ts';
import type { PolicyTable } from '../ports/policy-table.ts';
import type { KnownPolicyFinding } from '../ports/tenant-store.ts';
import {
  createPolicyHistories,
  hitsOf,
  type PolicyHistories,
  type PolicyHistory,
} from './policy-histories.ts';

/** What it reads from; `reference` is a ReferenceSource. */
export type CurrentPolicyPorts = {
  /** The authoritative table. */
  readonly policies: PolicyTable;
  readonly reference: { now(): { readonly policies: PolicyTable } };
  /** Payers of the configuration. */
  readonly payers: readonly Payer[];
};

/** What policies make of an artifact. */
export type PolicyJudgement = {
  /** To be stored: what puts it at risk, and what was known of it and holds. */
  readonly findings: readonly Finding[];
  /** Ids of findings known of it that hold no more. */
  readonly untrue: readonly string[];
};

/** Judges an artifact with the findings on policies known of it. */
export type JudgePolicies = (
  tenant: string,
  artifact: Artifact,
  known: readonly KnownPolicyFinding[],
) => Promise<PolicyJudgement>;

/** Answers a judge that knows every edition committed before the call. */
export type ReadPolicies = () => Promise<JudgePolicies>;

/** Effects by which an artifact stored after the change is at risk; that more is covered than before is no news to it. */
const atRisk: ReadonlySet<Finding['kind']> = new Set(['coverage-removed', 'coverage-conditional']);

const proceduresOf = (artifact: Artifact): readonly string[] =>
  artifact.type === 'template'
    ? []
    : [
        ...new Set(
          artifact.lines?.flatMap(({ procedure = '' }) => normalizeProcedure(procedure) ?? []),
        ),
      ];

/** The documents that may hit an artifact: those that name its procedures, and those that did hit it. */
async function historiesFor(
  histories: PolicyHistories,
  artifact: Artifact,
  known: readonly PolicyRef[],
): Promise<ReadonlySet<PolicyHistory>> {
  const naming = await Promise.all(proceduresOf(artifact).map(histories.naming));
  return new Set([...naming.flat(), ...(await Promise.all(known.map(histories.of)))]);
}

/** As found when the artifact was registered: under no edition's number. */
const registered = ({ seq: _, ...finding }: Finding): Finding => finding;

const judgeBy =
  (histories: PolicyHistories, payers: readonly Payer[]): JudgePolicies =>
  async (tenant, artifact, known) => {
    const all: Finding[] = [];
    for (const history of await historiesFor(histories, artifact, known)) {
      all.push(...hitsOf(tenant, history, artifact, payers).map(({ finding }) => finding));
    }
    const holding = new Set(all.map(({ id }) => id));
    const told = new Set(known.map(({ finding }) => finding));
    return {
      findings: all.filter(({ kind, id }) => atRisk.has(kind) || told.has(id)).map(registered),
      untrue: [...told].filter((id) => !holding.has(id)),
    };
  };

/** The newest edition of each source, as text that is another when any was committed. */
async function headOf(table: PolicyTable): Promise<string> {
  const sources = await table.sources();
  const editions = await Promise.all(sources.map((source) => table.edition(source)));
  return editions.map((edition) => `${edition?.source} ${edition?.seq} ${edition?.id}`).join('\n');
}

/**
 * Reads policies with every edition committed before the call. That matters: an edition that comes
 * while a claim is being stored is assessed against the uses it finds, and a claim it does not find
 * must see the edition. From the snapshot where it is as new; documents are read when first asked
 * for, and remembered until an edition comes.
 */
export function createCurrentPolicies({
  policies,
  reference,
  payers,
}: CurrentPolicyPorts): ReadPolicies {
  let kept: { readonly head: string; readonly judge: JudgePolicies } | undefined;
  return async () => {
    const head = await headOf(policies);
    if (kept?.head === head) return kept.judge;
    const snapshot = reference.now().policies;
    const isAsNew = snapshot !== policies && (await headOf(snapshot)) === head;
    const judge = judgeBy(createPolicyHistories(isAsNew ? snapshot : policies), payers);
    kept = { head, judge };
    return judge;
  };
}
