// One file of the inbox: taken in, told what became of it, removed. A run that ends before the file does leaves a mark,
// and the next one goes on from there; a file seen twice is taken in once.
import { createHash } from 'node:crypto';
import { isStorableId } from '../core/artifact.ts';
import { CodewatchError } from '../core/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Inbox, InboxFile } from '../ports/inbox.ts';
import type { IntakeMark, IntakeProgress } from '../store/intake-progress.ts';
import {
  type IntakeBody,
  type IntakeSummary,
  intakeBody,
  nothingStored,
  type StoredCounts,
} from './intake-summary.ts';
import type { TakeInOptions, TakeInPorts } from './take-in.ts';
import { takeInFile } from './take-in-file.ts';

/** What the step needs; `prefixes` say where files lie and results go, each ending with `/`. */
export type InboxPorts = TakeInPorts & {
  readonly inbox: Inbox;
  readonly progress: IntakeProgress;
  readonly clock: Clock;
  readonly prefixes: { readonly files: string; readonly results: string };
};

/** What the tenant reads beside its inbox. Holds no content of the file. */
export type InboxResult = IntakeBody & { readonly file: string; readonly takenInAt: string };

/** `gone`: it was taken in before. `continues`: time is up, and a run over the same file goes on. */
export type InboxOutcome =
  | { readonly outcome: 'taken-in'; readonly tenant: string; readonly summary: IntakeSummary }
  | { readonly outcome: 'gone' }
  | { readonly outcome: 'continues'; readonly tenant: string; readonly records: number };

/** Records between two marks: a run that is killed loses half a minute. */
const markRecords = 5_000;

/** A place in the inbox: whose file, and what it is called. */
function placeOf(key: string, prefix: string): { readonly tenant: string; readonly name: string } {
  const [tenant = '', ...rest] = key.startsWith(prefix) ? key.slice(prefix.length).split('/') : [];
  const name = rest.join('/');
  if (isStorableId(tenant) && name !== '') return { tenant, name };
  // The key is not repeated: its sender chose it.
  throw new CodewatchError('rejected', `a file of the inbox lies at no ${prefix}<tenant>/<name>`);
}

const isCounts = (given: Readonly<Record<string, number>>): given is StoredCounts =>
  Object.keys(nothingStored).every((name) => Number.isSafeInteger(given[name]));

/** What an earlier run of these bytes counted; nothing of other bytes, or of a mark of another form. */
function resumeFrom(mark: IntakeMark | undefined, identity: string): StoredCounts {
  return mark?.identity === identity && isCounts(mark.counts) ? mark.counts : nothingStored;
}

/** Marks how far everything is stored, now and then. */
function marker(write: (counts: StoredCounts) => Promise<void>, from: StoredCounts) {
  let marked = from.records;
  return async (counts: StoredCounts): Promise<void> => {
    if (counts.records - marked < markRecords) return;
    marked = counts.records;
    await write(counts);
  };
}

/**
 * Takes a file of the inbox in. Safe to repeat, and to kill anywhere: what is stored is recognised, and the result of a
 * second run says what the first one did.
 *
 * @throws CodewatchError `rejected` for a key that is no tenant's, `conflict` when it was replaced, `unavailable`
 */
export async function takeInInboxFile(
  ports: InboxPorts,
  file: InboxFile,
  options: Pick<TakeInOptions, 'mayGoOn' | 'wait'> = {},
): Promise<InboxOutcome> {
  const { inbox, progress, prefixes, clock } = ports;
  const { tenant, name } = placeOf(file.key, prefixes.files);
  const mark = createHash('sha256')
    .update(`${file.key}\n${file.version ?? ''}`)
    .digest('hex');
  const opened = await inbox.open(file);
  if (!opened) {
    await progress.remove(tenant, mark);
    return { outcome: 'gone' };
  }
  const { identity, bytes } = opened;
  const resume = resumeFrom(await progress.read(tenant, mark), identity);
  const write = (counts: StoredCounts): Promise<void> =>
    progress.write(tenant, mark, { identity, counts });
  let last = resume;
  const markNow = marker(write, resume);
  const { summary, isWhole } = await takeInFile(
    ports,
    tenant,
    { bytes, fileName: name },
    {
      ...options,
      resume,
      onStored: (counts) => {
        last = counts;
        return markNow(counts);
      },
    },
  );
  if (last.records > resume.records) await write(last);
  if (!isWhole) {
    // A file that is too long to be read up to where it stands would go round for ever.
    if (last.records > resume.records)
      return { outcome: 'continues', tenant, records: last.records };
    throw new CodewatchError(
      'too-large',
      'a run over a file of the inbox got no further than the last',
    );
  }
  const result: InboxResult = { file: name, takenInAt: clock.now(), ...intakeBody(summary) };
  const json = `${JSON.stringify(result, null, 2)}\n`;
  await inbox.writeResult(`${prefixes.results}${tenant}/${name}.json`, json);
  await inbox.remove(file);
  await progress.remove(tenant, mark);
  return { outcome: 'taken-in', tenant, summary };
}
