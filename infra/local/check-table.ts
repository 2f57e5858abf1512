// What `codewatch check` found, as a table for people.
import Table from 'cli-table3';
import { formatDollars } from '../../shared/core/money.ts';
import { countOf } from '../../shared/core/wording.ts';
import type { Checked, Problem } from './check-problems.ts';
import type { CheckRejection } from './commands/read-artifact-files.ts';

/** Remedies grow long: the table breaks them. */
const remedyWidth = 60;

/** The report: a table of problems, what could not be read, and what it comes to. */
export function checkText(checked: Checked, rejected: readonly CheckRejection[]): string {
  const { problems } = checked;
  return [
    ...(problems.length > 0 ? [problemTable(problems)] : []),
    ...rejected.map(({ file, where, code, message }) => `${file}, ${where}: ${message} (${code})`),
    ...breakLines(problems),
    closingLine(checked, rejected.length),
  ].join('\n');
}

function problemTable(problems: readonly Problem[]): string {
  const table = new Table({
    head: ['where', 'code', 'on', '', 'what is wrong, and what to do'],
    colWidths: [null, null, null, null, remedyWidth],
    style: { head: [], border: [], compact: true },
    wordWrap: true,
  });
  for (const problem of problems) {
    const { file, artifact, code = '', severity, message, remedy } = problem;
    const stake = stakeText(problem);
    table.push([
      `${file}\n${artifact.type} ${artifact.id}${artifact.name ? `\n${artifact.name}` : ''}`,
      code,
      problem.breaksOn ?? problem.date,
      severity,
      [message, remedy, ...(stake === '' ? [] : [stake])].join('\n'),
    ]);
  }
  return table.toString();
}

function stakeText({ atRisk, fileBy }: Problem): string {
  const billed = atRisk.billedCents > 0 ? `${formatDollars(atRisk.billedCents)} billed` : '';
  const filed = fileBy ? `file by ${fileBy}` : '';
  return [billed, filed].filter((text) => text !== '').join(', ');
}

/** `2 templates break on 2025-10-01`, a line a day. */
function breakLines(problems: readonly Problem[]): string[] {
  const days = Map.groupBy(
    problems.filter(({ breaksOn, severity }) => breaksOn !== undefined && severity === 'error'),
    ({ breaksOn }) => breaksOn,
  );
  return [...days]
    .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))
    .map(([day, found]) => {
      const ids = new Set(found.map(({ file, artifact }) => `${file}\n${artifact.id}`));
      const types = new Set(found.map(({ artifact }) => artifact.type));
      const [type = 'record'] = types.size === 1 ? types : [];
      return `${countOf(ids.size, type)} ${ids.size === 1 ? 'breaks' : 'break'} on ${day}`;
    });
}

function closingLine({ codes, problems, notes, atRisk }: Checked, rejected: number): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const parts = [
    `${countOf(codes, 'code use')} checked: ${countOf(errors, 'error')}`,
    countOf(problems.length - errors, 'warning'),
    countOf(notes.length, 'note'),
    `${countOf(rejected, 'record')} unreadable`,
  ];
  const { min, max } = atRisk.reworkCents;
  const stake =
    atRisk.claims === 0
      ? ''
      : `; at risk: ${countOf(atRisk.claims, 'claim')}, ${formatDollars(atRisk.billedCents)} billed, ${formatDollars(min)} to ${formatDollars(max)} of rework`;
  return parts.join(', ') + stake;
}
