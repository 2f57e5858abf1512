// A release in quarantine, as ingest leaves one: FY2027 of ICD-10-CM waits for somebody to approve it.
import type { Candidate } from '../../shared/core/candidate.ts';
import type { ReleaseRecord } from '../../shared/core/release.ts';
import type { ItemStore } from '../../shared/ports/item-store.ts';
import { putQuarantined } from '../../shared/store/ingest-state.ts';
import { record } from '../operations/hand-built-table.ts';

/** Its record: `icd10cm-2027`. */
export const waitingRelease: ReleaseRecord = {
  ...record('2026-10-01', 9, '2026-01-04'),
  status: 'quarantined',
};

/** What ingest is sent again once it is approved. */
export const waitingCandidate: Candidate = {
  id: waitingRelease.candidate,
  feed: 'cms-icd10cm',
  system: waitingRelease.system,
  effective: waitingRelease.effective,
  published: waitingRelease.published,
  files: [],
  findings: [],
};

/** Puts it into a code table; one that is not `approvable` has files that no approval makes sound. */
export const putWaitingRelease = (items: ItemStore, approvable = true): Promise<void> =>
  putQuarantined(items, { record: waitingRelease, candidate: waitingCandidate, approvable });
