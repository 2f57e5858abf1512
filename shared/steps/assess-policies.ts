// A committed edition of policies is announced to every tenant that may use what it moves, as assess does of a release; and
// where the documents it changed lag behind the code table is noted.
import type { KeptUse } from '../core/artifact.ts';
import { compareUtf8 } from '../core/utf8-order.ts';
import type { Queue } from '../ports/queue.ts';
import type { TenantStore } from '../ports/tenant-store.ts';
import { groupIdOf, messageIdOf } from './group-id.ts';
import type { ChangeReader } from './hitting-changes.ts';
import type { AssessPoliciesMessage, PolicyTenantMessage } from './messages.ts';
import { type LagPorts, noteLagsOfEdition } from './note-lags.ts';
import {
  type EditionMoves,
  mayMatterIn,
  type PolicyChangeReader,
  useText,
} from './policy-changes.ts';
import { type LookupPorts, lookedUpBy } from './policy-lookups.ts';

/** What assess of policies needs. */
export type AssessPoliciesPorts = LagPorts &
  LookupPorts & {
    readonly tenants: Pick<TenantStore, 'whoUses'>;
    readonly assessTenantQueue: Queue;
    readonly movesOf: PolicyChangeReader;
    readonly changesOf: ChangeReader;
    readonly progress?: (line: string) => void;
  };

/** What an edition came to. */
export type AssessPoliciesOutcome = {
  readonly edition: string;
  /** Changes that can hit anything. */
  readonly changes: number;
  /** Tenants that may use what they move. */
  readonly tenants: number;
  /** Places noted where policies may lag behind the code table. */
  readonly lags: number;
};

/** Questions asked, and messages sent, at once. */
const atOnce = 16;

/** Uses of all tenants kept in memory at once: with more, every tenant asks for its own. */
const usesKeptMax = 2_000_000;
/** Bytes of a message with its uses: SQS takes 256 KB. */
const bodyBytesMax = 200_000;

/** What each tenant may use where it matters. */
async function tenantsTouched(
  { tenants }: AssessPoliciesPorts,
  edition: EditionMoves,
  uses: readonly KeptUse[],
): Promise<{ touched: Map<string, string[]>; isComplete: boolean }> {
  const touched = new Map<string, string[]>();
  let kept = 0;
  const ask = async (use: KeptUse): Promise<void> => {
    for await (const { tenant, months } of tenants.whoUses(use)) {
      if (!months.some((month) => mayMatterIn(edition, use, month))) continue;
      const used = touched.get(tenant) ?? [];
      touched.set(tenant, used);
      kept += 1;
      if (kept <= usesKeptMax) used.push(useText(use));
    }
  };
  for (let i = 0; i < uses.length; i += atOnce) {
    await Promise.all(uses.slice(i, i + atOnce).map(ask));
  }
  return { touched, isComplete: kept <= usesKeptMax };
}

/** The body of a tenant's message, with what it may use where that fits. */
function bodyOf(message: PolicyTenantMessage, uses: readonly string[] | undefined): string {
  const sorted = uses && [...uses].sort(compareUtf8);
  const full = JSON.stringify({ ...message, ...(sorted && { uses: sorted }) });
  return Buffer.byteLength(full) <= bodyBytesMax ? full : JSON.stringify(message);
}

/**
 * Announces a committed edition to the tenants that may use a diagnosis or procedure it moves; the first of a source to
 * nobody, for that is where its history begins. Reads who uses them and nothing of what they store. Writes where policies
 * lag behind the code table, which may be written again; so it can be run again at any time.
 *
 * @throws CodewatchError `unavailable`; the message comes again
 */
export async function assessPolicies(
  ports: AssessPoliciesPorts,
  message: AssessPoliciesMessage,
): Promise<AssessPoliciesOutcome> {
  const moves = await ports.movesOf(message);
  const { edition } = moves;
  const lags = await noteLagsOfEdition(ports, edition);
  const uses = await lookedUpBy(ports, moves);
  const { touched, isComplete } = await tenantsTouched(ports, moves, uses);
  const tenants = [...touched].sort(([a], [b]) => compareUtf8(a, b));
  const { source, seq } = edition;
  const announce = ([tenant, used]: [string, string[]]): Promise<void> =>
    ports.assessTenantQueue.send({
      body: bodyOf(
        { tenant, policies: { source, edition: edition.id, seq } },
        isComplete ? used : undefined,
      ),
      deduplicationId: messageIdOf(tenant, 'policies', edition.id, seq),
      groupId: groupIdOf(tenant),
    });
  for (let i = 0; i < tenants.length; i += atOnce) {
    await Promise.all(tenants.slice(i, i + atOnce).map(announce));
  }
  const changes = moves.moves.length;
  ports.progress?.(`${edition.id}: ${changes} changes, ${tenants.length} tenants to assess`);
  return { edition: edition.id, changes, tenants: tenants.length, lags };
}
