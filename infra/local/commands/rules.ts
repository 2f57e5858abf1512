// `codewatch rules FILE…`: hands a payer's rules over, in the format of docs/payer-rules.md.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readPolicyEditions } from '../../../shared/operations/read-policy-editions.ts';
import { handInPolicies } from '../../../shared/steps/hand-in-policies.ts';
import { isEditionOf } from '../../../shared/steps/policy-message-names.ts';
import { alertLine, editionLine } from '../closing-table.ts';
import { configurationIn } from '../local-environment.ts';
import type { Runtime } from '../runtime.ts';
import { openSession } from '../session.ts';
import { allAlerts } from '../start-up.ts';
import { exitCodes } from '../terminal.ts';
import { UsageError } from '../usage.ts';
import { type Command, runtimeOf, textFlag } from './command.ts';

/** Exit code 1 when the files are refused; nothing of them is taken in then. `--feed` where several feeds take rules. */
export const rules: Command = async ({ words, flags, settings, terminal }) => {
  if (words.length === 0) throw new UsageError('rules takes the files of a payer, JSON or CSV');
  const handed = [];
  for (const path of words) handed.push({ name: basename(path), bytes: await bytesOf(path) });
  // Before anything is opened: an empty table would first be filled.
  const feedId = feedIdOf(configurationIn(settings), textFlag(flags, 'feed'));
  const session = await openSession(settings, 'rules', console.error);
  try {
    const runtime = runtimeOf(session, 'rules');
    const feed = runtime.ports.policyFeeds.find(({ id }) => id === feedId);
    if (!feed) throw new Error(`the feed ${feedId} is configured and turned on, but was not made`);
    const before = new Set((await allAlerts(runtime)).map(({ id }) => id));
    await runtime.consume(async () => undefined);
    const message = await handInPolicies(runtime.ports, feed, handed);
    await runtime.drained();
    const editions = await readPolicyEditions(runtime.ports, { source: feed.source });
    const edition = editions.find((one) => isEditionOf(one, message));
    if (!edition) {
      terminal.answer(
        { takenIn: 'unchanged' },
        () => `${feed.id}: these files say nothing new, or are published before what is known`,
      );
      return exitCodes.ok;
    }
    const findings = edition.findings.map(
      ({ where, message: text, code }) => `${where}: ${text} (${code})`,
    );
    const alerts = (await allAlerts(runtime)).filter(
      ({ id, release }) => release === edition.id && !before.has(id),
    );
    terminal.answer({ ...edition, alerts: alerts.map(({ id }) => id) }, () =>
      [...findings, editionLine(edition), ...alerts.map(alertLine)].join('\n'),
    );
    return edition.status === 'quarantined' ? exitCodes.findings : exitCodes.ok;
  } finally {
    await session.close();
  }
};

/** Which feed's files these are; throws a UsageError that says which there are. */
function feedIdOf({ policyFeeds }: Runtime['configuration'], named: string | undefined): string {
  const ids = policyFeeds
    .filter(({ on, kind }) => on && kind === 'payer-rules')
    .map(({ id }) => id);
  const [only, ...others] = ids;
  if (only === undefined) {
    throw new UsageError(
      'no feed takes payer rules: configure one of kind payer-rules (docs/feeds.md), in infra/feeds.json or with --config FILE',
    );
  }
  if (named === undefined && others.length === 0) return only;
  if (named !== undefined && ids.includes(named)) return named;
  throw new UsageError(`--feed: name the feed the files belong to; there are ${ids.join(', ')}`);
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? error.code : error;
    throw new UsageError(`${path} cannot be read (${why})`);
  }
}
