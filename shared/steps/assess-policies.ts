// A committed edition of policies is announced to every tenant that may use a code it moves, as assess does of a release; and
// where the documents it changed lag behind the code table is noted.
import type { CalendarDate } from '../core/calendar-date.ts';
import { type CodeRange, covers } from '../core/code-range.ts';
import { compareUtf8 } from '../core/utf8-order.ts';
import type { CodeTable } from '../ports/code-table.ts';
import type { Queue } from '../ports/queue.ts';
import type { TenantStore } from '../ports/tenant-store.ts';
import { readReleaseContent } from '../store/release-contents.ts';
import { groupIdOf, messageIdOf } from './group-id.ts';
import type { ChangeReader } from './hitting-changes.ts';
import type { AssessPoliciesMessage, PolicyTenantMessage } from './messages.ts';
import { type LagPorts, noteLagsOfEdition } from './note-lags.ts';
import { type EditionMoves, mayMatterIn, type PolicyChangeReader } from './policy-changes.ts';

/** What assess of policies needs. */
export type AssessPoliciesPorts = LagPorts & {
  readonly codeTable: Pick<CodeTable, 'releases'>;
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
  /** Tenants that may use a code of theirs. */
  readonly tenants: number;
  /** Places noted where policies may lag behind the code table. */
  readonly lags: number;
};

/** Codes asked about, and messages sent, at once. */
const atOnce = 16;

/** Codes of all tenants kept in memory at once: with more, every tenant asks for its own. */
const codesKeptMax = 2_000_000;
/** Bytes of a message with its codes: SQS takes 256 KB. */
const bodyBytesMax = 200_000;

/** Codes of the releases in force from a day on that lie in the ranges. */
async function codesWithin(
  { codeTable, archive }: AssessPoliciesPorts,
  ranges: readonly CodeRange[],
  from: CalendarDate,
): Promise<Set<string>> {
  const found = new Set<string>();
  if (ranges.length === 0) return found;
  const releases = (await codeTable.releases('icd10cm')).filter(
    ({ status }) => status === 'committed',
  );
  const first = Math.max(
    0,
    releases.findLastIndex(({ effective }) => effective <= from),
  );
  for (const { contentSha256 } of releases.slice(first)) {
    const { rows } = await readReleaseContent(archive, contentSha256);
    for (const { code } of rows) if (ranges.some((range) => covers(range, code))) found.add(code);
  }
  return found;
}

/** Every code to be asked about, ascending. */
async function movedBy(ports: AssessPoliciesPorts, { moves }: EditionMoves): Promise<string[]> {
  const ranges = moves.flatMap((move) => move.ranges);
  const [from] = moves.map(({ change }) => change.effective).sort();
  const within = from === undefined ? [] : await codesWithin(ports, ranges, from);
  return [...new Set([...moves.flatMap(({ codes }) => [...codes]), ...within])].sort(compareUtf8);
}

/** The codes each tenant may use where it matters. */
async function tenantsTouched(
  { tenants }: AssessPoliciesPorts,
  edition: EditionMoves,
  codes: readonly string[],
): Promise<{ touched: Map<string, string[]>; isComplete: boolean }> {
  const touched = new Map<string, string[]>();
  let kept = 0;
  const ask = async (code: string): Promise<void> => {
    const moves = edition.of(code);
    for await (const { tenant, months } of tenants.whoUses({ system: 'icd10cm', code })) {
      const matters = months.some((month) =>
        moves.some(({ change }) => mayMatterIn(change, month)),
      );
      if (!matters) continue;
      const used = touched.get(tenant) ?? [];
      touched.set(tenant, used);
      kept += 1;
      if (kept <= codesKeptMax) used.push(code);
    }
  };
  for (let i = 0; i < codes.length; i += atOnce) {
    await Promise.all(codes.slice(i, i + atOnce).map(ask));
  }
  return { touched, isComplete: kept <= codesKeptMax };
}

/** The body of a tenant's message, with its codes where they fit. */
function bodyOf(message: PolicyTenantMessage, codes: readonly string[] | undefined): string {
  const sorted = codes && [...codes].sort(compareUtf8);
  const full = JSON.stringify({ ...message, ...(sorted && { codes: sorted }) });
  return Buffer.byteLength(full) <= bodyBytesMax ? full : JSON.stringify(message);
}

/**
 * Announces a committed edition to the tenants that may use a code it moves; the first of a source to nobody, for that is
 * where its history begins. Reads who uses the codes and nothing of what they store. Writes where policies lag behind the
 * code table, which may be written again; so it can be run again at any time.
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
  const codes = await movedBy(ports, moves);
  const { touched, isComplete } = await tenantsTouched(ports, moves, codes);
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
