// What S3's notifications do, here: looks into the inbox's folder and tells the queue of each file that has come whole.
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { editsPrefix, filesPrefix } from '../../shared/edge/inbox-prefixes.ts';
import type { Queue } from '../../shared/ports/queue.ts';
import { localTenant } from './create-resources.ts';

/** How often to look. A file that is the same at two looks has come whole. */
const lookMs = 1000;

/** Files that come from somewhere under a name of their own first. */
const isPassing = (name: string): boolean => /^\.|\.(?:part|tmp|crdownload)$/i.test(name);

/** The folder of tenant `local` in a data folder: what is put there is taken in. */
export const localInboxFolder = (data: string): string => join(data, filesPrefix, localTenant);

/** The folder for lists of the Medicare Code Editor. */
export const localEditsFolder = (data: string): string => join(data, editsPrefix);

/** A folder that is looked into: the prefix of its keys, and who is told. */
export type WatchedFolder = { readonly prefix: string; readonly queue: Queue };

/** What is looked into, as S3 tells it: files of the tenant `local`, and edit lists. */
export const watchedFolders = (ports: {
  readonly intakeQueue: Queue;
  readonly editsQueue: Queue;
}): readonly WatchedFolder[] => [
  { prefix: `${filesPrefix}${localTenant}/`, queue: ports.intakeQueue },
  { prefix: editsPrefix, queue: ports.editsQueue },
];

/** The message of S3 for a file, as far as it is read. */
const messageOf = (prefix: string, name: string): string => {
  const key = encodeURIComponent(`${prefix}${name}`).replaceAll('%20', '+');
  return JSON.stringify({ Records: [{ s3: { object: { key } } }] });
};

/** Looks into a folder of the data folder until told to stop. Each state of a file is told of once; a file that fails lies there until it is changed. */
export async function watchInbox(
  data: string,
  { prefix, queue }: WatchedFolder,
  signal: AbortSignal,
): Promise<void> {
  const folder = join(data, prefix);
  await mkdir(folder, { recursive: true });
  const seen = new Map<string, { readonly state: string; readonly isTold: boolean }>();
  while (!signal.aborted) {
    const names = await readdir(folder);
    for (const gone of [...seen.keys()].filter((name) => !names.includes(name))) seen.delete(gone);
    for (const name of names.filter((one) => !isPassing(one))) {
      const state = await stateOf(join(folder, name));
      if (state === undefined) continue;
      const before = seen.get(name);
      const isWhole = before?.state === state;
      if (isWhole && !before.isTold) await queue.send({ body: messageOf(prefix, name) });
      seen.set(name, { state, isTold: isWhole });
    }
    // Being told to stop ends the wait with an error, which is all it means.
    await sleep(lookMs, undefined, { signal }).catch(() => undefined);
  }
}

/** What changes with a file; undefined when it is none, or gone. */
async function stateOf(path: string): Promise<string | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? `${found.size} ${found.mtimeMs}` : undefined;
  } catch {
    return undefined;
  }
}
