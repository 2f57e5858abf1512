// Files sent to the API: read as they arrive, told record by record, nothing of them repeated.
import { describe, expect, test } from 'vitest';
import { apiUnderTest, bodyOf, headersOf } from './api-under-test.ts';

const ndjson = (...records: object[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');

const claim = (id: string, code = 'M54.2') => ({
  ...{ type: 'claim', id, codes: [code] },
  ...{ dateOfService: '2022-01-10', billed: 100 },
});

type Api = Awaited<ReturnType<typeof apiUnderTest>>;

const send = (
  { app }: Api,
  body: string | ReadableStream<Uint8Array>,
  headers: Readonly<Record<string, string>> = {},
  tenant: 'clinic' | 'other' = 'clinic',
) =>
  app.request('/v1/intake', {
    method: 'POST',
    headers: { ...headersOf(tenant), 'content-type': 'application/octet-stream', ...headers },
    body,
    ...(typeof body !== 'string' && { duplex: 'half' }),
  });

async function claimIds({ ports }: Api, tenant = 'clinic'): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = { limit: 1000, ...(after !== undefined && { after }) };
    const { items, next } = await ports.tenants.listArtifacts(tenant, 'claim', page);
    ids.push(...items.map(({ id }) => id));
    after = next;
  } while (after !== undefined);
  return ids;
}

/** A body that waits before each piece until it is told to go on. */
function stepwise(pieces: readonly string[]) {
  const waiting: (() => void)[] = [];
  const steps = pieces.map(() => new Promise<void>((resolve) => waiting.push(resolve)));
  let at = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        await steps[at];
        const piece = pieces[at];
        at += 1;
        if (piece === undefined) controller.close();
        else controller.enqueue(new TextEncoder().encode(piece));
      },
    },
    { highWaterMark: 0 },
  );
  return { body, go: () => waiting.shift()?.() };
}

const professional = [
  'ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *220101*1200*^*00501*000000001*0*T*:',
  'GS*HC*S*R*20220101*1200*1*X*005010X222A1',
  'ST*837*0001*005010X222A1',
  'BHT*0019*00*1*20220101*1200*CH',
  'HL*1**20*1',
  'HL*2*1*22*0',
  'SBR*P*18*******CI',
  'NM1*IL*1*MARKERNAME*ZEBULON****MI*MARKERMEMBER',
  'DMG*D8*19570304*F',
  'NM1*PR*2*AETNA*****PI*60054',
  'CLM*A37*120***11:B:1*Y*A*Y*Y',
  'HI*ABK:M545',
  'LX*1',
  'SV1*HC:99213*120*UN*1***1',
  'DTP*472*D8*20220110',
  'SE*14*0001',
  'GE*1*1',
  'IEA*1*000000001',
].join('~');

