// Reads normal forms of the archive by signed links, for the API, which has no S3 client: scrub rules are made from them.
import type { Archive } from '../ports/archive.ts';
import { normalKey } from './archive-keys.ts';
import { readObject, type SignedBucket } from './s3-snapshot-links.ts';

/** The normal forms of one bucket; throws `archive-missing` for an unknown one, `unavailable` without S3. */
export const createS3NormalForms = (from: SignedBucket): Pick<Archive, 'readNormalForm'> => ({
  readNormalForm: (sha256) => readObject(from, normalKey(sha256)),
});
