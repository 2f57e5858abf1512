// A list of the Medicare Code Editor that an operator left in the inbox: taken in, told what became of it, removed. Safe to
// repeat and to kill anywhere: a list that is there is recognised, and what was told is told again.
import { CodewatchError } from '../core/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Inbox, InboxFile } from '../ports/inbox.ts';
import type { DocumentPorts } from '../store/reference-documents.ts';
import { type EditsTakenIn, takeInEdits } from './take-in-edits.ts';

/** What the step needs; `prefixes` say where lists lie and results go, each ending with `/`. */
export type EditsInboxPorts = DocumentPorts & {
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly prefixes: { readonly files: string; readonly results: string };
};

/** What operators read beside the inbox; `refusal` where the file could not be read as a list at all. */
export type EditsResult = {
  readonly file: string;
  readonly takenInAt: string;
  readonly takenIn: EditsTakenIn['takenIn'];
  readonly refusal?: string;
} & Partial<Pick<EditsTakenIn, 'version' | 'counts' | 'findings'>>;

/** Twenty-five times what the list of a version has. */
const bytesMax = 32_000_000;

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const read: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > bytesMax) {
      throw new CodewatchError(
        'too-large',
        `over ${bytesMax} bytes: no list of a version has as many`,
      );
    }
    read.push(Uint8Array.from(piece));
  }
  return Buffer.concat(read);
}

// What no second try makes better.
const isRefusal = (error: unknown): error is CodewatchError =>
  error instanceof CodewatchError &&
  (error.code === 'invalid-request' || error.code === 'too-large');

/**
 * Takes a list in; undefined when the file is gone, for an earlier run did. The name tells the version, as
 * `mce-43.1-flags.csv`. What is wrong with it is in the result, and nothing of it is taken in then.
 *
 * @throws CodewatchError `conflict` when it was replaced meanwhile, `unavailable`
 */
export async function takeInEditsFile(
  ports: EditsInboxPorts,
  file: InboxFile,
): Promise<EditsResult | undefined> {
  const { inbox, prefixes, clock } = ports;
  if (!file.key.startsWith(prefixes.files)) {
    throw new CodewatchError('rejected', `a list lies at no ${prefixes.files}<name>`);
  }
  const path = file.key.slice(prefixes.files.length);
  const opened = await inbox.open(file);
  if (!opened) return undefined;
  const told = { file: path, takenInAt: clock.now() };
  let result: EditsResult;
  try {
    const bytes = await bytesOf(opened.bytes);
    const name = path.slice(path.lastIndexOf('/') + 1);
    result = { ...told, ...(await takeInEdits(ports, { name, bytes })) };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    result = { ...told, takenIn: 'no', refusal: error.message };
  }
  await inbox.writeResult(
    `${prefixes.results}${path}.json`,
    `${JSON.stringify(result, null, 2)}\n`,
  );
  await inbox.remove(file);
  return result;
}
