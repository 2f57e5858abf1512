// `codewatch diff A B`: what changed between any two releases taken in, from their archived normal forms.

import { type Change, changeKinds } from '../../../shared/core/change.ts';
import { countChanges, diffReleases } from '../../../shared/core/diff.ts';
import type { ReleaseRecord } from '../../../shared/core/release.ts';
import { withReplacements } from '../../../shared/core/successors.ts';
import { readRelease } from '../../../shared/operations/read-releases.ts';
import { writtenChange } from '../../../shared/operations/written-code.ts';
import { createReleaseContents } from '../../../shared/store/release-contents.ts';
import { thousands } from '../closing-table.ts';
import type { Runtime } from '../runtime.ts';
import { openSession } from '../session.ts';
import { exitCodes } from '../terminal.ts';
import { UsageError } from '../usage.ts';
import { type Command, runtimeOf } from './command.ts';

/** Exit code 0 whatever the difference: releases are meant to differ. */
export const diff: Command = async ({ words, settings, terminal }) => {
  const [from, to, ...more] = words;
  if (from === undefined || to === undefined || more.length > 0) {
    throw new UsageError('diff takes two release ids, e.g. icd10cm-2021 icd10cm-2022');
  }
  const session = await openSession(settings, 'diff', console.error);
  try {
    const runtime = runtimeOf(session, 'diff');
    const before = await readRelease(runtime.ports, from);
    const after = await readRelease(runtime.ports, to);
    if (before.system !== after.system)
      throw new UsageError('diff takes two releases of one system');
    const changes = await changesBetween(runtime, before, after);
    const counts = countChanges(changes);
    const written = changes.map((change) => writtenChange(after.system, change));
    terminal.answer({ from, to, counts, changes: written }, () => {
      const sum = changeKinds.map((kind) => `${thousands(counts[kind])} ${kind}`).join(', ');
      return [...written.map(changeLine), `${from} to ${to}: ${sum}`].join('\n');
    });
    return exitCodes.ok;
  } finally {
    await session.close();
  }
};

async function changesBetween(
  { ports }: Runtime,
  before: ReleaseRecord,
  after: ReleaseRecord,
): Promise<readonly Change[]> {
  const contents = createReleaseContents(ports.archive);
  const step = {
    before: await contents.read(before.contentSha256),
    after: await contents.read(after.contentSha256),
  };
  return withReplacements(diffReleases(step.before, step.after), step);
}

/** One line a change, in columns, what was and what is. */
function changeLine({ kind, code, before, after, replacedBy }: Change): string {
  const title =
    kind === 'retitled' ? `${before?.long} -> ${after?.long}` : (after?.long ?? before?.long ?? '');
  const instead = replacedBy.map((one) => one.code).join(', ');
  return `${kind.padEnd(9)} ${code.padEnd(8)} ${title}${instead === '' ? '' : ` -> ${instead}`}`;
}
