// The loader over real snapshot files: when it looks, what it refuses, and who may go on reading the old one.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { CodewatchError } from '../../shared/core/errors.ts';
import {
  createReferenceSource,
  type ReferenceSourceOptions,
} from '../../shared/edge/reference-source.ts';
import { openSnapshot } from '../../shared/edge/sqlite/open-snapshot.ts';
import type { CodeTable } from '../../shared/ports/code-table.ts';
import type { SnapshotPointer } from '../../shared/ports/snapshot-store.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';
import { readSnapshotPointer } from '../../shared/store/snapshot-pointer.ts';
import { fy2021, fy2022, publishedOf } from '../support/published-snapshots.ts';

const folder = mkdtempSync(join(tmpdir(), 'codewatch-loader-'));
afterAll(() => rmSync(folder, { recursive: true }));

const day = calendarDate('2021-10-01');
const statusOf = async (table: CodeTable) =>
  (await table.versionAsOf('icd10cm', 'M545', day))?.status;

/** A source over what is published; `turn` changes the pointer, `at` the time in ms. */
async function source(more: Partial<ReferenceSourceOptions> = {}) {
  const { pointer, items, snapshots } = await publishedOf([fy2021]);
  const world = { pointer: pointer as SnapshotPointer | undefined, at: 0, looks: 0, reads: 0 };
  const warnings: string[] = [];
  const reference = createReferenceSource({
    codeTable: createCodeTable(items),
    policies: createPolicyTable(items),
    async pointer() {
      world.looks += 1;
      return world.pointer;
    },
    snapshots: {
      async read(name) {
        world.reads += 1;
        return snapshots.read(name);
      },
    },
    open: openSnapshot,
    log: {
      info: () => undefined,
      warn: (_message, fields) => void warnings.push(String(fields?.why)),
    },
    folder,
    elapsed: () => world.at,
    waitSeconds: 5,
    ...more,
  });
  return { reference, world, warnings, pointer, items, snapshots };
}

/** Publishes FY2022 besides, into the same store. */
async function publishNext(into: Awaited<ReturnType<typeof source>>): Promise<SnapshotPointer> {
  const next = await publishedOf([fy2021, fy2022]);
  await into.snapshots.keep(next.pointer.name, next.gzipped);
  into.world.pointer = next.pointer;
  return next.pointer;
}

