// The page about the API and the document behind it, as they are served.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { curlOf, examplePath } from '../../functions/api/docs-examples.ts';
import { docsPage } from '../../functions/api/docs-page.ts';
import { openApiDocument } from '../../functions/api/openapi-document.ts';
import { apiWithSnapshot } from './api-under-test.ts';

const { app } = await apiWithSnapshot();
const document = await openApiDocument();
const response = await app.request('/docs');
const page = await response.text();

describe('functions/api/docs-routes.ts', () => {
  test('the document is served as it is committed', async () => {
    const served = await app.request('/openapi.json');
    expect(served.headers.get('content-type')).toBe('application/json');
    expect(await served.json()).toEqual(document);
  });

  test('the page allows itself its own style and nothing else', () => {
    const policy = response.headers.get('content-security-policy') ?? '';
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src 'sha256-${hash}'`);
    expect(policy).not.toMatch(/unsafe|https?:|script-src/);
  });

  test('the page holds no script, no inline style and nothing of another host', () => {
    expect(page).not.toMatch(/<script|\sstyle=|\son\w+=|@import|url\(/i);
    const addresses = [...page.matchAll(/(?:href|src)="([^"]*)"/g)].map((match) => match[1] ?? '');
    expect(addresses.filter((one) => !/^(?:#|\/|data:,)/.test(one))).toEqual([]);
  });

  test('every operation, parameter and schema is on it', () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const { operationId, parameters } of Object.values(methods)) {
        expect(page).toContain(`<h3 id="${operationId}">`);
        for (const { name } of parameters) expect(page).toContain(`<code>${name}</code>`);
      }
      expect(page).toContain(`<code>${path}</code>`);
    }
    for (const name of Object.keys(document.components.schemas)) {
      expect(page).toContain(`<h3 id="schema-${name}">`);
    }
  });

  test('its head says all that is answered: the systems of codes, and payers’ policies', () => {
    const head = /<h1>[\s\S]*?<\/header>/.exec(page)?.[0] ?? '';
    for (const subject of ['ICD-10', 'HCPCS Level II', 'policies']) expect(head).toContain(subject);
  });

  test('it says whose token an operation needs', () => {
    const neededBy = (id: string): string | undefined =>
      new RegExp(`id="${id}">[^<]*</h3>\\s*<p class="route">.*?</code>(.*?)</p>`).exec(page)?.[1];
    expect(neededBy('lookUpCode')).toBe('');
    expect(neededBy('listAlerts')).toBe(' – needs the token');
    expect(neededBy('approveRelease')).toBe(' – needs an operator’s token');
    const { security, responses } = document.paths['/v1/releases/{id}/approve']?.post ?? {};
    expect(security).toEqual([{ token: ['operator'] }]);
    expect(responses?.['403']).toEqual({ $ref: '#/components/responses/Forbidden' });
  });

  test('a host name with markup in it stays text', async () => {
    const text = String(await docsPage(document, 'http://"><img src=x>'));
    expect(text).not.toContain('<img');
    expect(text).toContain('&quot;&gt;&lt;img');
  });
});

describe('functions/api/docs-examples.ts', () => {
  const operation = (path: string, method: string) => {
    const found = document.paths[path]?.[method];
    if (!found) throw new Error(`no operation ${method} ${path}`);
    return found;
  };

  test('a read is one line', () => {
    const path = '/v1/search/{system}';
    const search = operation(path, 'get');
    expect(examplePath(path, search)).toBe('/v1/search/icd10cm?q=low+back+pain&date=2021-10-01');
    expect(curlOf('get', path, search, 'https://codes.example.org')).toBe(
      "curl -s 'https://codes.example.org/v1/search/icd10cm?q=low+back+pain&date=2021-10-01'",
    );
  });

  test('what is sent comes with its type and, where it is needed, the token', () => {
    const path = '/v1/releases/{id}/approve';
    expect(curlOf('post', path, operation(path, 'post'), '')).toBe(
      [
        "curl -s '/v1/releases/icd10cm-2022/approve'",
        '-H "Authorization: Bearer $TOKEN"',
        "-H 'Content-Type: application/json'",
        `-d '{"reason":"Compared with the addenda by hand","by":"A. Coder"}'`,
      ].join(' \\\n  '),
    );
    expect(
      curlOf('delete', '/v1/claims/{id}', operation('/v1/claims/{id}', 'delete'), ''),
    ).toContain("curl -s -X DELETE '/v1/claims/visit-1'");
  });

  test('an apostrophe in a body does not end the shell’s text', () => {
    const example = { name: "O'Hara" };
    const content = { 'application/json': { schema: {}, example } };
    const base = operation('/v1/check', 'post');
    const text = curlOf(
      'post',
      '/x',
      { ...base, requestBody: { required: true, description: '', content } },
      '',
    );
    expect(text).toContain(`-d '{"name":"O'\\''Hara"}'`);
  });
});
