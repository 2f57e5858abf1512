// All benches in one run, as ratios and against their targets: `npm run bench [name]`. Exits 1 when a target is missed.
import { haveOfficialFiles } from '../support/official-files.ts';
import { type Figure, line } from './figure.ts';
import { benchFullHistory } from './full-history.ts';
import { benchParseAndDiff } from './parse-and-diff.ts';
import { benchReadsPerHit } from './reads-per-hit.ts';
import { benchWritesPerChange } from './writes-per-change.ts';

const benches: Readonly<Record<string, () => Promise<Figure[]>>> = {
  'full-history': benchFullHistory,
  'parse-and-diff': benchParseAndDiff,
  'writes-per-change': benchWritesPerChange,
  'reads-per-hit': benchReadsPerHit,
};

if (!haveOfficialFiles) process.exit(2);
const [only] = process.argv.slice(2);
let missed = 0;
for (const [name, bench] of Object.entries(benches)) {
  if (only !== undefined && only !== name) continue;
  console.log(`\n${name}`);
  for (const figure of await bench()) {
    console.log(line(figure));
    if (figure.max !== undefined && !(figure.value <= figure.max)) missed += 1;
  }
}
process.exitCode = missed > 0 ? 1 : 0;
