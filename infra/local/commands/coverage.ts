// `codewatch coverage PROCEDURE DIAGNOSIS`: does a payer's policy support the procedure by the diagnosis on a date of service.
import type { CoverageReason } from '../../../shared/core/coverage.ts';
import type { CoverageCheck } from '../../../shared/operations/check-coverage.ts';
import { openSession } from '../session.ts';
import { exitCodes } from '../terminal.ts';
import { UsageError } from '../usage.ts';
import { bodyOf, type Command, dayFlag, textFlag } from './command.ts';

/** Exit code 1 when the answer is `not-covered` or `not-listed`. */
export const coverage: Command = async ({ words, flags, settings, terminal }) => {
  const [procedure, diagnosis, ...more] = words;
  if (procedure === undefined || diagnosis === undefined || more.length > 0) {
    throw new UsageError('coverage takes a procedure and a diagnosis: coverage 62323 M54.18');
  }
  const query = new URLSearchParams({ procedure, diagnosis });
  for (const name of ['state', 'payer']) {
    const text = textFlag(flags, name);
    if (text !== undefined) query.set(name, text);
  }
  const date = dayFlag(flags, 'on');
  if (date) query.set('date', date);
  const session = await openSession(settings, 'coverage', console.error);
  try {
    const answer = await bodyOf<CoverageCheck>(await session.ask('GET', `/v1/coverage?${query}`));
    terminal.answer(answer, () => textOf(answer));
    const isRefused = answer.answer === 'not-covered' || answer.answer === 'not-listed';
    return isRefused ? exitCodes.findings : exitCodes.ok;
  } finally {
    await session.close();
  }
};

const meanings: Readonly<Record<CoverageCheck['answer'], string>> = {
  covered: 'covered',
  'not-covered': 'not covered',
  conditional: 'covered under conditions, or not surely',
  'not-listed': 'the diagnosis is not listed',
  'no-policy': 'no policy in force names the procedure',
};

function textOf(answer: CoverageCheck): string {
  const { procedure, diagnosis, diagnosisStatus, payer, state, date, policies } = answer;
  const place = state === null ? '' : ` in ${state}`;
  const head = `${procedure} for ${diagnosis}, ${payer}${place}, on ${date}: ${meanings[answer.answer]}`;
  const billable =
    diagnosisStatus === 'billable'
      ? []
      : [`  ${diagnosis} is not billable then (${diagnosisStatus})`];
  return [head, ...billable, ...policies.flatMap(reasonLines)].join('\n');
}

function reasonLines(reason: CoverageReason): string[] {
  const { id, version, title, effective, quote, url } = reason;
  return [
    `  ${id} version ${version}, effective ${effective}: ${meanings[reason.answer]}`,
    `    ${title}`,
    ...(quote === undefined ? [] : [`    "${quote}"`]),
    `    ${url}`,
  ];
}