describe('shared/edge/reference-source.ts', () => {
  test('the first answer comes from the table at once, later ones from the snapshot', async () => {
    const { reference, pointer } = await source();
    const first = reference.now();
    expect([first.stamp, first.catalogue]).toEqual([undefined, undefined]);
    expect(await statusOf(first.codeTable)).toBe('billable');
    const { stamp } = await reference.withCatalogue();
    expect(stamp).toBe(pointer.stamp);
    expect(reference.now().stamp).toBe(pointer.stamp);
    expect(await statusOf(reference.now().codeTable)).toBe('billable');
    await reference.close();
  });

  test('the file leaves nothing in the folder while it is open', async () => {
    const { reference } = await source();
    const { catalogue } = await reference.withCatalogue();
    expect(readdirSync(folder)).toEqual([]);
    expect((await catalogue.children('icd10cm', 'M54', day)).map(({ code }) => code)).toEqual([
      'M545',
    ]);
    await reference.close();
  });

  test('it looks at the pointer once in fifteen seconds, however often it is asked', async () => {
    const { reference, world } = await source();
    await reference.withCatalogue();
    for (world.at = 0; world.at < 15_000; world.at += 1000) reference.now();
    expect(world.looks).toBe(1);
    reference.now();
    expect(world.looks).toBe(2);
    await reference.close();
    expect(world.reads).toBe(1);
  });

  test('a newer snapshot is swapped in while the old one answers, and who has the old one reads on', async () => {
    const made = await source();
    const { reference, world } = made;
    const old = await reference.withCatalogue();
    const { stamp } = await publishNext(made);
    world.at = 20_000;
    // The request that starts the look is answered from the old one.
    expect(reference.now().stamp).toBe(old.stamp);
    await reference.refresh();
    const now = reference.now();
    expect(now.stamp).toBe(stamp);
    expect(await statusOf(now.codeTable)).toBe('header');
    expect(await statusOf(old.codeTable)).toBe('billable');
    await reference.close();
  });

  test('a request that holds the old snapshot reads it through the swap, every answer of one state', async () => {
    const made = await source();
    const { reference } = made;
    await reference.withCatalogue();
    await publishNext(made);
    let stop = false;
    const answers = new Set<string>();
    const asking = (async () => {
      while (!stop) {
        const { codeTable, stamp } = reference.now();
        const before = await statusOf(codeTable);
        await new Promise((resolve) => setImmediate(resolve));
        answers.add(`${stamp?.slice(0, 12)} ${before} ${await statusOf(codeTable)}`);
      }
    })();
    await reference.refresh();
    await new Promise((resolve) => setTimeout(resolve, 20));
    stop = true;
    await asking;
    expect([...answers]).toEqual(['f2_icd10cm-1 billable billable', 'f2_icd10cm-2 header header']);
    await reference.close();
  });

  test('a replaced snapshot is closed after its grace', async () => {
    const made = await source({ graceSeconds: 0.05 });
    const old = await made.reference.withCatalogue();
    await publishNext(made);
    await made.reference.refresh();
    expect(await statusOf(old.codeTable)).toBe('billable');
    await new Promise((resolve) => setTimeout(resolve, 120));
    await expect((async () => statusOf(old.codeTable))()).rejects.toThrow();
    await made.reference.close();
  });

  test('while nothing is published look-ups work, and a search is unavailable for now', async () => {
    const { reference, world, warnings } = await source();
    world.pointer = undefined;
    expect(await statusOf(reference.now().codeTable)).toBe('billable');
    await expect(reference.withCatalogue()).rejects.toMatchObject({
      code: 'unavailable',
      retryable: true,
    });
    expect(warnings).toEqual([]);
    await reference.close();
  });

  type Made = Awaited<ReturnType<typeof source>>;
  const put = ({ snapshots, pointer }: Made, bytes: Uint8Array) =>
    snapshots.objects.set(pointer.name, bytes);
  const bytesOf = ({ snapshots, pointer }: Made) =>
    snapshots.objects.get(pointer.name) ?? new Uint8Array();
  const point = ({ world, pointer }: Made, other: Partial<SnapshotPointer>) => {
    world.pointer = { ...pointer, ...other };
  };

  test.each<[string, RegExp, (made: Made) => unknown]>([
    ['cut off', /cannot be unpacked/, (made) => put(made, bytesOf(made).subarray(0, 500))],
    ['no gzip at all', /cannot be unpacked/, (made) => put(made, Buffer.from('<html>'))],
    ['of another hash', /its sha256 is/, (made) => point(made, { sha256: '0'.repeat(64) })],
    ['larger than said', /over 100 bytes/, (made) => point(made, { bytes: 100 })],
    ['of another form', /form 99, this program reads/, (made) => point(made, { form: 99 })],
    ['of another state', /calls itself/, (made) => point(made, { stamp: 'f2_icd10cm-7' })],
    ['gone', /there is no snapshot/, (made) => made.snapshots.objects.clear()],
  ])('a snapshot that is %s is said and not used; the table answers', async (_, why, damage) => {
    const made = await source();
    damage(made);
    await expect(made.reference.withCatalogue()).rejects.toMatchObject({ code: 'unavailable' });
    expect(made.warnings).toEqual([expect.stringMatching(why)]);
    expect(made.reference.now().stamp).toBeUndefined();
    expect(await statusOf(made.reference.now().codeTable)).toBe('billable');
    expect(readdirSync(folder)).toEqual([]);
    await made.reference.close();
  });

  test('a damaged newer snapshot leaves the old one open, and is tried less and less often until it is sound', async () => {
    const made = await source();
    const { reference, world, snapshots, warnings } = made;
    const old = await reference.withCatalogue();
    const next = await publishNext(made);
    const sound = await snapshots.read(next.name);
    snapshots.objects.set(next.name, sound.subarray(0, 100));
    const looks: number[] = [];
    for (let second = 15; second <= 15 * 32; second += 15) {
      world.at = second * 1000;
      const before = world.looks;
      expect(reference.now().stamp).toBe(old.stamp);
      // A look is over before the next request: each but the first one fails and says so.
      await vi.waitFor(() => expect(warnings).toHaveLength(world.looks - 1), { interval: 2 });
      await new Promise((resolve) => setImmediate(resolve));
      if (world.looks > before) looks.push(second / 15);
    }
    // After the first failure 1 × 15 s, then 2, 4, and never more than 8 (two minutes).
    expect(looks).toEqual([1, 2, 4, 8, 16, 24, 32]);
    snapshots.objects.set(next.name, sound);
    await reference.refresh();
    expect(reference.now().stamp).toBe(next.stamp);
    await reference.close();
  });

  test('a table that is away is no reason to fail: what is open answers on', async () => {
    const made = await source();
    await made.reference.withCatalogue();
    const down = await source({
      pointer: async () => {
        throw new CodewatchError('unavailable', 'table code is unavailable');
      },
    });
    await expect(down.reference.withCatalogue()).rejects.toMatchObject({ code: 'unavailable' });
    expect(down.warnings).toEqual(['table code is unavailable']);
    await Promise.all([made.reference.close(), down.reference.close()]);
  });

  test('whoever needs the catalogue waits for a slow snapshot, but not for ever', async () => {
    const made = await source({
      waitSeconds: 0.03,
      snapshots: {
        read: async () => {
          await new Promise((resolve) => setTimeout(resolve, 100));
          return bytesOf(made);
        },
      },
    });
    await expect(made.reference.withCatalogue()).rejects.toMatchObject({ code: 'unavailable' });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect((await made.reference.withCatalogue()).stamp).toBe(made.pointer.stamp);
    await made.reference.close();
  });

  test('the pointer is read from the table as publish left it', async () => {
    const { items, pointer } = await publishedOf([fy2021]);
    expect(await readSnapshotPointer(items)).toEqual(pointer);
  });
});