describe('functions/api/intake-routes.ts', () => {
  test('takes records in, and tells what became of each', async () => {
    const api = await apiUnderTest();
    const file = ndjson(claim('1'), claim('2', 'M54.5'), { type: 'claim', id: '3', codes: [] });
    const answer = await send(api, file, { 'content-type': 'application/x-ndjson' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await bodyOf(answer)).toEqual({
      ...{ records: 3, accepted: 2, created: 2, replaced: 0, unchanged: 0 },
      ...{ removed: 0, unmatchedVoids: 0, rejectedCount: 1, warnings: [], warningsCount: 0 },
      rejected: [{ where: 'line 3', code: 'codes-missing', message: 'codes: lists no code' }],
      findings: 1,
      atRisk: { claims: 1, billedCents: 10_000, reworkCentsMin: 2_500, reworkCentsMax: 10_000 },
    });
    expect(await claimIds(api)).toEqual(['1', '2']);
    expect(await bodyOf(await send(api, file))).toMatchObject({ unchanged: 2, rejectedCount: 1 });
    // Another tenant has none of it.
    expect(await claimIds(api, 'other')).toEqual([]);
  });

  test('takes an 837 in, whatever it is called, and keeps nothing of the patient', async () => {
    const api = await apiUnderTest();
    for (const type of ['application/edi-x12', 'text/csv; charset=utf-8']) {
      const answer = await send(api, professional, { 'content-type': type });
      expect(await bodyOf(answer)).toMatchObject({ accepted: 1, rejected: [], findings: 1 });
    }
    const stored = await api.app.request('/v1/claims/A37', { headers: headersOf('clinic') });
    const text = await stored.text();
    expect(JSON.parse(text)).toMatchObject({
      setting: 'professional',
      diagnoses: [{ system: 'icd10cm', code: 'M54.5', role: 'principal' }],
      ...{ age: 64, sex: 'female', payer: '60054', claimFiling: 'CI', billed: 120 },
      lines: [{ procedure: '99213', billed: 120, pointers: [1], dateOfService: '2022-01-10' }],
    });
    expect(text).not.toMatch(/MARKER|ZEBULON|1957/i);
  });

  test('reads the body as it arrives: what came first is stored while the rest is on its way', async () => {
    const api = await apiUnderTest();
    // What a file is, is told from its first 256 KB.
    const [first, second] = [ndjson(...many(1, 4000)), ndjson(...many(2, 100))];
    const { body, go } = stepwise([first, second]);
    const answering = send(api, body, { 'content-type': 'application/x-ndjson' });
    go();
    while ((await claimIds(api)).length < 100) await new Promise((later) => setTimeout(later, 5));
    go();
    go();
    expect(await bodyOf(await answering)).toMatchObject({ accepted: 4100 });
  });

  test('refuses what says it is too long before it stores any, and says where to send it', async () => {
    const limits = { intake: { bytesMax: 500, msMax: 1000, elsewhere: 'use the inbox' } };
    const api = await apiUnderTest(() => true, { limits });
    const file = ndjson(...[...Array(20).keys()].map((n) => claim(`c${n}`)));
    const answer = await send(api, file, { 'content-length': String(file.length) });
    expect(answer.status).toBe(413);
    expect(await bodyOf(answer)).toMatchObject({
      code: 'too-large',
      detail: 'the request body is over 500 bytes; use the inbox',
    });
    expect(await claimIds(api)).toEqual([]);
  });

  test('a body longer than it says is cut off, and what is stored is said', async () => {
    const limits = { intake: { bytesMax: 400_000, msMax: 60_000, elsewhere: 'use the inbox' } };
    const api = await apiUnderTest(() => true, { limits });
    const { body, go } = stepwise([...Array(40).keys()].map((n) => ndjson(...many(n, 200))));
    for (let n = 0; n <= 40; n += 1) go();
    const answer = await send(api, body);
    expect(answer.status).toBe(413);
    const { detail } = await bodyOf(answer);
    const stored = numberOf(
      /use the inbox; ([\d,]+) records before it are stored$/.exec(detail)?.[1],
    );
    expect(stored).toBeGreaterThan(0);
    expect((await claimIds(api)).length).toBeGreaterThanOrEqual(stored);
  });

  test('answers in time, and the next sending goes on from there', async () => {
    const limits = { intake: { bytesMax: 1_000_000, msMax: 0, elsewhere: 'use the inbox' } };
    const api = await apiUnderTest(() => true, { limits });
    const answer = await send(api, ndjson(claim('1')));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect((await bodyOf(answer)).detail).toBe(
      'not through after 0 s; 0 records are stored: send the file again, what is stored is recognised and passes ' +
        'quickly, or use the inbox',
    );
  });

  test.each([
    ['image/png', 415, 'send the file as one of application/json, application/edi-x12'],
    ['', 415, 'send the file as one of'],
  ])('refuses the media type %j', async (type, status, detail) => {
    const api = await apiUnderTest();
    const answer = await send(api, ndjson(claim('1')), { 'content-type': type });
    expect(answer.status).toBe(status);
    expect((await bodyOf(answer)).detail).toContain(detail);
  });

  test('refuses a body compressed on its way, a query, and whoever has no token', async () => {
    const api = await apiUnderTest();
    expect((await send(api, 'x', { 'content-encoding': 'gzip' })).status).toBe(415);
    expect((await send(api, 'x', { authorization: 'Bearer nobody' })).status).toBe(401);
    const headers = { ...headersOf('clinic'), 'content-type': 'text/csv' };
    const asked = await api.app.request('/v1/intake?mapping=1', { method: 'POST', headers });
    expect([asked.status, (await bodyOf(asked)).detail]).toEqual([
      400,
      'mapping: not a parameter of this route (none)',
    ]);
  });

  test('an empty body is a file without records, and told so', async () => {
    const api = await apiUnderTest();
    expect(await bodyOf(await send(api, ''))).toMatchObject({
      ...{ records: 1, accepted: 0, rejectedCount: 1 },
      rejected: [{ where: 'file', code: 'unsupported' }],
    });
  });
});

const numberOf = (text = ''): number => Number(text.replaceAll(',', ''));

const many = (part: number, count: number) =>
  [...Array(count).keys()].map((n) => claim(`p${part}-${n}`));
