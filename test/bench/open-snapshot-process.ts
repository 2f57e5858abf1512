// A process of its own for `snapshot-build`: what it costs to have the snapshot named by its argument open, as JSON.
import { openSnapshot } from '../../shared/edge/sqlite/open-snapshot.ts';
import { lookUpCode } from '../../shared/operations/look-up-code.ts';
import { searchCodes } from '../../shared/operations/search-codes.ts';
import { collectGarbage, ownMb } from './resident-memory.ts';
import { sampledCodes } from './sampled-codes.ts';

const questions = sampledCodes(20_000, 'all');
collectGarbage();
const before = ownMb();
const start = performance.now();
const snapshot = openSnapshot(process.argv[2] ?? '');
const openMs = performance.now() - start;
const ports = { ...snapshot, clock: { now: () => '2026-02-01T00:00:00.000Z' } };
for (const { code, date } of questions) await lookUpCode(ports, { system: 'icd10cm', code, date });
for (const text of ['low back pain', 'fracture', 'M54', 'type 2 diab']) {
  await searchCodes(ports, { system: 'icd10cm', text, offset: 0, limit: 500 });
}
collectGarbage();
console.log(JSON.stringify({ openMs, ownMb: ownMb() - before }));
