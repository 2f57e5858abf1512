// What became of files that were taken in, as a table for the terminal and as one sum.
import Table from 'cli-table3';
import type { IntakeBody } from '../../shared/steps/intake-summary.ts';
import { thousands } from './closing-table.ts';

/** What became of one file. */
export type IntakeAnswer = IntakeBody & { readonly file: string };

const columns = [
  'records',
  'created',
  'replaced',
  'unchanged',
  'removed',
  'unmatchedVoids',
  'rejectedCount',
  'findings',
] as const satisfies readonly (keyof IntakeBody)[];

const heads: Readonly<Record<(typeof columns)[number], string>> = {
  records: 'records',
  created: 'new',
  replaced: 'replaced',
  unchanged: 'unchanged',
  removed: 'voided',
  unmatchedVoids: 'void of none',
  rejectedCount: 'refused',
  findings: 'findings',
};

/** One row a file: what became of its records. */
export function intakeTable(answers: readonly IntakeAnswer[]): string {
  const table = new Table({
    head: ['file', ...columns.map((column) => heads[column])],
    colAligns: ['left', ...Array<'right'>(columns.length).fill('right')],
    style: { head: [], border: [], compact: true },
  });
  for (const answer of answers) {
    table.push([answer.file, ...columns.map((column) => thousands(answer[column]))]);
  }
  return table.toString();
}

/** The sum over all files; every refusal names its file. */
export function totalOf(answers: readonly IntakeAnswer[]) {
  const sum = (of: (answer: IntakeAnswer) => number): number =>
    answers.reduce((total, answer) => total + of(answer), 0);
  const atRisk = (name: keyof IntakeBody['atRisk']): number => sum((one) => one.atRisk[name]);
  return {
    accepted: sum(({ accepted }) => accepted),
    rejected: answers.flatMap(({ file, rejected }) =>
      rejected.map(({ where, ...why }) => ({ where: `${file}, ${where}`, ...why })),
    ),
    records: sum(({ records }) => records),
    created: sum(({ created }) => created),
    replaced: sum(({ replaced }) => replaced),
    unchanged: sum(({ unchanged }) => unchanged),
    removed: sum(({ removed }) => removed),
    unmatchedVoids: sum(({ unmatchedVoids }) => unmatchedVoids),
    rejectedCount: sum(({ rejectedCount }) => rejectedCount),
    warningsCount: sum(({ warningsCount }) => warningsCount),
    findings: sum(({ findings }) => findings),
    atRisk: {
      claims: atRisk('claims'),
      billedCents: atRisk('billedCents'),
      reworkCentsMin: atRisk('reworkCentsMin'),
      reworkCentsMax: atRisk('reworkCentsMax'),
    },
  };
}
