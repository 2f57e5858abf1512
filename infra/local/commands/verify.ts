// `codewatch verify`: folds the code table and compares it with every archived release, code by code, date by date.

import { countOf } from '../../../shared/core/wording.ts';
import { type Verified, verify as verifyTable } from '../../../shared/steps/verify.ts';
import { thousands } from '../closing-table.ts';
import { openSession } from '../session.ts';
import { exitCodes } from '../terminal.ts';
import { UsageError } from '../usage.ts';
import { type Command, runtimeOf } from './command.ts';

/** Exit code 1 when the table and the archive disagree. */
export const verify: Command = async ({ words, settings, terminal }) => {
  if (words.length > 0) throw new UsageError(`verify takes no argument, not "${words[0]}"`);
  const session = await openSession(settings, 'verify', console.error);
  try {
    const { codeItems: items, archive } = runtimeOf(session, 'verify').ports;
    const systems = await verifyTable({ items, archive, progress: console.error });
    const agrees = systems.every((one) => one.disagreementCount === 0);
    terminal.answer({ agrees, systems }, () => systems.flatMap(linesOf).join('\n'));
    return agrees ? exitCodes.ok : exitCodes.findings;
  } finally {
    await session.close();
  }
};

function linesOf(one: Verified): string[] {
  const { system, releases, codes, compared, disagreements, disagreementCount } = one;
  const counts = [
    countOf(releases, 'release'),
    countOf(codes, 'code'),
    countOf(compared, 'answer'),
  ];
  const wrong = disagreements.map(
    ({ code, date, table, release }) =>
      `  ${code} on ${date}: table "${table}", release "${release}"`,
  );
  const verdict =
    disagreementCount === 0 ? 'all agree' : `${thousands(disagreementCount)} disagree`;
  return [
    `${system}: ${counts.join(', ')} compared; ${verdict}`,
    `  fingerprint ${one.fingerprint}`,
    ...wrong,
  ];
}
