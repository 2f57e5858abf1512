import { beforeAll, describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import {
  type PolicyChangesRequest,
  readPolicies,
  readPolicyChanges,
  readReviews,
} from '../../shared/operations/read-policies.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';
import { secondEdition, takeInDocuments } from '../support/api-policies.ts';
import { group, policy } from '../support/policies.ts';
import { policyReference } from './policy-reference.ts';

type Ports = Awaited<ReturnType<typeof policyReference>>;

/** Reads a feed from a cursor to its end: what came, and the cursor to go on with. */
async function readToEnd(
  ports: Pick<Ports, 'policies'>,
  request: Omit<PolicyChangesRequest, 'after'>,
  from?: string,
) {
  const told: string[] = [];
  let after = from;
  for (;;) {
    const page = await readPolicyChanges(ports, { ...request, ...(after && { after }) });
    told.push(...page.items.map(({ firstSeen, id, change }) => `${firstSeen} ${id} ${change}`));
    expect(page.items.length).toBeLessThanOrEqual(request.limit);
    expect(page.next === undefined).toBe(page.resume !== undefined);
    if (page.resume !== undefined) return { told, resume: page.resume };
    after = page.next;
  }
}

const everything = [
  '2025-08-17 A50000 new',
  '2025-08-17 A56000 new',
  '2025-08-17 A57791 new',
  '2025-08-17 A58403 new',
  '2025-08-17 A58745 new',
  '2025-08-17 L36920 new',
  '2026-01-05 SPINE-12 new',
  '2026-01-15 A50000 retired',
  '2026-01-15 A57791 codes',
  '2026-01-15 A58403 conditions',
  '2026-01-15 A58745 codes',
  '2026-01-15 L36920 renamed',
];

describe.each(['table', 'snapshot'] as const)(
  'shared/operations/read-policies.ts from the %s',
  (from) => {
    let ports: Ports;
    beforeAll(async () => {
      ports = await policyReference(from);
    });

    test.each([1, 5, 12, 1000])('the feed tells every change once, %i a page', async (limit) => {
      expect((await readToEnd(ports, { limit })).told).toEqual(everything);
    });

    test('read to the end there is nothing more, and the cursor stays good', async () => {
      const { resume } = await readToEnd(ports, { limit: 5 });
      const again = await readToEnd(ports, { limit: 5 }, resume);
      expect(again).toEqual({ told: [], resume });
    });

    test('since a day, of a source, of a document, and only what decides claims', async () => {
      const told = async (request: Omit<PolicyChangesRequest, 'limit'>) =>
        (await readToEnd(ports, { limit: 2, ...request })).told;
      expect(await told({ since: calendarDate('2026-01-15') })).toEqual(everything.slice(7));
      expect(await told({ since: calendarDate('2026-01-16') })).toEqual([]);
      expect(await told({ source: 'acme' })).toEqual(['2026-01-05 SPINE-12 new']);
      expect(await told({ source: 'nobody' })).toEqual([]);
      expect(await told({ id: 'L36920' })).toEqual([
        '2025-08-17 L36920 new',
        '2026-01-15 L36920 renamed',
      ]);
      expect(await told({ meaningfulOnly: true })).toEqual(everything.slice(0, -1));
    });

    test('a change says what was added and removed, from when, and when it was seen', async () => {
      const { items } = await readPolicyChanges(ports, { id: 'A57791', limit: 5 });
      const [, change] = items;
      expect(change).toMatchObject({
        ...{ source: 'mcd', id: 'A57791', version: '12', before: '11', payer: 'medicare' },
        ...{ change: 'codes', published: '2025-01-10', effective: '2026-03-01' },
        ...{ firstSeen: '2026-01-15', ends: null, retroactive: false, explanation: null },
        addedCodes: ['M54.99'],
        removedCodes: ['M54.5'],
        states: ['CT', 'MA'],
      });
      expect(Object.keys(change ?? {})).not.toContain('seq');
      const { items: restated } = await readPolicyChanges(ports, { id: 'A58403', limit: 5 });
      expect(restated[1]).toMatchObject({ retroactive: true, effective: '2025-10-01' });
    });

    test('lists documents by what they name, a page at a time', async () => {
      const ids = async (request: Partial<Parameters<typeof readPolicies>[1]>) => {
        const page = await readPolicies(ports, { limit: 10, ...request });
        return page.items.map(({ id }) => id);
      };
      expect(await ids({ procedure: ' a9585' })).toEqual(['A56000']);
      expect(await ids({ procedure: '62323' })).toEqual(['SPINE-12', 'A57791', 'A58745', 'L36920']);
      expect(await ids({ procedure: '62323', source: 'mcd' })).toEqual([
        'A57791',
        'A58745',
        'L36920',
      ]);
      expect(await ids({ source: 'nobody' })).toEqual([]);
      const { items, next } = await readPolicies(ports, { limit: 2 });
      expect(items.map(({ id }) => id)).toEqual(['SPINE-12', 'A50000']);
      const rest = await readPolicies(ports, { limit: 10, ...(next && { after: next }) });
      expect(rest.items.map(({ id, version }) => `${id} v${version}`)).toEqual([
        ...['A56000 v1', 'A57791 v12', 'A58403 v29', 'A58745 v21', 'L36920 v1'],
      ]);
      expect(rest.next).toBeUndefined();
    });

    test.each([
      [{ procedure: '6232' }, 'procedure: '],
      [{ diagnosis: '54.2' }, 'diagnosis: '],
    ])('%o is refused, the field named', async (request, named) => {
      const refusal = { code: 'invalid-request', message: expect.stringMatching(`^${named}`) };
      await expect(readPolicies(ports, { limit: 1, ...request })).rejects.toMatchObject(refusal);
    });

    test.each([
      'x'.repeat(5000),
      `mcd~${'x'.repeat(5000)}`,
      `mcd~2026-01-15~1~${'x'.repeat(5000)}~1`,
    ])('a cursor no list gave is refused, however long: %s', async (after) => {
      const refusal = { code: 'invalid-request' };
      await expect(readPolicies(ports, { limit: 1, after })).rejects.toMatchObject(refusal);
      await expect(readPolicyChanges(ports, { limit: 1, after })).rejects.toMatchObject(refusal);
      await expect(readReviews(ports, { limit: 1, after })).rejects.toMatchObject(refusal);
    });

    test('bulletins are there to be looked at', async () => {
      const { items } = await readReviews(ports, { limit: 5 });
      expect(items.map(({ id, codes }) => [id, codes])).toEqual([['news-1', ['M54.5']]]);
    });
  },
);

describe('shared/operations/read-policies.ts', () => {
  test('documents that list a code are told by a snapshot, by one code or within a range', async () => {
    const ports = await policyReference('snapshot');
    const ids = async (diagnosis: string) =>
      (await readPolicies(ports, { limit: 10, diagnosis })).items.map(({ id }) => id);
    // Dropped by the newest version of A57791; within M54.5 of SPINE-12.
    expect(await ids('m545')).toEqual(['SPINE-12']);
    expect(await ids('M54.51')).toEqual(['SPINE-12']);
    expect(await ids('M54.59')).toEqual(['SPINE-12', 'A57791']);
    expect(await ids('Z99')).toEqual([]);
  });

  test('the table cannot tell them: try again when there is a snapshot', async () => {
    const ports = await policyReference('table');
    await expect(readPolicies(ports, { limit: 1, diagnosis: 'M54.5' })).rejects.toMatchObject({
      code: 'unavailable',
      retryable: true,
    });
  });

  test('whoever polls gets what a later edition changed, once, and nothing else', async () => {
    const { stores } = await policyReference('table');
    const ports = { policies: createPolicyTable(stores.items) };
    const { resume } = await readToEnd(ports, { limit: 3 });
    const added = policy({ id: 'A60000', groups: [group('covered', 'M542', '62323')] });
    await takeInDocuments(stores, '2026-01-25', [...secondEdition, added]);
    const later = await readToEnd(ports, { limit: 3 }, resume);
    expect(later.told).toEqual(['2026-01-25 A60000 new']);
    expect((await readToEnd(ports, { limit: 3 }, later.resume)).told).toEqual([]);
  });

  test('a poll of what is still empty goes on with the first change', async () => {
    const { stores } = await policyReference('table');
    const ports = { policies: createPolicyTable(stores.items) };
    const request = { limit: 3, since: calendarDate('2026-01-20') };
    const { told, resume } = await readToEnd(ports, request);
    expect(told).toEqual([]);
    const added = policy({ id: 'A60000', groups: [group('covered', 'M542', '62323')] });
    await takeInDocuments(stores, '2026-01-25', [...secondEdition, added]);
    expect((await readToEnd(ports, request, resume)).told).toEqual(['2026-01-25 A60000 new']);
  });
});
