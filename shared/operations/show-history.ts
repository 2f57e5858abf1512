// Shows everything the table says of one code over time, each version with the archived files it rests on.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Replacement, Version, VersionStatus } from '../core/change.ts';
import { type CodeSystemId, formatCode, normalizeCode } from '../core/code-system.ts';
import type { ReleaseId, Source } from '../core/release.ts';
import type { CodeTable } from '../ports/code-table.ts';
import { openBelief } from './belief.ts';
import { writtenReplacements } from './written-code.ts';

/** One version as shown. Codes with the official dot. */
export type HistoryVersion = {
  readonly effective: CalendarDate;
  readonly status: VersionStatus;
  readonly billable: boolean;
  readonly title: { readonly short: string; readonly long: string };
  readonly kind: Version['kind'];
  readonly release: ReleaseId;
  /** ISO instant at which the release was recorded, when its record is still at hand. */
  readonly recordedAt: string | null;
  readonly replacedBy: readonly Replacement[];
  readonly replaces: readonly Replacement[];
  /** Original files of the release: URL and sha256 of each. */
  readonly sources: readonly Source[];
};

/** A code's history, oldest version first; no items when no release ever listed it. */
export type History = {
  readonly system: CodeSystemId;
  readonly code: string;
  readonly items: readonly HistoryVersion[];
};

/** Shows a code's history as believed now, or at `known` (ISO instant). */
export async function showHistory(
  ports: { readonly codeTable: CodeTable },
  request: { readonly system: CodeSystemId; readonly code: string; readonly known?: string },
): Promise<History> {
  const { system } = request;
  const code = normalizeCode(system, request.code);
  if (code === undefined) return { system, code: request.code.trim().toUpperCase(), items: [] };
  const belief = await openBelief(ports.codeTable, system, request.known);
  const versions = belief.horizon ? await ports.codeTable.versions(system, code, belief.seq) : [];
  const releases = new Map(
    versions.length === 0
      ? []
      : (await ports.codeTable.releases(system)).map((record) => [record.id, record]),
  );
  const items = versions.map((version): HistoryVersion => {
    const record = releases.get(version.release);
    return {
      effective: version.effective,
      status: version.status,
      billable: version.status === 'billable',
      title: { short: version.short, long: version.long },
      kind: version.kind,
      release: version.release,
      recordedAt: record?.recordedAt ?? null,
      replacedBy: writtenReplacements(system, version.replacedBy),
      replaces: writtenReplacements(system, version.replaces),
      sources: record?.sources ?? [],
    };
  });
  return { system, code: formatCode(system, code), items };
}
