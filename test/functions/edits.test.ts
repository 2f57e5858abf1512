// The Lambda of edit lists on events as S3 sends them: taken in once, told, removed; a refusal says why and tries no more.
import { describe, expect, it } from 'vitest';
import { createHandler } from '../../functions/edits/handler.ts';
import { CodewatchError } from '../../shared/core/errors.ts';
import { createLog } from '../../shared/edge/log.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryInbox } from '../../shared/edge/memory-inbox.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { readDocuments } from '../../shared/store/reference-documents.ts';

const header = 'table,code,from,to,flags\n';
const male = 'dx,A1814,2015-10-01,2024-09-30,MALE|ADULT\n';

const messageOf = (key: string, messageId = 'm') => ({
  messageId,
  body: JSON.stringify({ Records: [{ s3: { object: { key } } }] }),
});

function createWorld(isAway = false) {
  const items = createMemoryItemStore();
  const [archive, inbox] = [createMemoryArchive(), createMemoryInbox({ pieceBytes: 16 })];
  const lines: Record<string, unknown>[] = [];
  const away = async (): Promise<never> => {
    throw new CodewatchError('unavailable', 'the archive is away');
  };
  const handler = createHandler({
    ...{ codeItems: items, inbox },
    archive: isAway ? { ...archive, keep: away } : archive,
    clock: { now: () => '2026-02-01T00:00:00.000Z' },
    log: createLog({}, (line) => lines.push(JSON.parse(line))),
  });
  const put = (key: string, text: string) => inbox.objects.set(key, Buffer.from(text));
  const result = (name: string) =>
    JSON.parse(Buffer.from(inbox.objects.get(`edits-results/${name}.json`) ?? []).toString());
  const version = async () => (await readDocuments(items, archive)).edits?.version;
  return { handler, inbox, lines, put, result, version };
}

describe('functions/edits/handler.ts', () => {
  it('takes a list in, tells beside it what became of it, and removes it', async () => {
    const { handler, inbox, lines, put, result, version } = createWorld();
    put('edits/2025/mce-43.1 flags.csv', header + male);
    const event = { Records: [messageOf('edits/2025/mce-43.1+flags.csv')] };
    expect(await handler(event)).toEqual({ batchItemFailures: [] });
    expect(await version()).toBe('43.1');
    expect(result('2025/mce-43.1 flags.csv')).toEqual({
      ...{ file: '2025/mce-43.1 flags.csv', takenInAt: '2026-02-01T00:00:00.000Z' },
      ...{ version: '43.1', takenIn: 'yes', findings: [] },
      counts: { read: 1, rows: 1, ages: 0, rejected: 0 },
    });
    expect([...inbox.objects.keys()]).toEqual(['edits-results/2025/mce-43.1 flags.csv.json']);
    expect(lines).toMatchObject([
      { message: 'edits file taken in', takenIn: 'yes', version: '43.1' },
    ]);
    // I2 S3 tells of a file twice now and then; and an operator leaves it again.
    expect(await handler(event)).toEqual({ batchItemFailures: [] });
    put('edits/2025/mce-43.1 flags.csv', header + male);
    await handler(event);
    expect(result('2025/mce-43.1 flags.csv').takenIn).toBe('already');
  });

  it('refuses a list with a wrong row, or whose name tells no version, by name and reason, and keeps what it had', async () => {
    const { handler, inbox, lines, put, result, version } = createWorld();
    put('edits/mce-43.1.csv', header + male);
    put('edits/mce-44.csv', header + male + male.replace('2024-09-30', 'never'));
    put('edits/newest.csv', header + male);
    const names = ['mce-43.1.csv', 'mce-44.csv', 'newest.csv'];
    const event = { Records: names.map((name) => messageOf(`edits/${name}`, name)) };
    expect(await handler(event)).toEqual({ batchItemFailures: [] });
    expect(await version()).toBe('43.1');
    expect(result('mce-44.csv')).toMatchObject({
      takenIn: 'no',
      findings: [{ code: 'edit-dates' }],
    });
    expect(result('newest.csv')).toMatchObject({
      takenIn: 'no',
      refusal: expect.stringContaining('43.1'),
    });
    expect(lines.filter(({ level }) => level === 'warn')).toMatchObject([
      {
        message: 'edits file refused',
        file: 'mce-44.csv',
        why: [expect.stringContaining('never')],
      },
      { message: 'edits file refused', file: 'newest.csv', why: [expect.stringContaining('43.1')] },
    ]);
    expect([...inbox.objects.keys()].filter((key) => key.startsWith('edits/'))).toEqual([]);
  });

  it('keeps the message, and the file, of a list that could not be stored, and no other', async () => {
    const { handler, inbox, put } = createWorld(true);
    put('edits/mce-43.1.csv', header + male);
    put('edits/newest.csv', header + male);
    const event = {
      Records: [messageOf('edits/mce-43.1.csv', 'a'), messageOf('edits/newest.csv', 'b')],
    };
    expect(await handler(event)).toEqual({ batchItemFailures: [{ itemIdentifier: 'a' }] });
    expect(inbox.objects.has('edits/mce-43.1.csv')).toBe(true);
    expect(inbox.objects.has('edits/newest.csv')).toBe(false);
  });

  it('takes nothing for a list that lies elsewhere, nor for a folder', async () => {
    const { handler, put, version } = createWorld();
    put('inbox/clinic/mce-43.1.csv', header + male);
    const event = {
      Records: [messageOf('inbox/clinic/mce-43.1.csv', 'a'), messageOf('edits/', 'b')],
    };
    expect(await handler(event)).toEqual({ batchItemFailures: [{ itemIdentifier: 'a' }] });
    expect(await version()).toBeUndefined();
  });
});
