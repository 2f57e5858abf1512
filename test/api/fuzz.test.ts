// 10,000 random and hostile requests to every route, over a real snapshot: each is answered with a success or a
// well-formed refusal, in time. CODEWATCH_FUZZ_SEED and CODEWATCH_FUZZ_RUNS try others, and more.
import fc from 'fast-check';
import type { Hono } from 'hono';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { operations } from '../../functions/api/openapi/operations.ts';
import { openApiDocument } from '../../functions/api/openapi-document.ts';
import { haveOfficialFiles } from '../support/official-files.ts';
import { officialReference } from '../support/test-reference.ts';
import { apiOnReference } from './api-under-test.ts';
import { apiWithEverything } from './ask-example.ts';
import { type HostileRequest, hostileRequests } from './hostile-requests.ts';
import { faultOf, type GivenAnswer } from './judge-answer.ts';

const seed = Number(process.env.CODEWATCH_FUZZ_SEED ?? 20_261_001);
const numRuns = Number(process.env.CODEWATCH_FUZZ_RUNS ?? 10_000);
/** Longest an answer may take. */
const answerMsMax = 500;

const document = await openApiDocument();
const logged: unknown[] = [];
vi.spyOn(console, 'error').mockImplementation((...texts) => void logged.push(texts));

async function ask(app: Hono, { method, target, headers, body }: HostileRequest) {
  const hasBody = method !== 'GET' && method !== 'HEAD' && body !== undefined;
  const request = new Request(`http://localhost${target}`, {
    method,
    headers: { ...headers },
    ...(hasBody && { body: body.toWellFormed() }),
  });
  const start = performance.now();
  const response = await app.fetch(request);
  const text = await response.text();
  const ms = performance.now() - start;
  const answer: GivenAnswer = { status: response.status, headers: response.headers, text };
  return { answer, ms };
}

/** The slowest of those asked, and how often each operation was answered how. */
type Tally = { slowest: number; slowestTarget: string; readonly counts: Map<string, number> };

function count({ counts }: Tally, { operationId }: HostileRequest, { status }: GivenAnswer): void {
  const key = `${operationId} ${Math.floor(status / 100)}`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

async function check(app: Hono, request: HostileRequest, tally: Tally): Promise<void> {
  let { answer, ms } = await ask(app, request);
  // A machine busy with something else is no fault of the answer: asked once more, it has to be fast.
  if (ms > answerMsMax) ({ answer, ms } = await ask(app, request));
  if (ms > tally.slowest) Object.assign(tally, { slowest: ms, slowestTarget: request.target });
  count(tally, request, answer);
  const fault = faultOf(request, answer);
  if (fault !== undefined)
    throw new Error(`${fault}\n${answer.status} ${answer.text.slice(0, 800)}`);
  if (ms > answerMsMax) throw new Error(`took ${Math.round(ms)} ms`);
}

async function fuzz(app: Hono, described = document, runs = numRuns): Promise<Tally> {
  const tally: Tally = { slowest: 0, slowestTarget: '', counts: new Map() };
  await fc.assert(
    fc.asyncProperty(hostileRequests(described), (request) => check(app, request, tally)),
    { seed, numRuns: runs, interruptAfterTimeLimit: 280_000, markInterruptAsFailure: true },
  );
  return tally;
}

describe('functions/api', { timeout: 300_000 }, () => {
  let tally: Tally;
  beforeAll(async () => {
    const { app } = haveOfficialFiles
      ? apiOnReference(await officialReference(), { build: 'fuzz' })
      : await apiWithEverything();
    tally = await fuzz(app);
    const { slowest, slowestTarget } = tally;
    console.info(
      `${numRuns} requests, slowest ${slowest.toFixed(1)} ms: ${slowestTarget.slice(0, 120)}`,
    );
  }, 300_000);

  it('answers every random and hostile request with a success or a well-formed refusal', () => {
    expect([...tally.counts.values()].reduce((sum, one) => sum + one, 0)).toBe(numRuns);
    expect(logged).toEqual([]);
  });

  it('had every operation both answered and refused', () => {
    // In the official snapshot nothing waits for approval, nobody was alerted, there is no file to download, and no policy.
    const absent = [
      ...['approveRelease', 'readAlert', 'readSnapshot', 'downloadSnapshot'],
      ...['showPolicy', 'showPolicyHistory'],
    ];
    for (const { id } of operations) {
      if (!absent.includes(id))
        expect([id, tally.counts.get(`${id} 2`)]).not.toEqual([id, undefined]);
      expect([id, tally.counts.get(`${id} 4`)]).not.toEqual([id, undefined]);
    }
  });

  it('took no longer than the limit for any', () => {
    expect(tally.slowest).toBeLessThan(answerMsMax);
  });
});

describe('functions/api/coverage-routes.ts and policy-routes.ts', { timeout: 300_000 }, () => {
  it('answer random and hostile requests where there are policies, as every route does', async () => {
    const about = Object.entries(document.paths).filter(([path]) =>
      /^\/v1\/(coverage|policies)/.test(path),
    );
    const described = { ...document, paths: Object.fromEntries(about) };
    const { app } = await apiWithEverything();
    logged.length = 0;
    const { counts } = await fuzz(app, described, Math.ceil(numRuns / 5));
    expect(logged).toEqual([]);
    for (const { id, path, needsToken } of operations) {
      if (!needsToken && Object.hasOwn(described.paths, path))
        expect([id, counts.has(`${id} 2`)]).toEqual([id, true]);
    }
  });
});
