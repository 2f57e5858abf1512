// The payer's policies: a diagnosis that does not support the procedure of its line on its date.
import { formatCode } from '../../core/code-system.ts';
import type { CoverageReason } from '../../core/coverage.ts';
import { listOf } from '../../core/wording.ts';
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

const whyOf = ({ id, cause, reach }: CoverageReason): string =>
  `${id}: ${because[cause]}${reach === 'part' ? ', in a part of the state' : ''}`;

const sourceOf = ({ id, version, title, url }: CoverageReason): string =>
  `${title}, ${id} version ${version}: ${url}`;

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

function itemOf({ line, procedure, diagnoses, date, payer, outcome, reasons }: CoveredLine) {
  const [first] = diagnoses;
  const codes = listOf(diagnoses.map((code) => formatCode('icd10cm', code)));
  const isDenied = outcome === 'denied';
  const says = isDenied
    ? `${payer.title} does not cover ${procedure} for ${codes} on ${date}`
    : `${payer.title} covers ${procedure} for ${codes} on ${date} under a condition, or not surely`;
  const item: ScrubItem = {
    rule: 'coverage',
    severity: isDenied ? 'error' : 'warning',
    ...(first !== undefined && { code: formatCode('icd10cm', first) }),
    line,
    message: `Line ${line}: ${says} (${unique(reasons.map(whyOf)).join('; ')}).`,
    remedy: isDenied
      ? 'Point the line to the diagnosis of the record that supports the service, if there is one.'
      : 'Read the policy, and see that the record meets what it asks for.',
    source: unique(reasons.map(sourceOf)).join('; '),
  };
  return item;
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
