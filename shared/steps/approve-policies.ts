// Lifting the quarantine of an edition of payer policies: a person, by name and with a reason, sends its files through the
// same path again.
import { CodewatchError } from '../core/errors.ts';
import type { Approval } from '../core/release.ts';
import type { Clock } from '../ports/clock.ts';
import type { ItemStore } from '../ports/item-store.ts';
import type { Queue } from '../ports/queue.ts';
import { isWaiting } from '../store/policy-attempts.ts';
import {
  putEditionApproval,
  type QuarantinedEdition,
  readQuarantinedEdition,
} from '../store/policy-editions.ts';
import type { PolicyMessage } from './messages.ts';

/** What approving needs. */
export type ApprovePoliciesPorts = {
  readonly items: ItemStore;
  /** The queue of ingest policies. */
  readonly queue: Queue;
  readonly clock: Clock;
};

/** Who approves which edition, and why. */
export type ApprovePoliciesRequest = {
  readonly id: string;
  readonly by: string;
  readonly reason: string;
};

/** Whether an id is formed as those of editions are, `mcd-2026-09-06-1a2b3c`; no id of a release is. */
export const isEditionId = (id: string): boolean => sourceOf(id) !== undefined;

/** The source in an edition's id: `mcd` of `mcd-2026-09-06-1a2b3c`. */
const sourceOf = (id: string): string | undefined =>
  /^(.+)-\d{4}-\d\d-\d\d-[0-9a-f]{6}$/.exec(id)?.[1];

/**
 * Approves an edition in quarantine: records the approval and sends its files to ingest.
 *
 * @throws CodewatchError `not-found` when nothing of that id is in quarantine, `invalid-request` without a reason,
 * `rejected` when the files themselves are unsound and no approval can help
 */
export async function approvePolicyEdition(
  { items, queue, clock }: ApprovePoliciesPorts,
  request: ApprovePoliciesRequest,
): Promise<{ edition: QuarantinedEdition; approval: Approval }> {
  const { id, by } = request;
  const reason = request.reason.trim();
  if (reason === '') {
    throw new CodewatchError('invalid-request', 'An approval needs a reason; it is recorded.');
  }
  const source = sourceOf(id);
  const edition = source ? await readQuarantinedEdition(items, source, id) : undefined;
  if (!edition || !(await isWaiting(items, edition))) {
    throw new CodewatchError('not-found', `No edition ${id} is in quarantine.`);
  }
  if (!edition.approvable) {
    const errors = edition.findings.filter(({ severity }) => severity === 'error');
    const reasons = errors.map(({ code }) => code).join(', ');
    throw new CodewatchError(
      'rejected',
      `${id} cannot be approved: its files are unsound (${reasons}). Sound files will be taken in by the next pull.`,
    );
  }
  const approval: Approval = { by, at: clock.now(), reason };
  await putEditionApproval(items, id, approval);
  const message: PolicyMessage = { ...JSON.parse(edition.message), approval };
  const deduplicationId = `${id}#${approval.at}`.replaceAll(/[^\w#:.-]/g, '-').slice(0, 128);
  await queue.send({ body: JSON.stringify(message), deduplicationId, groupId: edition.source });
  return { edition, approval };
}
