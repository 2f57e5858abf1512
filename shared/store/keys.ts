// Every key shape of both tables, on one page. docs/data-model.md gives the access patterns and their cost.
import type { KeptUse } from '../core/artifact.ts';
import type { CalendarDate } from '../core/calendar-date.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import type { PolicyRef, PolicySourceId } from '../core/policy.ts';
import { paddedVersion } from '../core/policy-pages.ts';
import type { ReleaseId } from '../core/release.ts';
import type { ItemKey } from '../ports/item-store.ts';

/** Sequence numbers sort as text when padded; nine digits outlast any history. */
export const seqText = (seq: number): string => String(seq).padStart(9, '0');

/** Sorts after every key that begins with the same text. */
export const last = '\uffff';

// Code table: reference data, public.
export const versionPartition = (system: CodeSystemId, code: string): string =>
  `CODE#${system}#${code}`;
export const versionSort = (effective: CalendarDate, seq: number): string =>
  `${effective}#${seqText(seq)}`;
export const releasePartition = (system: CodeSystemId): string => `RELEASE#${system}`;
export const releaseSort = (effective: CalendarDate, seq: number): string =>
  `${effective}#${seqText(seq)}`;
export const changePartition = (id: ReleaseId): string => `CHANGE#${id}`;
export const changeSort = (seq: number, kind: string, code: string): string =>
  `${seqText(seq)}#${kind}#${code}`;
export const headKey = (system: CodeSystemId): ItemKey => ({ pk: 'SYSTEM', sk: system });
/** Which snapshot is published: beside the heads it was built from. */
export const snapshotKey: ItemKey = { pk: 'SYSTEM', sk: 'snapshot' };
export const sequencePartition = (system: CodeSystemId): string => `SEQUENCE#${system}`;
export const quarantinePartition = (system: CodeSystemId): string => `QUARANTINE#${system}`;
export const candidateKey = (candidate: string): ItemKey => ({
  pk: `CANDIDATE#${candidate}`,
  sk: 'state',
});
export const candidateSequenceKey = (candidate: string): ItemKey => ({
  pk: `CANDIDATE#${candidate}`,
  sk: 'sequence',
});
export const candidateApprovalKey = (candidate: string, at: string): ItemKey => ({
  pk: `CANDIDATE#${candidate}`,
  sk: `approval#${at}`,
});
export const downloadKey = (feed: string, url: string): ItemKey => ({
  pk: `DOWNLOAD#${feed}`,
  sk: url,
});
/** Reference documents of a kind: `tabular` by effective date, `edits` by version; several forms or states of each. */
export const documentPartition = (kind: string): string => `DOCUMENT#${kind}`;
export const documentSort = (key: string, sha256: string): string => `${key}#${sha256}`;
export const feedKey = (feed: string): ItemKey => ({ pk: 'FEED', sk: feed });

// Code table: payer policies, public. What an edition writes names it, and counts only if it was committed.
/** The edition that wrote an item, and under which number. */
export type EditionStamp = { readonly seq: number; readonly edition: string };
/** Ends the keys of what an edition wrote: a killed edition and the one that took its number never share a key. */
export const stampText = ({ seq, edition }: EditionStamp): string => `${seqText(seq)}#${edition}`;
/** Sources that may have an edition. */
export const policySources = 'POLICYSOURCE';
/** Of which day a feed last told all there is; `kinds` are the kinds of document it told all of. */
export const toldKey = (source: PolicySourceId, feed: string, kinds: string): ItemKey => ({
  pk: `POLICYTOLD#${source}`,
  sk: `${feed}#${kinds}`,
});
export const editionPartition = (source: PolicySourceId): string => `EDITION#${source}`;
export const editionKey = (source: PolicySourceId, seq: number): ItemKey => ({
  pk: editionPartition(source),
  sk: seqText(seq),
});
/** What became of these files each time they came; `arrival` is a hash of them. */
export const attemptPartition = (arrival: string): string => `ATTEMPT#${arrival}`;
export const attemptSort = (source: PolicySourceId, stamp: EditionStamp): string =>
  `${source}#${stampText(stamp)}`;
export const editionApprovalKey = (edition: string, at: string): ItemKey => ({
  pk: `POLICYAPPROVAL#${edition}`,
  sk: at,
});
export const policyQuarantinePartition = (source: PolicySourceId): string =>
  `POLICYQUARANTINE#${source}`;
export const policyPartition = ({ source, id }: PolicyRef): string => `POLICY#${source}#${id}`;
export const policySort = (effective: CalendarDate, version: string, stamp: EditionStamp): string =>
  `${effective}#${paddedVersion(version)}#${stampText(stamp)}`;
