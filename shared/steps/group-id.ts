// The message groups of a tenant, within which SQS and SNS keep order, and the ids by which SQS drops
// a message that is sent again.
import { createHash } from 'node:crypto';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The tenant's id where SQS takes it as a group id (ASCII without blanks, up to 128), else its
 * sha256 in hex.
 */
export const groupIdOf = (tenant: string): string =>
  /^[\x21-\x7e]{1,128}$/.test(tenant) ? tenant : hashOf(tenant);

/** One of the tenant's side groups: beside its main one and each other, never another tenant's. */
export const laneIdOf = (tenant: string, lane: number): string => hashOf(`${tenant}#${lane}`);

/** The deduplication id of a message, by all that tells it from others. */
export const messageIdOf = (...parts: readonly (string | number)[]): string =>
  hashOf(JSON.stringify(parts));
