// Normal forms by signed links, from a server that stands for S3: the key asked for, the bytes, and what is said without.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createS3NormalForms } from '../../shared/edge/s3-normal-forms.ts';

const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' };
const { config: signing } = new DynamoDBClient({ region: 'us-east-1', credentials });
const bytes = Buffer.from([0x1f, 0x8b, 0, 255]);

let server: Server;
let endpoint: string;
const asked: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
    asked.push(`${request.method} ${pathname} ${searchParams.has('X-Amz-Signature')}`);
    if (pathname.endsWith('/broken')) response.writeHead(503).end();
    else if (pathname.endsWith('/known')) response.end(bytes);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const forms = () =>
  createS3NormalForms({
    ...{ bucket: 'archive', signing, endpoint },
    clock: { now: () => '2025-11-01T06:00:00.000Z' },
  });

describe('shared/edge/s3-normal-forms.ts', () => {
  test('a normal form is read by a signed GET of its key, byte for byte', async () => {
    expect(await forms().readNormalForm('known')).toEqual(new Uint8Array(bytes));
    expect(asked).toEqual(['GET /archive/normal/known true']);
  });

  test('one that is not there and one out of reach are told apart', async () => {
    await expect(forms().readNormalForm('unknown')).rejects.toMatchObject({
      code: 'archive-missing',
    });
    await expect(forms().readNormalForm('broken')).rejects.toMatchObject({ code: 'unavailable' });
  });
});
