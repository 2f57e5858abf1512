// A list of codes in a sentence: the first few and how many more, enough to look the matter up.

/** `M545, M546 and 3 more`; the empty text for none. */
export function listCodes(codes: readonly string[], max = 10): string {
  const more = codes.length - max;
  return codes.slice(0, max).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
