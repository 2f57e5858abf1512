// The message group of a tenant: SQS and SNS keep order within it.
import { createHash } from 'node:crypto';

/**
 * The tenant's id where SQS takes it as a group id (ASCII without blanks, up to 128), else its
 * sha256 in hex.
 */
export const groupIdOf = (tenant: string): string =>
  /^[\x21-\x7e]{1,128}$/.test(tenant) ? tenant : createHash('sha256').update(tenant).digest('hex');
