// The archive in S3: objects named by their hash, written once, never overwritten with anything else.
import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  type S3Client,
} from '@aws-sdk/client-s3';
import { CodewatchError } from '../core/errors.ts';
import type { Archive } from '../ports/archive.ts';
import { normalKey, noteKey, rawKey, sha256Hex } from './archive-keys.ts';
import { uploadToS3 } from './s3-upload.ts';
import { asUnavailable } from './unavailable-error.ts';

/**
 * The archive in one bucket (keys in `archive-keys.ts`; the note as JSON, the first one of a URL and its bytes is
 * kept). An object that is there is not written again; two writers at once do no harm, as the key names the bytes.
 * Throws `archive-missing` for an unknown hash, `unavailable` when S3 stays unreachable.
 */
export function createS3Archive(options: {
  readonly client: S3Client;
  readonly bucket: string;
}): Archive {
  const { client, bucket } = options;
  const unavailable = (error: unknown): unknown => asUnavailable(error, `archive ${bucket}`);

  const exists = async (key: string): Promise<boolean> => {
    try {
      await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
      return true;
    } catch (error) {
      if (error instanceof NotFound) return false;
      throw unavailable(error);
    }
  };
  const write = async (key: string, body: Uint8Array | string, type: string): Promise<void> => {
    if (await exists(key)) return;
    try {
      await uploadToS3(client, { Bucket: bucket, Key: key, Body: body, ContentType: type });
    } catch (error) {
      throw unavailable(error);
    }
  };
  const read = async (key: string): Promise<Uint8Array> => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    } catch (error) {
      if (!(error instanceof NoSuchKey)) throw unavailable(error);
      const message = `the archive ${bucket} has no ${key}`;
      throw new CodewatchError('archive-missing', message, { cause: error });
    }
  };

  return {
    async keep(bytes, note) {
      const sha256 = sha256Hex(bytes);
      await write(rawKey(sha256), bytes, 'application/octet-stream');
      await write(noteKey(sha256, note.url), JSON.stringify(note), 'application/json');
      return sha256;
    },
    read: (sha256) => read(rawKey(sha256)),
    async keepNormalForm(bytes) {
      const sha256 = sha256Hex(bytes);
      await write(normalKey(sha256), bytes, 'application/octet-stream');
      return sha256;
    },
    readNormalForm: (sha256) => read(normalKey(sha256)),
  };
}
