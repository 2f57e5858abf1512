// The tabular order over all releases: the newest release's, with codes that are gone where they used to stand.

/** Codes by number, and for each release, newest first, the numbers of its rows in tabular order. */
export type OrderedReleases = {
  readonly codes: readonly string[];
  readonly newestFirst: readonly Uint32Array[];
};

/** Length of what two codes begin with alike. */
function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/**
 * Numbers of all codes in tabular order. A code the newer releases do not list comes after the one it followed in the
 * last release that had it, and after what stands closer to that one than itself: what became of M54.5 never parts it
 * from its children. Code order would not do: M1A stands before M10.
 */
export function tabularOrder({ codes, newestFirst }: OrderedReleases): Uint32Array {
  const head = codes.length;
  const end = head + 1;
  const next = new Uint32Array(head + 1).fill(end);
  const placed = new Uint8Array(head);
  const codeAt = (number: number): string => codes[number] ?? '';
  const follower = (number: number): number => next[number] ?? end;
  const placeAfter = (number: number, last: number): void => {
    let before = last;
    if (last !== head) {
      const [code, lastCode] = [codeAt(number), codeAt(last)];
      const closer = lastCode.slice(0, commonLength(code, lastCode) + 1);
      const isUnder = closer.length === lastCode.length && code.startsWith(lastCode);
      while (!isUnder && codeAt(follower(before)).startsWith(closer)) before = follower(before);
    }
    next[number] = follower(before);
    next[before] = number;
    placed[number] = 1;
  };
  for (const order of newestFirst) {
    let last = head;
    for (const number of order) {
      if (placed[number] === 0) placeAfter(number, last);
      last = number;
    }
  }
  const result: number[] = [];
  for (let at = follower(head); at !== end; at = follower(at)) result.push(at);
  return Uint32Array.from(result);
}
