// Which source the environment chooses, and that a Lambda function never reads a folder.
import { describe, expect, it } from 'vitest';
import { sampleMirrorFolder } from '../../infra/local/sample/sample.ts';
import { fetcherFromEnvironment } from '../../shared/edge/fetcher-from-environment.ts';

const at = { hosts: ['ftp.cdc.gov'], clock: { now: () => '2025-07-01T00:00:00.000Z' } };
const bytesMax = 1_000_000;

describe('shared/edge/fetcher-from-environment.ts', () => {
  it('reads a mirror folder when one is named', async () => {
    const fetcher = fetcherFromEnvironment({ CODEWATCH_SOURCE: sampleMirrorFolder }, at);
    const url = 'https://ftp.cdc.gov/pub/Health_Statistics/NCHS/Publications/ICD10CM/';
    expect((await fetcher.fetch({ url, bytesMax })).status).toBe(200);
  });

  it('asks only the given hosts when nothing is named', async () => {
    const fetcher = fetcherFromEnvironment({}, at);
    const url = 'https://example.org/icd10cm.zip';
    await expect(fetcher.fetch({ url, bytesMax })).rejects.toMatchObject({
      code: 'redirect-refused',
    });
  });

  it('never reads a folder on Lambda', () => {
    const environment = { CODEWATCH_SOURCE: '/mirror', AWS_LAMBDA_FUNCTION_NAME: 'pull' };
    expect(() => fetcherFromEnvironment(environment, at)).toThrow('can only pull live');
  });
});
