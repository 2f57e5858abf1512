// The rule book of a process: opened once, kept for minutes, renewed when there is something new, never lost.
import { describe, expect, it } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { CodewatchError } from '../../shared/core/errors.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { openRuleBook } from '../../shared/operations/open-rule-book.ts';
import type { ItemStore } from '../../shared/ports/item-store.ts';
import { addEdits, addTabular } from '../../shared/store/reference-documents.ts';

const day = calendarDate('2016-12-01');
const takenInAt = '2025-11-01T06:00:00.000Z';
const arrival = { source: { url: 'https://example.org/a', sha256: 'a' }, takenInAt };

function createWorld() {
  let now = '2025-11-01T12:00:00.000Z';
  let reads = 0;
  let isAway = false;
  const store = createMemoryItemStore();
  const archive = createMemoryArchive();
  const codeItems: ItemStore = {
    ...store,
    async query(query) {
      if (isAway) throw new CodewatchError('unavailable', 'no answer');
      return store.query(query);
    },
  };
  const counted = {
    async readNormalForm(sha256: string) {
      reads += 1;
      return archive.readNormalForm(sha256);
    },
  };
  const counts = { codes: 1, nodes: 1, notes: 0, notesByKind: {}, targets: 0, unreadable: 0 };
  return {
    open: () => openRuleBook({ codeItems, archive: counted, clock: { now: () => now } }),
    reads: () => reads,
    setNow: (instant: string) => {
      now = instant;
    },
    setAway: (away: boolean) => {
      isAway = away;
    },
    tabular: (effective: string) =>
      addTabular(
        { items: store, archive },
        { list: { effective: calendarDate(effective), nodes: [] }, counts },
        arrival,
      ),
    edits: (version: string) =>
      addEdits(
        { items: store, archive },
        {
          list: { version, rows: [], ages: [] },
          counts: { read: 0, rows: 0, ages: 0, rejected: 0 },
        },
        arrival,
      ),
  };
}

describe('shared/operations/open-rule-book.ts', () => {
  it('knows nothing without documents, and finds the first ones as soon as they are there', async () => {
    const world = createWorld();
    const empty = await world.open();
    expect(empty.tabularOn(day)).toBeUndefined();
    expect(empty.edits).toBeUndefined();
    await world.tabular('2016-10-01');
    expect((await world.open()).tabularOn(day)?.effective).toBe('2016-10-01');
  });

  it('reads the documents once for everybody, and looks for new ones after five minutes', async () => {
    const world = createWorld();
    await world.tabular('2016-10-01');
    const [first, second] = await Promise.all([world.open(), world.open()]);
    expect(second).toBe(first);
    expect(world.reads()).toBe(1);
    await world.edits('43.1');
    world.setNow('2025-11-01T12:04:59.000Z');
    expect(await world.open()).toBe(first);
    world.setNow('2025-11-01T12:05:00.000Z');
    const [renewed, same] = await Promise.all([world.open(), world.open()]);
    expect(renewed).not.toBe(first);
    expect(same).toBe(renewed);
    expect(renewed.edits?.version).toBe('43.1');
    // Nothing new: asked for, not read again.
    const reads = world.reads();
    world.setNow('2025-11-01T12:10:01.000Z');
    expect(await world.open()).toBe(renewed);
    expect(world.reads()).toBe(reads);
  });

  it('goes on with the book it has while the store is away, and throws only without any', async () => {
    const world = createWorld();
    await world.tabular('2016-10-01');
    world.setAway(true);
    await expect(world.open()).rejects.toMatchObject({ code: 'unavailable' });
    world.setAway(false);
    const book = await world.open();
    world.setAway(true);
    world.setNow('2025-11-01T13:00:00.000Z');
    expect(await world.open()).toBe(book);
  });
});
