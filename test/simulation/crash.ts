// Crashes on purpose: a budget of writes after which the next one throws, as a kill would.

/** Thrown in place of a write; the code under test must not catch it. */
export class Crash extends Error {
  override name = 'Crash';
}

/** A fuse to pass as `beforeWrite`: burns down with every write, then throws until it is replaced. */
export type Fuse = { beforeWrite(): void; set(writes: number): void };

/** A fuse that never blows until it is set. */
export function createFuse(): Fuse {
  let left = Number.POSITIVE_INFINITY;
  return {
    beforeWrite() {
      if (left <= 0) throw new Crash('killed before a write');
      left -= 1;
    },
    set(writes) {
      left = writes;
    },
  };
}

/** Runs a step to its end, killing it after each of the given numbers of writes first. Answers how often it died. */
export async function survive<T>(
  fuse: Fuse,
  kills: readonly number[],
  step: () => Promise<T>,
): Promise<{ result: T; died: number }> {
  let died = 0;
  for (const writes of kills) {
    fuse.set(writes);
    try {
      const result = await step();
      fuse.set(Number.POSITIVE_INFINITY);
      return { result, died };
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      died += 1;
    }
  }
  fuse.set(Number.POSITIVE_INFINITY);
  return { result: await step(), died };
}
