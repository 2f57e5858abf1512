// Reads published snapshots by signed links: all the API does with S3 is one GET, and the S3 client that publish uses
// would be a fifth of its bundle (docs/decisions/0008-api-bundle.md).
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SignatureV4 } from '@smithy/signature-v4';
import { CodewatchError } from '../core/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { SnapshotReader } from '../ports/snapshot-store.ts';
import { snapshotObject } from './snapshot-object.ts';

/** Who signs: any AWS client's settings, which know region and credentials. */
export type Signing = Pick<DynamoDBClient['config'], 'region' | 'credentials' | 'sha256'>;

/** Long enough to begin a download from a slow line; S3 does not cut off what has begun. */
const linkSeconds = 300;
const downloadMs = 30_000;

const payloadHeader = 'x-amz-content-sha256';

/** Signs a GET as AWS describes it ("Authenticating Requests: Using Query Parameters"); answers the whole address. */
export async function signedLink(
  signing: Signing,
  address: string,
  at: { readonly now: string; readonly seconds: number },
): Promise<string> {
  const signer = new SignatureV4({ ...signing, service: 's3', uriEscapePath: false });
  const { protocol, hostname, port, host, pathname } = new URL(address);
  const request = {
    method: 'GET',
    protocol,
    hostname,
    ...(port === '' ? {} : { port: Number(port) }),
    path: pathname,
    query: {},
    // The payload of a GET is empty and S3 wants it said to be unsigned; the header itself is never sent.
    headers: { host, [payloadHeader]: 'UNSIGNED-PAYLOAD' },
  };
  const { query = {} } = await signer.presign(request, {
    expiresIn: at.seconds,
    signingDate: at.now,
    unhoistableHeaders: new Set([payloadHeader]),
    unsignableHeaders: new Set([payloadHeader]),
  });
  const parameters = Object.entries(query).map(
    ([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
  );
  return `${address}?${parameters.join('&')}`;
}

/** Where a bucket's objects are: at AWS by region, at an embedded engine by path. */
async function bucketAddress(bucket: string, signing: Signing, endpoint?: string): Promise<string> {
  if (endpoint !== undefined) return `${endpoint}/${bucket}`;
  return `https://${bucket}.s3.${await signing.region()}.amazonaws.com`;
}

/** What reading signed objects of one bucket needs. */
export type SignedBucket = {
  readonly bucket: string;
  readonly signing: Signing;
  readonly clock: Clock;
  /** Of an embedded engine; absent on AWS. */
  readonly endpoint?: string;
};

/** A link to an object by its key, good for five minutes; it does not look whether there is one. */
export async function linkToObject(from: SignedBucket, key: string): Promise<string> {
  const address = await bucketAddress(from.bucket, from.signing, from.endpoint);
  const at = { now: from.clock.now(), seconds: linkSeconds };
  return signedLink(from.signing, `${address}/${key}`, at);
}

/**
 * The bytes of an object by its key. Throws `archive-missing` for an unknown one, `unavailable` when S3 stays
 * unreachable.
 */
export async function readObject(from: SignedBucket, key: string): Promise<Uint8Array> {
  const what = `${key} of the archive ${from.bucket}`;
  const response = await answerOf(await linkToObject(from, key), what);
  if (response.status === 404) {
    throw new CodewatchError('archive-missing', `there is no ${what}`);
  }
  if (!response.ok) {
    throw new CodewatchError('unavailable', `${what}: S3 answered ${response.status}`);
  }
  return bytesOf(response, what);
}

/**
 * Snapshots of one bucket, read and linked to; `link` works for five minutes and does not look whether there is one.
 * `read` throws `archive-missing` for an unknown name, `unavailable` when S3 stays unreachable.
 */
export function createS3SnapshotLinks(from: SignedBucket): Required<SnapshotReader> {
  return {
    link: (name) => linkToObject(from, snapshotObject(name)),
    read: (name) => readObject(from, snapshotObject(name)),
  };
}

const away = (what: string, cause: unknown): CodewatchError =>
  new CodewatchError('unavailable', `${what} cannot be read; try again`, { cause });

async function answerOf(address: string, what: string): Promise<Response> {
  try {
    return await fetch(address, { signal: AbortSignal.timeout(downloadMs) });
  } catch (error) {
    throw away(what, error);
  }
}

async function bytesOf(response: Response, what: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw away(what, error);
  }
}
