// Looks at how a file begins without taking it from who reads it.

/** How a file begins, and the whole of it to read once. */
export type PeekedBytes = {
  /** The first `size` bytes, or all when there are fewer, however the bytes came. */
  readonly head: Buffer;
  /** True when `head` is the whole file. */
  readonly isWhole: boolean;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Lets go of the source; to be called when `bytes` may not have been read to its end. */
  readonly close: () => Promise<void>;
};

async function* replay(
  begun: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* begun;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** Reads the first `size` bytes. */
export async function peekBytes(
  bytes: AsyncIterable<Uint8Array>,
  size: number,
): Promise<PeekedBytes> {
  const iterator = bytes[Symbol.asyncIterator]();
  const begun: Uint8Array[] = [];
  let length = 0;
  let isWhole = false;
  // One byte more tells whether the head is the whole.
  while (length <= size && !isWhole) {
    const next = await iterator.next();
    if (next.done) isWhole = true;
    else {
      // A copy: what a stream hands out it may fill again.
      begun.push(Uint8Array.from(next.value));
      length += next.value.length;
    }
  }
  const head = Buffer.concat(begun).subarray(0, size);
  const close = async (): Promise<void> => {
    await iterator.return?.();
  };
  return { head, isWhole, bytes: replay(begun, iterator), close };
}
