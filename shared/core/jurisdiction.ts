// Where a policy applies. The Medicare Coverage Database parts three states among contractors;
// their parts have abbreviations of their own (state_lookup.csv of the export).
import type { PolicyDocument } from './policy.ts';
import { partsOfState, stateNamed } from './us-states.ts';

/** Abbreviations of the Medicare Coverage Database that USPS writes otherwise. */
const uspsOf: Readonly<Record<string, string>> = { CNMI: 'MP' };

const stateOfPart = new Map(
  Object.entries(partsOfState).flatMap(([state, parts]) => parts.map((part) => [part, state])),
);

/** A state as USPS abbreviates it, or a part of one. */
export const uspsState = (state: string): string => uspsOf[state] ?? state;

/** The parts of a state, as a document may name either: `CA` is `NF` and `SF`. One that is not parted is its own part. */
const partsOf = (state: string): readonly string[] =>
  partsOfState[uspsState(state)] ?? [uspsState(state)];

/** True when two lists of states and parts of states have a place in common. An empty list is everywhere. */
export function shareState(one: readonly string[], other: readonly string[]): boolean {
  if (one.length === 0 || other.length === 0) return true;
  const places = new Set(one.flatMap(partsOf));
  return other.flatMap(partsOf).some((place) => places.has(place));
}

/**
 * How far a document reaches into a state: all of it, only a part of it (the document names one of
 * its parts), not at all, or `unknown` when no state is given, or one that is none (`XX`, a province
 * abroad, a military post office), and the document does not apply everywhere. The state is a USPS
 * abbreviation or a part.
 */
export function reachOf(
  { jurisdictions }: Pick<PolicyDocument, 'jurisdictions'>,
  state: string | undefined,
): 'whole' | 'part' | 'none' | 'unknown' {
  const isEverywhere = (states: readonly string[]) => states.length === 0;
  if (jurisdictions.length === 0) return 'whole';
  if (jurisdictions.some(({ states }) => isEverywhere(states))) return 'whole';
  if (state === undefined) return 'unknown';
  const named = new Set(jurisdictions.flatMap(({ states }) => states.map(uspsState)));
  const asked = uspsState(state);
  if (named.has(asked) || named.has(stateOfPart.get(asked) ?? '')) return 'whole';
  if (stateNamed(asked) === undefined) return 'unknown';
  const parts = partsOfState[asked] ?? [];
  const held = parts.filter((part) => named.has(part)).length;
  if (held === 0) return 'none';
  return held === parts.length ? 'whole' : 'part';
}
