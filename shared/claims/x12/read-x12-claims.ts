// Reads X12 837 professional and institutional claims while the file passes through: one claim is held at a time, nothing
// of a patient is kept, and a bad claim costs no other one. docs/x12.md says what is read and what is done about faults.
import {
  readX12Batches,
  type X12Fault,
  type X12Item,
  type X12Segment,
} from '../../formats/x12-segments.ts';
import type { IntakeReader, IntakeWarning } from '../intake-record.ts';
import { warn } from './claim-draft.ts';
import { closeEnvelope, openGroup, openInterchange, openTransaction } from './envelope.ts';
import { newLoops } from './loops.ts';
import {
  closeClaim,
  cutClaim,
  newReaderState,
  type ReaderState,
  reject,
  tellBehind,
} from './reader-state.ts';
import { takeTransactionSegment } from './transaction-segments.ts';

/** A transaction without a claim is told, for one was expected. */
function closeTransaction(state: ReaderState): void {
  closeClaim(state);
  const { transaction } = state.envelope;
  if (!transaction || transaction.claims > 0 || state.isOrphaned) return;
  const { code, message } = transaction.refusal ?? {
    code: 'codes-missing',
    message: 'this 837 holds no claim (no CLM segment)',
  };
  reject(state, `segment ${transaction.start} (${transaction.place})`, code, message);
}

function takeEnvelope(state: ReaderState, segment: X12Segment): void {
  const { envelope } = state;
  // A new interchange inside a transaction: the file before it was cut off.
  if (segment.id === 'ISA') cutClaim(state);
  closeTransaction(state);
  state.isOrphaned = false;
  const warnings: IntakeWarning[] = [];
  if (segment.id === 'ISA') {
    state.component = segment.elements[16] ?? '';
    openInterchange(envelope, segment, state.pending);
  } else if (segment.id === 'GS') {
    openGroup(envelope, segment, state.pending);
  } else if (segment.id === 'ST') {
    if (envelope.transaction) {
      warn(warnings, segment.number, 'ST', 'envelope-invalid', 'the one before has no SE');
    }
    openTransaction(envelope, segment, state.pending);
    state.loops = newLoops();
  } else {
    closeEnvelope(envelope, segment, warnings);
  }
  tellBehind(state, warnings);
}

const envelopeIds = new Set(['ISA', 'GS', 'ST', 'SE', 'GE', 'IEA']);

function takeFault(state: ReaderState, { fault, number, message }: X12Fault): void {
  if (fault === 'segment-too-long' || fault === 'elements-too-many') {
    warn(state.draft?.warnings ?? state.pending, number, 'id', 'segment-invalid', message);
    return;
  }
  // What follows the last trailer is no claim and no concern.
  if (fault === 'unterminated' && !state.envelope.interchange) return;
  const isTold = state.draft !== undefined && fault === 'unterminated';
  cutClaim(state);
  closeTransaction(state);
  state.envelope.transaction = undefined;
  if (!isTold) reject(state, `segment ${number}`, 'envelope-invalid', message);
}

function take(state: ReaderState, item: X12Item): void {
  if (item.fault !== undefined) {
    takeFault(state, item);
    return;
  }
  const { transaction } = state.envelope;
  if (envelopeIds.has(item.id)) {
    takeEnvelope(state, item);
  } else if (transaction) {
    takeTransactionSegment(state, item, transaction);
  } else if (item.id === 'CLM') {
    const message = 'this claim stands in no transaction; send it between ST and SE';
    reject(state, `segment ${item.number} (CLM)`, 'envelope-invalid', message);
  }
}

function finish(state: ReaderState): void {
  const { transaction, interchange } = state.envelope;
  cutClaim(state);
  if (transaction) closeTransaction(state);
  const open = transaction ? 'SE' : interchange ? 'IEA' : undefined;
  if (open !== undefined) {
    const message = `the file ends without ${open}; it may lack claims`;
    tellBehind(state, [{ where: 'end of file', code: 'envelope-invalid', message }]);
  }
  if (state.held) state.ready.push(state.held);
}

/**
 * Reads 837 professional and institutional claims, 005010 and 004010. A claim's `where` is
 * `segment 21 (CLM in ST 0001)`, and every CLM segment gives one record; a record whose `where` has no
 * CLM tells of a transaction or of the file.
 */
export const readX12Claims: IntakeReader = async function* readX12Claims(bytes) {
  const state = newReaderState();
  for await (const batch of readX12Batches(bytes)) {
    for (const item of batch) take(state, item);
    yield* state.ready.splice(0);
  }
  finish(state);
  yield* state.ready;
};
