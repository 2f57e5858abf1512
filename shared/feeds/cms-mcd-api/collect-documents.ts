// Gets documents until the run may ask no more: each with all of its tables, read on the spot, so that what is archived but
// cannot be used is asked for again.

import type { QualityFinding } from '../../core/release.ts';
import { createFindingList, type FindingList } from '../../formats/finding-list.ts';
import type { PolicyFile } from '../policy-feed.ts';
import { type LocalKind, type LocalVersion, paths, tablesOf } from './addresses.ts';
import type { ApiRow } from './answer.ts';
import type { Asking } from './ask.ts';
import type { Waiting } from './bookmark.ts';
import { type Places, readPlaces, readStates } from './places.ts';
import { localId, readDocument } from './read-document.ts';
import { versionOfKey } from './whats-new.ts';

/** Runs in which a document is asked for in vain before it is left to the export. */
const triesMax = 10;
/** Documents in a row of which not even the first table comes: upstream is in trouble, not they. */
const failuresMax = 5;

/** What a run got of what waited. */
export type Collected = {
  /** What reading needs; none when no document came whole. */
  readonly files: readonly PolicyFile[];
  readonly taken: readonly string[];
  readonly waiting: readonly Waiting[];
  readonly findings: readonly QualityFinding[];
};

type Limits = { readonly requestsMax: number };

/** Contractors, states, and which documents each state's report lists: for all documents of a run. */
async function askPlaces(asking: Asking, token: string, kinds: readonly LocalKind[]) {
  const answers = new Map<string, readonly ApiRow[]>();
  const files: PolicyFile[] = [];
  const add = async (path: string): Promise<boolean> => {
    const answer = await asking.get(path, { token });
    if (answer) answers.set(path, answer.rows);
    files.push(...(answer?.files ?? []));
    return answer !== undefined;
  };
  if (!(await add(paths.contractors)) || !(await add(paths.states))) return undefined;
  const states = [...readStates(answers, createFindingList()).keys()];
  for (const path of kinds.flatMap((kind) => states.map((state) => paths.inState(kind, state)))) {
    // A state that is missing would be missing in every document.
    if (!(await add(path))) return undefined;
  }
  return { answers, files };
}

/** All tables of a version; `began` tells whether the first of them came. */
async function askDocument(asking: Asking, token: string, asked: LocalVersion) {
  const answers = new Map<string, readonly ApiRow[]>();
  const files: PolicyFile[] = [];
  for (const table of tablesOf(asked.kind)) {
    const path = paths.table(asked, table);
    const answer = await asking.get(path, { token, mayBeMissing: true });
    if (!answer) return { began: answers.size > 0, files: undefined, answers };
    answers.set(path, answer.rows);
    files.push(...answer.files);
    // Without itself a document has no tables either.
    if (table === '' && answer.rows.length === 0) break;
  }
  return { began: true, files, answers };
}

/** Says that a document is asked for again, or no more. */
function postpone(asked: LocalVersion, { key, tries }: Waiting, findings: QualityFinding[]) {
  const where = `${localId(asked)} version ${asked.version}`;
  const again = tries + 1 < triesMax;
  const message = again
    ? `${where} is listed as new but could not be read; it is asked for again at the next run (${tries + 1} of ${triesMax}).`
    : `${where} could not be read in ${triesMax} runs; it is left to the weekly export.`;
  const code = again ? 'mcd-api-waiting' : 'mcd-api-given-up';
  findings.push({ code, severity: 'warning', where, message });
  return again ? { key, tries: tries + 1 } : undefined;
}

/** Everything waits: nothing was asked. */
const untouched = (waiting: readonly Waiting[]): Collected => ({
  ...{ files: [], taken: [], waiting, findings: [] },
});

async function collect(
  waiting: readonly Waiting[],
  given: { readonly asking: Asking; readonly token: string; readonly places: Places },
  limits: Limits,
): Promise<Collected> {
  const { asking, token, places } = given;
  const files: PolicyFile[] = [];
  const taken: string[] = [];
  const still: Waiting[] = [];
  const findings: QualityFinding[] = [];
  let failures = 0;
  for (const one of waiting) {
    const asked = versionOfKey(one.key);
    if (!asked) continue;
    const needed = tablesOf(asked.kind).length;
    if (asking.requests() + needed > limits.requestsMax || failures === failuresMax) {
      still.push(one);
      continue;
    }
    const got = await askDocument(asking, token, asked);
    const list = createFindingList();
    const document = got.files && readDocument(asked, { answers: got.answers, places, list });
    findings.push(...list.all());
    failures = got.began ? 0 : failures + 1;
    if (document && got.files) {
      files.push(...got.files);
      taken.push(one.key);
      continue;
    }
    const later = postpone(asked, one, findings);
    if (later) still.push(later);
    else taken.push(one.key);
  }
  return { files, taken, waiting: still, findings };
}

/** Gets what waits, in its order. Trouble with what all documents need leaves everything waiting. */
export async function collectDocuments(
  asking: Asking,
  waiting: readonly Waiting[],
  list: FindingList,
  limits: Limits,
): Promise<Collected> {
  if (waiting.length === 0) return untouched(waiting);
  const token = await asking.licence();
  if (token === undefined) return untouched(waiting);
  const kinds = new Set(waiting.flatMap(({ key }) => versionOfKey(key)?.kind ?? []));
  const got = await askPlaces(asking, token, [...kinds].sort());
  if (!got) return untouched(waiting);
  const places = readPlaces(got.answers, list);
  const collected = await collect(waiting, { asking, token, places }, limits);
  const isEmpty = collected.files.length === 0;
  return { ...collected, files: isEmpty ? [] : [...got.files, ...collected.files] };
}
