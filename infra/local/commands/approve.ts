// `codewatch approve ID --reason TEXT`: lifts the quarantine of a release, or of an edition of policies; it then runs through the same path again.
import { userInfo } from 'node:os';
import { readPolicyEditions } from '../../../shared/operations/read-policy-editions.ts';
import { editionLine, releaseLine } from '../closing-table.ts';
import type { Runtime } from '../runtime.ts';
import { openSession } from '../session.ts';
import { exitCodes } from '../terminal.ts';
import { UsageError } from '../usage.ts';
import { bodyOf, type Command, textFlag } from './command.ts';

/** Exit code 0 once the approval is recorded. `--by` names the person, by default the user of this machine. */
export const approve: Command = async ({ words, flags, settings, terminal }) => {
  const [id, ...more] = words;
  if (id === undefined || more.length > 0)
    throw new UsageError('approve takes one id, of a release or an edition');
  const reason = textFlag(flags, 'reason')?.trim();
  if (!reason)
    throw new UsageError('approve needs --reason: why it may be taken in; it is recorded');
  const by = textFlag(flags, 'by') ?? userInfo().username;
  const session = await openSession(settings, 'approve', terminal.print);
  try {
    await session.runtime?.consume(async () => undefined);
    const path = `/v1/releases/${encodeURIComponent(id)}/approve`;
    const approved = await bodyOf(await session.ask('POST', path, { reason, by }));
    await session.runtime?.drained();
    const outcome = session.runtime && (await outcomeOf(session.runtime, id));
    terminal.answer(approved, () => outcome ?? `${id}: approved; the running serve takes it in`);
    return exitCodes.ok;
  } finally {
    await session.close();
  }
};

/** What became of what was approved. */
async function outcomeOf({ ports }: Runtime, id: string): Promise<string | undefined> {
  const record = await ports.codeTable.release(id);
  if (record) return releaseLine(record);
  const editions = await readPolicyEditions(ports, {});
  const edition = editions.find((one) => one.id === id);
  return edition && editionLine(edition);
}
