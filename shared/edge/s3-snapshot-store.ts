// Published snapshots in S3, beside the archive in its bucket: written by publish, read by name.
import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  type S3Client,
} from '@aws-sdk/client-s3';
import { CodewatchError } from '../core/errors.ts';
import type { SnapshotStore } from '../ports/snapshot-store.ts';
import { uploadToS3 } from './s3-upload.ts';
import { snapshotObject } from './snapshot-object.ts';
import { asUnavailable } from './unavailable-error.ts';

/**
 * Snapshots in one bucket. A name holds the hash of its file, so that an object that is there is not written again.
 * Throws `archive-missing` for an unknown name, `unavailable` when S3 stays unreachable.
 */
export function createS3SnapshotStore(options: {
  readonly client: S3Client;
  readonly bucket: string;
}): SnapshotStore {
  const { client, bucket } = options;
  const unavailable = (error: unknown): unknown => asUnavailable(error, `archive ${bucket}`);
  const exists = async (Key: string): Promise<boolean> => {
    try {
      await client.send(new HeadObjectCommand({ Bucket: bucket, Key }));
      return true;
    } catch (error) {
      if (error instanceof NotFound) return false;
      throw unavailable(error);
    }
  };
  return {
    async keep(name, gzipped) {
      const Key = snapshotObject(name);
      if (await exists(Key)) return;
      try {
        await uploadToS3(client, {
          Bucket: bucket,
          Key,
          Body: gzipped,
          ContentType: 'application/gzip',
        });
      } catch (error) {
        throw unavailable(error);
      }
    },
    async read(name) {
      const Key = snapshotObject(name);
      try {
        const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
        return (await object.Body?.transformToByteArray()) ?? new Uint8Array();
      } catch (error) {
        if (!(error instanceof NoSuchKey)) throw unavailable(error);
        const message = `the archive ${bucket} has no ${Key}`;
        throw new CodewatchError('archive-missing', message, { cause: error });
      }
    },
  };
}
