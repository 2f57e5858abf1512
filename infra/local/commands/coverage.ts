// `codewatch coverage PROCEDURE DIAGNOSIS`: does a payer's policy support the procedure by the diagnosis on a date of service.
import type { CoverageCheck } from '../../../shared/operations/check-coverage.ts';
import { coverageText, isDenied } from '../coverage-text.ts';
import { openSession } from '../session.ts';
import { exitCodes } from '../terminal.ts';
import { UsageError } from '../usage.ts';
import { bodyOf, type Command, dayFlag, textFlag } from './command.ts';

/** Exit code 1 when the diagnosis cannot be billed on the date, or the answer is `not-covered` or `not-listed`. */
export const coverage: Command = async ({ words, flags, settings, terminal }) => {
  const [procedure, diagnosis, ...more] = words;
  if (procedure === undefined || diagnosis === undefined || more.length > 0) {
    throw new UsageError('coverage takes a procedure and a diagnosis: coverage 62323 M54.18');
  }
  const query = new URLSearchParams({ procedure, diagnosis });
  for (const name of ['state', 'payer', 'plan']) {
    const text = textFlag(flags, name);
    if (text !== undefined) query.set(name, text);
  }
  const date = dayFlag(flags, 'on');
  if (date) query.set('date', date);
  const session = await openSession(settings, 'coverage', console.error);
  try {
    const answer = await bodyOf<CoverageCheck>(await session.ask('GET', `/v1/coverage?${query}`));
    terminal.answer(answer, () => coverageText(answer));
    return isDenied(answer) ? exitCodes.findings : exitCodes.ok;
  } finally {
    await session.close();
  }
};
