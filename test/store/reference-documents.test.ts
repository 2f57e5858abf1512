// Reference documents: kept once however often they come, and of several states the one that counts is read.
import { describe, expect, it } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { EditList } from '../../shared/core/edit-list.ts';
import type { TabularList } from '../../shared/core/tabular.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import {
  addEdits,
  addTabular,
  readDocuments,
  readEditRecords,
  readTabularRecords,
} from '../../shared/store/reference-documents.ts';

const codes = { from: 'A00', to: 'A00' };
const tabular = (effective: string, text: string): TabularList => ({
  effective: calendarDate(effective),
  nodes: [
    {
      at: codes,
      level: 'diag',
      title: 'Cholera',
      seventh: [],
      notes: [{ kind: 'notes', text, targets: [codes] }],
    },
  ],
});
const edits = (version: string, flag = 'MALE'): EditList => {
  const [from, to] = [calendarDate('2015-10-01'), calendarDate('2024-09-30')];
  return {
    version,
    rows: [{ system: 'icd10cm', code: 'A1814', from, to, flags: [flag] }],
    ages: [],
  };
};
const counts = {
  codes: 1,
  nodes: 1,
  notes: 1,
  notesByKind: { notes: 1 },
  targets: 1,
  unreadable: 0,
};
const editCounts = { read: 1, rows: 1, ages: 0, rejected: 0 };
const source = (name: string) => ({ url: `https://example.org/${name}`, sha256: `sha-${name}` });

function createWorld() {
  const ports = { items: createMemoryItemStore(), archive: createMemoryArchive() };
  return {
    ports,
    tabular: (list: TabularList, name: string, published?: string) =>
      addTabular(
        ports,
        { list, counts },
        {
          source: source(name),
          takenInAt: '2025-11-01T06:00:00.000Z',
          ...(published !== undefined && { published: calendarDate(published) }),
        },
      ),
    edits: (list: EditList, name: string, takenInAt = '2025-11-01T06:00:00.000Z') =>
      addEdits(ports, { list, counts: editCounts }, { source: source(name), takenInAt }),
    read: () => readDocuments(ports.items, ports.archive),
  };
}

describe('shared/store/reference-documents.ts', () => {
  it('reads back what was taken in, with where it came from', async () => {
    const world = createWorld();
    const { isNew, record } = await world.tabular(
      tabular('2016-10-01', 'one'),
      'a.zip',
      '2016-06-22',
    );
    await world.edits(edits('43.1'), 'mce.csv');
    expect(isNew).toBe(true);
    expect(await world.read()).toEqual({
      tabular: [tabular('2016-10-01', 'one')],
      edits: edits('43.1'),
    });
    expect(await readTabularRecords(world.ports.items)).toEqual([record]);
    expect(record).toMatchObject({
      ...{ kind: 'tabular', effective: '2016-10-01', published: '2016-06-22', counts },
      sources: [{ url: 'https://example.org/a.zip', sha256: 'sha-a.zip' }],
    });
    const [item] = (await world.ports.items.query({ pk: 'DOCUMENT#tabular' })).items;
    expect(item?.sk).toBe(`2016-10-01#${record.sha256}`);
    expect([...world.ports.archive.objects.keys()]).toContain(`normal/${record.sha256}`);
  });

  it('I2 writes nothing when the same comes again, and only another source when it comes from elsewhere', async () => {
    const world = createWorld();
    await world.tabular(tabular('2016-10-01', 'one'), 'a.zip');
    const before = JSON.stringify(await readTabularRecords(world.ports.items));
    const again = await world.tabular(tabular('2016-10-01', 'one'), 'a.zip');
    expect(again.isNew).toBe(false);
    expect(JSON.stringify(await readTabularRecords(world.ports.items))).toBe(before);
    const elsewhere = await world.tabular(tabular('2016-10-01', 'one'), 'b.zip');
    expect(elsewhere.isNew).toBe(false);
    const [record, ...others] = await readTabularRecords(world.ports.items);
    expect(others).toEqual([]);
    expect(record?.sources.map(({ url }) => url)).toEqual([
      ...['https://example.org/a.zip', 'https://example.org/b.zip'],
    ]);
    expect(world.ports.archive.objects.size).toBe(1);
  });

  it('reads of each effective date the list that was published last, in order of dates', async () => {
    const world = createWorld();
    await world.tabular(tabular('2017-10-01', 'next year'), 'c.zip', '2017-06-20');
    await world.tabular(tabular('2016-10-01', 'corrected'), 'b.zip', '2016-09-01');
    await world.tabular(tabular('2016-10-01', 'first'), 'a.zip', '2016-06-22');
    const lists = (await world.read()).tabular;
    expect(lists.map(({ effective, nodes }) => `${effective} ${nodes[0]?.notes[0]?.text}`)).toEqual(
      [...['2016-10-01 corrected', '2017-10-01 next year']],
    );
    expect(await readTabularRecords(world.ports.items)).toHaveLength(3);
  });

  it('reads the newest version of the edit lists, by number and not by letters', async () => {
    const world = createWorld();
    expect((await world.read()).edits).toBeUndefined();
    for (const version of ['43.1', '9.0', '43', '42.2']) await world.edits(edits(version), version);
    expect((await world.read()).edits?.version).toBe('43.1');
    // Corrected lists of the same version: the last ones taken in.
    await world.edits(edits('43.1', 'FEMALE'), 'corrected', '2025-12-01T06:00:00.000Z');
    expect((await world.read()).edits?.rows[0]?.flags).toEqual(['FEMALE']);
    expect(await readEditRecords(world.ports.items)).toHaveLength(5);
  });

  it('passes over what an older program kept in another form, until it is taken in anew', async () => {
    const world = createWorld();
    await world.tabular(tabular('2016-10-01', 'one'), 'a.zip');
    const [item] = (await world.ports.items.query({ pk: 'DOCUMENT#tabular' })).items;
    if (!item) throw new Error('nothing was kept');
    await world.ports.items.put({ ...item, form: 0 });
    expect(await world.read()).toEqual({ tabular: [] });
    expect((await world.tabular(tabular('2016-10-01', 'one'), 'a.zip')).isNew).toBe(true);
    expect((await world.read()).tabular).toHaveLength(1);
  });

  it('says when the archive has lost a document it names', async () => {
    const world = createWorld();
    const { record } = await world.tabular(tabular('2016-10-01', 'one'), 'a.zip');
    world.ports.archive.objects.delete(`normal/${record.sha256}`);
    await expect(world.read()).rejects.toMatchObject({ code: 'archive-missing' });
  });

  it('I3 names no document before the archive has it', async () => {
    const items = createMemoryItemStore();
    const beforeWrite = (): void => {
      throw new Error('killed');
    };
    const archive = createMemoryArchive({ beforeWrite });
    const arrival = { source: source('a.zip'), takenInAt: '2025-11-01T06:00:00.000Z' };
    const list = tabular('2016-10-01', 'one');
    await expect(addTabular({ items, archive }, { list, counts }, arrival)).rejects.toThrow(
      'killed',
    );
    expect(await readTabularRecords(items)).toEqual([]);
  });
});
