// What the tenant store keeps apart and together: tenants, uses, findings, alerts.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Artifact, Claim } from '../../shared/core/artifact.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { type Finding, findingId } from '../../shared/core/finding.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import type { StoredUse, TenantStore } from '../../shared/ports/tenant-store.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';

const use = (code: string) => ({ system: 'icd10cm', code }) as const;
const templateOf = (id: string, ...codes: string[]): Artifact => ({
  type: 'template',
  id,
  name: `Template ${id}`,
  codes: codes.map(use),
});
const claimOf = (id: string, date: string, ...codes: string[]): Claim => ({
  type: 'claim',
  id,
  codes: codes.map(use),
  dateOfService: calendarDate(date),
  billedCents: 12_345,
  payer: 'aetna',
});

async function usesOf(
  tenants: TenantStore,
  tenant: string,
  code: string,
  month: string,
): Promise<StoredUse[]> {
  const found: StoredUse[] = [];
  for await (const each of tenants.uses(tenant, use(code), month)) found.push(each);
  return found;
}

async function whoUses(tenants: TenantStore, code: string): Promise<object[]> {
  const found: object[] = [];
  for await (const each of tenants.whoUses(use(code))) found.push(each);
  return found;
}

const findingOf = (tenant: string, artifactId: string, more: Partial<Finding> = {}): Finding => ({
  id: findingId(
    tenant,
    { release: 'icd10cm-2022', code: 'M545' },
    { type: 'claim', id: artifactId },
  ),
  state: 'open',
  kind: 'expanded',
  system: 'icd10cm',
  code: 'M545',
  release: 'icd10cm-2022',
  effective: calendarDate('2021-10-01'),
  artifact: { type: 'claim', id: artifactId },
  replacedBy: [],
  atRisk: { billedCents: 0, reworkCentsMin: 2_500, reworkCentsMax: 10_000 },
  ...more,
});

