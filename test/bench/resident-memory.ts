// Memory of this process as Linux counts it: what it holds now, and the most it held since the count was set back.
import { readFileSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const megabytes = (field: string): number => {
  const status = readFileSync('/proc/self/status', 'latin1');
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN) / 1024;
};

/** MB held now, pages of mapped files apart: those the system takes back when it needs them. */
export const ownMb = (): number => megabytes('RssAnon');

/** MB held now, and at most since {@link forgetPeak}, pages of mapped files included. */
export const residentMb = (): number => megabytes('VmRSS');
export const peakMb = (): number => megabytes('VmHWM');

/** Sets the peak back to what is held now (proc(5), `clear_refs`). */
export const forgetPeak = (): void => writeFileSync('/proc/self/clear_refs', '5');

/** Gives back what nothing needs any more, so that it is not counted, nor used again in silence. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
}
