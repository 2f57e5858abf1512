// Signed links against the example that AWS itself publishes.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { createS3SnapshotLinks, signedLink } from '../../shared/edge/s3-snapshot-links.ts';

// "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)", Amazon S3 API Reference.
const example = {
  credentials: {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  },
  address: 'https://examplebucket.s3.amazonaws.com/test.txt',
  now: '2013-05-24T00:00:00.000Z',
  seconds: 86_400,
  signature: 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
};

const { config: signing } = new DynamoDBClient({
  region: 'us-east-1',
  credentials: example.credentials,
});

describe('shared/edge/s3-snapshot-links.ts', () => {
  test('a link is signed as in the example of the S3 API Reference', async () => {
    const link = new URL(await signedLink(signing, example.address, example));
    expect(`${link.origin}${link.pathname}`).toBe(example.address);
    expect(Object.fromEntries(link.searchParams)).toEqual({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request',
      'X-Amz-Date': '20130524T000000Z',
      'X-Amz-Expires': '86400',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': example.signature,
    });
  });

  test('on AWS a snapshot lies in its bucket, in the region of the function', async () => {
    const { link } = createS3SnapshotLinks({
      bucket: 'codewatch-archive',
      signing,
      clock: { now: () => example.now },
    });
    const address = new URL(await link('f1_icd10cm-2_icd10pcs-1_0123456789ab.sqlite.gz'));
    expect(address.host).toBe('codewatch-archive.s3.us-east-1.amazonaws.com');
    expect(address.pathname).toBe('/snapshot/f1_icd10cm-2_icd10pcs-1_0123456789ab.sqlite.gz');
    expect(address.searchParams.get('X-Amz-Expires')).toBe('300');
  });
});
