// What a look-up and a bulk check cost in a process that has the snapshot open, without HTTP.
import { openSnapshot } from '../../shared/edge/sqlite/open-snapshot.ts';
import { checkCodes } from '../../shared/operations/check-codes.ts';
import { lookUpCode } from '../../shared/operations/look-up-code.ts';
import { type Figure, median } from './figure.ts';
import { officialFile } from './official-file.ts';
import { processorMs } from './processor-time.ts';
import { type SampledRows, sampledCodes } from './sampled-codes.ts';

const runs = 5;
const batch = 10_000;
const clock = { now: () => '2026-02-01T00:00:00.000Z' };

/** Look-ups one after the other, and 100,000 codes checked in ten batches: each the median of five runs. */
export async function benchInProcessLookup(): Promise<Figure[]> {
  const snapshot = openSnapshot(officialFile());
  try {
    const billable = await measure({ ...snapshot, clock }, 'billable');
    const all = await measure({ ...snapshot, clock }, 'all');
    return [
      { what: 'one look-up of a billable code', value: billable.us, unit: 'µs', max: 10 },
      {
        what: 'one look-up, every fourth of a header with its children',
        value: all.us,
        unit: 'µs',
      },
      {
        what: '100,000 billable codes, all different, checked in ten calls',
        value: billable.perSecond,
        unit: 'codes/s',
        min: 100_000,
      },
      { what: 'the same with every fourth a header', value: all.perSecond, unit: 'codes/s' },
    ];
  } finally {
    snapshot.close();
  }
}

async function measure(ports: Parameters<typeof lookUpCode>[0], which: SampledRows) {
  const questions = sampledCodes(10 * batch, which).map((one) => ({
    system: 'icd10cm' as const,
    ...one,
  }));
  const us: number[] = [];
  const perSecond: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const lookUps = await processorMs(async () => {
      for (const question of questions) await lookUpCode(ports, question);
    });
    us.push((lookUps * 1000) / questions.length);
    const checks = await processorMs(async () => {
      for (let at = 0; at < questions.length; at += batch) {
        await checkCodes(ports, questions.slice(at, at + batch));
      }
    });
    perSecond.push((questions.length / checks) * 1000);
  }
  return { us: median(us), perSecond: median(perSecond) };
}
