// Taking in a version of the Medicare Code Editor's lists: all or nothing, and once.
import { describe, expect, it } from 'vitest';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { takeInEdits } from '../../shared/steps/take-in-edits.ts';
import { readDocuments } from '../../shared/store/reference-documents.ts';

const header = 'table,code,from,to,flags\n';
const male = 'dx,A1814,2015-10-01,2024-09-30,MALE|ADULT\n';

function createWorld() {
  const items = createMemoryItemStore();
  const archive = createMemoryArchive();
  const clock = { now: () => '2025-11-01T06:00:00.000Z' };
  return {
    archive,
    take: (name: string, text: string, version?: string) =>
      takeInEdits(
        { items, archive, clock },
        { name, bytes: Buffer.from(text), ...(version !== undefined && { version }) },
      ),
    edits: async () => (await readDocuments(items, archive)).edits,
  };
}

describe('shared/steps/take-in-edits.ts', () => {
  it('takes the version from the name, or as it is told', async () => {
    const world = createWorld();
    expect(await world.take('mce-43.1-flags.csv', header + male)).toMatchObject({
      ...{ version: '43.1', takenIn: 'yes', findings: [] },
      counts: { read: 1, rows: 1, ages: 0, rejected: 0 },
    });
    expect((await world.take('MCE_v44.csv', header + male)).version).toBe('44');
    expect((await world.take('edits.csv', header + male, '45.0')).version).toBe('45.0');
    expect((await world.edits())?.version).toBe('45.0');
    const unnamed = world.take('edits-2026.csv', header + male);
    await expect(unnamed).rejects.toMatchObject({ code: 'invalid-request' });
    const wrong = world.take('mce-43.1-flags.csv', header + male, 'newest');
    await expect(wrong).rejects.toMatchObject({ code: 'invalid-request' });
  });

  it('I2 changes nothing when the file comes again', async () => {
    const world = createWorld();
    await world.take('mce-43.1.csv', header + male);
    const before = [...world.archive.objects.keys()];
    expect((await world.take('mce-43.1.csv', header + male)).takenIn).toBe('already');
    expect([...world.archive.objects.keys()]).toEqual(before);
  });

  it('takes nothing of a file in which one row is wrong, and keeps what it had', async () => {
    const world = createWorld();
    await world.take('mce-43.1.csv', header + male);
    const wrong = `${header}${male}dx,A1815,2015-10-01,never,MALE\n`;
    expect(await world.take('mce-44.csv', wrong)).toMatchObject({
      takenIn: 'no',
      counts: { read: 2, rows: 1, rejected: 1 },
      findings: [{ code: 'edit-dates', where: 'mce-44.csv line 3' }],
    });
    expect((await world.edits())?.version).toBe('43.1');
  });
});
