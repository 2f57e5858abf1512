// What every queue must do, as a suite to run on each: the contract of shared/ports/queue.ts, for a FIFO queue.
import { beforeEach, expect, test } from 'vitest';
import type { Queue } from '../../shared/ports/queue.ts';

/** A received message: delete it for good, or make it visible again. */
export type ReceivedMessage = {
  readonly body: string;
  finish(): Promise<void>;
  giveBack(): Promise<void>;
};

/** An empty queue, and its receiving end. */
export type QueueUnderTest = {
  readonly queue: Queue;
  receive(): Promise<ReceivedMessage | undefined>;
};

/** Bodies of all waiting messages, each finished. */
async function drain(under: QueueUnderTest): Promise<string[]> {
  const bodies: string[] = [];
  for (;;) {
    const received = await under.receive();
    if (!received) return bodies;
    bodies.push(received.body);
    await received.finish();
  }
}

/** Adds the contract's tests; `make` makes a new, empty queue for each. */
export function queueContract(make: () => Promise<QueueUnderTest>): void {
  let under: QueueUnderTest;
  beforeEach(async () => {
    under = await make();
  });
  const send = (body: string, deduplicationId: string, groupId = 'icd10cm') =>
    under.queue.send({ body, deduplicationId, groupId });

  test('messages of a group come in the order they were sent', async () => {
    for (const body of ['one', 'two', 'three']) await send(body, body);
    expect(await drain(under)).toEqual(['one', 'two', 'three']);
  });

  test('a body of any text comes back as it was', async () => {
    const body = JSON.stringify({ text: 'Ménière’s — 中耳\n"quoted"', list: [1, null] });
    await send(body, '1');
    expect(await drain(under)).toEqual([body]);
  });

  test('the same deduplication id is delivered once, also after the first was finished', async () => {
    await send('first', 'same');
    await send('again', 'same');
    expect(await drain(under)).toEqual(['first']);
    await send('again', 'same');
    expect(await drain(under)).toEqual([]);
  });

  test('while a message of a group is under way, no other of that group comes', async () => {
    await send('cm 1', '1', 'icd10cm');
    await send('cm 2', '2', 'icd10cm');
    await send('pcs 1', '3', 'icd10pcs');
    const first = await under.receive();
    expect(first?.body).toBe('cm 1');
    const second = await under.receive();
    expect(second?.body).toBe('pcs 1');
    expect(await under.receive()).toBeUndefined();
    await first?.finish();
    expect((await under.receive())?.body).toBe('cm 2');
  });

  test('a message given back comes again, before the later ones of its group', async () => {
    await send('one', '1');
    await send('two', '2');
    await (await under.receive())?.giveBack();
    expect(await drain(under)).toEqual(['one', 'two']);
  });
}
