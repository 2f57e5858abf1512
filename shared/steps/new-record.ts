// The release record a candidate starts with, before it is known what it changes.

import type { Candidate } from '../core/candidate.ts';
import { changeKinds } from '../core/change.ts';
import { countChanges } from '../core/diff.ts';
import type { QualityFinding, ReleaseContent, ReleaseRecord } from '../core/release.ts';
import { releaseId } from '../core/release.ts';

/** A record with no changes, sequence number or status of its own yet. */
export function newRecord(
  candidate: Candidate,
  content: ReleaseContent,
  findings: readonly QualityFinding[],
): ReleaseRecord {
  const { system, effective, published, approval } = candidate;
  return {
    id: releaseId(system, effective),
    system,
    effective,
    published,
    seq: 0,
    status: 'committed',
    rows: content.rows.length,
    billable: content.rows.reduce((sum, row) => sum + (row.billable ? 1 : 0), 0),
    changes: countChanges([]),
    changesSeq: 0,
    sources: candidate.files.map(({ url, sha256, role, member }) => ({
      url,
      sha256,
      role,
      ...(member === undefined ? {} : { member }),
    })),
    findings,
    recordedAt: '',
    contentSha256: '',
    candidate: candidate.id,
    baseline: false,
    ...(candidate.reconstruct ? { reconstructed: true } : {}),
    ...(approval ? { approval } : {}),
  };
}

/** One line for people: `98,186 rows, 74,719 billable, 487 added, …`. */
export function countRows(record: ReleaseRecord): string {
  const number = (n: number): string => n.toLocaleString('en-US');
  const changes = changeKinds
    .filter((kind) => record.changes[kind] > 0)
    .map((kind) => `${number(record.changes[kind])} ${kind}`);
  const nothing = record.baseline ? 'baseline' : 'no changes';
  return [
    `${number(record.rows)} rows`,
    `${number(record.billable)} billable`,
    changes.length > 0 ? changes.join(', ') : nothing,
  ].join(', ');
}
