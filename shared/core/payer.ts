// Whose claim it is: which configured payer a claim names, by its name or by its claim filing
// indicator (X12 837, SBR09).

/** A payer of the configuration. Medicare's id is `medicare`. */
export type Payer = {
  readonly id: string;
  readonly title: string;
  /** As claims write it; case, blanks and punctuation do not count. */
  readonly names: readonly string[];
  /** Claim filing indicators that mean it: `MA` and `MB` for Medicare. */
  readonly claimFiling: readonly string[];
};

/** A name of a payer or a plan without what writers differ in; empty when it has no letter and no digit. */
export const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * The payer of a claim: the one it names by id, title or one of its names, else the one its claim
 * filing indicator means; undefined when neither is known.
 */
export function payerOf(
  claim: { readonly payer?: string; readonly claimFiling?: string },
  payers: readonly Payer[],
): Payer | undefined {
  const name = plainName(claim.payer ?? '');
  const isNamed = ({ id, title, names }: Payer): boolean =>
    [id, title, ...names].some((other) => plainName(other) === name);
  const named = name === '' ? undefined : payers.find(isNamed);
  const filing = claim.claimFiling?.trim().toUpperCase();
  return named ?? payers.find(({ claimFiling }) => claimFiling.some((code) => code === filing));
}
