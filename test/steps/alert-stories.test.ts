// The alerts in docs/alerts are what the code writes, and every message of theirs follows the
// published schema.
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Artifact } from '../../shared/core/artifact.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryPublisher } from '../../shared/edge/memory-publisher.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import type { Publication } from '../../shared/ports/publisher.ts';
import { notify } from '../../shared/steps/notify.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { assessToTheEnd } from '../support/assess-to-the-end.ts';
import {
  claimOf,
  clinicClaims,
  clinicTemplates,
  coughClaims,
  until2022,
  until2025,
} from './spine-story.ts';
import { type ToldRelease, toldCodeTable } from './told-code-table.ts';

const docs = new URL('../../docs/alerts/', import.meta.url);
const readDoc = (name: string): string => readFileSync(new URL(name, docs), 'utf8');
const baseUrl = 'https://codewatch.example.org';

/** What the clinic is sent about a release, with these artifacts stored, at that instant. */
async function story(
  releases: readonly ToldRelease[],
  release: string,
  artifacts: readonly Artifact[],
  now: string,
): Promise<Publication> {
  const tenants = createTenantStore(createMemoryItemStore());
  for (const artifact of artifacts) await tenants.putArtifact('riverside', artifact);
  const notifyQueue = createMemoryQueue();
  const publisher = createMemoryPublisher();
  const clock = { now: () => now };
  const codeTable = toldCodeTable(releases);
  const message = { system: 'icd10cm', release, seq: 1 } as const;
  await assessToTheEnd({ codeTable, tenants, notifyQueue, clock }, message);
  for (const { body } of notifyQueue.messages) {
    await notify({ tenants, publisher, clock, baseUrl }, JSON.parse(body));
  }
  const [publication] = publisher.publications;
  if (!publication) throw new Error('nothing was published');
  return publication;
}

const stories = {
  // Assessed in July 2021, before the change: templates to change in time, and a habit.
  'M54.5-2021-10-01': () =>
    story(
      until2022,
      'icd10cm-2022',
      [...clinicTemplates, ...coughClaims],
      '2021-07-09T06:00:00.000Z',
    ),
  // Claims sent already as the release was first seen: money at risk.
  'M51.36-2024-10-01': () =>
    story(
      until2025,
      'icd10cm-2025',
      [...clinicTemplates, ...clinicClaims],
      '2024-10-09T06:00:00.000Z',
    ),
};

const schema = z.fromJSONSchema(JSON.parse(readDoc('alert.schema.json')));

describe('docs/alerts', () => {
  for (const [name, tell] of Object.entries(stories)) {
    it(`the e-mail of ${name} is what the code writes`, async () => {
      const { subject, bodies } = await tell();
      const written = `Subject: ${subject}\n\n${bodies.email}`;
      if (process.env.UPDATE_DOCS) writeFileSync(new URL(`${name}.txt`, docs), written);
      expect(written).toBe(readDoc(`${name}.txt`));
    });

    it(`the JSON of ${name} follows alert.schema.json`, async () => {
      const { bodies } = await tell();
      expect(schema.safeParse(JSON.parse(bodies.default)).error).toBeUndefined();
      expect(bodies.https).toBe(bodies.default);
    });
  }

  it('a field the schema does not know is refused by it', async () => {
    const { bodies } = await stories['M54.5-2021-10-01']();
    const body = { ...JSON.parse(bodies.default), claims: ['2024-1001'] };
    expect(schema.safeParse(body).success).toBe(false);
  });

  it('I8 no message names a claim or a date of service', async () => {
    const claims = clinicClaims.map((claim) => claimOf(claim.id, 'M5136', '2024-10-08', 14_500));
    const { bodies, subject, attributes } = await story(
      until2025,
      'icd10cm-2025',
      [...claims, claimOf('2024-0815', 'M5136', '2024-08-15', 9_900)],
      '2024-10-09T06:00:00.000Z',
    );
    const all = JSON.stringify({ bodies, subject, attributes });
    for (const { id } of claims) expect(all).not.toContain(id);
    // 2025-10-08 is 365 days on, a Wednesday: what it is worked out from could be told from it.
    const dates = ['2024-08-15', '15 August', '2024-10-08', '8 October', '2025-10-08'];
    for (const text of ['2024-0815', ...dates]) {
      expect(all).not.toContain(text);
    }
    expect(JSON.parse(bodies.default).totals.fileBy).toBe('2025-10-03');
  });
});
