// What impact yields: which stored claim or template a change hits, and the alert that tells a
// tenant.
import { createHash } from 'node:crypto';
import type { CalendarDate } from './calendar-date.ts';
import type { ChangeKind, Replacement } from './change.ts';
import type { CodeSystemId } from './code-system.ts';
import type { FindingPolicy, PolicyFindingKind } from './finding-policy.ts';
import type { PolicyChangeKind, PolicyRef } from './policy.ts';
import type { ReleaseId } from './release.ts';
import type { ClaimService } from './timely-filing.ts';

/** Work-flow state of a finding. */
export type FindingState = 'open' | 'acknowledged' | 'snoozed' | 'fixed' | 'not-applicable';

/** What a finding is about: a change of a code, or of a payer's policy. */
export type FindingKind = ChangeKind | PolicyFindingKind;

/**
 * One stored claim or template that a change hits. Its id is determined by tenant, release, code
 * and artifact; of a change of a policy also by policy and procedure.
 */
export type Finding = {
  readonly id: string;
  readonly state: FindingState;
  readonly kind: FindingKind;
  readonly system: CodeSystemId;
  readonly code: string;
  /** The release, or the edition of policies, that brought the change. */
  readonly release: ReleaseId;
  readonly effective: CalendarDate;
  /** Set when a policy changed, not the code. */
  readonly policy?: FindingPolicy;
  readonly artifact: {
    readonly type: 'claim' | 'template';
    readonly id: string;
    readonly name?: string;
  };
  readonly owner?: string;
  /** For templates: the effective date, from when every claim coded from it is at risk. */
  readonly due?: CalendarDate;
  /** For claims: what their filing deadline is worked out from. */
  readonly service?: ClaimService;
  /**
   * For claims: the last day to file, by the tenant's settings as they are when it is read; not
   * stored.
   */
  readonly fileBy?: CalendarDate;
  /**
   * Sequence number of the release record, or edition of policies, that found it; absent when found as the artifact was
   * registered.
   */
  readonly seq?: number;
  /**
   * Set when Codewatch itself closed it; a finding closed by a person stays closed, this one may
   * open again.
   */
  readonly closedBecause?: 'no-longer-hit';
  readonly replacedBy: readonly Replacement[];
  /** What denial would put at risk: billed amount (claims) and rework cost, in cents. */
  readonly atRisk: {
    readonly billedCents: number;
    readonly reworkCentsMin: number;
    readonly reworkCentsMax: number;
  };
};

/** A code the tenant billed in the last 12 months but has in no stored template. */
export type Habit = {
  readonly claims: number;
  readonly billedCents: number;
  /** First and last date of service counted. */
  readonly from: CalendarDate;
  readonly to: CalendarDate;
};

/** Claims that were hit, and until when they must be filed. */
export type HitClaims = {
  readonly count: number;
  readonly billedCents: number;
  /** The first of their filing deadlines that was still ahead; absent when none was. */
  readonly fileBy?: CalendarDate;
  /** Claims among them whose deadline had passed; absent when there were none. */
  readonly lapsed?: number;
};

/** A template an alert lists. */
export type AlertTemplate = {
  readonly id: string;
  readonly name?: string;
  readonly owner?: string;
  /** Id of the finding. */
  readonly finding: string;
};

/** Everything an alert says about one code. */
export type AlertCode = {
  readonly code: string;
  readonly kind: ChangeKind;
  readonly effective: CalendarDate;
  readonly title: { readonly before: string | null; readonly after: string | null };
  readonly replacedBy: readonly (Replacement & { readonly title: string })[];
  /** Replacements beyond those listed; absent when all are. */
  readonly replacedByMore?: number;
  readonly templates: readonly AlertTemplate[];
  /** Templates hit beyond those listed; absent when all are. */
  readonly templatesMore?: number;
  readonly claims: HitClaims;
  readonly reworkCents: { readonly min: number; readonly max: number };
  readonly habit?: Habit;
  /** Policies in force that still list the code although it can no longer be billed; absent when none is known. */
  readonly stillListedBy?: readonly (PolicyRef & { readonly url: string })[];
  /** Policies beyond those listed; absent when all are. */
  readonly stillListedByMore?: number;
};

