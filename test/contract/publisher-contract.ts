// What every publisher must do, as a suite to run on each: the contract of shared/ports/publisher.ts.
import { beforeEach, expect, test } from 'vitest';
import type { Publication, Publisher } from '../../shared/ports/publisher.ts';

/** What a subscribed queue holds of one message. */
export type HeldMessage = {
  readonly subject: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string | readonly string[]>>;
};

/** A publisher, and the queue of one subscriber to everything. */
export type PublisherUnderTest = {
  readonly publisher: Publisher;
  /** All that the subscriber's queue holds now, in order. */
  held(): Promise<readonly HeldMessage[]>;
};

/** An alert as it is published; `id` is alert and deduplication id. */
export const publicationOf = (id: string, groupId = 'clinic'): Publication => ({
  deduplicationId: id,
  groupId,
  subject: `ICD-10-CM 2026: 3 codes you use change on 1 October 2025 (${id})`,
  bodies: {
    default: JSON.stringify({ alert: id, codes: ['M5136'] }),
    email: `M51.36 is no longer billable.\nSee alert ${id}.`,
    https: JSON.stringify({ alert: id }),
  },
  attributes: {
    tenant: groupId,
    system: 'icd10cm',
    kinds: ['expanded', 'added'],
    severity: 'high',
    release: 'icd10cm-2026',
  },
});

/** Adds the contract's tests; `make` makes a new publisher with an empty subscriber's queue for each. */
export function publisherContract(make: () => Promise<PublisherUnderTest>): void {
  let under: PublisherUnderTest;
  beforeEach(async () => {
    under = await make();
  });

  test('a subscriber’s queue holds the default body, subject and attributes', async () => {
    const publication = publicationOf('a1');
    const ids = await under.publisher.publish(publication);
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.every((id) => id.length > 0)).toBe(true);
    expect(await under.held()).toEqual([
      {
        subject: publication.subject,
        body: publication.bodies.default,
        attributes: publication.attributes,
      },
    ]);
  });

  test('published twice, held once', async () => {
    await under.publisher.publish(publicationOf('a1'));
    const ids = await under.publisher.publish(publicationOf('a1'));
    expect(ids.length).toBeGreaterThan(0);
    expect(await under.held()).toHaveLength(1);
  });

  test('alerts of one tenant are held in the order of publishing', async () => {
    for (const id of ['a1', 'a2', 'a3']) await under.publisher.publish(publicationOf(id));
    const bodies = (await under.held()).map(({ body }) => JSON.parse(body).alert);
    expect(bodies).toEqual(['a1', 'a2', 'a3']);
  });
}
