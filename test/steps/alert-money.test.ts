// What an alert says is lost, and by when, follows what the tenant decided.
import { describe, expect, it } from 'vitest';
import type { Claim } from '../../shared/core/artifact.ts';
import { usualSettings } from '../../shared/core/tenant-settings.ts';
import { createMemoryPublisher } from '../../shared/edge/memory-publisher.ts';
import { notify } from '../../shared/steps/notify.ts';
import { claimOf, until2022 } from './spine-story.ts';
import { handleAll, tenantWorld } from './tenant-world.ts';

const acme = (claim: Claim): Claim => ({ ...claim, payer: 'Acme' });
const settings = {
  ...usualSettings,
  reworkCost: { centsMin: 4_000, centsMax: 6_000 },
  timelyFiling: { defaultDays: 365, daysByPayer: { ACME: 90 } },
};

/** What clinic `a` is told of FY2022 on 2021-10-20, or on another day. */
async function toldOf(claims: readonly Claim[], now = '2021-10-20T06:00:00.000Z') {
  const world = tenantWorld(until2022, { now, uses: 100 });
  await world.tenants.putSettings('a', settings);
  for (const claim of claims) await world.tenants.putArtifact('a', claim);
  await world.announce('icd10cm-2022');
  await handleAll(world);
  const [alert] = (await world.tenants.listAlerts('a', { limit: 2 })).items;
  if (!alert) throw new Error('nothing was told');
  const publisher = createMemoryPublisher();
  const ports = { ...world, publisher, baseUrl: 'https://codewatch.example.org' };
  await notify(ports, { tenant: 'a', alert: alert.id });
  const { bodies } = publisher.publications[0] ?? { bodies: { default: '{}', email: '' } };
  return { alert, json: JSON.parse(bodies.default), email: bodies.email.replace(/\s+/g, ' ') };
}

describe('shared/steps/tell-tenant, money', () => {
  it('rework costs what the settings say, and the first deadline is that of the payer with the fewest days', async () => {
    const { alert, json, email } = await toldOf([
      claimOf('1', 'M545', '2021-10-01', 10_000),
      // 90 days on: Tuesday 2022-01-04; the Friday before is 2021-12-31.
      acme(claimOf('2', 'M545', '2021-10-06', 20_000)),
    ]);
    expect(alert.totals).toMatchObject({
      reworkCents: { min: 8_000, max: 12_000 },
      fileBy: '2022-01-04',
    });
    expect(email).toContain(
      'At risk: $300.00 billed on the claims, and $80.00 to $120.00 for reworking them after a denial. File the first of them by 31 December 2021.',
    );
    expect(json.totals.fileBy).toBe('2021-12-31');
    expect(json.codes[0].claims).toEqual({ count: 2, billedCents: 30_000, fileBy: '2021-12-31' });
    expect(json.codes[0].reworkCents).toEqual({ min: 8_000, max: 12_000 });
  });

  it('what must be filed first comes first, before what is worth more', async () => {
    const { alert } = await toldOf([
      claimOf('1', 'M545', '2021-10-01', 90_000),
      acme(claimOf('2', 'R05', '2021-10-06', 100)),
    ]);
    expect(alert.codes.map(({ code }) => code)).toEqual(['R05', 'M545']);
  });

  it('claims whose time has passed are told apart, and come last', async () => {
    // Acme's 90 days after 2021-10-01 end on 2021-12-30; the other has until Monday 2022-10-03.
    const { alert, email, json } = await toldOf(
      [
        acme(claimOf('1', 'R05', '2021-10-01', 90_000)),
        acme(claimOf('2', 'R05', '2021-10-02', 90_000)),
        claimOf('3', 'M545', '2021-10-03', 100),
      ],
      '2022-02-01T06:00:00.000Z',
    );
    expect(alert.codes.map(({ code, claims }) => [code, claims.lapsed])).toEqual([
      ['M545', undefined],
      ['R05', 2],
    ]);
    expect(alert.totals).toMatchObject({ fileBy: '2022-10-03', lapsedClaims: 2 });
    expect(email).toContain(
      'The time to file 2 of them has passed; file the other one by 30 September 2022.',
    );
    expect(email).toContain('Too late to file: all of them');
    expect(json.totals.lapsedClaims).toBe(2);
  });

  it('one claim is told of as one', async () => {
    const only = acme(claimOf('1', 'M545', '2021-10-06', 20_000));
    const { email } = await toldOf([only]);
    expect(email).toContain(
      '$200.00 billed on the claim, and $40.00 to $60.00 for reworking it after a denial. File it by 31 December 2021.',
    );
    const late = await toldOf([only], '2022-02-01T06:00:00.000Z');
    expect(late.email).toContain(
      '$200.00 is billed on the claim, but the time to file it has passed: what was denied can no longer be put right.',
    );
    expect(late.email).toContain('Claims hit: 1 ($200.00 billed) Too late to file ');
    expect(late.email).toContain('See whether the claim was denied.');
    expect(late.email).not.toMatch(/at risk|rework/i);
  });

  it('a claim that bills nothing known is worth its rework', async () => {
    const { billedCents: _, ...claim } = claimOf('1', 'M545', '2021-10-06', 0);
    const { email } = await toldOf([claim]);
    expect(email).toContain('Reworking the claim after a denial costs $40.00 to $60.00.');
    expect(email).toContain('Claims at risk: 1 ($40.00 to $60.00 to rework if denied)');
  });
});
