// Where each thing lies in the archive: the same keys in S3 and in memory, determined by the bytes and the URL.
import { createHash } from 'node:crypto';

/** Lower-case hex sha256 of bytes or of a text in UTF-8. */
export const sha256Hex = (content: Uint8Array | string): string =>
  createHash('sha256').update(content).digest('hex');

/** Downloaded bytes as they came. */
export const rawKey = (sha256: string): string => `raw/${sha256}`;

/** A derived form. */
export const normalKey = (sha256: string): string => `normal/${sha256}`;

/** The note about the first download of these bytes from a URL. */
export const noteKey = (sha256: string, url: string): string => `note/${sha256}/${sha256Hex(url)}`;
