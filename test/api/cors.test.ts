// Which answers scripts of other sites may read: public ones, never a tenant's.
import { describe, expect, test } from 'vitest';
import { operations } from '../../functions/api/openapi/operations.ts';
import { apiWithSnapshot, headersOf } from './api-under-test.ts';

const { app } = await apiWithSnapshot();
const origin = 'https://ehr.example.org';
const preflight = (path: string, method = 'GET') =>
  app.request(path, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': 'content-type,if-none-match',
    },
  });
const filled = (path: string): string =>
  path.replace('{system}', 'icd10cm').replace(/\{\w+\}/g, 'x');
/** The page is for people, and health for whoever runs the service. */
const own = ['readDocs', 'readHealth'];

describe('functions/api/app.ts', () => {
  test.each(operations.filter((one) => !one.needsToken && !own.includes(one.id)))(
    '$id may be called by a script of any site',
    async ({ path, method }) => {
      const before = await preflight(filled(path), method.toUpperCase());
      expect([before.status, before.headers.get('access-control-allow-origin')]).toEqual([
        204,
        '*',
      ]);
      expect(before.headers.get('access-control-allow-methods')).toBe('GET,HEAD,POST');
      expect(before.headers.get('access-control-allow-headers')?.toLowerCase()).toContain(
        'content-type',
      );
      const answer = await app.request(filled(path), {
        method: method.toUpperCase(),
        headers: { origin },
      });
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
      expect(answer.headers.get('access-control-expose-headers')).toContain('ETag');
      expect(answer.headers.get('access-control-expose-headers')).toContain('Retry-After');
    },
  );

  test.each(operations.filter((one) => one.needsToken))(
    '$id may be called by no script of another site',
    async ({ path, method }) => {
      for (const response of [
        await preflight(filled(path), method.toUpperCase()),
        await app.request(filled(path), {
          method: method.toUpperCase(),
          headers: { ...headersOf('clinic', true), origin },
          ...(method === 'put' && { body: '{}' }),
        }),
      ]) {
        const given = [...response.headers.keys()].filter((name) =>
          name.startsWith('access-control'),
        );
        expect(given).toEqual([]);
      }
    },
  );

  test('a token is nothing that a script of another site may send', async () => {
    const response = await preflight('/v1/check', 'POST');
    expect(response.headers.get('access-control-allow-headers')).not.toMatch(/authorization/i);
  });

  test('a refusal can be read by the script that caused it, and a 304 too', async () => {
    const refused = await app.request('/v1/codes/icd10cm/M54.5?dat=1', { headers: { origin } });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([
      400,
      '*',
    ]);
    for (const path of ['/v1/codes/icd10cm/M54.5?date=2021-10-01', '/v1/releases']) {
      const tag = (await app.request(path)).headers.get('etag') ?? '';
      const again = await app.request(path, { headers: { origin, 'if-none-match': tag } });
      expect([again.status, again.headers.get('access-control-allow-origin')]).toEqual([304, '*']);
      expect(again.headers.get('access-control-expose-headers')).toContain('ETag');
    }
  });
});
