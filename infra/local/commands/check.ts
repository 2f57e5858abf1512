// `codewatch check <files…> --on DATE`: do these claims and templates hold on that date? For continuous integration.
import { readFileSync, writeFileSync } from 'node:fs';
import type { CalendarDate } from '../../../shared/core/calendar-date.ts';
import { dayOfInstant } from '../../../shared/core/calendar-date.ts';
import { fixedClock, systemClock } from '../../../shared/edge/system-clock.ts';
import { junitXml } from '../check-junit.ts';
import { type Checked, type CheckRequest, checkArtifacts } from '../check-problems.ts';
import { sarifLog } from '../check-sarif.ts';
import { checkText } from '../check-table.ts';
import { openSession } from '../session.ts';
import type { Flags, Settings } from '../settings.ts';
import { exitCodes } from '../terminal.ts';
import { UsageError } from '../usage.ts';
import { type Command, dayFlag, textFlag } from './command.ts';
import { type ArtifactFiles, readArtifactFiles } from './read-artifact-files.ts';

/** Where reports go besides the terminal: files, or `-` for standard output. */
type Reports = { readonly sarif?: string; readonly junit?: string };

/**
 * Claims are checked on their own date where they have one, everything else on `--on` (today when absent) and with
 * `--until` on the day of every release up to then. Exit code 1 when an error is found or a record cannot be read;
 * `--fail-on warning` lets warnings count, too.
 */
export const check: Command = async ({ words, flags, settings, terminal }) => {
  if (words.length === 0) throw new UsageError('check takes one or more files');
  const request = requestOf(flags, settings);
  const reports = reportsOf(flags);
  const failOn = failOnFlag(flags);
  const files = await readArtifactFiles(words);
  const session = await openSession(settings, 'check', console.error);
  try {
    const checked = await checkArtifacts(session.ask, files.artifacts, request);
    const taken = writeReports(reports, files, checked);
    const { on, until } = request;
    const { rejected } = files;
    const { artifacts, codes, problems, notes, atRisk } = checked;
    const answer = {
      on,
      ...(until && { until }),
      ...{ artifacts, checked: codes, problems, notes, atRisk, rejected },
    };
    if (taken) console.error(checkText(checked, rejected));
    else terminal.answer(answer, () => checkText(checked, rejected));
    const failing = problems.some(({ severity }) => failOn.includes(severity));
    return failing || rejected.length > 0 ? exitCodes.findings : exitCodes.ok;
  } finally {
    await session.close();
  }
};

function requestOf(flags: Flags, settings: Settings): CheckRequest {
  const today = todayOf(settings);
  const on = dayFlag(flags, 'on') ?? today;
  const until = dayFlag(flags, 'until');
  if (until && until < on) throw new UsageError(`--until: ${until} is before ${on}`);
  return { on, today, ...(until && { until }) };
}

function reportsOf(flags: Flags): Reports {
  const sarif = textFlag(flags, 'sarif');
  const junit = textFlag(flags, 'junit');
  const onOutput = [sarif, junit].filter((file) => file === '-').length;
  if (onOutput > 1 || (onOutput > 0 && flags.json === true)) {
    throw new UsageError('only one of --json, --sarif - and --junit - can have standard output');
  }
  return { ...(sarif !== undefined && { sarif }), ...(junit !== undefined && { junit }) };
}

function failOnFlag(flags: Flags): readonly string[] {
  const severity = textFlag(flags, 'fail-on') ?? 'error';
  if (severity === 'error') return ['error'];
  if (severity === 'warning') return ['error', 'warning'];
  throw new UsageError(`--fail-on: "${severity}" is neither error nor warning`);
}

/** Writes the reports asked for; true when one of them has standard output. */
function writeReports({ sarif, junit }: Reports, files: ArtifactFiles, checked: Checked): boolean {
  const { artifacts, rejected } = files;
  if (sarif !== undefined) {
    write(sarif, `${JSON.stringify(sarifLog(checked, rejected, versionOf()), null, 2)}\n`);
  }
  if (junit !== undefined) write(junit, junitXml(artifacts, checked, rejected));
  return sarif === '-' || junit === '-';
}

function write(file: string, report: string): void {
  if (file === '-') {
    process.stdout.write(report);
    return;
  }
  try {
    writeFileSync(file, report);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? error.code : error;
    throw new UsageError(`${file} cannot be written (${why})`);
  }
}

/** The version of this program. */
function versionOf(): string {
  const file = new URL('../../../package.json', import.meta.url);
  const { version }: { version: string } = JSON.parse(readFileSync(file, 'utf8'));
  return version;
}

function todayOf({ now }: Settings): CalendarDate {
  const clock = now === undefined ? systemClock : fixedClock(now);
  const day = dayOfInstant(clock.now());
  if (!day) throw new Error('the clock gave no instant');
  return day;
}