/** Everything an alert says about one policy, as far as it has one effect. */
export type AlertPolicy = PolicyRef & {
  readonly kind: PolicyFindingKind;
  /** Covered now, but under a condition, or not surely. */
  readonly conditional?: true;
  /** It is about diagnoses that the document does not list, and `codes` is empty. */
  readonly unlisted?: true;
  readonly version: string;
  readonly title: string;
  readonly url: string;
  /** Id of the payer in the configuration, and what people call it. */
  readonly payer: string;
  readonly payerTitle: string;
  /** The plan of the payer it is limited to. */
  readonly plan?: string;
  /** What changed in it, the weightiest first. */
  readonly changes: readonly PolicyChangeKind[];
  readonly published?: CalendarDate;
  readonly effective: CalendarDate;
  readonly firstSeen: CalendarDate;
  /** Last day, of one that ends. */
  readonly ends?: CalendarDate;
  /** It applies to days before it was first seen. */
  readonly retroactive: boolean;
  /** Where it applies; empty: everywhere. */
  readonly states: readonly string[];
  /** Diagnoses (normal form) whose listing changed that way, and their procedures, ascending; empty: whatever it lists. */
  readonly codes: readonly string[];
  readonly codesMore?: number;
  readonly procedures: readonly string[];
  readonly proceduresMore?: number;
  readonly templates: readonly AlertTemplate[];
  /** Templates hit beyond those listed; absent when all are. */
  readonly templatesMore?: number;
  readonly claims: HitClaims;
  readonly reworkCents: { readonly min: number; readonly max: number };
};

/** One alert per tenant and release, grouped by code; or per tenant and edition of policies. Holds no claim number. */
export type Alert = {
  readonly id: string;
  readonly tenant: string;
  readonly system: CodeSystemId;
  readonly release: ReleaseId;
  readonly seq: number;
  readonly effective: CalendarDate;
  readonly createdAt: string;
  readonly severity: 'high' | 'medium' | 'low';
  readonly kinds: readonly FindingKind[];
  /** None in an alert on policies. */
  readonly codes: readonly AlertCode[];
  /** Codes hit beyond those listed; absent when all are. The totals count them. */
  readonly codesMore?: number;
  /** Set in an alert on policies: those that hit something, the heaviest first. */
  readonly policies?: readonly AlertPolicy[];
  /** Policies beyond those listed; absent when all are. The totals count them. */
  readonly policiesMore?: number;
  readonly totals: {
    readonly codes: number;
    /** Policies that hit something; absent in an alert on a release. */
    readonly policies?: number;
    readonly templates: number;
    readonly claims: number;
    readonly billedCents: number;
    readonly reworkCents: { readonly min: number; readonly max: number };
    readonly habitCodes: number;
    /** Of the claims the first filing deadline still ahead; absent when there is none. */
    readonly fileBy?: CalendarDate;
    /** Claims whose filing deadline had passed; absent when there were none. */
    readonly lapsedClaims?: number;
  };
};

// 96 bits: no two artifacts of any tenant ever meet, and ids stay short enough to read out.
const digest = (parts: readonly (string | number)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);

/**
 * The id of a finding, `<release>.<code>.<hash>`: determined by tenant, release, code and artifact,
 * so that finding the same thing twice is one finding. It begins with release and code so that both
 * can be listed by prefix.
 */
export function findingId(
  tenant: string,
  hit: Pick<Finding, 'release' | 'code'>,
  artifact: Pick<Finding['artifact'], 'type' | 'id'>,
): string {
  const parts = [tenant, hit.release, hit.code, artifact.type, artifact.id];
  return `${hit.release}.${hit.code}.${digest(parts)}`;
}

/** The id of a finding on a policy: as {@link findingId}, and determined by policy and procedure too. */
export function policyFindingId(
  tenant: string,
  of: PolicyRef & { readonly edition: string; readonly code: string; readonly procedure: string },
  artifact: Pick<Finding['artifact'], 'type' | 'id'>,
): string {
  const { edition, code, source, id, procedure } = of;
  const parts = [tenant, edition, code, artifact.type, artifact.id, source, id, procedure];
  return `${edition}.${code}.${digest(parts)}`;
}

/**
 * The id of a tenant's alert on a release or edition, `<release>.<hash>`. A correction of a release already
 * alerted is told under an id of its own, determined by the sequence number that recorded it.
 */
export function alertId(tenant: string, release: ReleaseId, correction?: number): string {
  const parts = [tenant, release, ...(correction === undefined ? [] : [correction])];
  return `${release}.${digest(parts)}`;
}
