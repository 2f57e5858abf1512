// From an artifact to its findings on policies: of any artifacts asked for together the same as of each alone.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { Finding } from '../../shared/core/finding.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';

type Ref = Finding['artifact'];

const findingOn = (artifact: Ref, id: string, document: string | undefined): Finding => ({
  ...{ id, state: 'open', kind: 'coverage-removed', system: 'icd10cm', code: 'M5418', artifact },
  ...{ release: 'mcd-2026-09-06-c0749d', effective: calendarDate('2026-01-01'), replacedBy: [] },
  ...(document !== undefined && {
    policy: {
      ...{ source: 'mcd', id: document, version: '2', title: '', url: '', payer: 'medicare' },
      ...{ procedures: ['62323'], before: 'covered', after: 'not-listed' },
    },
  }),
  atRisk: { billedCents: 0, reworkCentsMin: 0, reworkCentsMax: 0 },
});

const anyRef: fc.Arbitrary<Ref> = fc.record({
  type: fc.constantFrom('claim', 'claim', 'template'),
  // Ids that begin with another one, and one beyond the Basic Multilingual Plane: UTF-16 would order it otherwise.
  id: fc.constantFrom('1', '10', '1.', '\uff5e', '😀'),
});

describe('shared/store/policy-finding-index.ts', () => {
  it('answers for many artifacts what it answers for each, and never of another tenant', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(anyRef, fc.boolean(), fc.integer({ min: 1, max: 60 })), {
          maxLength: 12,
        }),
        fc.array(anyRef, { maxLength: 12 }),
        async (stored, asked) => {
          const tenants = createTenantStore(createMemoryItemStore());
          const expected = new Map<string, string[]>();
          for (const [at, [artifact, isOnPolicy, count]] of stored.entries()) {
            const ids = [...Array(count).keys()].map((n) => `e.M5418.${at}-${n}`);
            const document = isOnPolicy ? `A${at}` : undefined;
            await tenants.addFindings(
              'a',
              ids.map((id) => findingOn(artifact, id, document)),
            );
            await tenants.addFindings('b', [findingOn(artifact, 'e.M5418.other', 'A1')]);
            const key = `${artifact.type} ${artifact.id}`;
            const told = ids.map((id) => `${id} mcd A${at}`);
            if (isOnPolicy) expected.set(key, [...(expected.get(key) ?? []), ...told]);
          }
          const found = await tenants.policyFindings('a', asked);
          expect(found).toHaveLength(asked.length);
          for (const [at, { type, id }] of asked.entries()) {
            const told = found[at]?.map((one) => `${one.finding} ${one.source} ${one.id}`);
            expect(told?.sort()).toEqual((expected.get(`${type} ${id}`) ?? []).sort());
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
