// `codewatch snapshot --out FILE`: the whole effective-date table as one SQLite file, checked and complete or not at all.
import { existsSync } from 'node:fs';
import { link, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { SnapshotBody } from '../../../functions/api/snapshot-routes.ts';
import { CodewatchError } from '../../../shared/core/errors.ts';
import { unpackSnapshot } from '../../../shared/edge/snapshot-download.ts';
import { thousands } from '../closing-table.ts';
import { openSession } from '../session.ts';
import { exitCodes } from '../terminal.ts';
import { UsageError } from '../usage.ts';
import { bodyOf, type Command, textFlag } from './command.ts';

/** Exit code 0 once the file is there, whole and as published; an existing one is replaced only with `--force`. */
export const snapshot: Command = async ({ words, flags, settings, terminal }) => {
  const out = textFlag(flags, 'out');
  if (words.length > 0 || !out) {
    throw new UsageError('snapshot takes --out FILE: where the SQLite file goes');
  }
  const path = resolve(out);
  const force = flags.force === true;
  if (!force && existsSync(path)) throw isThere(path);
  if (!existsSync(dirname(path))) throw new UsageError(`there is no folder ${dirname(path)}`);
  const session = await openSession(settings, 'snapshot', console.error);
  try {
    const published = await bodyOf<SnapshotBody>(await session.ask('GET', '/v1/snapshot'));
    const { href, ...described } = published;
    const file = await session.ask('GET', href);
    if (!file.ok || !file.body) await bodyOf(file);
    await placeWhole(path, force, (draft) =>
      unpackSnapshot(file.body ?? new Uint8Array(), { ...described, name: href }, draft),
    );
    terminal.answer({ path, ...described }, () => {
      const size = `${thousands(described.bytes)} bytes, sha256 ${described.sha256}`;
      return `${path}: ${size}\nstate ${described.stamp}, published ${described.publishedAt}`;
    });
    return exitCodes.ok;
  } finally {
    await session.close();
  }
};

const isThere = (path: string): UsageError =>
  new UsageError(`${path} is there already; --force replaces it`);

/** Makes a file in a folder beside its place, so that it appears there whole, in one move. */
async function placeWhole(
  path: string,
  force: boolean,
  make: (draft: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(dirname(path), '.codewatch-')).catch((cause: unknown) => {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new UsageError(`${dirname(path)} cannot be written to (${why})`);
  });
  try {
    const draft = join(folder, 'snapshot.sqlite');
    await make(draft);
    if (force) await rename(draft, path);
    // Unlike a move, a link never takes the place of a file that came meanwhile.
    else await link(draft, path).catch((error) => refuse(error, path));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function refuse(error: unknown, path: string): never {
  if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw isThere(path);
  throw new CodewatchError('rejected', `${path} cannot be written`, { cause: error });
}
