// The archive in S3: objects named by their hash, written once, never overwritten with anything else.
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
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
import { type S3Upload, uploadToS3 } from './s3-upload.ts';
import { asUnavailable } from './unavailable-error.ts';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Order and codes files are 6 to 14 MB of text that packs to a tenth; zips and small files stay as they are. */
const compressedBytesMin = 64 * 1024;
const encoding = 'gzip';

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

/**
 * The archive in one bucket (keys in `archive-keys.ts`; the note as JSON, the first one of a URL and its bytes is
 * kept; large texts with `Content-Encoding: gzip`, their hash is that of the bytes as downloaded). An object that is there is not written again; two writers at once do no harm, as the key names the bytes.
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
  const write = async (object: Omit<S3Upload, 'Bucket'>): Promise<void> => {
    try {
      await uploadToS3(client, { Bucket: bucket, ...object });
    } catch (error) {
      throw unavailable(error);
    }
  };
  const read = async (key: string): Promise<Uint8Array> => {
    try {
      const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      const bytes = (await object.Body?.transformToByteArray()) ?? new Uint8Array();
      return object.ContentEncoding === encoding ? await decompress(bytes) : bytes;
    } catch (error) {
      if (!(error instanceof NoSuchKey)) throw unavailable(error);
      const message = `the archive ${bucket} has no ${key}`;
      throw new CodewatchError('archive-missing', message, { cause: error });
    }
  };

  return {
    async keep(bytes, note) {
      const sha256 = sha256Hex(bytes);
      const raw = { Key: rawKey(sha256), ContentType: 'application/octet-stream' };
      const noted = { Key: noteKey(sha256, note.url), ContentType: 'application/json' };
      const [hasBytes, hasNote] = await Promise.all([exists(raw.Key), exists(noted.Key)]);
      const packed = bytes.length >= compressedBytesMin && !isZip(bytes);
      if (!hasBytes && packed) {
        const Body = await compress(bytes, { level: 4 });
        await write({ ...raw, Body, ContentEncoding: encoding });
      } else if (!hasBytes) {
        await write({ ...raw, Body: bytes });
      }
      if (!hasNote) await write({ ...noted, Body: JSON.stringify(note) });
      return sha256;
    },
    read: (sha256) => read(rawKey(sha256)),
    async keepNormalForm(bytes) {
      const sha256 = sha256Hex(bytes);
      const key = normalKey(sha256);
      if (!(await exists(key))) {
        await write({ Key: key, Body: bytes, ContentType: 'application/octet-stream' });
      }
      return sha256;
    },
    readNormalForm: (sha256) => read(normalKey(sha256)),
  };
}
