// All benches in one run, as ratios and against their targets: `npm run bench [name]`. Exits 1 when a target is missed.
import { haveOfficialFiles } from '../support/official-files.ts';
import { benchApiLoopback } from './api-loopback.ts';
import { benchColdStart } from './cold-start.ts';
import { type Figure, isMissed, line } from './figure.ts';
import { benchFullHistory } from './full-history.ts';
import { benchImpactAtScale } from './impact-at-scale.ts';
import { benchInProcessLookup } from './in-process-lookup.ts';
import { benchIntake } from './intake-throughput.ts';
import { benchParseAndDiff } from './parse-and-diff.ts';
import { benchPolicyExport } from './policy-export.ts';
import { benchPolicyImpact } from './policy-impact.ts';
import { benchReadsPerHit } from './reads-per-hit.ts';
import { benchScrub } from './scrub-throughput.ts';
import { benchSnapshotBuild } from './snapshot-build.ts';
import { benchWritesPerChange } from './writes-per-change.ts';

const benches: Readonly<Record<string, () => Promise<Figure[]>>> = {
  'full-history': benchFullHistory,
  'parse-and-diff': benchParseAndDiff,
  'writes-per-change': benchWritesPerChange,
  'reads-per-hit': benchReadsPerHit,
  'impact-at-scale': benchImpactAtScale,
  'snapshot-build': benchSnapshotBuild,
  'in-process-lookup': benchInProcessLookup,
  'api-loopback': benchApiLoopback,
  intake: benchIntake,
  scrub: benchScrub,
  'policy-export': benchPolicyExport,
  'policy-impact': benchPolicyImpact,
  'cold-start': benchColdStart,
};

if (!haveOfficialFiles) process.exit(2);
const [only] = process.argv.slice(2);
let missed = 0;
for (const [name, bench] of Object.entries(benches)) {
  if (only !== undefined && only !== name) continue;
  console.log(`\n${name}`);
  for (const figure of await bench()) {
    console.log(line(figure));
    if (isMissed(figure)) missed += 1;
  }
}
process.exitCode = missed > 0 ? 1 : 0;
