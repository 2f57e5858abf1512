// Publish on memory stores and real SQLite files: what is pointed to, what a kill leaves, and who wins of two at once.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createMemorySnapshotStore } from '../../shared/edge/memory-snapshot-store.ts';
import { newSnapshotDrafts } from '../../shared/edge/snapshot-draft.ts';
import { createSnapshotWriter } from '../../shared/edge/sqlite/snapshot-writer.ts';
import { snapshotForm } from '../../shared/ports/snapshot-writer.ts';
import { type PublishPorts, publish } from '../../shared/steps/publish.ts';
import { headKey } from '../../shared/store/keys.ts';
import { moveSnapshotPointer, readSnapshotPointer } from '../../shared/store/snapshot-pointer.ts';
import { createFuse, survive } from '../simulation/crash.ts';
import { fy2021, fy2022, pcs2021, publishingOf, withFuse } from '../support/published-snapshots.ts';
import { takeIn } from '../support/test-reference.ts';

const folder = mkdtempSync(join(tmpdir(), 'codewatch-drafts-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('shared/steps/publish.ts', () => {
  test('what is committed of every system is published under its state', async () => {
    const { ports, snapshots, items } = await publishingOf([fy2021, fy2022, pcs2021]);
    const { outcome, pointer } = await publish(ports);
    expect(outcome).toBe('published');
    expect(pointer).toMatchObject({
      stamp: `f${snapshotForm}_icd10cm-2_icd10pcs-1_hcpcs-0`,
      seqs: { icd10cm: 2, icd10pcs: 1 },
      publishedAt: '2026-01-01T00:00:00.000Z',
    });
    expect(pointer?.name).toBe(`${pointer?.stamp}_${pointer?.sha256.slice(0, 12)}.sqlite.gz`);
    expect(await readSnapshotPointer(items)).toEqual(pointer);
    expect([...snapshots.objects.keys()]).toEqual([pointer?.name]);
    expect(snapshots.objects.get(pointer?.name ?? '')).toHaveLength(pointer?.gzippedBytes ?? 0);
  });

  test('a message whose system has moved on is left to the later commit', async () => {
    const { ports, snapshots } = await publishingOf([fy2021, fy2022]);
    expect(await publish(ports, { system: 'icd10cm', seq: 1 })).toEqual({ outcome: 'superseded' });
    expect(snapshots.objects.size).toBe(0);
    expect((await publish(ports, { system: 'icd10cm', seq: 2 })).outcome).toBe('published');
  });

  test('a message of what is not committed is a broken invariant', async () => {
    const { ports } = await publishingOf([fy2021]);
    await expect(publish(ports, { system: 'icd10cm', seq: 2 })).rejects.toThrow('not committed');
  });

  test('what is published already is not built again, by a message or by the daily run', async () => {
    const { ports } = await publishingOf([fy2021]);
    const { pointer } = await publish(ports, { system: 'icd10cm', seq: 1 });
    const newDraft = (): never => {
      throw new Error('built again');
    };
    const current = { outcome: 'current', pointer };
    expect(await publish({ ...ports, newDraft }, { system: 'icd10cm', seq: 1 })).toEqual(current);
    expect(await publish({ ...ports, newDraft })).toEqual(current);
  });

  test('before the first commit there is nothing to publish', async () => {
    const { ports } = await publishingOf([]);
    expect(await publish(ports)).toEqual({ outcome: 'empty' });
  });

  test('the daily run publishes again when the snapshot has a form this program does not write', async () => {
    const { ports, items } = await publishingOf([fy2021]);
    const { pointer } = await publish(ports);
    if (!pointer) throw new Error('not published');
    const older = { ...pointer, form: snapshotForm - 1, stamp: 'f0_icd10cm-1_icd10pcs-0' };
    await moveSnapshotPointer(items, older, pointer);
    expect((await publish(ports)).outcome).toBe('published');
    expect((await readSnapshotPointer(items))?.form).toBe(snapshotForm);
  });

  test('I3 killed before any write and run again, it ends at the same pointer and leaves no file', async () => {
    const calm = await publishingOf([fy2021, fy2022]);
    const expected = (await publish(calm.ports)).pointer;
    const died: number[] = [];
    for (const kills of [[0], [1], [0, 1], [1, 1, 0]]) {
      const fuse = createFuse();
      const stores = await takeIn([fy2021, fy2022]);
      const snapshots = createMemorySnapshotStore({ beforeWrite: fuse.beforeWrite });
      const items = withFuse(stores.items, fuse.beforeWrite);
      const newDraft = newSnapshotDrafts(createSnapshotWriter, folder);
      const ports: PublishPorts = { ...calm.ports, ...stores, items, snapshots, newDraft };
      const survived = await survive(fuse, kills, () => publish(ports));
      died.push(survived.died);
      expect(survived.result).toEqual({ outcome: 'published', pointer: expected });
      expect(await readSnapshotPointer(stores.items)).toEqual(expected);
    }
    // Two writes: the file, then the pointer. A file that is kept already is not written again.
    expect(died).toEqual([1, 1, 2, 1]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('of two publishers of one state one publishes, and the other finds it done', async () => {
    const { ports, snapshots } = await publishingOf([fy2021]);
    const both = await Promise.all([publish(ports), publish(ports)]);
    expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(['current', 'published']);
    expect(snapshots.objects.size).toBe(1);
  });

  test('an older builder never takes the place of what was published while it built', async () => {
    const old = await takeIn([fy2021]);
    const stores = await takeIn([fy2021, fy2022]);
    const { ports } = await publishingOf([]);
    const head = await old.items.get(headKey('icd10cm'));
    const newer = { ...ports, ...stores };
    // It read the head before the second commit, and is overtaken while it packs.
    const behind = { ...stores.items };
    behind.get = async (key) =>
      key.sk === 'icd10cm' && key.pk === 'SYSTEM' ? head : stores.items.get(key);
    const slow: PublishPorts = {
      ...newer,
      items: behind,
      newDraft: async () => {
        const draft = await ports.newDraft();
        const pack: typeof draft.pack = async () => {
          await publish(newer);
          return draft.pack();
        };
        return { ...draft, pack };
      },
    };
    const done = await publish(slow);
    expect(done.outcome).toBe('current');
    expect(done.pointer?.seqs).toEqual({ icd10cm: 2 });
    expect((await readSnapshotPointer(stores.items))?.seqs).toEqual({ icd10cm: 2 });
  });

  test('a program of another form that published meanwhile is not undone', async () => {
    const { ports, items } = await publishingOf([fy2021]);
    let theirs: unknown;
    const newDraft: PublishPorts['newDraft'] = async () => {
      const draft = await ports.newDraft();
      const pack: typeof draft.pack = async () => {
        const packed = await draft.pack();
        const pointer = {
          ...{ stamp: 'f99_icd10cm-1_icd10pcs-0', name: 'f99.sqlite.gz', form: 99 },
          ...{ bytes: 1, gzippedBytes: 1, sha256: 'x', seqs: { icd10cm: 1 } },
          publishedAt: '2026-01-01T00:00:00.000Z',
        };
        await moveSnapshotPointer(items, pointer, undefined);
        theirs = pointer;
        return packed;
      };
      return { ...draft, pack };
    };
    expect(await publish({ ...ports, newDraft })).toEqual({ outcome: 'current', pointer: theirs });
  });

  test('says in one line what was published', async () => {
    const { ports } = await publishingOf([fy2021, fy2022, pcs2021]);
    const lines: string[] = [];
    await publish({ ...ports, progress: (line) => lines.push(line) });
    // Three rows of FY2022, two of PCS.
    expect(lines).toEqual([
      expect.stringMatching(
        /^snapshot published: 5 codes in force, \d\.\d MB, \d\.\d MB packed, in \d+\.\d s$/,
      ),
    ]);
  });
});
