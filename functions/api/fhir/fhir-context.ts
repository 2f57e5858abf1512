// What a FHIR operation works with during one request: one state of the reference data, the clock, the base it is served under.
import type { CalendarDate } from '../../../shared/core/calendar-date.ts';
import { type Clock, today } from '../../../shared/ports/clock.ts';
import type { Reference, ReferenceSource } from '../../../shared/ports/reference-source.ts';

/** One request's view. */
export type FhirContext = {
  /** One state for the whole request, so that an answer never mixes two. */
  readonly reference: Reference;
  /** For lists: waits for a first snapshot, throws `unavailable` when there is none to be had. */
  readonly withCatalogue: ReferenceSource['withCatalogue'];
  readonly clock: Clock;
  /** `https://host/fhir/R4`, no slash at the end. */
  readonly base: string;
};

/** Today, in UTC. */
export const todayOf = ({ clock }: FhirContext): CalendarDate => today(clock);

/** The ports the operations of `shared/operations` take. */
export function operationPorts({ reference, clock }: FhirContext) {
  const { codeTable, catalogue } = reference;
  return { codeTable, clock, ...(catalogue && { catalogue }) };
}
