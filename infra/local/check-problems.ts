// What `codewatch check` finds in claims and templates: the scrub rules asked through the API, on the day each is checked
// for and, where it is asked, on the days of the releases that follow.
import { artifactBody } from '../../functions/api/artifact-body.ts';
import type { CalendarDate } from '../../shared/core/calendar-date.ts';
import { codeSystemIds, isIcd10 } from '../../shared/core/code-system.ts';
import type { CentsRange } from '../../shared/core/money.ts';
import type { ScrubFinding } from '../../shared/operations/scrub-answer.ts';
import type { ScrubItem } from '../../shared/scrub/rule.ts';
import {
  type AtRisk,
  type CheckPlace,
  type CheckSubject,
  subjectsOf,
  type Terms,
} from './check-subjects.ts';
import { bodyOf } from './commands/command.ts';
import type { FileArtifact } from './commands/read-artifact-files.ts';
import type { AskApi } from './session.ts';

/** One thing found in a file: a scrub item, and where. */
export type Problem = ScrubItem &
  Pick<ScrubFinding, 'system'> &
  CheckPlace & {
    /** The day it was found for: a claim's own, else the one asked for. */
    readonly date: CalendarDate;
    /** Set when it was found for a later day only: the first of the releases' days on which it is. */
    readonly breaksOn?: CalendarDate;
  };

/** What was checked, and what was found. */
export type Checked = {
  readonly artifacts: number;
  /** Uses of codes. */
  readonly codes: number;
  /** Errors and warnings. */
  readonly problems: readonly Problem[];
  /** What is said, and nothing to correct: rules that could not be applied, unspecified codes of templates. */
  readonly notes: readonly Problem[];
  /** Of claims with an error. */
  readonly atRisk: {
    readonly claims: number;
    readonly billedCents: number;
    readonly reworkCents: CentsRange;
  };
};

/** What is asked for. */
export type CheckRequest = {
  readonly on: CalendarDate;
  /** Also on the day of every release up to this one. */
  readonly until?: CalendarDate;
  readonly today: CalendarDate;
};

/** Claims of one request: their bodies stay well under the two megabytes that a thousand small ones have. */
const batchMax = 200;

/** Checks the artifacts of files; each problem is told once, on the first day it is found for. */
export async function checkArtifacts(
  ask: AskApi,
  artifacts: readonly FileArtifact[],
  request: CheckRequest,
): Promise<Checked> {
  const terms = await bodyOf<Terms>(await ask('GET', '/v1/settings'));
  const subjects = subjectsOf(artifacts, terms, request.today);
  const found = new Map<string, Problem>();
  const check = async (of: readonly CheckSubject[], day: CalendarDate): Promise<void> => {
    for (const problem of await scrubOn(ask, of, day)) {
      const key = JSON.stringify([keyOf(problem), problem.artifact, problem.where, problem.file]);
      if (found.has(key)) continue;
      const isLater = day !== request.on;
      found.set(key, isLater ? { ...problem, breaksOn: day } : problem);
    }
  };
  await check(subjects, request.on);
  const open = subjects.filter(({ own }) => own === undefined);
  for (const day of await releaseDays(ask, request, open))
    if (open.length > 0) await check(open, day);
  const places = new Map(subjects.map(({ place }, index) => [placeKey(place), index]));
  const all = [...found.values()].toSorted(
    (a, b) => (places.get(placeKey(a)) ?? 0) - (places.get(placeKey(b)) ?? 0),
  );
  return {
    artifacts: artifacts.length,
    codes: artifacts.reduce((sum, { artifact }) => sum + artifact.codes.length, 0),
    problems: all.filter(({ severity }) => severity !== 'info'),
    notes: all.filter(({ severity }) => severity === 'info'),
    atRisk: sumOf(all),
  };
}

/** What makes a problem the same one on another day: messages name the day. */
const keyOf = ({ rule, code, line }: ScrubItem) => [rule, code, line];

const placeKey = ({
  file,
  where,
  artifact,
}: Pick<Problem, 'file' | 'where' | 'artifact'>): string =>
  JSON.stringify([file, where, artifact.type, artifact.id]);

async function scrubOn(
  ask: AskApi,
  subjects: readonly CheckSubject[],
  day: CalendarDate,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (let at = 0; at < subjects.length; at += batchMax) {
    const batch = subjects.slice(at, at + batchMax);
    const answer = await ask('POST', '/v1/scrub', {
      claims: batch.map((one) => bodyFor(one, day)),
    });
    const { results } = await bodyOf<{ results: readonly { items: readonly ScrubFinding[] }[] }>(
      answer,
    );
    for (const [index, { items }] of results.entries()) {
      const subject = batch[index];
      if (!subject) throw new Error('more was answered than asked');
      const date = subject.own ?? day;
      problems.push(...items.map((item) => ({ ...subject.place, date, ...ownOf(item) })));
    }
  }
  return problems;
}

/** The item itself. What it says of a claim is that of the day asked for, which is not the claim's own. */
function ownOf({
  artifact: _,
  owner: __,
  fileBy: ___,
  atRisk: ____,
  ...item
}: ScrubFinding): ScrubItem & Pick<ScrubFinding, 'system'> {
  return item;
}

/** A claim or template as it is scrubbed: without its id, on the day where it has none of its own. */
function bodyFor({ from, own }: CheckSubject, day: CalendarDate): object {
  const { id: _, ...body } = artifactBody(from.artifact);
  return own ? body : { ...body, dateOfService: day };
}

/** Days of releases after the one checked for, up to the last one asked for; of HCPCS, which has many, if it is used. */
async function releaseDays(
  ask: AskApi,
  { on, until }: CheckRequest,
  open: readonly CheckSubject[],
): Promise<readonly CalendarDate[]> {
  if (until === undefined) return [];
  const used = new Set(open.flatMap(({ from }) => from.artifact.codes.map(({ system }) => system)));
  const days = new Set<CalendarDate>();
  for (const system of codeSystemIds.filter((id) => isIcd10(id) || used.has(id))) {
    const answer = await ask('GET', `/v1/releases?system=${system}&limit=1000`);
    const { items } = await bodyOf<{
      items: readonly { effective: CalendarDate; status: string }[];
    }>(answer);
    for (const { effective, status } of items) {
      if (status === 'committed' && effective > on && effective <= until) days.add(effective);
    }
  }
  return [...days].sort();
}

/** What the claims with an error come to; each claim counts once. */
function sumOf(problems: readonly Problem[]): Checked['atRisk'] {
  const claims = new Map<string, AtRisk>();
  for (const problem of problems) {
    const { severity, artifact, atRisk } = problem;
    if (severity === 'error' && artifact.type === 'claim') claims.set(placeKey(problem), atRisk);
  }
  const all = [...claims.values()];
  const sum = (of: (one: AtRisk) => number): number =>
    all.reduce((total, one) => total + of(one), 0);
  return {
    claims: all.length,
    billedCents: sum((one) => one.billedCents),
    reworkCents: {
      min: sum((one) => one.reworkCentsMin),
      max: sum((one) => one.reworkCentsMax),
    },
  };
}
