// Every published sample of ../shared/claims through the API: nothing is lost on the way from bytes to stored claims, and
// sending it again changes nothing. docs/x12.md and docs/intake-formats.md list what becomes of each.
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readIntake } from '../../shared/claims/read-intake.ts';
import type { IntakeBody } from '../../shared/steps/intake-summary.ts';
import { haveOfficialFiles, officialFiles } from '../support/official-files.ts';
import { apiUnderTest, bodyOf, headersOf } from './api-under-test.ts';

const folder = join(officialFiles, 'claims');
const samples = haveOfficialFiles
  ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile())
      .sort()
  : [];

/** What the readers alone say of a file. */
async function countsOf(path: string) {
  const counts = { accepted: 0, void: 0, rejected: 0 };
  const claims = new Map<string, string>();
  for await (const record of readIntake(createReadStream(path))) {
    counts[record.kind] += 1;
    if (record.kind === 'accepted') {
      claims.set(`${record.artifact.type} ${record.artifact.id}`, JSON.stringify(record.artifact));
    }
    if (record.kind === 'void') claims.delete(`claim ${record.id}`);
  }
  return { counts, claims };
}

async function send(api: Awaited<ReturnType<typeof apiUnderTest>>, path: string) {
  const response = await api.app.request('/v1/intake', {
    method: 'POST',
    headers: { ...headersOf('clinic'), 'content-type': 'application/octet-stream' },
    body: ReadableStream.from(createReadStream(path)),
    duplex: 'half',
  });
  expect(response.status).toBe(200);
  const body: IntakeBody = await bodyOf(response);
  expect(body.records).toBe(
    body.accepted + body.rejectedCount + body.removed + body.unmatchedVoids,
  );
  expect(body.accepted).toBe(body.created + body.replaced + body.unchanged);
  expect(body.rejected.length).toBe(Math.min(1000, body.rejectedCount));
  for (const { where, code, message } of body.rejected) {
    expect([where, code, message].every((text) => text.length > 0)).toBe(true);
  }
  return body;
}

describe.skipIf(!haveOfficialFiles)('the published samples, end to end', () => {
  test('are all there', () => {
    expect(samples.length).toBeGreaterThan(90);
  });

  test.each(samples.map((path) => [relative(folder, path), path]))('%s', async (_name, path) => {
    const api = await apiUnderTest();
    const { counts, claims } = await countsOf(path);
    const first = await send(api, path);
    expect([first.accepted, first.removed + first.unmatchedVoids, first.rejectedCount]).toEqual([
      counts.accepted,
      counts.void,
      counts.rejected,
    ]);
    for (const [key, claim] of claims) {
      const [type = '', ...id] = key.split(' ');
      const kind = type === 'claim' ? 'claim' : 'template';
      const stored = await api.ports.tenants.getArtifact('clinic', kind, id.join(' '));
      expect(stored).toEqual(JSON.parse(claim));
    }
    const again = await send(api, path);
    const [{ created, replaced, unchanged, ...rest }] = [again];
    expect([created, replaced, unchanged]).toEqual([0, 0, counts.accepted]);
    const { created: _, replaced: __, unchanged: ___, ...before } = first;
    expect(rest).toEqual(before);
  });
});
