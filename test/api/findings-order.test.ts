// Findings of claims say until when to file, by the tenant's settings, and can be had with what is lost first in front.
import { describe, expect, test } from 'vitest';
import { apiUnderTest, bodyOf, headersOf } from './api-under-test.ts';

async function clinic() {
  const { app } = await apiUnderTest();
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await app.request(path, {
      method,
      headers: headersOf('clinic', body !== undefined),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await bodyOf(response) };
  };
  return ask;
}

const claim = (dateOfService: string, more: object = {}) => ({
  codes: ['M54.5'],
  dateOfService,
  billed: 100,
  ...more,
});

/** The API's clock stands at 2026-02-01. */
const claims = {
  lost: claim('2024-12-01'),
  medicare: claim('2025-03-01', { claimFiling: 'MB' }),
  acme: claim('2025-12-01', { payer: 'Acme', billed: 250 }),
  later: claim('2025-06-01'),
};

type Found = { artifact: { id: string }; fileBy?: string };
const shown = (body: { items: Found[] }) =>
  body.items.map(({ artifact, fileBy }) => [artifact.id, fileBy]);

describe('functions/api/alert-routes.ts, findings', () => {
  test('a stored claim is told its deadline at once; settings that change it later count from then on', async () => {
    const ask = await clinic();
    const stored = await ask('PUT', '/v1/claims/acme', claims.acme);
    expect(stored.body.findings[0]).toMatchObject({
      fileBy: '2026-12-01',
      service: { date: '2025-12-01', payer: 'Acme' },
      atRisk: { billedCents: 25_000, reworkCentsMin: 2_500, reworkCentsMax: 10_000 },
    });
    const settings = {
      timelyFilingDays: { byPayer: { acme: 90 } },
      reworkCost: { min: 40, max: 45 },
    };
    expect((await ask('PUT', '/v1/settings', settings)).status).toBe(200);
    const { body } = await ask('GET', '/v1/findings');
    expect(body.items[0]).toMatchObject({
      fileBy: '2026-03-01',
      atRisk: { billedCents: 25_000, reworkCentsMin: 4_000, reworkCentsMax: 4_500 },
    });
  });

  test('sort=lost-first puts the nearest deadline first and what is lost last, page by page', async () => {
    const ask = await clinic();
    await ask('PUT', '/v1/settings', { timelyFilingDays: { byPayer: { Acme: 90 } } });
    for (const [id, body] of Object.entries(claims)) await ask('PUT', `/v1/claims/${id}`, body);
    await ask('PUT', '/v1/templates/spine', { codes: ['M54.5'] });
    const sorted = [
      // 90 days after 2025-12-01, and Medicare's calendar year: both on 2026-03-01, so the higher amount first.
      ['acme', '2026-03-01'],
      ['medicare', '2026-03-01'],
      ['later', '2026-06-01'],
      ['spine', undefined],
      ['lost', '2025-12-01'],
    ];
    const whole = await ask('GET', '/v1/findings?sort=lost-first');
    expect(shown(whole.body)).toEqual(sorted);
    const first = await ask('GET', '/v1/findings?sort=lost-first&limit=3');
    expect(shown(first.body)).toEqual(sorted.slice(0, 3));
    const rest = await ask(
      'GET',
      `/v1/findings?sort=lost-first&limit=3&cursor=${first.body.nextCursor}`,
    );
    expect(shown(rest.body)).toEqual(sorted.slice(3));
    expect(rest.body.nextCursor).toBeUndefined();
  });

  test('another order than that is refused', async () => {
    const ask = await clinic();
    expect((await ask('GET', '/v1/findings?sort=amount')).status).toBe(400);
  });
});
