// The operator's configuration on its way to a function: packed into one environment variable, of which Lambda takes 4 KB in
// all. Whoever deploys packs it, checked; a function unpacks it.
import { gunzipSync, gzipSync } from 'node:zlib';
import { CodewatchError } from '../core/errors.ts';
import type { Payer } from '../core/payer.ts';
import type { Environment } from './ports-from-environment.ts';

/** Variable of the payers and policy feeds: functions that ask feeds or read what they brought. */
export const feedsVariable = 'CODEWATCH_FEEDS';

/** Variable of the payers alone: functions that tell whose a claim is. */
export const payersVariable = 'CODEWATCH_PAYERS';

/** Characters a packed value may have: room for the other variables is left. */
const packedLengthMax = 3000;

/** A value as an environment variable holds it. Throws an Error when it is too long for one. */
export function packed(variable: string, value: unknown): string {
  const text = gzipSync(JSON.stringify(value)).toString('base64');
  if (text.length <= packedLengthMax) return text;
  throw new Error(
    `${variable} would have ${text.length} characters, a function takes ${packedLengthMax}: configure fewer payers and feeds, or shorter names`,
  );
}

/** The bytes of the JSON a variable holds. Throws `invalid-request` naming the variable when it is not set. */
export function unpacked(environment: Environment, variable: string): Uint8Array {
  const text = environment[variable];
  if (!text) {
    throw new CodewatchError('invalid-request', `the environment variable ${variable} is not set`);
  }
  return gunzipSync(Buffer.from(text, 'base64'));
}

/** The payers of an environment, as deployed. */
export function payersFromEnvironment(environment: Environment): readonly Payer[] {
  const payers: readonly Payer[] = JSON.parse(
    new TextDecoder().decode(unpacked(environment, payersVariable)),
  );
  return payers;
}
