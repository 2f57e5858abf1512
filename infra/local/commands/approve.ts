// `codewatch approve ID --reason TEXT`: lifts the quarantine of a release; it then runs through the same path again.
import { userInfo } from 'node:os';
import { releaseLine } from '../closing-table.ts';
import { openSession } from '../session.ts';
import { exitCodes } from '../terminal.ts';
import { UsageError } from '../usage.ts';
import { bodyOf, type Command, textFlag } from './command.ts';

/** Exit code 0 once the approval is recorded. `--by` names the person, by default the user of this machine. */
export const approve: Command = async ({ words, flags, settings, terminal }) => {
  const [id, ...more] = words;
  if (id === undefined || more.length > 0) throw new UsageError('approve takes one release id');
  const reason = textFlag(flags, 'reason')?.trim();
  if (!reason)
    throw new UsageError('approve needs --reason: why the release may be taken in; it is recorded');
  const by = textFlag(flags, 'by') ?? userInfo().username;
  const session = await openSession(settings, 'approve', terminal.print);
  try {
    await session.runtime?.consume(async () => undefined);
    const path = `/v1/releases/${encodeURIComponent(id)}/approve`;
    const approved = await bodyOf(await session.ask('POST', path, { reason, by }));
    await session.runtime?.drained();
    const record = await session.runtime?.ports.codeTable.release(id);
    const outcome = record ? releaseLine(record) : `${id}: approved; the running serve takes it in`;
    terminal.answer(approved, () => outcome);
    return exitCodes.ok;
  } finally {
    await session.close();
  }
};
