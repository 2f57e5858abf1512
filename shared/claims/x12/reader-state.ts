// The state of an 837 while it is read: the records that are ready, the claim that is not, what stands around it.
import type { IntakeRecord, IntakeWarning } from '../intake-record.ts';
import type { RefusalCode } from '../parse-artifact.ts';
import { type ClaimDraft, warn } from './claim-draft.ts';
import { type Envelope, newEnvelope } from './envelope.ts';
import { finishClaim } from './finish-claim.ts';
import { type Loops, newLoops } from './loops.ts';
import { findEarlier, newSeenClaims, remember, type SeenClaims } from './seen-claims.ts';

/** Everything a reader knows between two segments. */
export type ReaderState = {
  readonly ready: IntakeRecord[];
  /** The last record, held back until the next one, for what its trailers tell. */
  held: IntakeRecord | undefined;
  /** Told between claims; goes with the next one. */
  readonly pending: IntakeWarning[];
  readonly envelope: Envelope;
  /** ISA16. */
  component: string;
  loops: Loops;
  draft: ClaimDraft | undefined;
  /** Behind codes or lines without CLM: up to the next claim nothing has an owner. */
  isOrphaned: boolean;
  readonly seen: SeenClaims;
};

/** Before the first segment. */
export const newReaderState = (): ReaderState => ({
  ready: [],
  held: undefined,
  pending: [],
  envelope: newEnvelope(),
  component: ':',
  loops: newLoops(),
  draft: undefined,
  isOrphaned: false,
  seen: newSeenClaims(),
});

const pendingMax = 50;

/** Adds a record. */
export function emit(state: ReaderState, record: IntakeRecord): void {
  if (state.held) state.ready.push(state.held);
  state.held = record;
}

/** Adds a refused record. */
export function reject(
  state: ReaderState,
  where: string,
  code: RefusalCode,
  message: string,
): void {
  emit(state, { kind: 'rejected', where, code, message });
}

/** Warnings of trailers go with the claim before them, or with the next one where there is none. */
export function tellBehind(state: ReaderState, warnings: readonly IntakeWarning[]): void {
  const { held, pending } = state;
  if (warnings.length === 0) return;
  if (held?.kind === 'accepted') {
    state.held = { ...held, warnings: [...(held.warnings ?? []), ...warnings] };
  } else {
    pending.push(...warnings.slice(0, Math.max(0, pendingMax - pending.length)));
  }
}

const sentTwice =
  'has the same CLM01 and other content; give this claim a CLM01 of its own, or frequency code 7 ' +
  'when it replaces that one';

/** The record of a claim that was read whole. */
function recordOf(draft: ClaimDraft, state: ReaderState): IntakeRecord {
  const { where, number, warnings } = draft;
  const { claim, refusal } = finishClaim(draft, state.loops);
  if (refusal) return { kind: 'rejected', where, ...refusal };
  const { id } = claim;
  if (draft.action === 'void') {
    remember(state.seen, id, '', 0);
    return { kind: 'void', where, type: 'claim', id };
  }
  const content = JSON.stringify(claim);
  const earlier = draft.action === 'take' ? findEarlier(state.seen, id, content) : undefined;
  if (earlier && !earlier.isSame) {
    const message = `the claim at segment ${earlier.place} ${sentTwice}`;
    return { kind: 'rejected', where, code: 'repeated', message };
  }
  if (earlier) {
    const message = `the same claim as at segment ${earlier.place}; stored once`;
    warn(warnings, number, 'CLM01', 'repeated', message);
  } else {
    remember(state.seen, id, content, number);
  }
  const told = warnings.length > 0 && { warnings };
  return { kind: 'accepted', where, artifact: claim, ...told };
}

/** Closes the claim being read, if any: it is taken in or refused. */
export function closeClaim(state: ReaderState): void {
  const { draft } = state;
  state.draft = undefined;
  if (draft) emit(state, recordOf(draft, state));
}

/** Refuses the claim being read, if any: one whose end never came may be half a claim. */
export function cutClaim(state: ReaderState): void {
  const { draft } = state;
  state.draft = undefined;
  if (!draft) return;
  const message = 'the file ends inside this claim or its transaction; send it whole';
  reject(state, draft.where, 'envelope-invalid', message);
}
