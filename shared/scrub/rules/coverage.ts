// The payer's policies: a diagnosis that does not support the procedure of its line on its date.
import { formatCode } from '../../core/code-system.ts';
import type { CoverageReason } from '../../core/coverage.ts';
import { cutAtWord, listOf, oneLine } from '../../core/wording.ts';
import { type CoveredLine, lineCoverage } from '../line-coverage.ts';
import type { ScrubItem, ScrubRule } from '../rule.ts';

const because: Readonly<Record<CoverageReason['cause'], string>> = {
  listed: 'it lists the diagnosis as not covered',
  asterisk: 'it covers the diagnosis under a condition',
  requires: 'it asks for more than the diagnosis',
  'prior-authorization': 'it asks for prior authorization',
  'unclear-mapping': 'which procedures its list is for is not sure',
  'everything-else': 'it covers no diagnosis but those it lists',
  'procedure-non-covered': 'it does not cover the procedure',
  'not-listed': 'the diagnosis is not among those it lists',
  'no-diagnoses': 'it names the procedure and lists no diagnoses',
};

/** Characters of a footnote that a message quotes. */
const footnoteCharsMax = 200;

function whatOf({ cause, answer, list, mapping }: CoverageReason): string {
  if (cause === 'listed' && answer === 'covered') return 'it covers the diagnosis';
  if (cause === 'asterisk' && list === 'not-covered') {
    return 'it lists the diagnosis as not covered, under a condition';
  }
  const isUnsure = cause === 'not-listed' && mapping === 'unclear';
  return isUnsure ? `${because[cause]}, and ${because['unclear-mapping']}` : because[cause];
}

function whyOf(reason: CoverageReason): string {
  const { id, reach, plan, footnote } = reason;
  const where = reach === 'part' ? ', and it applies in a part of the state only' : '';
  const whom = plan === undefined ? '' : `, for the plan ${plan}`;
  const quote =
    footnote === undefined ? '' : `: “${cutAtWord(oneLine(footnote), footnoteCharsMax)}”`;
  return `${id}: ${whatOf(reason)}${where}${whom}${quote}`;
}

const sourceOf = ({ id, version, title, url }: CoverageReason): string =>
  `${title}, ${id} version ${version}: ${url}`;

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

const conditions: ReadonlySet<CoverageReason['cause']> = new Set([
  'asterisk',
  'requires',
  'prior-authorization',
]);

/** True for a policy that surely covers the diagnosis, if under a condition: in the whole state, in every plan. */
const surelyCovers = ({ answer, cause, list, mapping, reach, plan }: CoverageReason): boolean =>
  reach === 'whole' &&
  plan === undefined &&
  mapping !== 'unclear' &&
  (answer === 'covered' || (conditions.has(cause) && list !== 'not-covered'));

/** No diagnosis helps where the policies do not cover the procedure as such. */
const isOfProcedure = ({ cause }: CoverageReason): boolean => cause === 'procedure-non-covered';

/** What is said of the line, and what to do about it. */
function wordsOf(
  { procedure, date, payer, outcome, reasons }: CoveredLine,
  codes: string,
): { readonly says: string; readonly remedy: string } {
  const [who, what] = [payer.title, `${procedure} for ${codes} on ${date}`];
  if (outcome === 'denied' && reasons.every(isOfProcedure)) {
    return {
      says: `${who} does not cover ${procedure} on ${date}, whatever the diagnosis`,
      remedy:
        'Check the procedure code against the record: where it is right, the payer does not pay for the service.',
    };
  }
  if (outcome === 'denied') {
    return {
      says: `${who} does not cover ${what}`,
      remedy:
        'Point the line to the diagnosis of the record that supports the service, if there is one.',
    };
  }
  if (reasons.every(surelyCovers)) {
    return {
      says: `${who} covers ${what} under a condition`,
      remedy: 'Read the policy, and see that the record meets what it asks for.',
    };
  }
  return {
    says: `whether ${who} covers ${what} is not sure`,
    remedy: 'Read the policy, and see whether it covers the service for the diagnosis.',
  };
}

function itemOf(covered: CoveredLine): ScrubItem {
  const { line, diagnoses, outcome, reasons } = covered;
  const [first] = diagnoses;
  const codes = listOf(diagnoses.map((code) => formatCode('icd10cm', code)));
  const { says, remedy } = wordsOf(covered, codes);
  return {
    rule: 'coverage',
    severity: outcome === 'denied' ? 'error' : 'warning',
    ...(first !== undefined && { code: formatCode('icd10cm', first) }),
    line,
    message: `Line ${line}: ${says} (${unique(reasons.map(whyOf)).join('; ')}).`,
    remedy,
    source: unique(reasons.map(sourceOf)).join('; '),
  };
}

/** {@link ScrubRule} `coverage`. */
export const coverage: ScrubRule = {
  id: 'coverage',
  finds:
    'A procedure whose diagnoses its payer’s policies do not support on the date, or only under a condition.',
  source:
    'The payer’s policies taken in: Medicare Coverage Database articles and LCDs (CMS), payer rules',
  severity: 'error',
  check: (subject, facts) =>
    lineCoverage(subject, facts)
      .lines.filter(({ outcome, diagnoses }) => outcome !== 'paid' && diagnoses.length > 0)
      .map(itemOf),
};
