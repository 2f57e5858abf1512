// Writes an object to S3, a large one in parts: order files are 14 MB, and not every S3 takes that in one request.
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';

/** An object to write. */
export type S3Upload = {
  readonly Bucket: string;
  readonly Key: string;
  readonly Body: Uint8Array | string;
  readonly ContentType: string;
  readonly ContentEncoding?: string;
};

/** S3's least size of a part is 5 MiB, the last one apart. */
const partBytes = 8 * 1024 * 1024;

/** Writes the object; it appears whole or not at all. Throws what the client throws. */
export async function uploadToS3(client: S3Client, upload: S3Upload): Promise<void> {
  const { Body, ContentType, ContentEncoding, ...at } = upload;
  if (typeof Body === 'string' || Body.length <= partBytes) {
    await client.send(new PutObjectCommand(upload));
    return;
  }
  const { UploadId } = await client.send(
    new CreateMultipartUploadCommand({ ...at, ContentType, ContentEncoding }),
  );
  try {
    const Parts: { ETag: string | undefined; PartNumber: number }[] = [];
    for (let start = 0; start < Body.length; start += partBytes) {
      const PartNumber = Parts.length + 1;
      const part = { ...at, UploadId, PartNumber, Body: Body.subarray(start, start + partBytes) };
      const { ETag } = await client.send(new UploadPartCommand(part));
      Parts.push({ ETag, PartNumber });
    }
    const whole = { ...at, UploadId, MultipartUpload: { Parts } };
    await client.send(new CompleteMultipartUploadCommand(whole));
  } catch (error) {
    // Parts of an upload that never completes would be paid for; the first failure is what counts.
    await client.send(new AbortMultipartUploadCommand({ ...at, UploadId })).catch(() => undefined);
    throw error;
  }
}