/** The rest of an item that is too long for one. */
export const piecesPartition = ({ pk, sk }: ItemKey): string => `PIECES#${pk}#${sk}`;
/** The documents of a source. */
export const policyListPartition = (source: PolicySourceId): string => `POLICIES#${source}`;
export const policyListSort = (id: string, stamp: EditionStamp): string =>
  `${id}#${stampText(stamp)}`;
/** Which documents name a procedure. */
export const procedurePartition = (code: string): string => `PROCEDURE#${code}`;
export const procedureSort = ({ source, id }: PolicyRef, stamp: EditionStamp): string =>
  `${source}#${id}#${stampText(stamp)}`;
/** The changes of a source, or of one document of it. */
export const policyChangePartition = (source: PolicySourceId, id?: string): string =>
  id === undefined ? `POLICYCHANGE#${source}` : `POLICYCHANGE#${source}#${id}`;
/** In the order they are told: by the day first seen, then as recorded. */
export const policyChangePrefix = (place: {
  readonly firstSeen: CalendarDate;
  readonly seq: number;
  readonly id: string;
  readonly version: string;
}): string =>
  `${place.firstSeen}#${seqText(place.seq)}#${place.id}#${paddedVersion(place.version)}#`;
export const reviewPartition = 'REVIEW';
export const reviewSort = (day: CalendarDate, id: string, stamp: EditionStamp): string =>
  `${day}#${id}#${stampText(stamp)}`;
/** Documents that listed a code as it ended or was expanded, or list what took its place. */
export const lagPartition = (code: string): string => `LAG#icd10cm#${code}`;
export const lagSort = ({ source, id }: PolicyRef): string => `${source}#${id}`;
/** The same by source. */
export const sourceLagPartition = (source: PolicySourceId): string => `LAG#source#${source}`;
export const sourceLagSort = (code: string, id: string): string => `${code}#${id}`;

// Tenant table: what a tenant stores, sensitive.
/** Whose a bearer token is, by the lower-case hex sha256 of the token: the token itself is stored nowhere. */
export const tokenKey = (sha256: string): ItemKey => ({ pk: `TOKEN#${sha256}`, sk: 'tenant' });
export const tenantPartition = (tenant: string): string => `T#${tenant}`;
export const settingsKey = (tenant: string): ItemKey => ({
  pk: tenantPartition(tenant),
  sk: 'SETTINGS',
});
/** The tenant's key for hashed references: under no partition of `T#*`, which more functions may read. */
export const referenceKeyKey = (tenant: string): ItemKey => ({
  pk: `SECRET#${tenant}`,
  sk: 'reference-key',
});
/** How far a file of the inbox was taken in; `file` is a hash, never a name. */
export const intakeKey = (tenant: string, file: string): ItemKey => ({
  pk: `T#${tenant}#INTAKE`,
  sk: file,
});
export const artifactSort = (type: string, id: string): string => `ARTIFACT#${type}#${id}`;
export const usePartition = (
  tenant: string,
  system: KeptUse['system'],
  code: string,
  month: string,
): string => `T#${tenant}#USE#${system}#${code}#${month}`;
export const useTypePrefix = (type: string): string => `${type}#`;
export const useSortPrefix = (type: string, id: string): string => `${useTypePrefix(type)}${id}#`;
export const useSort = (type: string, id: string, revision: number): string =>
  `${useSortPrefix(type, id)}${revision}`;
/** Artifacts being stored or removed: what a killed run left unfinished. */
export const pendingPartition = (tenant: string): string => `T#${tenant}#PENDING`;
export const pendingPrefix = (type: string, id: string): string => `${type}#${id}#`;
export const usedPartition = (system: KeptUse['system'], code: string): string =>
  `USED#${system}#${code}`;
export const usedSort = (tenant: string, month: string): string => `${tenant}#${month}`;
/** How far the assessment of a large register has come: one item a release, and one a part of it. */
export const assessmentPartition = (tenant: string): string => `T#${tenant}#ASSESS`;
export const assessmentPartPrefix = (release: ReleaseId, seq: number): string =>
  `${release}#${seqText(seq)}#`;
/** The same for an edition of policies: one item. */
export const policyAssessmentKey = (tenant: string, edition: string): ItemKey => ({
  pk: assessmentPartition(tenant),
  sk: `policies#${edition}`,
});
/** The findings on policies of each artifact, by its type and id: what they are cannot be worked out from its codes. */
export const policyFindingPartition = (tenant: string): string => `T#${tenant}#POLICYFINDING`;
export const policyFindingPrefix = (type: string, id: string): string => `${type}#${id}#`;
export const findingPartition = (tenant: string): string => `T#${tenant}#FINDING`;
export const alertPartition = (tenant: string): string => `T#${tenant}#ALERT`;
export const deliverySort = (alertId: string): string => `${alertId}#delivery`;
