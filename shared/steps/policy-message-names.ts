// What messages with files of payer policies are called by: their files, which may come back, and themselves, however often
// they are delivered.
import { createHash } from 'node:crypto';
import type { PolicyEdition } from '../core/policy.ts';
import type { PolicyMessage } from './messages.ts';

/** Digits of the hash of its message in an edition's id. */
const idDigits = 6;

const hashOf = (words: readonly string[]): string =>
  createHash('sha256').update(words.join('\n')).digest('hex');

/** Names what a message brings: the same files of the same feed, whenever they come. */
export const arrivalOf = ({ feed, files }: PolicyMessage): string =>
  hashOf([feed, ...files.map(({ sha256 }) => sha256)]);

/** Names the message itself, however often it is delivered and whoever approves it. */
export const messageHash = (message: PolicyMessage): string =>
  hashOf([arrivalOf(message), message.collected, message.occasion ?? '']);

/** The end of the id of the edition that a message brings. */
export const idEnding = (message: PolicyMessage): string => messageHash(message).slice(0, idDigits);

/** Whether an edition, committed or in quarantine, is what this message brought. */
export const isEditionOf = (
  { id, feed }: Pick<PolicyEdition, 'id' | 'feed'>,
  message: PolicyMessage,
): boolean => feed === message.feed && id.endsWith(`-${idEnding(message)}`);
