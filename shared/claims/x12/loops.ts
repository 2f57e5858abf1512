// What the loops above a claim say: billing provider, subscriber, payer, patient (HL levels 20, 22, 23; loops 2000A to
// 2010CA of TR3 005010X222 and 005010X223). Of persons only the day of birth and sex, until the claim is closed.
import type { CalendarDate } from '../../core/calendar-date.ts';
import { readDays, readName } from './element-values.ts';

/** Of a person, what an age or sex edit needs; never leaves the reader but as age and sex. */
export type Person = { readonly birth?: CalendarDate; readonly sex?: 'female' | 'male' };

/** What is known above the next claim. */
export type Loops = {
  specialty: string | undefined;
  /** Said at this level, not at one above. */
  isOwnSpecialty: boolean;
  state: string | undefined;
  payer?: string;
  claimFiling?: string;
  subscriber: Person;
  /** Set where the patient is not the subscriber. */
  patient: Person | undefined;
  /** NM101 of the last NM1. */
  entity: string;
  /** Before the first claim of a level; behind it the same segments tell of other payers. */
  isOpen: boolean;
};

type Segment = {
  readonly id: string;
  readonly number: number;
  readonly elements: readonly string[];
};

/** Nothing known yet: the start of a transaction or of a billing provider. */
export const newLoops = (): Loops => ({
  specialty: undefined,
  isOwnSpecialty: false,
  state: undefined,
  subscriber: {},
  patient: undefined,
  entity: '',
  isOpen: true,
});

/** A new subscriber of the same billing provider. */
export const newSubscriber = ({ specialty, state }: Loops): Loops => ({
  ...newLoops(),
  specialty,
  state,
});

/**
 * What is known from an HL on, and whether it is a level of the 837. A billing provider has no parent
 * (HL02): an HL03 that says otherwise is damaged, and the claims behind it keep their provider.
 */
export function openLevel(
  loops: Loops,
  [, , parent = '', level]: readonly string[],
): { readonly loops: Loops; readonly isKnown: boolean } {
  if (level === '23') {
    return { loops: { ...loops, patient: {}, entity: '', isOpen: true }, isKnown: true };
  }
  const isProvider = level === '20' && parent.trim() === '';
  return {
    loops: isProvider ? newLoops() : newSubscriber(loops),
    isKnown: isProvider || level === '22',
  };
}

// Payer identifiers; a member's or a person's number is none of them (X12 element 66).
const payerQualifiers = new Set(['PI', 'XV', 'NI', 'FI', '24', '46']);

/** NM109 of the payer, else the name of the organisation. */
function readPayer(elements: readonly string[]): string | undefined {
  const [, , type, name = '', , , , , qualifier = '', id = ''] = elements;
  if (payerQualifiers.has(qualifier) && id.trim() !== '') return readName(id);
  return type === '2' ? readName(name) : undefined;
}

function readPerson(elements: readonly string[]): Person {
  const birth = readDays(elements[2] ?? '').first;
  const sex = { F: 'female', M: 'male' } as const;
  const code = elements[3];
  return {
    ...(birth !== undefined && { birth }),
    ...((code === 'F' || code === 'M') && { sex: sex[code] }),
  };
}

/** The taxonomy code of a PRV, when it is written like one. */
export function readTaxonomy(elements: readonly string[]): string | undefined {
  const code = (elements[3] ?? '').trim().toUpperCase();
  return /^(?=.*\d)[0-9A-Z]{4,10}$/.test(code) ? code : undefined;
}

function takeName(loops: Loops, elements: readonly string[]): void {
  loops.entity = elements[1] ?? '';
  if (loops.entity === 'QC') loops.patient ??= {};
  if (loops.entity === '85') {
    // A billing provider, whatever its HL says: nothing of the one before is its.
    loops.state = undefined;
    if (!loops.isOwnSpecialty) loops.specialty = undefined;
  }
  if (loops.entity !== 'PR') return;
  const payer = readPayer(elements);
  if (payer !== undefined) loops.payer = payer;
}

/** Takes a segment above a claim; the patient's address and all names are passed over. */
export function takeLoopSegment(loops: Loops, { id, elements }: Segment): void {
  if (!loops.isOpen) return;
  if (id === 'NM1') {
    takeName(loops, elements);
  } else if (id === 'SBR') {
    loops.entity = '';
    const filing = elements[9] ?? '';
    if (/^[0-9A-Z]{2}$/.test(filing)) loops.claimFiling = filing;
  } else if (id === 'N4') {
    // The billing provider's state: never the patient's, not even where the NM1 between is damaged.
    const state = elements[2] ?? '';
    if (loops.entity === '85' && /^[A-Z]{2}$/.test(state)) loops.state = state;
    loops.entity = '';
  } else if (id === 'PRV' && elements[1] === 'BI') {
    loops.specialty = readTaxonomy(elements);
    loops.isOwnSpecialty = true;
  } else if (id === 'DMG') {
    const person = readPerson(elements);
    if (loops.patient) loops.patient = person;
    else loops.subscriber = person;
  }
}
