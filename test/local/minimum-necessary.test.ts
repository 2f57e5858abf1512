// I8 The same on the real process: marked files go in by command line, API and folder, a release hits their claims, and
// every byte of the data folder, every item, object and message, and all that was printed is searched.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListBucketsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { ListQueuesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleMirrorFolder } from '../../infra/local/sample/sample.ts';
import {
  controlNumber,
  damages,
  mapping,
  marked,
  markedFiles,
} from '../simulation/marked-files.ts';
import { startTestEngines } from '../support/engines.ts';
import { run, type Served, startServe } from './codewatch-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'codewatch-marked-'));
const data = join(folder, 'data');
const printed: string[] = [];
const source = ['--data', data, '--source', sampleMirrorFolder];

const ask = (served: Served, method: string, path: string, body: object): Promise<Response> =>
  fetch(new URL(path, served.url), {
    method,
    headers: { authorization: `Bearer ${served.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Every file whole, and broken in each way once. */
function writeFiles(): string[] {
  const texts = markedFiles.flatMap(({ text }, at) => [
    text,
    ...Object.values(damages).map((damage, n) =>
      damage(text, Math.floor((text.length * (n + at)) / 30)),
    ),
  ]);
  return texts.map((text, at) => {
    const path = join(folder, `file-${at}`);
    writeFileSync(path, text);
    return path;
  });
}

beforeAll(async () => {
  const early = await startServe([...source, '--now', '2021-06-01']);
  const settings = { references: 'hashed', csvMapping: mapping };
  expect((await ask(early, 'PUT', '/v1/settings', settings)).status).toBe(200);
  const paths = writeFiles();
  const taken = await run(['intake', ...paths, '--json', '--data', data]);
  const asTable = await run(['intake', ...paths.slice(0, 30), '--data', data]);
  const inbox = join(data, 'inbox', 'local');
  markedFiles.forEach(({ text }, at) => void writeFileSync(join(inbox, `file-${at}`), text));
  while (readdirSync(inbox).length > 0) await sleep(100);
  printed.push(taken.out, taken.err, asTable.out, asTable.err);
  expect(JSON.parse(taken.out).accepted).toBeGreaterThan(markedFiles.length);
  await early.end('SIGTERM');
  printed.push(early.text());
  // FY2022, which expands M54.5, is published: the claims are hit, and somebody is told.
  const late = await startServe([...source, '--now', '2021-12-01']);
  await late.end('SIGTERM');
  printed.push(late.text());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const leaksIn = (texts: Iterable<string>): string[] =>
  [...texts].flatMap((text) => {
    const found = marked.exec(text) ?? controlNumber.exec(text);
    return found ? [text.slice(Math.max(0, found.index - 60), found.index + 60)] : [];
  });

const filesUnder = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((name) => statSync(name).isFile());

describe('minimum necessary, on the real process', () => {
  test('I8 nothing of a patient, and no claim number, is printed', () => {
    expect(printed.join('').length).toBeGreaterThan(5_000);
    expect(leaksIn(printed)).toEqual([]);
  });

  test('I8 nor lies in any file of the data folder', () => {
    const files = filesUnder(data);
    expect(files.length).toBeGreaterThan(10);
    const leaking = files.filter((path) => leaksIn([readFileSync(path, 'latin1')]).length > 0);
    expect(leaking).toEqual([]);
  });

  test('I8 nor in any item, object or message', async () => {
    const { clients, stop } = await startTestEngines(data);
    try {
      const items: string[] = [];
      for (const TableName of ['codewatch-code-table', 'codewatch-tenant-table']) {
        let ExclusiveStartKey: Record<string, never> | undefined;
        do {
          const page = await clients
            .dynamodb()
            .send(new ScanCommand({ TableName, ...(ExclusiveStartKey && { ExclusiveStartKey }) }));
          items.push(...(page.Items ?? []).map((item) => JSON.stringify(item)));
          ExclusiveStartKey = page.LastEvaluatedKey as Record<string, never> | undefined;
        } while (ExclusiveStartKey);
      }
      const hashed = items.filter((item) => item.includes('ARTIFACT#claim#h1-'));
      expect(hashed.length).toBeGreaterThanOrEqual(10);
      const { Buckets = [] } = await clients.s3().send(new ListBucketsCommand({}));
      const objects: string[] = [];
      for (const { Name: Bucket } of Buckets) {
        const { Contents = [] } = await clients.s3().send(new ListObjectsV2Command({ Bucket }));
        for (const { Key } of Contents) {
          const { Body } = await clients.s3().send(new GetObjectCommand({ Bucket, Key }));
          objects.push(
            `${Key} ${Buffer.from((await Body?.transformToByteArray()) ?? []).toString('latin1')}`,
          );
        }
      }
      const messages: string[] = [];
      const { QueueUrls = [] } = await clients.sqs().send(new ListQueuesCommand({}));
      for (const QueueUrl of QueueUrls) {
        const received = await clients.sqs().send(
          new ReceiveMessageCommand({
            QueueUrl,
            MaxNumberOfMessages: 10,
            MessageAttributeNames: ['All'],
          }),
        );
        messages.push(...(received.Messages ?? []).map((message) => JSON.stringify(message)));
      }
      // The alert on M54.5 was published: it counts the claims and names none.
      expect(messages.join()).toContain('icd10cm-2022');
      expect(objects.length).toBeGreaterThan(5);
      expect(leaksIn([...items, ...objects, ...messages])).toEqual([]);
    } finally {
      await stop();
    }
  });
});
