// Takes bytes from a stream as many as are asked for, and takes back what was too many.

/** Bytes in their order. */
export type ByteSource = {
  /** The next `length` bytes; fewer only at the end. */
  readonly take: (length: number) => Promise<Buffer>;
  /** The next bytes at hand, at most `max`; undefined at the end, or when `max` is 0. */
  readonly some: (max?: number) => Promise<Buffer | undefined>;
  /** Puts bytes in front of what comes next. */
  readonly putBack: (bytes: Buffer) => void;
};

/** Over a stream, read as it is asked for. */
export function createByteSource(bytes: AsyncIterable<Uint8Array>): ByteSource {
  const iterator = bytes[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const some = async (max = Number.POSITIVE_INFINITY): Promise<Buffer | undefined> => {
    if (max <= 0) return undefined;
    while (rest.length === 0) {
      const next = await iterator.next();
      if (next.done) return undefined;
      // A copy: what a stream hands out it may fill again.
      rest = Buffer.from(next.value);
    }
    const piece = rest.subarray(0, Math.min(max, rest.length));
    rest = rest.subarray(piece.length);
    return piece;
  };
  return {
    some,
    async take(length) {
      const pieces: Buffer[] = [];
      for (let left = length; left > 0; ) {
        const piece = await some(left);
        if (!piece) break;
        pieces.push(piece);
        left -= piece.length;
      }
      return Buffer.concat(pieces);
    },
    putBack(piece) {
      rest = Buffer.concat([piece, rest]);
    },
  };
}
