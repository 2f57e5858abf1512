import { beforeAll, describe, expect, test } from 'vitest';
import type { Candidate } from '../../shared/core/candidate.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { createMirrorFetcher } from '../../shared/edge/mirror-fetcher.ts';
import { ingest } from '../../shared/steps/ingest.ts';
import { pull } from '../../shared/steps/pull.ts';
import { verify } from '../../shared/steps/verify.ts';
import { haveOfficialFiles, mirrorFolder } from '../support/official-files.ts';

const now = '2025-11-01T12:00:00.000Z';
const clock = { now: () => now };
const archive = createMemoryArchive();

/** Candidates of the 14 releases that change something, as pull finds them. */
async function candidates(): Promise<Candidate[]> {
  const ingestQueue = createMemoryQueue();
  const fetcher = createMirrorFetcher({ folder: mirrorFolder, now: clock.now });
  const items = createMemoryItemStore();
  await pull({ fetcher, archive, items, ingestQueue, clock }, { feeds: ['cms-icd10cm'] });
  const all: Candidate[] = ingestQueue.messages.map((message) => JSON.parse(message.body));
  return all.filter(({ effective }) => !['2024-04-01', '2025-04-01'].includes(effective));
}

async function fingerprintOf(order: readonly Candidate[]): Promise<string> {
  const items = createMemoryItemStore();
  const assessQueue = createMemoryQueue();
  for (const candidate of order) {
    const { record } = await ingest({ items, archive, assessQueue, clock }, candidate);
    expect(record.status, JSON.stringify(record.findings)).toBe('committed');
  }
  const [cm] = await verify({ items, archive });
  expect(cm).toMatchObject({ releases: 14, disagreements: [] });
  return cm?.fingerprint ?? '';
}

describe.skipIf(!haveOfficialFiles)(
  'the 14 official ICD-10-CM releases in any order of arrival',
  () => {
    let inOrder: Candidate[] = [];
    let expected = '';

    beforeAll(async () => {
      inOrder = await candidates();
      expected = await fingerprintOf(inOrder);
    }, 300_000);

    test('there are 14', () => expect(inOrder.length).toBe(14));

    test.each([
      ['newest first', [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
      ['the odd ones first', [1, 3, 5, 7, 9, 11, 13, 0, 2, 4, 6, 8, 10, 12]],
      ['mixed', [6, 13, 2, 9, 0, 11, 4, 7, 12, 1, 8, 5, 10, 3]],
    ])(
      'I1: %s gives the same table',
      async (_name, places) => {
        const shuffled = places.flatMap((place) => inOrder[place] ?? []);
        expect(await fingerprintOf(shuffled)).toBe(expected);
      },
      300_000,
    );
  },
);
