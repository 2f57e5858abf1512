// Lifting a quarantine: a person, by name and with a reason, sends the candidate through the same path again.
import { CodewatchError } from '../core/errors.ts';
import type { Approval, ReleaseId, ReleaseRecord } from '../core/release.ts';
import type { Clock } from '../ports/clock.ts';
import type { ItemStore } from '../ports/item-store.ts';
import type { Queue } from '../ports/queue.ts';
import { createCodeTable } from '../store/code-table.ts';
import { systemOfRelease } from '../store/code-table-items.ts';
import { putApproval, readQuarantined } from '../store/ingest-state.ts';

/** What approving needs. */
export type ApprovePorts = {
  readonly items: ItemStore;
  readonly ingestQueue: Queue;
  readonly clock: Clock;
};

/** Who approves which release, and why. */
export type ApproveRequest = {
  readonly id: ReleaseId;
  readonly by: string;
  readonly reason: string;
};

/**
 * Approves the newest quarantined candidate of a release: records the approval and sends it to ingest.
 *
 * @throws CodewatchError `not-found` when nothing of that id is in quarantine, `invalid-request` without a reason,
 * `rejected` when the file itself is unsound and no approval can help
 */
export async function approveRelease(
  ports: ApprovePorts,
  request: ApproveRequest,
): Promise<{ record: ReleaseRecord; approval: Approval }> {
  const reason = request.reason.trim();
  if (reason === '') {
    throw new CodewatchError('invalid-request', 'An approval needs a reason; it is recorded.');
  }
  const system = systemOfRelease(request.id);
  const records = system ? await createCodeTable(ports.items).releases(system) : [];
  const waiting = records.findLast(
    (record) => record.id === request.id && record.status === 'quarantined',
  );
  const all = system && waiting ? await readQuarantined(ports.items, system) : [];
  const found = all.find((each) => each.record.candidate === waiting?.candidate);
  if (!found) {
    throw new CodewatchError('not-found', `No release ${request.id} is in quarantine.`);
  }
  if (!found.approvable) {
    const reasons = found.record.findings
      .filter((finding) => finding.severity === 'error')
      .map((finding) => finding.code);
    throw new CodewatchError(
      'rejected',
      `${request.id} cannot be approved: its files are unsound (${reasons.join(', ')}). A sound file will be taken in by the next pull.`,
    );
  }
  const approval: Approval = { by: request.by, at: ports.clock.now(), reason };
  await putApproval(ports.items, found.candidate.id, approval);
  await ports.ingestQueue.send({
    body: JSON.stringify({ ...found.candidate, approval }),
    deduplicationId: `${found.candidate.id}#${approval.at}`
      .replaceAll(/[^\w#:.-]/g, '-')
      .slice(0, 128),
    groupId: found.candidate.system,
  });
  return { record: found.record, approval };
}
