// The operator's configuration as functions get it: checked when the topology is read, packed into their environment.

import type { Payer } from '../shared/core/payer.ts';
import {
  feedsVariable,
  packed,
  payersVariable,
} from '../shared/edge/configuration-in-environment.ts';
import { feedConfiguration } from './feed-configuration.ts';
import type { FunctionSpec } from './topology-specs.ts';

const payers = feedConfiguration.payers.map(
  ({ id, title, names, claimFiling }): Payer => ({ id, title, names, claimFiling }),
);

/** The variables of a function that is told of the configuration; none of one that is not. */
export function configurationFor(
  told: FunctionSpec['configuration'],
): Readonly<Record<string, string>> {
  if (told === 'feeds') return { [feedsVariable]: packed(feedsVariable, feedConfiguration) };
  if (told === 'payers') return { [payersVariable]: packed(payersVariable, payers) };
  return {};
}
