// Who may lift a quarantine, of a release and of an edition of policies: an operator. To anybody else nothing is told of what
// waits, nothing is read for it, and nothing is queued.
import { describe, expect, test, vi } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { putQuarantinedEdition } from '../../shared/store/policy-editions.ts';
import { putWaitingRelease, waitingRelease } from '../support/waiting-release.ts';
import { apiUnderTest, bodyOf, headersOf } from './api-under-test.ts';

const release = waitingRelease.id;
const edition = 'mcd-2026-01-25-1a2b3c';
const collected = calendarDate('2026-01-26');
const good = JSON.stringify({ reason: 'compared by hand', by: 'Ada' });

/** An API with a release and an edition that wait, both approvable; `uses` are the calls of the code table's items. */
async function apiWithBoth() {
  const api = await apiUnderTest();
  const { codeItems } = api.ports;
  await putWaitingRelease(codeItems);
  await putQuarantinedEdition(codeItems, {
    ...{ id: edition, source: 'mcd', feed: 'cms-mcd-export', collected, documents: 1100 },
    ...{ published: calendarDate('2026-01-25'), recordedAt: '2026-01-26T12:00:00.000Z' },
    ...{ findings: [], approvable: true, arrival: 'f'.repeat(64) },
    message: JSON.stringify({ feed: 'cms-mcd-export', files: [], collected }),
  });
  const uses = [
    ...[vi.spyOn(codeItems, 'get'), vi.spyOn(codeItems, 'put'), vi.spyOn(codeItems, 'query')],
    ...[vi.spyOn(codeItems, 'putIfAbsent'), vi.spyOn(codeItems, 'putIfEquals')],
    ...[vi.spyOn(codeItems, 'putMany'), vi.spyOn(codeItems, 'delete')],
  ];
  const approve = async (path: string, headers: Record<string, string>, body = good) => {
    const response = await api.app.request(`/v1/releases/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return { status: response.status, headers: response.headers, body: await bodyOf(response) };
  };
  const used = () => uses.reduce((sum, { mock }) => sum + mock.calls.length, 0);
  return { ...api, approve, used };
}

describe('functions/api/release-routes.ts, who may approve', () => {
  test.each([release, edition])('an operator may: %s', async (id) => {
    const { approve, sent, used } = await apiWithBoth();
    const { status, body } = await approve(`${id}/approve`, headersOf('operator'));
    expect([status, body.approval.by]).toEqual([202, 'Ada (operations)']);
    expect(sent).toHaveLength(1);
    expect(used()).toBeGreaterThan(0);
  });

  test.each([release, edition])('a tenant may not, and is told what it takes: %s', async (id) => {
    const { approve, sent, used } = await apiWithBoth();
    const { status, headers, body } = await approve(`${id}/approve`, headersOf('clinic'));
    expect([status, headers.get('content-type')]).toEqual([403, 'application/problem+json']);
    expect(headers.get('www-authenticate')).toContain('error="insufficient_scope"');
    expect(body).toEqual({
      type: 'urn:codewatch:problem:forbidden',
      ...{ title: 'Forbidden', status: 403, code: 'forbidden' },
      detail:
        'lifting a quarantine needs an operator\'s token; docs/runbook.md, "Give an operator a token", says how to add one',
      instance: `/v1/releases/${id}/approve`,
    });
    expect([sent.length, used()]).toEqual([0, 0]);
  });

  test.each([
    ['one that is committed', 'icd10cm-2022/approve', good],
    ['one there never was', 'icd10cm-1999/approve', good],
    ['an edition there never was', 'mcd-2026-01-25-000000/approve', good],
    ['no reason', `${release}/approve`, '{}'],
    ['no JSON', `${release}/approve`, 'why not'],
    ['an unknown parameter', `${release}/approve?force=1`, good],
  ])('to a tenant the answer is always the same: %s', async (_, path, sentBody) => {
    const { approve, sent, used } = await apiWithBoth();
    const { status, body } = await approve(path, headersOf('other'), sentBody);
    expect([status, body.code, body.detail]).toEqual([
      ...[403, 'forbidden', expect.stringMatching(/^lifting a quarantine needs an operator's/)],
    ]);
    expect([sent.length, used()]).toEqual([0, 0]);
  });

  test.each([
    ['no token', {}],
    ['a token nobody was given', { authorization: 'Bearer token-of-nobody' }],
    [
      'an operator’s token without its last character',
      { authorization: 'Bearer token-of-operato' },
    ],
  ])('%s is unauthorized', async (_, headers) => {
    const { approve, sent, used } = await apiWithBoth();
    const { status, body, headers: answered } = await approve(`${release}/approve`, headers);
    expect([status, body.code]).toEqual([401, 'unauthorized']);
    expect(answered.get('www-authenticate')).toBe('Bearer realm="codewatch"');
    expect([sent.length, used()]).toEqual([0, 0]);
  });

  test('an operator’s token is a tenant’s as well, and sees no other tenant’s', async () => {
    const { app } = await apiWithBoth();
    const templates = { name: 'Spine', codes: [{ system: 'icd10cm', code: 'M54.5' }] };
    const put = await app.request('/v1/templates/spine', {
      ...{ method: 'PUT', headers: headersOf('clinic', true), body: JSON.stringify(templates) },
    });
    expect(put.status).toBe(201);
    const seen = await app.request('/v1/templates/spine', { headers: headersOf('operator') });
    expect(seen.status).toBe(404);
  });
});
