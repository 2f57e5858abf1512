// What a tenant stores, as the steps and operations see it. Implemented over an ItemStore in store/tenant-table.ts.
import type { Artifact, CodeUse, KeptUse } from '../core/artifact.ts';
import type { CalendarDate } from '../core/calendar-date.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import type { Alert, Finding, FindingState } from '../core/finding.ts';
import type { PolicyRef } from '../core/policy.ts';
import type { TenantSettings } from '../core/tenant-settings.ts';

/** One use of a code or procedure by a stored artifact, with all that impact needs, so that no artifact is read. */
export type StoredUse = {
  readonly tenant: string;
  readonly use: KeptUse;
  /** Month of service `YYYY-MM`, or `open` for templates and claims without a date. */
  readonly month: string;
  readonly artifact: {
    readonly type: 'claim' | 'template';
    readonly id: string;
    readonly name?: string;
  };
  readonly owner?: string;
  /** Governing date of a claim. */
  readonly date?: CalendarDate;
  readonly billedCents?: number;
  readonly payer?: string;
  /** Claim filing indicator of a claim. */
  readonly claimFiling?: string;
};

/** Which uses of a code and month: all, without it. */
export type UsesPart = {
  /** Only those by artifacts of this type. */
  readonly type: Artifact['type'];
  /** Only those by artifacts whose id comes after this one. */
  readonly after?: string;
  /** Uses read at once at most; without it, what the engine gives. */
  readonly pageItems?: number;
};

/** A page of a list; `next` is an opaque cursor. */
export type Page<T> = { readonly items: readonly T[]; readonly next?: string };

/** A finding on a policy: of which document. */
export type KnownPolicyFinding = PolicyRef & { readonly finding: string };

/** Where an alert stands with its subscribers. */
export type Delivery = { readonly deliveredAt: string; readonly messageIds: readonly string[] };

/** What became of an artifact that was put. */
export type PutOutcome = {
  /** One of this type and id was there before. */
  readonly replaced: boolean;
  /** It was this very one, and nothing was written. */
  readonly unchanged: boolean;
  /** Codes it ever used before and does not now. */
  readonly dropped: readonly CodeUse[];
};

/** All tenant data. Every method names its tenant; none can reach another's. */
export type TenantStore = {
  /** Stores or replaces; codes no longer used leave no use behind. */
  putArtifact(tenant: string, artifact: Artifact): Promise<PutOutcome>;
  /** The same for up to a few dozen at once, no two of one type and id: a third of the requests. */
  putArtifacts(tenant: string, artifacts: readonly Artifact[]): Promise<readonly PutOutcome[]>;
  getArtifact(tenant: string, type: Artifact['type'], id: string): Promise<Artifact | undefined>;
  /** True when there was one to delete. */
  deleteArtifact(tenant: string, type: Artifact['type'], id: string): Promise<boolean>;
  listArtifacts(
    tenant: string,
    type: Artifact['type'],
    page: { limit: number; after?: string },
  ): Promise<Page<Artifact>>;
  /**
   * Which tenants use a code in which months, by tenant: the only question across tenants, answered without any of
   * their data.
   */
  whoUses(
    use: KeptUse,
  ): AsyncIterable<{ readonly tenant: string; readonly months: readonly string[] }>;
  /** The months, and `open`, in which one tenant may use a code; none it does use is missing. */
  usedMonths(tenant: string, use: KeptUse): Promise<readonly string[]>;
  /** Uses of one code by one tenant in one month, by type and then by id in UTF-8 order. */
  uses(tenant: string, use: KeptUse, month: string, part?: UsesPart): AsyncIterable<StoredUse>;
  /**
   * Writes findings that are not there yet; existing ones keep their state, but those Codewatch closed itself open
   * again. Answers the ids that were new, or that an earlier try under the same `seq` wrote; with `isUntold`, also
   * those found under a sequence number the tenant was told nothing of: they are under this one from then on.
   */
  addFindings(
    tenant: string,
    findings: readonly Finding[],
    isUntold?: (seq: number) => Promise<boolean>,
  ): Promise<readonly string[]>;
  /** Closes those of these findings that are still to be dealt with: nothing hits their artifact any more. Answers which. */
  closeFindings(tenant: string, ids: readonly string[]): Promise<readonly string[]>;
  /**
   * Every finding on a policy there may be of each of the artifacts, closed ones too, whether they are still stored or
   * not. Cheapest for artifacts that lie close together by id.
   */
  policyFindings(
    tenant: string,
    artifacts: readonly Pick<Artifact, 'type' | 'id'>[],
  ): Promise<readonly (readonly KnownPolicyFinding[])[]>;
  listFindings(
    tenant: string,
    filter: {
      state?: FindingState;
      code?: string;
      system?: CodeSystemId;
      release?: string;
      limit: number;
      after?: string;
    },
  ): Promise<Page<Finding>>;
  /** False when an alert of this id is there already. */
  addAlert(alert: Alert): Promise<boolean>;
  getAlert(tenant: string, id: string): Promise<Alert | undefined>;
  listAlerts(tenant: string, page: { limit: number; after?: string }): Promise<Page<Alert>>;
  delivery(tenant: string, alert: string): Promise<Delivery | undefined>;
  recordDelivery(tenant: string, alert: string, delivery: Delivery): Promise<void>;
  /** What the tenant decided, and the usual of what it did not. */
  settings(tenant: string): Promise<TenantSettings>;
  putSettings(tenant: string, settings: TenantSettings): Promise<void>;
  /** The key its hashed references are made with; undefined until there is one. */
  referenceKey(tenant: string): Promise<string | undefined>;
  /** Keeps a key unless there is one: it never changes. */
  addReferenceKey(tenant: string, key: string): Promise<void>;
};
