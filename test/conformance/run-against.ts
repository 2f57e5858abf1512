// Runs the suite of `date` cases against any FHIR R4 terminology server:
// `node test/conformance/run-against.ts <base-url> [settings.json]`. Exit 0: every required case passes; 1: some do not;
// 2: usage, or the server cannot be reached. The settings file names what the server calls its value sets and its map.
import { readFileSync } from 'node:fs';
import { runCase } from './fhir-date/run-case.ts';
import { type FiledCase, readSuite, type Settings, settingsOver } from './fhir-date/suite.ts';

/** A server that does not answer by then is taken to be down. */
const timeoutMs = 30_000;

const [base, settingsFile, ...more] = process.argv.slice(2);
if (base === undefined || !/^https?:\/\//.test(base) || more.length > 0) {
  console.error('usage: node test/conformance/run-against.ts <base-url> [settings.json]');
  process.exit(2);
}

const { manifest, cases } = readSuite();
const settings =
  settingsFile === undefined
    ? manifest.settings
    : settingsOver(manifest.settings, readFileSync(settingsFile, 'utf8'));

try {
  process.exitCode = await runAll(base.replace(/\/+$/, ''), settings);
} catch (error) {
  console.error(`${base}: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}

/** Runs every case in turn, prints what fails and the counts, answers the exit code. */
async function runAll(root: string, names: Settings): Promise<number> {
  const counts = { required: { passed: 0, of: 0 }, choice: { passed: 0, of: 0 } };
  for (const one of cases) {
    const { differences } = await runCase(
      (path, init) => fetch(`${root}/${path}`, { ...init, signal: AbortSignal.timeout(timeoutMs) }),
      one,
      names,
    );
    const count = counts[one.level];
    count.of += 1;
    if (differences.length === 0) count.passed += 1;
    else report(one, differences);
  }
  const { required, choice } = counts;
  console.log(`required: ${required.passed} of ${required.of} passed`);
  console.log(`choice: ${choice.passed} of ${choice.of} passed`);
  return required.passed === required.of ? 0 : 1;
}

function report(one: FiledCase, differences: readonly string[]): void {
  console.log(`FAILED ${one.file}: ${one.id} (${one.level})`);
  console.log(`  ${one.why}`);
  for (const difference of differences) console.log(`  ${difference}`);
}
