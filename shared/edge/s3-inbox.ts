// The inbox in S3. A large file is read range by range: no connection has to live as long as its claims take to be stored.
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { CodewatchError } from '../core/errors.ts';
import type { Inbox, InboxFile } from '../ports/inbox.ts';
import { asUnavailable } from './unavailable-error.ts';

/** Bytes of one request: 128 of them for a gigabyte, and no more than this in memory. */
const rangeBytes = 8 * 1024 * 1024;

const statusOf = (error: unknown): number | undefined =>
  error instanceof Error && '$metadata' in error
    ? (error.$metadata as { readonly httpStatusCode?: number }).httpStatusCode
    : undefined;

// The errors name no key: senders choose them, and one may name a patient.
const unavailable = (error: unknown): unknown => asUnavailable(error, 'the inbox');

/** Reads the file's ranges; every one of the same bytes as the first, or `conflict`. */
async function* rangesOf(
  send: (range: string) => Promise<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < size; start += rangeBytes) {
    const end = Math.min(start + rangeBytes, size) - 1;
    try {
      yield await send(`bytes=${start}-${end}`);
    } catch (error) {
      const status = statusOf(error);
      if (status !== 412 && status !== 404) throw unavailable(error);
      const message = 'the file was replaced while it was taken in';
      throw new CodewatchError('conflict', message, { cause: error });
    }
  }
}

/** The inbox in one bucket; versions are read and removed where the bucket keeps them. */
export function createS3Inbox(options: {
  readonly client: S3Client;
  readonly bucket: string;
}): Inbox {
  const { client, bucket } = options;
  const at = ({ key, version }: InboxFile) => ({
    Bucket: bucket,
    Key: key,
    ...(version !== undefined && { VersionId: version }),
  });
  return {
    async open(file) {
      try {
        const { ContentLength: size = 0, ETag } = await client.send(
          new HeadObjectCommand(at(file)),
        );
        const range = async (Range: string): Promise<Uint8Array> => {
          const part = { ...at(file), Range, ...(ETag !== undefined && { IfMatch: ETag }) };
          const { Body } = await client.send(new GetObjectCommand(part));
          return (await Body?.transformToByteArray()) ?? new Uint8Array();
        };
        return { identity: `${file.version ?? ''} ${ETag ?? ''}`, bytes: rangesOf(range, size) };
      } catch (error) {
        // A removed version is "not allowed" of a delete marker, or simply not there.
        const isGone = error instanceof NotFound || error instanceof NoSuchKey;
        if (isGone || statusOf(error) === 404 || statusOf(error) === 405) return undefined;
        throw unavailable(error);
      }
    },
    async writeResult(key, json) {
      const result = { Bucket: bucket, Key: key, Body: json, ContentType: 'application/json' };
      try {
        await client.send(new PutObjectCommand(result));
      } catch (error) {
        throw unavailable(error);
      }
    },
    async remove(file) {
      try {
        await client.send(new DeleteObjectCommand(at(file)));
      } catch (error) {
        throw unavailable(error);
      }
    },
  };
}