describe('shared/store/tenant-table', () => {
  it('an artifact is kept, answered, listed in order, and gone when removed', async () => {
    const items = createMemoryItemStore();
    const tenants = createTenantStore(items);
    const claims = ['3', '1', '2'].map((id) => claimOf(id, '2021-10-04', 'M545'));
    for (const claim of claims) {
      const put = await tenants.putArtifact('a', claim);
      expect(put).toEqual({ replaced: false, unchanged: false, dropped: [] });
    }
    expect(await tenants.getArtifact('a', 'claim', '2')).toEqual(claims[2]);
    expect(await tenants.getArtifact('a', 'template', '2')).toBeUndefined();
    const first = await tenants.listArtifacts('a', 'claim', { limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual(['1', '2']);
    const rest = await tenants.listArtifacts('a', 'claim', { limit: 2, after: first.next ?? '' });
    expect(rest).toEqual({ items: [claims[0]] });
    expect(await tenants.deleteArtifact('a', 'claim', '2')).toBe(true);
    expect(await tenants.deleteArtifact('a', 'claim', '2')).toBe(false);
    expect(await tenants.getArtifact('a', 'claim', '2')).toBeUndefined();
    expect(await usesOf(tenants, 'a', 'M545', '2021-10')).toHaveLength(2);
  });

  it('a use says all that impact needs', async () => {
    const tenants = createTenantStore(createMemoryItemStore());
    await tenants.putArtifact('a', { ...claimOf('1', '2021-10-04', 'M545'), owner: 'Dana' });
    expect(await usesOf(tenants, 'a', 'M545', '2021-10')).toEqual([
      {
        tenant: 'a',
        use: use('M545'),
        month: '2021-10',
        artifact: { type: 'claim', id: '1' },
        owner: 'Dana',
        date: '2021-10-04',
        billedCents: 12_345,
        payer: 'aetna',
      },
    ]);
  });

  it('one query tells which tenants use a code in which months', async () => {
    const items = createMemoryItemStore();
    const tenants = createTenantStore(items);
    await tenants.putArtifact('a', templateOf('t', 'M545', 'I10'));
    await tenants.putArtifact('a', claimOf('1', '2021-09-30', 'M545'));
    await tenants.putArtifact('a', claimOf('2', '2021-10-01', 'M545'));
    await tenants.putArtifact('b', claimOf('1', '2021-10-31', 'M545'));
    items.counts.requests = 0;
    expect(await whoUses(tenants, 'M545')).toEqual([
      { tenant: 'a', months: ['2021-09', '2021-10', 'open'] },
      { tenant: 'b', months: ['2021-10'] },
    ]);
    expect(items.counts.requests).toBe(1);
    expect(await tenants.usedMonths('b', use('M545'))).toEqual(['2021-10']);
    expect(await whoUses(tenants, 'M54')).toEqual([]);
  });

  it('replacing moves uses to the new codes and month and remembers the codes dropped', async () => {
    const tenants = createTenantStore(createMemoryItemStore());
    await tenants.putArtifact('a', claimOf('1', '2021-09-30', 'M545', 'I10'));
    const moved = claimOf('1', '2021-10-01', 'I10', 'R05');
    expect(await tenants.putArtifact('a', moved)).toEqual({
      replaced: true,
      unchanged: false,
      dropped: [use('M545')],
    });
    expect(await usesOf(tenants, 'a', 'M545', '2021-09')).toEqual([]);
    expect(await usesOf(tenants, 'a', 'I10', '2021-09')).toEqual([]);
    expect(await usesOf(tenants, 'a', 'I10', '2021-10')).toHaveLength(1);
    const back = claimOf('1', '2021-10-01', 'M545');
    const { dropped } = await tenants.putArtifact('a', back);
    expect(dropped).toEqual([use('I10'), use('R05')]);
  });

  it('storing the same again writes nothing', async () => {
    const items = createMemoryItemStore();
    const tenants = createTenantStore(items);
    await tenants.putArtifact('a', claimOf('1', '2021-10-01', 'M545', 'I10'));
    const before = items.counts.itemsWritten;
    const again = await tenants.putArtifact('a', claimOf('1', '2021-10-01', 'M545', 'I10'));
    expect(again).toEqual({ replaced: true, unchanged: true, dropped: [] });
    expect(items.counts.itemsWritten).toBe(before);
  });

  it('replacements of one artifact at the same time end with the uses of exactly one', async () => {
    for (let round = 0; round < 20; round += 1) {
      const items = createMemoryItemStore();
      const tenants = createTenantStore(items);
      const codes = ['A00', 'B00', 'C00'];
      await Promise.all(codes.map((code) => tenants.putArtifact('a', templateOf('t', code))));
      const stored = await tenants.getArtifact('a', 'template', 't');
      const found = await Promise.all(codes.map((code) => usesOf(tenants, 'a', code, 'open')));
      expect(found.flat().map(({ use: { code } }) => code)).toEqual([stored?.codes[0]?.code]);
      expect(items.allItems().filter(({ pk }) => pk.endsWith('#PENDING'))).toEqual([]);
    }
  });

  it('I10 ids that could name another item are refused by every method', async () => {
    const tenants = createTenantStore(createMemoryItemStore());
    for (const id of ['', 'a#b', 'a\u0000', 'x'.repeat(129)]) {
      const refused = { code: 'invalid-request' };
      await expect(tenants.putArtifact(id, templateOf('t', 'I10'))).rejects.toMatchObject(refused);
      await expect(tenants.putArtifact('a', templateOf(id, 'I10'))).rejects.toMatchObject(refused);
      await expect(tenants.getArtifact(id, 'claim', '1')).rejects.toMatchObject(refused);
      await expect(tenants.deleteArtifact('a', 'claim', id)).rejects.toMatchObject(refused);
      await expect(tenants.addFindings(id, [findingOf(id, '1')])).rejects.toMatchObject(refused);
      await expect(usesOf(tenants, id, 'I10', 'open')).rejects.toMatchObject(refused);
      await expect((async () => tenants.listFindings(id, { limit: 1 }))()).rejects.toMatchObject(
        refused,
      );
      await expect(
        (async () => tenants.listArtifacts(id, 'claim', { limit: 1 }))(),
      ).rejects.toMatchObject(refused);
      await expect(tenants.listAlerts(id, { limit: 1 })).rejects.toMatchObject(refused);
      await expect(tenants.getAlert(id, 'x')).rejects.toMatchObject(refused);
    }
  });

  it('I10 whatever ids two tenants choose, neither sees or touches what the other stored', async () => {
    const part = fc.constantFrom(
      'a',
      'T',
      '#',
      'USE',
      'ARTIFACT',
      'claim',
      '2021-10',
      'open',
      'M545',
      'icd10cm',
      '/',
      ' ',
      '\u0000',
      '\uffff',
      '__proto__',
      'FINDING',
    );
    const id = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(id, id, id, id, async (one, other, mine, theirs) => {
        fc.pre(one !== other);
        const items = createMemoryItemStore();
        const tenants = createTenantStore(items);
        const tried = async (tenant: string, artifact: Artifact): Promise<boolean> =>
          tenants.putArtifact(tenant, artifact).then(
            () => true,
            () => false,
          );
        const stored = await tried(one, claimOf(mine, '2021-10-04', 'M545'));
        const before = JSON.stringify(items.allItems());
        if (await tried(other, claimOf(theirs, '2021-10-05', 'M545'))) {
          const seen = await usesOf(tenants, other, 'M545', '2021-10');
          expect(seen.map(({ artifact }) => artifact.id)).toEqual([theirs]);
          expect((await tenants.listArtifacts(other, 'claim', { limit: 9 })).items).toHaveLength(1);
          await tenants.deleteArtifact(other, 'claim', theirs);
        }
        const own = (text: string): string[] =>
          (JSON.parse(text) as { pk: string; sk: string }[])
            .filter(({ pk }) => pk === `T#${one}` || pk.startsWith(`T#${one}#`))
            .map((item) => JSON.stringify(item));
        expect(own(JSON.stringify(items.allItems()))).toEqual(own(before));
        if (stored) expect(await usesOf(tenants, one, 'M545', '2021-10')).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
  });

  it('findings are added once, keep their state, and are listed by state, code and release', async () => {
    const tenants = createTenantStore(createMemoryItemStore());
    const [one, two] = [findingOf('a', '1'), findingOf('a', '2', { state: 'not-applicable' })];
    expect(await tenants.addFindings('a', [one, two])).toEqual([one.id, two.id]);
    expect(await tenants.addFindings('a', [one, { ...two, state: 'open' }])).toEqual([]);
    const listed = async (filter: object): Promise<string[]> =>
      (await tenants.listFindings('a', { limit: 10, ...filter })).items.map(
        ({ artifact }) => artifact.id,
      );
    expect(await listed({ state: 'open' })).toEqual(['1']);
    expect((await listed({ release: 'icd10cm-2022' })).sort()).toEqual(['1', '2']);
    expect(await listed({ release: 'icd10cm-202' })).toEqual([]);
    expect(await listed({ code: 'M5450' })).toEqual([]);
    expect((await listed({ code: 'M545', system: 'icd10cm' })).sort()).toEqual(['1', '2']);
  });

  it('a filtered list is paged without losing or repeating a finding', async () => {
    const tenants = createTenantStore(createMemoryItemStore());
    const findings = Array.from({ length: 230 }, (_, i) =>
      findingOf('a', String(i), { state: i % 3 === 0 ? 'open' : 'fixed' }),
    );
    await tenants.addFindings('a', findings);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const start = after === undefined ? {} : { after };
      const page = await tenants.listFindings('a', { state: 'open', limit: 7, ...start });
      seen.push(...page.items.map(({ id }) => id));
      after = page.next;
    } while (after !== undefined);
    expect(seen).toEqual(
      findings
        .filter(({ state }) => state === 'open')
        .map(({ id }) => id)
        .sort(),
    );
  });

  it('findings of an earlier try under the same record count as new, those of another do not', async () => {
    const tenants = createTenantStore(createMemoryItemStore());
    const finding = findingOf('a', '1', { seq: 4 });
    await tenants.addFindings('a', [finding]);
    expect(await tenants.addFindings('a', [finding])).toEqual([finding.id]);
    expect(await tenants.addFindings('a', [{ ...finding, seq: 5 }])).toEqual([]);
  });

  it('only what Codewatch closed itself opens again', async () => {
    const tenants = createTenantStore(createMemoryItemStore());
    const [one, two] = [findingOf('a', '1'), findingOf('a', '2', { state: 'fixed' })];
    await tenants.addFindings('a', [one, two]);
    expect(await tenants.closeFindings('a', [one.id, two.id, 'none'])).toEqual([one.id]);
    const stateOf = async (id: string) =>
      (await tenants.listFindings('a', { limit: 9 })).items.find((each) => each.id === id)?.state;
    expect(await stateOf(one.id)).toBe('fixed');
    expect(await tenants.addFindings('a', [one, two])).toEqual([one.id]);
    expect(await stateOf(one.id)).toBe('open');
    expect(await stateOf(two.id)).toBe('fixed');
  });

  it('alerts are listed newest release first, page by page, without their deliveries', async () => {
    const tenants = createTenantStore(createMemoryItemStore());
    const ids = ['icd10cm-2021.a', 'icd10cm-2022-04.c', 'icd10cm-2022.b'];
    for (const id of ids) {
      const alert = {
        id,
        tenant: 'a',
        system: 'icd10cm',
        release: id,
        seq: 1,
        effective: calendarDate('2021-10-01'),
        createdAt: '2021-07-01T00:00:00.000Z',
        severity: 'high',
        kinds: [],
        codes: [],
        totals: {
          codes: 0,
          templates: 0,
          claims: 0,
          billedCents: 0,
          reworkCents: { min: 0, max: 0 },
          habitCodes: 0,
        },
      } as const;
      expect(await tenants.addAlert(alert)).toBe(true);
      expect(await tenants.addAlert({ ...alert, createdAt: '2022-01-01T00:00:00.000Z' })).toBe(
        false,
      );
      await tenants.recordDelivery('a', id, {
        deliveredAt: '2021-07-01T00:00:01.000Z',
        messageIds: ['m'],
      });
    }
    const first = await tenants.listAlerts('a', { limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual(['icd10cm-2022.b', 'icd10cm-2022-04.c']);
    const second = await tenants.listAlerts('a', { limit: 2, after: first.next ?? '' });
    expect(second.items.map(({ id }) => id)).toEqual(['icd10cm-2021.a']);
    expect(second.items[0]?.createdAt).toBe('2021-07-01T00:00:00.000Z');
    expect(await tenants.getAlert('b', ids[0] ?? '')).toBeUndefined();
    expect(await tenants.getAlert('a', `${ids[0]}#delivery`)).toBeUndefined();
    expect(await tenants.delivery('a', ids[0] ?? '')).toMatchObject({ messageIds: ['m'] });
  });
});
