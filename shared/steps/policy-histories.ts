// Documents with all that changed in them since their source is followed, and what of it hits an artifact: the same whether
// an edition comes to artifacts or an artifact to editions.
import type { Artifact } from '../core/artifact.ts';
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Finding } from '../core/finding.ts';
import type { Payer } from '../core/payer.ts';
import type { PolicyChange, PolicyRef, PolicySourceId, PolicyVersion } from '../core/policy.ts';
import { canHitClaims } from '../core/policy-effect.ts';
import { findingsOfClaim, findingsOfTemplate } from '../core/policy-finding.ts';
import { claimHit, templateHit } from '../core/policy-impact.ts';
import type { PolicyTable } from '../ports/policy-table.ts';

/** A document as far as it can hit anything. */
export type PolicyHistory = {
  /** Every version, without its texts; none is read where nothing changed. */
  readonly versions: readonly PolicyVersion[];
  /** Changes that can hit, by sequence number. */
  readonly changes: readonly PolicyChange[];
};

/** Reads histories, each once. */
export type PolicyHistories = {
  of(ref: PolicyRef): Promise<PolicyHistory>;
  /** Of the documents that name a procedure in some version, those in which anything changed. */
  naming(procedure: string): Promise<readonly PolicyHistory[]>;
};

/** A change of a document that hits an artifact by a finding. */
export type PolicyHit = { readonly change: PolicyChange; readonly finding: Finding };

/** Documents remembered, and procedures: they are read again when more are asked for. */
const rememberedMax = 2_000;
const changesMax = 1_000;

/** What was published before Codewatch began to follow the source is no news, though it was seen only now. */
const isNews = ({ kinds, published }: PolicyChange, began: CalendarDate | undefined): boolean =>
  !kinds.includes('new') || published === undefined || began === undefined || published >= began;

/** A version as rules need it; texts are most of it. */
const withoutTexts = (version: PolicyVersion): PolicyVersion => ({
  ...version,
  texts: {},
  revisions: [],
});

/** Answers each question once, and forgets the oldest of many; a failure is not remembered. */
export function remembering<T>(max: number): (name: string, read: () => Promise<T>) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (name, read) => {
    const before = known.get(name);
    if (before) return before;
    const reading = read();
    known.set(name, reading);
    const [oldest] = known.keys();
    if (known.size > max && oldest !== undefined) known.delete(oldest);
    reading.catch(() => known.delete(name));
    return reading;
  };
}

/** The day the first edition of a source was collected: what it tells is where the history begins. */
async function beginningOf(
  table: PolicyTable,
  source: PolicySourceId,
): Promise<CalendarDate | undefined> {
  const { items } = await table.changes({ source, limit: 1 });
  return items[0]?.firstSeen;
}

/** Histories of a table, each read when it is first asked for: whoever keeps this has to make a new one when an edition comes. */
export function createPolicyHistories(table: PolicyTable): PolicyHistories {
  const [beginnings, histories, names] = [
    remembering<CalendarDate | undefined>(rememberedMax),
    remembering<PolicyHistory>(rememberedMax),
    remembering<readonly PolicyHistory[]>(rememberedMax),
  ];
  const read = async (ref: PolicyRef): Promise<PolicyHistory> => {
    const { source, id } = ref;
    const began = await beginnings(source, () => beginningOf(table, source));
    const filter = { source, id, meaningfulOnly: true, limit: changesMax };
    const { items } = await table.changes(filter);
    const changes = items
      .filter((change) => change.seq > 1 && canHitClaims(change) && isNews(change, began))
      .sort((a, b) => a.seq - b.seq);
    const versions = changes.length > 0 ? await table.versions(ref) : [];
    return { changes, versions: versions.map(withoutTexts) };
  };
  const of = (ref: PolicyRef) => histories(`${ref.source}#${ref.id}`, () => read(ref));
  return {
    of,
    naming: (procedure) =>
      names(procedure, async () => {
        const all = await Promise.all((await table.naming(procedure)).map(of));
        return all.filter(({ changes }) => changes.length > 0);
      }),
  };
}

function findingsOf(
  tenant: string,
  {
    change,
    versions,
  }: { readonly change: PolicyChange; readonly versions: PolicyHistory['versions'] },
  artifact: Artifact,
  payers: readonly Payer[],
): readonly Finding[] {
  if (artifact.type === 'template') {
    const hit = templateHit(change, versions, artifact);
    return hit ? findingsOfTemplate(tenant, change, hit, artifact) : [];
  }
  const hit = claimHit(change, versions, artifact, payers);
  return hit ? findingsOfClaim(tenant, change, hit, artifact) : [];
}

/**
 * Every finding that holds of an artifact by a document's changes. Of several versions in one
 * edition the first one's finding stands for all.
 */
export function hitsOf(
  tenant: string,
  { changes, versions }: PolicyHistory,
  artifact: Artifact,
  payers: readonly Payer[],
): readonly PolicyHit[] {
  const hits = new Map<string, PolicyHit>();
  for (const change of changes) {
    for (const finding of findingsOf(tenant, { change, versions }, artifact, payers)) {
      if (!hits.has(finding.id)) hits.set(finding.id, { change, finding });
    }
  }
  return [...hits.values()];
}
