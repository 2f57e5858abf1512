// What `codewatch check` found as SARIF 2.1.0 (OASIS), which code hosts show beside the lines of a file.
import { createHash } from 'node:crypto';
import { isAbsolute, sep } from 'node:path';
import { scrubRules } from '../../shared/scrub/registry.ts';
import type { ScrubSeverity } from '../../shared/scrub/rule.ts';
import type { Checked, Problem } from './check-problems.ts';
import type { CheckRejection } from './commands/read-artifact-files.ts';

const levels: Readonly<Record<ScrubSeverity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/** The rule of records that could not be read. */
const unreadable = {
  id: 'record-unreadable',
  shortDescription: { text: 'A record that cannot be read as a claim or template.' },
  defaultConfiguration: { level: 'error' },
};

/** The log: one run, one result a problem, note and unreadable record. */
export function sarifLog(
  checked: Checked,
  rejected: readonly CheckRejection[],
  version: string,
): object {
  const rules = [
    ...scrubRules.map(({ id, finds, source, severity }) => ({
      id,
      shortDescription: { text: finds },
      fullDescription: { text: `${finds} Source: ${source}.` },
      defaultConfiguration: { level: levels[severity] },
    })),
    unreadable,
  ];
  const indexes = new Map(rules.map(({ id }, index) => [id as string, index]));
  const results = [
    ...[...checked.problems, ...checked.notes].map(problemResult),
    ...rejected.map(rejectedResult),
  ].map((result) => {
    const ruleIndex = indexes.get(result.ruleId);
    return ruleIndex === undefined ? result : { ...result, ruleIndex };
  });
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'codewatch', version, rules } },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: true }],
        results,
      },
    ],
  };
}

function problemResult(problem: Problem) {
  const { rule, severity, code, line, message, remedy, source, artifact, date, breaksOn } = problem;
  const { fileBy, atRisk, replacedBy } = problem;
  return {
    ruleId: rule as string,
    level: levels[severity],
    message: { text: `${message} ${remedy}` },
    locations: [
      {
        ...locationOf(problem.file, problem.where),
        logicalLocations: [
          { name: artifact.id, fullyQualifiedName: `${artifact.type} ${artifact.id}` },
        ],
      },
    ],
    // The same problem in the next run, wherever in the file it stands then.
    partialFingerprints: {
      'codewatchProblem/v1': fingerprint([
        problem.file,
        artifact.type,
        artifact.id,
        rule,
        code,
        line,
      ]),
    },
    properties: {
      source,
      date,
      ...(code !== undefined && { code }),
      ...(breaksOn && { breaksOn }),
      ...(replacedBy && { replacedBy: replacedBy.map((one) => one.code) }),
      ...(fileBy && { fileBy }),
      ...(artifact.type === 'claim' && { atRisk }),
    },
  };
}

function rejectedResult({ file, where, code, message }: CheckRejection) {
  return {
    ruleId: unreadable.id,
    level: 'error',
    message: { text: `${where}: ${message}` },
    locations: [locationOf(file, where)],
    partialFingerprints: { 'codewatchProblem/v1': fingerprint([file, where, code]) },
    properties: { code },
  };
}

const fingerprint = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);

/** The line a place names; the first where it names a segment or a path: hosts want a line. */
const lineOf = (where: string): number => Number(/^line (\d+)/.exec(where)?.[1] ?? 1);

function locationOf(file: string, where: string) {
  const uri = encodeURI(file.split(sep).join('/')).replaceAll('#', '%23').replaceAll('?', '%3F');
  const artifactLocation = isAbsolute(file)
    ? { uri: `file://${uri}` }
    : { uri: uri.replace(/^\.\//, ''), uriBaseId: '%SRCROOT%' };
  return { physicalLocation: { artifactLocation, region: { startLine: lineOf(where) } } };
}
