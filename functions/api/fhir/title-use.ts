// What a designation is used for: order files have two titles, and the long one is the display.
import { canonicalBase } from './canonical.ts';

/** The short title (order file, columns 17–76). */
export const shortTitleUse = {
  system: `${canonicalBase}/CodeSystem/title-use`,
  code: 'short',
  display: 'Short title',
} as const;
