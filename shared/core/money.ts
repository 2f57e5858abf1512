// Money: always whole cents, read and written exactly, and what reworking a denied claim costs.

/** What reworking one denied claim costs, in cents. */
export type ReworkCost = { readonly centsMin: number; readonly centsMax: number };

/** A range of cents. */
export type CentsRange = { readonly min: number; readonly max: number };

/**
 * The industry's usual range, 25 to 100 dollars a claim; a caller with figures of its own passes
 * them instead.
 */
export const usualReworkCost: ReworkCost = { centsMin: 2_500, centsMax: 10_000 };

/** What reworking that many claims costs, in cents. */
export const reworkCents = (claims: number, cost: ReworkCost = usualReworkCost): CentsRange => ({
  min: claims * cost.centsMin,
  max: claims * cost.centsMax,
});

/** Cents as text: 123450 is `$1,234.50`. */
export function formatDollars(cents: number): string {
  if (!Number.isSafeInteger(cents)) throw new RangeError(`not whole cents: ${cents}`);
  const size = Math.abs(cents);
  const dollars = String(Math.trunc(size / 100)).replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${cents < 0 ? '-' : ''}$${dollars}.${String(size % 100).padStart(2, '0')}`;
}

/** A range as text: `$25.00 to $100.00`, or the one amount when both ends are the same. */
export const formatRange = ({ min, max }: CentsRange): string =>
  min === max ? formatDollars(min) : `${formatDollars(min)} to ${formatDollars(max)}`;

const dollarsShape = /^\$?(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.(\d{1,2}))?$/;

/**
 * The cents of an amount in dollars (`1234.5`, `$1,234.50`), worked out on the digits, so never off
 * by a float's error; undefined when it is none, is negative, has parts of a cent, or reaches a
 * billion.
 */
export function parseDollars(text: string): number | undefined {
  const match = dollarsShape.exec(text.trim());
  if (!match) return undefined;
  const dollars = Number((match[1] ?? '').replaceAll(',', ''));
  return dollars * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}
