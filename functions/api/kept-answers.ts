// Answers kept in memory: what a snapshot determines is worked out once for as long as the snapshot and the day last.
// A few hundred codes make up most claims, so that most questions have been asked before.
import type { Answered } from './answer.ts';

/** Answers of one state of the reference data, by address. */
export type KeptAnswers = {
  /** The answer to an address in a state; undefined where it is not kept. */
  get(state: string, address: string): Answered | undefined;
  /** Keeps an answer, unless it is so long that it would push out many others. */
  keep(state: string, address: string, answered: Answered): void;
};

/** A part of all that is kept that one answer may take. */
const oneOf = 256;

/**
 * Keeps answers of the state asked for last, in `lengthMax` characters of addresses and bodies; beyond, the one not asked
 * for longest goes. A new state forgets everything.
 */
export function createKeptAnswers(lengthMax: number): KeptAnswers {
  const kept = new Map<string, Answered>();
  let current = '';
  let length = 0;
  const lengthOf = (address: string, { body }: Answered): number => address.length + body.length;
  const forget = (address: string, answered: Answered): void => {
    kept.delete(address);
    length -= lengthOf(address, answered);
  };
  const enter = (state: string): void => {
    if (state === current) return;
    kept.clear();
    current = state;
    length = 0;
  };
  return {
    get(state, address) {
      enter(state);
      const answered = kept.get(address);
      if (answered === undefined) return undefined;
      // Taken out and put in again: the map then lists addresses by when they were last asked for.
      kept.delete(address);
      kept.set(address, answered);
      return answered;
    },
    keep(state, address, answered) {
      enter(state);
      const own = lengthOf(address, answered);
      if (own > lengthMax / oneOf) return;
      const before = kept.get(address);
      if (before) forget(address, before);
      kept.set(address, answered);
      length += own;
      for (const [oldest, one] of kept) {
        if (length <= lengthMax) return;
        forget(oldest, one);
      }
    },
  };
}
