// A claim or template registered after a release is checked at once, with the findings assess would
// have made.
import { describe, expect, it } from 'vitest';
import type { Artifact } from '../../shared/core/artifact.ts';
import type { Finding } from '../../shared/core/finding.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import type { TenantStore } from '../../shared/ports/tenant-store.ts';
import { registerArtifact } from '../../shared/steps/register.ts';
import { removeArtifact } from '../../shared/steps/remove.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { assessToTheEnd } from '../support/assess-to-the-end.ts';
import { policiesIn } from '../support/current-policies.ts';
import { claimOf, until2022, until2025 } from './spine-story.ts';
import { billable, changeOf, toldCodeTable } from './told-code-table.ts';

const codeTable = toldCodeTable(until2025);
const readPolicies = policiesIn();
const templateOf = (...codes: string[]): Artifact => ({
  type: 'template',
  id: 't',
  name: 'Spine',
  owner: 'Dana',
  codes: codes.map((code) => ({ system: 'icd10cm', code })),
});

const statesOf = async (tenants: TenantStore): Promise<string[]> =>
  (await tenants.listFindings('a', { limit: 100 })).items.map(
    ({ code, state, artifact }) => `${code} ${artifact.type} ${state}`,
  );

const fresh = () => {
  const items = createMemoryItemStore();
  return { items, tenants: createTenantStore(items) };
};

