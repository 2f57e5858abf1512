// Findings as answered: deadline and rework cost by the tenant's settings of the moment, and what is lost first.
import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { type Finding, findingId } from '../../shared/core/finding.ts';
import { type TenantSettings, usualSettings } from '../../shared/core/tenant-settings.ts';
import {
  readFindings,
  readFindingsLostFirst,
  sortedFindingsMax,
} from '../../shared/operations/read-findings.ts';

const effective = calendarDate('2021-10-01');

function finding(id: string, billedCents: number, service?: Finding['service']): Finding {
  const hit = { release: 'icd10cm-2022', code: 'M545' } as const;
  const artifact = { type: service ? 'claim' : 'template', id } as const;
  return {
    ...hit,
    id: findingId('clinic', hit, artifact),
    state: 'open',
    kind: 'expanded',
    system: 'icd10cm',
    effective,
    artifact,
    replacedBy: [],
    ...(service && { service }),
    atRisk: { billedCents, reworkCentsMin: 2_500, reworkCentsMax: 10_000 },
  };
}

/** Findings in pages of two, whatever is asked for. */
const portsOf = (all: readonly Finding[], settings: TenantSettings = usualSettings) => ({
  tenants: {
    settings: async () => settings,
    listFindings: async (_: string, { after = '0' }: { after?: string }) => {
      const at = Number(after);
      const next = at + 2 < all.length ? { next: String(at + 2) } : {};
      return { items: all.slice(at, at + 2), ...next };
    },
  },
});

const claims = [
  finding('a', 100, { date: calendarDate('2021-12-01') }),
  finding('b', 900, { date: calendarDate('2021-11-01') }),
  finding('c', 500, { date: calendarDate('2022-02-01'), payer: 'Acme' }),
  finding('t', 0),
];

describe('shared/operations/read-findings.ts', () => {
  test('a claim says until when to file it, a template does not; codes have their dot', async () => {
    const page = await readFindings(
      portsOf([claims[0] as Finding, claims[3] as Finding]),
      'clinic',
      {
        limit: 10,
      },
    );
    expect(page.items.map(({ code, fileBy }) => [code, fileBy])).toEqual([
      ['M54.5', '2022-12-01'],
      ['M54.5', undefined],
    ]);
  });

  test('deadlines and rework cost follow the settings as they are now', async () => {
    const settings = {
      ...usualSettings,
      reworkCost: { centsMin: 4_000, centsMax: 4_500 },
      timelyFiling: { defaultDays: 30, daysByPayer: {} },
    };
    const { items } = await readFindings(portsOf(claims, settings), 'clinic', { limit: 10 });
    expect(items[0]?.fileBy).toBe('2021-12-31');
    expect(items[0]?.atRisk).toEqual({
      billedCents: 100,
      reworkCentsMin: 4_000,
      reworkCentsMax: 4_500,
    });
    const [template] = (
      await readFindings(portsOf([claims[3] as Finding], settings), 'clinic', { limit: 1 })
    ).items;
    expect(template?.atRisk.reworkCentsMax).toBe(0);
  });

  test('all pages are sorted together, what is lost first coming first', async () => {
    const settings = {
      ...usualSettings,
      timelyFiling: { defaultDays: 365, daysByPayer: { Acme: 90 } },
    };
    // Acme: 2022-02-01 and 90 days is 2022-05-02; b: 2022-11-01; a: 2022-12-01.
    const sorted = async (today: string) =>
      (
        await readFindingsLostFirst(portsOf(claims, settings), 'clinic', {}, calendarDate(today))
      ).map(({ artifact }) => artifact.id);
    expect(await sorted('2022-04-01')).toEqual(['c', 'b', 'a', 't']);
    expect(await sorted('2022-06-01')).toEqual(['b', 'a', 't', 'c']);
  });

  test('too many to sort at once are refused with what to do', async () => {
    const many = Array.from({ length: sortedFindingsMax + 1 }, (_, at) => finding(String(at), 1));
    const ports = portsOf(many);
    const all = { ...ports.tenants, listFindings: async () => ({ items: many }) };
    await expect(
      readFindingsLostFirst({ tenants: all }, 'clinic', {}, effective),
    ).rejects.toMatchObject({ code: 'too-large', message: expect.stringContaining('filter by') });
  });
});
