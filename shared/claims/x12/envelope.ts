// The envelopes of an X12 file: ISA/IEA, GS/GE, ST/SE, their counts and control numbers (X12.5, X12.6). A mismatch is told,
// and costs no claim: claims pass through before the trailer that counts them, and a wrong count loses no code.
import type { X12Segment } from '../../formats/x12-segments.ts';
import type { IntakeWarning } from '../intake-record.ts';
import { warn } from './claim-draft.ts';
import { readCount } from './element-values.ts';
import { readTransaction, type TransactionReading } from './transaction-version.ts';

/** The transaction set being read. */
export type Transaction = TransactionReading & {
  /** `ST 0001`; never more of the control number than digits. */
  readonly place: string;
  readonly control: string;
  /** Segment number of ST. */
  readonly start: number;
  /** Claims met in it. */
  claims: number;
};

type Part = { readonly control: string; parts: number };

/** The envelopes that are open. */
export type Envelope = {
  interchange: Part | undefined;
  group: (Part & { readonly version: string }) | undefined;
  transaction: Transaction | undefined;
};

/** No envelope open. */
export const newEnvelope = (): Envelope => ({
  interchange: undefined,
  group: undefined,
  transaction: undefined,
});

// ISA01 to ISA16, fixed by X12.5.
const isaWidths = [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1];

const told = (warnings: IntakeWarning[], number: number, position: string, message: string): void =>
  warn(warnings, number, position, 'envelope-invalid', message);

/** Compares a trailer with what it closes. */
function checkTrailer(
  warnings: IntakeWarning[],
  { id, number, elements }: X12Segment,
  expected: { readonly count: number; readonly control: string; readonly what: string },
): void {
  const [, count = '', control = ''] = elements;
  if (readCount(count) !== expected.count) {
    const message = `does not count the ${expected.count} ${expected.what}; correct it`;
    told(warnings, number, `${id}01`, message);
  }
  if (control.trim() !== expected.control) {
    told(warnings, number, `${id}02`, 'is not the control number of its opening segment');
  }
}

/** ISA: forgets everything open. */
export function openInterchange(
  envelope: Envelope,
  segment: X12Segment,
  warnings: IntakeWarning[],
): void {
  const wrong = isaWidths.findIndex((width, i) => segment.elements[i + 1]?.length !== width);
  if (wrong >= 0) {
    const position = `ISA${String(wrong + 1).padStart(2, '0')}`;
    told(warnings, segment.number, position, `must have ${isaWidths[wrong]} characters`);
  }
  if (envelope.interchange) told(warnings, segment.number, 'ISA', 'the one before has no IEA');
  Object.assign(envelope, newEnvelope());
  envelope.interchange = { control: (segment.elements[13] ?? '').trim(), parts: 0 };
}

/** GS: a group of transactions of one version (GS08). */
export function openGroup(
  envelope: Envelope,
  { number, elements }: X12Segment,
  warnings: IntakeWarning[],
): void {
  if (envelope.interchange) envelope.interchange.parts += 1;
  if (envelope.group) told(warnings, number, 'GS', 'the group before has no GE');
  const version = (elements[8] ?? '').trim();
  envelope.group = { control: (elements[6] ?? '').trim(), parts: 0, version };
}

/** ST: a transaction; its version is ST03, in 004010 that of its group. */
export function openTransaction(
  envelope: Envelope,
  { number, elements }: X12Segment,
  warnings: IntakeWarning[],
): Transaction {
  if (envelope.group) envelope.group.parts += 1;
  else told(warnings, number, 'ST', 'stands in no group; send GS before it');
  const [, type = '', control = '', version = ''] = elements.map((element) => element.trim());
  const transaction: Transaction = {
    ...readTransaction(type, version === '' ? (envelope.group?.version ?? '') : version),
    place: /^\d{1,9}$/.test(control) ? `ST ${control}` : `ST of segment ${number}`,
    control,
    start: number,
    claims: 0,
  };
  envelope.transaction = transaction;
  return transaction;
}

/** SE, GE or IEA: compares it and closes what it ends. */
export function closeEnvelope(
  envelope: Envelope,
  segment: X12Segment,
  warnings: IntakeWarning[],
): void {
  const { id, number } = segment;
  const { transaction, group, interchange } = envelope;
  if (transaction && id !== 'SE') told(warnings, number, id, 'the transaction before has no SE');
  if (group && id === 'IEA') told(warnings, number, id, 'the group before has no GE');
  envelope.transaction = undefined;
  if (id === 'SE') {
    if (!transaction) {
      told(warnings, number, id, 'ends a transaction that has no ST');
      return;
    }
    const count = number - transaction.start + 1;
    checkTrailer(warnings, segment, { count, control: transaction.control, what: 'segments' });
    return;
  }
  const part = id === 'GE' ? group : interchange;
  envelope.group = undefined;
  if (id === 'IEA') envelope.interchange = undefined;
  const what = id === 'GE' ? 'transactions' : 'groups';
  if (part) checkTrailer(warnings, segment, { count: part.parts, control: part.control, what });
  else told(warnings, number, id, 'closes what was never opened');
}
