// Whether a diagnosis supports a procedure: what the policies in force come to, each with the group
// and words it says it in.
import type { CalendarDate } from './calendar-date.ts';
import {
  type CoveragePair,
  type CoverageVerdict,
  documentSays,
  type GroupSays,
  isMute,
  verdictOf,
} from './document-coverage.ts';
import { reachOf } from './jurisdiction.ts';
import { plainName } from './payer.ts';
import type { PolicyVersion } from './policy.ts';

/** What is asked, of whom and where. */
export type CoverageQuestion = CoveragePair & {
  /** USPS abbreviation or a part of a state as MCD writes it. */
  readonly state?: string;
  /** The patient's plan; case, blanks and punctuation do not count. */
  readonly plan?: string;
};

/** A reason of an answer: who says so, since when, and where it is written. */
export type CoverageReason = GroupSays &
  Pick<PolicyVersion, 'source' | 'id' | 'version' | 'title' | 'url' | 'effective' | 'firstSeen'> & {
    readonly published?: CalendarDate;
    /** The plan the document is limited to; absent: it is for all plans. */
    readonly plan?: string;
    /** Of the document into the state asked about: `part` makes its answer conditional. */
    readonly reach: 'whole' | 'part' | 'unknown';
  };

/** The answer with its reasons, by document as given. */
export type CoverageAnswer = {
  readonly answer: CoverageVerdict;
  readonly policies: readonly CoverageReason[];
};

/** What one document says, and what it comes to in the state. */
type Voice = {
  readonly verdict: CoverageVerdict;
  readonly reasons: readonly CoverageReason[];
  /** The plan it is limited to, as plans are compared. */
  readonly plan: string | undefined;
  /** It reaches all of the state and says something of this very diagnosis. */
  readonly isDecided: boolean;
  /** It only names the procedure. */
  readonly isMute: boolean;
};

/** What a document says that has no word about the diagnosis. */
const undecided: ReadonlySet<CoverageReason['cause']> = new Set(['not-listed', 'no-diagnoses']);

function voiceOf(document: PolicyVersion, question: CoverageQuestion): Voice | undefined {
  const reach = reachOf(document, question.state);
  const says = reach === 'none' ? [] : documentSays(document, question);
  if (reach === 'none' || says.length === 0) return undefined;
  const { source, id, version, title, url, published, effective, firstSeen, plan } = document;
  const reasons = says.map((said) => ({
    ...said,
    source,
    id,
    version,
    title,
    url,
    ...(published === undefined ? {} : { published }),
    ...(plan === undefined ? {} : { plan }),
    effective,
    firstSeen,
    reach,
  }));
  return {
    verdict: reach === 'part' ? 'conditional' : verdictOf(says),
    reasons,
    plan: plan === undefined ? undefined : plainName(plan),
    isDecided: reach === 'whole' && !says.every(({ cause }) => undecided.has(cause)),
    isMute: isMute(says),
  };
}

/** What several documents come to: what they agree on; both ways of not paying agree on that. */
function agreement(verdicts: ReadonlySet<CoverageVerdict>): CoverageVerdict {
  const [only] = verdicts;
  if (verdicts.size < 2) return only ?? 'no-policy';
  const paysNowhere = [...verdicts].every((one) => one === 'not-covered' || one === 'not-listed');
  return paysNowhere ? 'not-covered' : 'conditional';
}

/**
 * Who is heard by a patient of a plan; without one, of a plan that no document is limited to. What
 * the plan's own documents decide goes before those for all plans.
 */
function heardBy(voices: readonly Voice[], plan: string | undefined): readonly Voice[] {
  const forPlan = voices.filter((voice) => voice.plan === undefined || voice.plan === plan);
  const own = forPlan.filter((voice) => voice.plan !== undefined);
  const heard = own.some(({ isDecided }) => isDecided) ? own : forPlan;
  const speaking = heard.filter((voice) => !voice.isMute);
  return speaking.length > 0 ? speaking : heard;
}

/** The plans a question may be about: the one it names, else each that a document is limited to, and none of these. */
function plansAsked(
  { plan }: CoverageQuestion,
  voices: readonly Voice[],
): readonly (string | undefined)[] {
  return plan === undefined
    ? [...new Set([undefined, ...voices.map((voice) => voice.plan)])]
    : [plainName(plan)];
}

/**
 * The answer of the documents in force (of one payer, on one day) to a question. Documents that do
 * not reach into the state, are limited to another plan or do not name the procedure say nothing;
 * one that reaches a part of the state only is conditional; asked without a state all speak. Where
 * they disagree the answer is `conditional`, and so it is when no plan is named and not all plans
 * would be told the same. A document that names the procedure without listing diagnoses (an LCD
 * whose article lists them) is heard only when no other lists any.
 */
export function coverageOf(
  documents: readonly PolicyVersion[],
  question: CoverageQuestion,
): CoverageAnswer {
  const voices = documents.flatMap((document) => voiceOf(document, question) ?? []);
  const heard = plansAsked(question, voices).map((plan) => heardBy(voices, plan));
  const answers = heard.map((some) => agreement(new Set(some.map(({ verdict }) => verdict))));
  const ofAny = new Set(heard.flat());
  return {
    answer: agreement(new Set(answers)),
    policies: voices.filter((voice) => ofAny.has(voice)).flatMap(({ reasons }) => reasons),
  };
}
