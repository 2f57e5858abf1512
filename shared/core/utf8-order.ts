// DynamoDB sorts string keys by their UTF-8 bytes; JavaScript compares UTF-16 units. This is the first with the second.

/** The unit's place in UTF-8 order: surrogates (the characters above U+FFFF) come after all other units. */
const rank = (unit: number): number => {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
};

/** Negative, zero or positive as the UTF-8 bytes of `a` sort before, with or after those of `b`. */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const difference = a.charCodeAt(i) - b.charCodeAt(i);
    if (difference !== 0) return rank(a.charCodeAt(i)) - rank(b.charCodeAt(i));
  }
  return a.length - b.length;
}
