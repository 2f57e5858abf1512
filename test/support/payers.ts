// The payers tests configure.
import type { Payer } from '../../shared/core/payer.ts';

/** Medicare as it is configured in operation. */
export const medicare: Payer = {
  id: 'medicare',
  title: 'Medicare',
  names: ['CMS', 'Medicare Part B'],
  claimFiling: ['MA', 'MB'],
};

/** All of them. */
export const payers: readonly Payer[] = [medicare];
