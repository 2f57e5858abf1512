import { describe, expect, test } from 'vitest';
import { coverageBytesMax } from '../../functions/api/coverage-routes.ts';
import { apiUnderTest, apiWithSnapshot, bodyOf } from './api-under-test.ts';

const { app } = await apiWithSnapshot();
const get = async (query: string) => {
  const response = await app.request(`/v1/coverage?${query}`);
  return { status: response.status, headers: response.headers, body: await bodyOf(response) };
};
const post = async (body: unknown, type = 'application/json') => {
  const response = await app.request('/v1/coverage', {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: await bodyOf(response) };
};
const pair = 'procedure=62323&diagnosis=M54.2';
const item = { procedure: '62323', diagnosis: 'M54.2', state: 'CT', date: '2025-09-01' };

describe('functions/api/coverage-routes.ts', () => {
  test('answers with the document, version, group, words and link it rests on', async () => {
    const { status, body } = await get(`${pair}&state=ct&date=2025-09-01`);
    expect([status, body]).toEqual([
      200,
      {
        ...{ answer: 'covered', procedure: '62323', diagnosis: 'M54.2', state: 'CT', plan: null },
        ...{ diagnosisStatus: 'billable', payer: 'medicare', date: '2025-09-01' },
        knownFrom: null,
        policies: [
          {
            ...{ source: 'mcd', id: 'A57791', version: '11', group: '1', list: 'covered' },
            title: 'Billing and Coding: Spinal Injections',
            url: 'https://example.org/article/A57791',
            ...{ published: '2025-01-10', effective: '2025-01-01', firstSeen: '2025-08-17' },
            ...{ answer: 'covered', cause: 'listed', mapping: 'prose', reach: 'whole' },
            quote: 'The following diagnoses support 62321 and 62323.',
          },
        ],
      },
    ]);
  });

  test.each([
    [`${pair}&state=CT&date=2025-09-01`, 'covered'],
    ['procedure=62320&diagnosis=M54.2&state=ME&date=2025-09-01', 'not-covered'],
    ['procedure=64483&diagnosis=M54.50&state=NF&date=2025-10-01', 'conditional'],
    ['procedure=62323&diagnosis=M54.51&state=CT&date=2025-09-01', 'not-listed'],
    [`${pair}&state=TX&date=2025-09-01`, 'no-policy'],
    ['procedure=62323&diagnosis=I10&payer=acme&date=2025-09-01', 'conditional'],
    [`${pair}&payer=acme&date=2025-09-01`, 'conditional'],
    [`${pair}&payer=acme&plan=gold-ppo&date=2025-09-01`, 'covered'],
    [`${pair}&payer=acme&plan=Silver&date=2025-09-01`, 'no-policy'],
    // Today, 1 February 2026.
    [pair, 'covered'],
  ])('%s: %s', async (query, answer) => {
    const { status, body } = await get(query);
    expect([status, body.answer]).toEqual([200, answer]);
  });

  test.each([
    ['diagnosis=M54.2', 'procedure: missing'],
    ['procedure=62323', 'diagnosis: missing'],
    ['procedure=6232&diagnosis=M54.2', 'procedure: not an HCPCS or CPT code'],
    ['procedure=&diagnosis=M54.2', 'procedure: ""'],
    ['procedure=62323&diagnosis=54.2', 'diagnosis: not an ICD-10-CM code'],
    [`${pair}&state=Texas`, 'state: not the abbreviation'],
    [`${pair}&payer=aetna`, 'payer: none is configured by that id; only medicare and acme are'],
    [`${pair}&date=2025-02-29`, 'date: "2025-02-29" is not a date'],
    [`${pair}&date=2025-01-01&date=2025-01-02`, 'date: given more than once'],
    [`${pair}&plan=`, 'plan: "" is not a text of 1 to 100 characters'],
    [`${pair}&plan=${'g'.repeat(101)}`, 'is not a text of 1 to 100 characters'],
    [`${pair}&plan=--`, 'plan: no letter and no digit'],
    [`${pair}&network=gold`, 'network: not a parameter of this route'],
    [`procedure=${'6'.repeat(65)}&diagnosis=M54.2`, 'procedure: '],
  ])('%s is refused, the parameter named', async (query, named) => {
    const { status, body } = await get(query);
    expect([status, body.code]).toEqual([400, 'invalid-request']);
    expect(body.detail).toContain(named);
  });

  test('no policy on a day before any version known says from when one is', async () => {
    const { body } = await get(`${pair}&state=CT&date=2024-12-31`);
    expect([body.answer, body.knownFrom]).toEqual(['no-policy', '2025-01-01']);
    const batch = await post({
      items: [
        { ...item, date: '2024-12-31' },
        { ...item, state: 'TX' },
      ],
    });
    expect(batch.body.results.map((one: { knownFrom: unknown }) => one.knownFrom)).toEqual([
      ...['2025-01-01', null],
    ]);
  });

  test('a batch is answered in order', async () => {
    const { status, body } = await post({ items: [item, { ...item, state: 'TX' }, item] });
    expect(status).toBe(200);
    expect(body.results.map((one: { answer: string }) => one.answer)).toEqual([
      ...['covered', 'no-policy', 'covered'],
    ]);
    expect((await post({ items: [] })).body).toEqual({ results: [] });
  });

  test('each reason names the plan its document is limited to, and the answer the plan asked about', async () => {
    const asked = { ...item, payer: 'acme', plan: 'gold ppo' };
    const { plan: _, ...forAll } = asked;
    const { body } = await post({ items: [asked, forAll, item] });
    const told = body.results.map(
      (one: { answer: string; plan: string | null; policies: { plan?: string }[] }) => [
        ...[one.answer, one.plan, one.policies.map(({ plan }) => plan)],
      ],
    );
    expect(told).toEqual([
      ['covered', 'gold ppo', ['Gold PPO']],
      ['conditional', null, ['Gold PPO']],
      ['covered', null, [undefined]],
    ]);
  });

  test.each([
    ['{', 'body: not JSON'],
    [[], 'body: not an object'],
    [{ items: [item], more: 1 }, 'body: has no field more; its fields are items'],
    [{ items: [item, { ...item, date: '2025-13-01' }] }, 'items[1].date'],
    [{ items: [item, { ...item, procedure: '6232' }] }, 'items[1].procedure: not an HCPCS'],
    [{ items: [{ ...item, diagnosis: '54.2' }] }, 'items[0].diagnosis: not an ICD-10-CM code'],
    [{ items: [item, { ...item, state: 'XX' }] }, 'items[1].state: not the abbreviation'],
    [{ items: [item, item, { ...item, payer: 'aetna' }] }, 'items[2].payer: none is configured'],
    [{ items: [{ diagnosis: 'M54.2' }] }, 'items[0].procedure: missing'],
    [{ items: [{ ...item, stat: 'CT' }] }, 'items[0]: has no field stat; its fields are procedure'],
    [{ items: [{ ...item, network: 'gold' }] }, 'items[0]: has no field network'],
    [{ items: [item, { ...item, plan: '-' }] }, 'items[1].plan: no letter and no digit'],
    [{ items: [{ ...item, procedure: 62323 }] }, 'items[0].procedure: not a text'],
  ])('the batch %j is refused, the item named by its place', async (body, named) => {
    const refused = await post(body);
    expect([refused.status, refused.body.code]).toEqual([400, 'invalid-request']);
    expect(refused.body.detail).toContain(named);
  });

  test('too many questions, too many bytes and another content type have their own answers', async () => {
    const many = await post({
      items: Array.from({ length: 1001 }, () => ({ procedure: '1', diagnosis: '1' })),
    });
    expect([many.status, many.body.code]).toEqual([413, 'too-large']);
    expect(many.body.detail).toContain('1001');
    const long = await post(JSON.stringify({ items: [] }).padEnd(coverageBytesMax + 1));
    expect([long.status, long.body.code]).toEqual([413, 'too-large']);
    const form = await post('items=1', 'application/x-www-form-urlencoded');
    expect([form.status, form.body.code]).toEqual([415, 'unsupported-media-type']);
    const query = await app.request('/v1/coverage?date=2025-09-01', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ items: [] }),
    });
    expect(query.status).toBe(400);
  });

  test('a thousand questions fit the body', async () => {
    const { status, body } = await post({ items: Array.from({ length: 1000 }, () => item) });
    expect([status, body.results.length]).toEqual([200, 1000]);
  });

  test('may be kept for a minute, asked again by its tag, and read by scripts of any site', async () => {
    const { headers } = await get(`${pair}&date=2025-09-01`);
    expect(headers.get('cache-control')).toBe('public, max-age=60');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    const again = await app.request(`/v1/coverage?${pair}&date=2025-09-01`, {
      headers: { 'if-none-match': headers.get('etag') ?? '' },
    });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const batch = await post({ items: [item] });
    expect([batch.headers.get('cache-control'), batch.headers.get('etag')]).toEqual([
      ...['no-store', null],
    ]);
    const refused = await get(`${pair}&state=XX`);
    expect([refused.headers.get('cache-control'), refused.headers.get('etag')]).toEqual([
      ...['no-store', null],
    ]);
  });

  test('without a snapshot the table answers the same', async () => {
    const { app: bare } = await apiUnderTest();
    const query = `/v1/coverage?${pair}&state=CT&date=2025-09-01`;
    const [one, other] = [await bare.request(query), await app.request(query)];
    expect(await bodyOf(one)).toEqual(await bodyOf(other));
  });
});
