// What the assessment of one tenant works with: ports, limits, the record assessed and its changes.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Version } from '../core/change.ts';
import type { ReleaseRecord } from '../core/release.ts';
import type { TenantSettings } from '../core/tenant-settings.ts';
import type { Assessment, AssessmentStore } from '../ports/assessment-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { CodeTable } from '../ports/code-table.ts';
import type { Queue } from '../ports/queue.ts';
import type { TenantStore } from '../ports/tenant-store.ts';
import type { ChangeReader, HittingChanges } from './hitting-changes.ts';
import type { StillListedReader } from './still-listed.ts';

/** How much one message does, and how many parts of one tenant are at work at once. */
export type AssessLimits = { readonly uses: number; readonly lanes: number };

/**
 * 5,000 findings are written in 2 to 10 seconds: DynamoDB takes 1,000 a second in one partition,
 * which all findings of a tenant lie in, and more only once it has split that. More than a few parts
 * at once would wait there, and keep other tenants waiting.
 */
export const usualAssessLimits: AssessLimits = { uses: 5_000, lanes: 4 };

/** What assessing a tenant needs. */
export type AssessTenantPorts = {
  readonly codeTable: CodeTable;
  readonly tenants: TenantStore;
  readonly assessments: AssessmentStore;
  readonly assessTenantQueue: Queue;
  readonly notifyQueue: Queue;
  readonly clock: Clock;
  readonly changesOf: ChangeReader;
  /** Policies in force on a day that still list a lost code; absent where no policies are kept. */
  readonly stillListedBy?: StillListedReader;
  readonly limits?: AssessLimits;
  readonly progress?: (line: string) => void;
};

/** The assessment of one tenant, as one message sees it. */
export type TenantRun = Omit<AssessTenantPorts, 'limits'> & {
  readonly limits: AssessLimits;
  readonly tenant: string;
  readonly record: ReleaseRecord;
  readonly today: CalendarDate;
  readonly tells: Assessment['tells'];
  readonly changes: HittingChanges;
  /** What rework costs the tenant and how long its payers give it, as it says now. */
  readonly settings: TenantSettings;
  /** Versions of a changed code, of which later ones may have undone the change; each read once. */
  readonly versionsOf: (code: string) => Promise<readonly Version[]>;
};

/** Reads the versions of changed codes, each once; none when nothing lies behind the release. */
async function laterVersions(
  codeTable: CodeTable,
  record: ReleaseRecord,
): Promise<TenantRun['versionsOf']> {
  const head = await codeTable.head(record.system);
  if (head === undefined || head.newest <= record.effective) return async () => [];
  const read = new Map<string, Promise<readonly Version[]>>();
  return (code) => {
    const versions = read.get(code) ?? codeTable.versions(record.system, code);
    read.set(code, versions);
    return versions;
  };
}

/** The run of one message. */
export async function createRun(
  ports: AssessTenantPorts,
  of: Pick<TenantRun, 'tenant' | 'record' | 'today' | 'tells'>,
): Promise<TenantRun> {
  const limits = ports.limits ?? usualAssessLimits;
  const changes = await ports.changesOf(of.record);
  const settings = await ports.tenants.settings(of.tenant);
  const versionsOf = await laterVersions(ports.codeTable, of.record);
  return { ...ports, limits, ...of, changes, settings, versionsOf };
}
