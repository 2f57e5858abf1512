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
import type { PolicyVersion } from './policy.ts';

/** What is asked, and in which state (USPS abbreviation or a part of a state as MCD writes it). */
export type CoverageQuestion = CoveragePair & { readonly state?: string };

/** A reason of an answer: who says so, since when, and where it is written. */
export type CoverageReason = GroupSays &
  Pick<PolicyVersion, 'source' | 'id' | 'version' | 'title' | 'url' | 'effective' | 'firstSeen'> & {
    readonly published?: CalendarDate;
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
  /** It only names the procedure. */
  readonly isMute: boolean;
};

function voiceOf(document: PolicyVersion, question: CoverageQuestion): Voice | undefined {
  const reach = reachOf(document, question.state);
  const says = reach === 'none' ? [] : documentSays(document, question);
  if (reach === 'none' || says.length === 0) return undefined;
  const { source, id, version, title, url, published, effective, firstSeen } = document;
  const reasons = says.map((said) => ({
    ...said,
    source,
    id,
    version,
    title,
    url,
    ...(published === undefined ? {} : { published }),
    effective,
    firstSeen,
    reach,
  }));
  return {
    verdict: reach === 'part' ? 'conditional' : verdictOf(says),
    reasons,
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
 * The answer of the documents in force (of one payer, on one day) to a question. Documents that do
 * not reach into the state or do not name the procedure say nothing; one that reaches a part of the
 * state only is conditional; asked without a state all speak. Where they disagree the answer is
 * `conditional`. A document that names the procedure without listing diagnoses (an LCD whose
 * article lists them) is heard only when no other lists any.
 */
export function coverageOf(
  documents: readonly PolicyVersion[],
  question: CoverageQuestion,
): CoverageAnswer {
  const voices = documents.flatMap((document) => voiceOf(document, question) ?? []);
  const speaking = voices.filter(({ isMute }) => !isMute);
  const heard = speaking.length > 0 ? speaking : voices;
  return {
    answer: agreement(new Set(heard.map(({ verdict }) => verdict))),
    policies: heard.flatMap(({ reasons }) => reasons),
  };
}
