// A process of its own for `api-loopback`: the API on the snapshot named by its argument, the same without answers kept in
// memory, and a route that only answers a constant, each on the local server. Prints the addresses as JSON; runs until it
// is killed.
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
const forgetful = await apiOn(snapshot, { keptLengthMax: 0 });
const servers = await Promise.all([app, forgetful, bare].map(({ fetch }) => serveHttp(fetch, 0)));
console.log(JSON.stringify(servers.map(({ url }) => url)));
