// `codewatch verify`: folds the code table and compares it with every archived release, code by code, date by date; and the
// policies with what the newest edition of each source left.

import { countOf } from '../../../shared/core/wording.ts';
import { type Verified, verify as verifyTable } from '../../../shared/steps/verify.ts';
import { type VerifiedPolicies, verifyPolicies } from '../../../shared/steps/verify-policies.ts';
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
    const policies = await verifyPolicies({ items, archive });
    const agrees = [...systems, ...policies].every((one) => one.disagreementCount === 0);
    terminal.answer({ agrees, systems, policies }, () =>
      [...systems.flatMap(linesOf), ...policies.flatMap(policyLines)].join('\n'),
    );
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
  return [
    `${system}: ${counts.join(', ')} compared; ${verdictOn(disagreementCount)}`,
    `  fingerprint ${one.fingerprint}`,
    ...wrong,
  ];
}

const verdictOn = (disagreements: number): string =>
  disagreements === 0 ? 'all agree' : `${thousands(disagreements)} disagree`;

function policyLines(one: VerifiedPolicies): string[] {
  const counts = [
    countOf(one.editions, 'edition'),
    countOf(one.documents, 'document'),
    countOf(one.compared, 'version'),
  ];
  const wrong = one.disagreements.map(
    ({ id, version, table }) => `  ${id} version ${version}: ${table} in the table`,
  );
  return [
    `policies of ${one.source}: ${counts.join(', ')} compared; ${verdictOn(one.disagreementCount)}`,
    ...wrong,
  ];
}
