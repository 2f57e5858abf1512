// The segments of an 837 between ST and SE: which of them belong to the loops above a claim, which to the claim, and which
// to no claim because a segment before them was lost.
import type { X12Segment } from '../../formats/x12-segments.ts';
import { type ClaimDraft, openClaim, warn } from './claim-draft.ts';
import { openLine, takeDate, takeService } from './claim-lines.ts';
import type { Transaction } from './envelope.ts';
import { takeHealthCodes } from './health-codes.ts';
import { newSubscriber, openLevel, readTaxonomy, takeLoopSegment } from './loops.ts';
import { closeClaim, type ReaderState, reject } from './reader-state.ts';
import { segmentFault } from './segment-rules.ts';

function startClaim(state: ReaderState, segment: X12Segment, transaction: Transaction): void {
  closeClaim(state);
  transaction.claims += 1;
  const { place, kind, refusal } = transaction;
  const where = `segment ${segment.number} (CLM in ${place})`;
  if (refusal) {
    reject(state, where, refusal.code, refusal.message);
    return;
  }
  state.loops.isOpen = false;
  state.isOrphaned = false;
  state.draft = openClaim(segment, place, kind, state.component);
  state.draft.warnings.unshift(...state.pending.splice(0));
}

/** Codes or lines without a claim: their CLM is lost, and they must not go to the claim before. */
function takeOrphan(state: ReaderState, segment: X12Segment, place: string): void {
  closeClaim(state);
  state.loops.isOpen = false;
  if (state.isOrphaned) return;
  state.isOrphaned = true;
  const where = `segment ${segment.number} (${segment.id} in ${place})`;
  const message = `${segment.id} belongs to no claim; its CLM segment is missing or damaged`;
  reject(state, where, 'segment-invalid', message);
}

function takeHierarchy(state: ReaderState, segment: X12Segment): void {
  closeClaim(state);
  state.isOrphaned = false;
  const { loops, isKnown } = openLevel(state.loops, segment.elements);
  state.loops = loops;
  if (isKnown) return;
  const message = 'HL03 is none of 20, 22, 23 or contradicts HL02; read as a new subscriber';
  warn(state.pending, segment.number, 'HL03', 'segment-invalid', message);
}

function takeClaimSegment(draft: ClaimDraft, segment: X12Segment): void {
  const { id, elements } = segment;
  if (id === 'HI') takeHealthCodes(draft, segment);
  else if (id === 'LX') openLine(draft, segment);
  else if (id === 'SV1' || id === 'SV2') takeService(draft, segment);
  else if (id === 'DTP') takeDate(draft, segment);
  else if (id === 'PRV' && elements[1] === 'PE') {
    const taxonomy = readTaxonomy(elements);
    if (taxonomy === undefined) return;
    if (draft.lines.length === 0) draft.specialty ??= taxonomy;
    else draft.lineSpecialty ??= taxonomy;
  }
}

/** True where no claim has such a segment: its own CLM was lost. */
function isOrphan(state: ReaderState, id: string, hasLines: boolean): boolean {
  return (id === 'HI' && (!state.draft || hasLines)) || (id === 'LX' && !state.draft);
}

/** Takes a segment between ST and SE. */
export function takeTransactionSegment(
  state: ReaderState,
  segment: X12Segment,
  transaction: Transaction,
): void {
  const { id, number } = segment;
  if (id === 'CLM') startClaim(state, segment, transaction);
  if (id === 'CLM' || transaction.refusal) return;
  const fault = segmentFault(segment);
  if (fault !== undefined) {
    warn(state.draft?.warnings ?? state.pending, number, 'id', 'segment-invalid', fault);
  }
  const hasLines = state.draft !== undefined && state.draft.lines.length > 0;
  // No claim has another payer behind its lines: here another claim begins, its HL is lost.
  if (id === 'SBR' && (hasLines || state.isOrphaned)) {
    closeClaim(state);
    state.isOrphaned = false;
    state.loops = newSubscriber(state.loops);
  }
  if (id === 'HL') takeHierarchy(state, segment);
  else if (isOrphan(state, id, hasLines)) takeOrphan(state, segment, transaction.place);
  else if (state.draft) takeClaimSegment(state.draft, segment);
  else takeLoopSegment(state.loops, segment);
}
