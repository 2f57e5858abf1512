// Pull killed after any write, then run again: the same archive, the same records, the same candidates.
import { describe, expect, it } from 'vitest';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { pull } from '../../shared/steps/pull.ts';
import { writeZip } from '../formats/write-zip.ts';
import { createUpstream } from './upstream.ts';

const zip = writeZip([{ name: 'icd10pcs_order_2025.txt', content: 'pcs' }]);
const files = {
  '2021/icd10cm_order_2021.txt': { content: '00001 A00', day: '6/26/2020' },
  '2025-icd-10-pcs-order-file.zip': { content: zip },
};

/** A world whose stores throw at write number `crashAt`, once. */
function createWorld(crashAt: number) {
  let writes = 0;
  const count = (): void => {
    writes += 1;
    if (writes === crashAt) throw new Error('killed');
  };
  const archive = createMemoryArchive({ beforeWrite: count });
  const items = createMemoryItemStore({ beforeWrite: count });
  const ingestQueue = createMemoryQueue({ beforeSend: count });
  const clock = { now: () => '2025-11-01T06:00:00.000Z' };
  const run = () => pull({ fetcher: createUpstream(files), archive, items, ingestQueue, clock });
  const state = () => ({
    archived: [...archive.objects.keys()].sort(),
    items: items.allItems(),
    sent: ingestQueue.messages.map(({ deduplicationId }) => deduplicationId),
  });
  return { run, state, writes: () => writes };
}

describe('shared/steps/pull.ts', () => {
  it('I3: killed after any write and run again, it leaves what an unhindered run leaves', async () => {
    const whole = createWorld(0);
    await whole.run();
    expect(whole.state().sent).toHaveLength(2);
    for (let crashAt = 1; crashAt <= whole.writes(); crashAt += 1) {
      const world = createWorld(crashAt);
      await expect(world.run()).rejects.toThrow('killed');
      await world.run();
      expect(world.state(), `killed at write ${crashAt}`).toEqual(whole.state());
    }
  });
});
