// One measured figure and the target it is held against.

/** A figure: what was measured, in which unit, and the most, or the least, it should be. */
export type Figure = {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly max?: number;
  readonly min?: number;
};

/** The middle of an odd number of measurements. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** True when a figure misses its target, or could not be measured. */
export const isMissed = ({ value, max, min }: Figure): boolean =>
  (max !== undefined && !(value <= max)) || (min !== undefined && !(value >= min));

/** `ok      0.92 times   at most 3      parse and diff …` */
export function line(figure: Figure): string {
  const { what, value, unit, max, min } = figure;
  const shown = value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toFixed(2);
  const target = [
    max === undefined ? '' : `at most ${max.toLocaleString('en-US')}`,
    min === undefined ? '' : `at least ${min.toLocaleString('en-US')}`,
  ].join('');
  const verdict = target === '' ? '  ' : isMissed(figure) ? 'NO' : 'ok';
  return `${verdict} ${shown.padStart(9)} ${unit.padEnd(14)} ${target.padEnd(16)} ${what}`;
}
