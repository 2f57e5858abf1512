// One measured figure and the target it is held against.

/** A figure: what was measured, in which unit, and the most it should be. */
export type Figure = {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly max?: number;
};

/** The middle of an odd number of measurements. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** `  0.92 times   at most 3      parse and diff …` */
export function line({ what, value, unit, max }: Figure): string {
  const shown = value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toFixed(2);
  const target = max === undefined ? '' : `at most ${max.toLocaleString('en-US')}`;
  const verdict = max === undefined ? '  ' : value <= max ? 'ok' : 'NO';
  return `${verdict} ${shown.padStart(9)} ${unit.padEnd(14)} ${target.padEnd(14)} ${what}`;
}