describe('shared/steps/register', () => {
  it('a template with codes that were lost is stored and hit at once', async () => {
    const { tenants } = fresh();
    const registered = await registerArtifact(
      { codeTable, tenants, readPolicies },
      'a',
      templateOf('M545', 'M5450'),
    );
    expect(registered.replaced).toBe(false);
    expect(registered.findings).toMatchObject([
      {
        state: 'open',
        kind: 'expanded',
        code: 'M545',
        release: 'icd10cm-2022',
        effective: '2021-10-01',
        due: '2021-10-01',
        owner: 'Dana',
        artifact: { type: 'template', id: 't', name: 'Spine' },
        replacedBy: [{ code: 'M5450' }, { code: 'M5451' }, { code: 'M5459' }],
      },
    ]);
    expect(await statesOf(tenants)).toEqual(['M545 template open']);
    expect(await tenants.getArtifact('a', 'template', 't')).toEqual(templateOf('M545', 'M5450'));
  });

  it('a claim is hit by its date of service: the day before the change it keeps its code', async () => {
    const { tenants } = fresh();
    const findingsOf = async (date: string): Promise<readonly Finding[]> =>
      (
        await registerArtifact(
          { codeTable, tenants, readPolicies },
          'a',
          claimOf(date, 'M545', date, 9_900),
        )
      ).findings;
    expect(await findingsOf('2021-09-30')).toEqual([]);
    expect(await findingsOf('2021-10-01')).toMatchObject([
      {
        code: 'M545',
        atRisk: { billedCents: 9_900, reworkCentsMin: 2_500, reworkCentsMax: 10_000 },
      },
    ]);
  });

  it('registering before the release or after it gives findings of the same ids', async () => {
    const artifacts = [
      templateOf('M545', 'R05'),
      claimOf('1', 'M545', '2021-10-01', 100),
      claimOf('2', 'R05', '2021-09-30', 100),
    ];
    const before = fresh();
    for (const artifact of artifacts) await before.tenants.putArtifact('a', artifact);
    const told = toldCodeTable(until2022);
    const ports = { codeTable: told, tenants: before.tenants, readPolicies };
    const clock = { now: () => '2021-07-09T06:00:00.000Z' };
    const message = { system: 'icd10cm', release: 'icd10cm-2022', seq: 2 } as const;
    await assessToTheEnd({ ...ports, notifyQueue: createMemoryQueue(), clock }, message);
    const after = fresh();
    for (const artifact of artifacts)
      await registerArtifact({ ...ports, tenants: after.tenants }, 'a', artifact);
    const idsOf = async (tenants: TenantStore): Promise<string[]> =>
      (await tenants.listFindings('a', { limit: 100 })).items.map(({ id }) => id);
    expect(await idsOf(after.tenants)).toEqual(await idsOf(before.tenants));
    expect(await idsOf(after.tenants)).toHaveLength(3);
  });

  it('a replacement without the lost code closes its finding, and one with it again opens it', async () => {
    const { tenants } = fresh();
    await registerArtifact({ codeTable, tenants, readPolicies }, 'a', templateOf('M545', 'M5136'));
    const fixed = await registerArtifact(
      { codeTable, tenants, readPolicies },
      'a',
      templateOf('M5450', 'M5136'),
    );
    expect(fixed.closed).toHaveLength(1);
    expect(await statesOf(tenants)).toEqual(['M545 template fixed', 'M5136 template open']);
    const again = await registerArtifact(
      { codeTable, tenants, readPolicies },
      'a',
      templateOf('M545', 'M5136'),
    );
    expect(again.closed).toEqual([]);
    expect(await statesOf(tenants)).toEqual(['M545 template open', 'M5136 template open']);
  });

  it('a claim whose date is put right is hit no more', async () => {
    const { tenants } = fresh();
    await registerArtifact(
      { codeTable, tenants, readPolicies },
      'a',
      claimOf('1', 'M545', '2021-10-01', 100),
    );
    await registerArtifact(
      { codeTable, tenants, readPolicies },
      'a',
      claimOf('1', 'M545', '2021-09-30', 100),
    );
    expect(await statesOf(tenants)).toEqual(['M545 claim fixed']);
  });

  it('storing the same template again leaves the finding of a changed title open', async () => {
    const { tenants } = fresh();
    const facts = { before: billable('Old'), after: billable('Entirely new'), cosmetic: false };
    const table = toldCodeTable([
      ...until2022,
      { effective: '2022-10-01', changes: [changeOf('retitled', 'I10', '2022-10-01', facts)] },
    ]);
    await tenants.putArtifact('a', templateOf('I10'));
    const ports = { codeTable: table, tenants, readPolicies };
    const clock = { now: () => '2022-07-09T06:00:00.000Z' };
    const message = { system: 'icd10cm', release: 'icd10cm-2023', seq: 3 } as const;
    await assessToTheEnd({ ...ports, notifyQueue: createMemoryQueue(), clock }, message);
    await registerArtifact(ports, 'a', templateOf('I10'));
    expect(await statesOf(tenants)).toEqual(['I10 template open']);
    await registerArtifact(ports, 'a', templateOf('R05'));
    expect(await statesOf(tenants)).toEqual(['R05 template open', 'I10 template fixed']);
  });

  it('I3 a replacement killed after any write and tried again closes and opens the same findings', async () => {
    const expected = ['M545 template fixed', 'M5136 template open'];
    for (let n = 0; ; n += 1) {
      let left = -1;
      const items = createMemoryItemStore({
        beforeWrite() {
          if (left === 0) throw new Error('killed');
          left -= 1;
        },
      });
      const ports = { codeTable, tenants: createTenantStore(items), readPolicies };
      await registerArtifact(ports, 'a', templateOf('M545'));
      left = n;
      const next = templateOf('M5450', 'M5136');
      const finished = await registerArtifact(ports, 'a', next).then(
        () => true,
        () => false,
      );
      left = -1;
      await registerArtifact({ ...ports, tenants: createTenantStore(items) }, 'a', next);
      expect(await statesOf(ports.tenants)).toEqual(expected);
      if (finished) {
        expect(n).toBeGreaterThan(5);
        return;
      }
    }
  });
});

describe('shared/steps/remove', () => {
  it('removing closes what was found, keeps the record of it, and says whether there was one', async () => {
    const { tenants } = fresh();
    await registerArtifact({ codeTable, tenants, readPolicies }, 'a', templateOf('M545'));
    expect(await removeArtifact({ codeTable, tenants }, 'a', 'template', 't')).toBe(true);
    expect(await statesOf(tenants)).toEqual(['M545 template fixed']);
    expect(await removeArtifact({ codeTable, tenants }, 'a', 'template', 't')).toBe(false);
  });
});
