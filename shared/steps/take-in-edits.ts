// Takes a version of the Medicare Code Editor's lists in: all of it or, when any row is wrong, nothing. CMS publishes the
// editor as software, so the lists come from a file somebody has, not from a feed.
import { editVersionOf } from '../core/edit-list.ts';
import { CodewatchError } from '../core/errors.ts';
import { type MceList, readMceList } from '../formats/mce-list.ts';
import type { Clock } from '../ports/clock.ts';
import { addEdits, type DocumentPorts } from '../store/reference-documents.ts';

/** What came of it; `takenIn` is `no` when a finding is an error, `already` when the same lists were there. */
export type EditsTakenIn = Pick<MceList, 'counts' | 'findings'> & {
  readonly version: string;
  readonly takenIn: 'yes' | 'already' | 'no';
};

/** The version a file's name tells: `mce-43.1-flags.csv` is 43.1. */
const versionOfName = (name: string): string | undefined =>
  /(?:^|[^a-z])(?:mce|v)[-_ ]?v?(\d{1,3}(?:\.\d{1,3})?)(?![\d.]*\d)/i.exec(name)?.[1];

/**
 * Reads, archives and keeps the lists of a file. `name` is its base name; the version is the given one, else the one the
 * name tells.
 *
 * @throws CodewatchError `invalid-request` when neither tells a version
 */
export async function takeInEdits(
  ports: DocumentPorts & { readonly clock: Clock },
  file: { readonly name: string; readonly bytes: Uint8Array; readonly version?: string },
): Promise<EditsTakenIn> {
  const { name, bytes } = file;
  const version = file.version ?? versionOfName(name);
  if (version === undefined || !editVersionOf(version)) {
    const wrong = version === undefined ? `${name} does not say` : `"${version}" is not`;
    throw new CodewatchError('invalid-request', `${wrong} which version of the editor, as 43.1`);
  }
  const { list, counts, findings } = readMceList(bytes, { where: name, version });
  const isWrong = findings.some(({ severity }) => severity === 'error');
  if (!list || isWrong) return { version, counts, findings, takenIn: 'no' };
  const takenInAt = ports.clock.now();
  // There is no address: whoever has the file knows where it is from.
  const url = `file:${name}`;
  const sha256 = await ports.archive.keep(bytes, { url, fetchedAt: takenInAt, headers: {} });
  const arrival = { source: { url, sha256 }, takenInAt };
  const { isNew } = await addEdits(ports, { list, counts }, arrival);
  return { version, counts, findings, takenIn: isNew ? 'yes' : 'already' };
}
