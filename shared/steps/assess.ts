// Third step: a committed release is announced to every tenant that may use a code it changes. Who
// does is all this step learns of tenants; what is hit, each tenant's own assessment finds out.
import type { Change } from '../core/change.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import { compareUtf8 } from '../core/utf8-order.ts';
import { type Clock, today } from '../ports/clock.ts';
import type { CodeTable } from '../ports/code-table.ts';
import type { Queue } from '../ports/queue.ts';
import type { TenantStore } from '../ports/tenant-store.ts';
import { groupIdOf, messageIdOf } from './group-id.ts';
import type { ChangeReader } from './hitting-changes.ts';
import type { AssessMessage, TenantMessage } from './messages.ts';
import { type LagPorts, noteLagsOfRelease } from './note-lags.ts';
import { mayMatter } from './plan-parts.ts';

/** What assess needs. */
export type AssessPorts = {
  readonly codeTable: Pick<CodeTable, 'release'>;
  readonly tenants: Pick<TenantStore, 'whoUses'>;
  readonly assessTenantQueue: Queue;
  readonly changesOf: ChangeReader;
  /** Where policies are kept: those that may lag behind the release are noted first. */
  readonly lags?: LagPorts['lags'];
  readonly items?: LagPorts['items'];
  readonly archive?: LagPorts['archive'];
  readonly clock: Clock;
  readonly progress?: (line: string) => void;
};

/** What a release came to. */
export type AssessOutcome = {
  readonly release: string;
  /** Changes that can hit anything. */
  readonly changes: number;
  /** Tenants that may use a code of theirs. */
  readonly tenants: number;
};

/** Codes asked about, and messages sent, at once. */
const atOnce = 16;

/** Months kept in memory at once: with more, every tenant asks for its own. */
const monthsKeptMax = 2_000_000;
/** Bytes of a message with its months: SQS takes 256 KB. */
const bodyBytesMax = 200_000;

/** Changed codes a tenant may use, with the months that matter. */
type Used = Record<string, readonly string[]>;

/** The tenants that may use changed codes where it matters. */
async function tenantsTouched(
  { tenants, clock }: AssessPorts,
  system: CodeSystemId,
  changes: readonly Change[],
): Promise<{ touched: Map<string, Used>; isComplete: boolean }> {
  const touched = new Map<string, Used>();
  const day = today(clock);
  let kept = 0;
  const ask = async (change: Change): Promise<void> => {
    const { code } = change;
    for await (const { tenant, months } of tenants.whoUses({ system, code })) {
      const matter = months.filter((month) => mayMatter(change, month, day));
      if (matter.length === 0) continue;
      const used = touched.get(tenant) ?? {};
      touched.set(tenant, used);
      kept += matter.length;
      if (kept <= monthsKeptMax) used[code] = matter;
    }
  };
  for (let i = 0; i < changes.length; i += atOnce) {
    await Promise.all(changes.slice(i, i + atOnce).map(ask));
  }
  return { touched, isComplete: kept <= monthsKeptMax };
}

/** The body of a tenant's message, with the months it may be told without asking again. */
function bodyOf(message: TenantMessage, used: Used): string {
  const sorted = Object.entries(used).sort(([a], [b]) => compareUtf8(a, b));
  const full = JSON.stringify({ ...message, used: Object.fromEntries(sorted) });
  return Buffer.byteLength(full) <= bodyBytesMax ? full : JSON.stringify(message);
}

/**
 * Announces a committed release to the tenants that may use its changed codes; a baseline to nobody.
 * Reads who uses them, about one item for each tenant, code and month, and nothing of what they
 * store. Writes nothing but where policies may lag behind the release, which may be written again:
 * so it can be run again at any time.
 *
 * @throws CodewatchError `unavailable`; the message comes again
 */
export async function assess(ports: AssessPorts, message: AssessMessage): Promise<AssessOutcome> {
  const record = await ports.codeTable.release(message.release);
  if (!record) throw new Error(`${message.release} was announced but has no record`);
  const { id: release, seq, system } = record;
  const changes = [...(await ports.changesOf(record)).byCode.values()];
  const { items, archive, lags } = ports;
  // Before tenants are told: their alerts name the policies that still list a code.
  if (system === 'icd10cm' && items && archive && lags) {
    await noteLagsOfRelease({ items, archive, lags }, changes);
  }
  const { touched, isComplete } = await tenantsTouched(ports, system, changes);
  const tenants = [...touched].sort(([a], [b]) => compareUtf8(a, b));
  const announce = ([tenant, used]: [string, Used]): Promise<void> => {
    const message: TenantMessage = { tenant, release, seq };
    return ports.assessTenantQueue.send({
      body: isComplete ? bodyOf(message, used) : JSON.stringify(message),
      deduplicationId: messageIdOf(tenant, release, seq),
      groupId: groupIdOf(tenant),
    });
  };
  for (let i = 0; i < tenants.length; i += atOnce) {
    await Promise.all(tenants.slice(i, i + atOnce).map(announce));
  }
  ports.progress?.(`${release}: ${changes.length} changes, ${tenants.length} tenants to assess`);
  return { release, changes: changes.length, tenants: tenants.length };
}
