// A process of its own for `api-loopback`: the API on the snapshot named by its argument, and beside it a route that only
// answers a constant, both on the local server. Prints both addresses as JSON; runs until it is killed.
import { Hono } from 'hono';
import { serveHttp } from '../../infra/local/http-server.ts';
import { openSnapshot } from '../../shared/edge/sqlite/open-snapshot.ts';
import { lookUpCode } from '../../shared/operations/look-up-code.ts';
import { apiOn } from '../api/nlm-under-test.ts';

const snapshot = openSnapshot(process.argv[2] ?? '');
const app = await apiOn(snapshot);
const clock = { now: () => '2026-02-01T00:00:00.000Z' };
// As long as what a look-up answers, so that both routes send the same bytes.
const constant = await lookUpCode({ ...snapshot, clock }, { system: 'icd10cm', code: 'M54.50' });
const bare = new Hono().get('*', (c) => c.json(constant));
const servers = [await serveHttp(app.fetch, 0), await serveHttp(bare.fetch, 0)];
console.log(JSON.stringify(servers.map(({ url }) => url)));
