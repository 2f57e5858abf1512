// The Parameters resource $validate-code answers: result, the code that was judged, and the issues.
import type {
  CodeableConcept,
  OperationOutcomeIssue,
  Parameters,
  ParametersParameter,
} from 'fhir/r4.js';
import { codeSystems } from '../../../shared/core/code-system.ts';
import type { JudgedCoding } from './judge-coding.ts';
import type { GivenCoding } from './parameter-types.ts';

/** The answer for one code or coding. */
export const codingAnswer = (judged: JudgedCoding): Parameters =>
  answer(judged.valid, judged.issues, codeParameters(judged));

/** A coding of a CodeableConcept: judged, or left out with an issue that says why. */
export type JudgedMember =
  | { readonly judged: JudgedCoding }
  | { readonly issue: OperationOutcomeIssue };

/**
 * The answer for a CodeableConcept: one valid coding makes it valid. What is the matter with the others is then a
 * warning. `given` is echoed.
 */
export function conceptAnswer(
  given: readonly GivenCoding[],
  members: readonly JudgedMember[],
): Parameters {
  const judged = members.flatMap((one) => ('judged' in one ? [one.judged] : []));
  const valid = judged.find((one) => one.valid);
  const issues = members.flatMap((one) => ('judged' in one ? one.judged.issues : [one.issue]));
  const shown = valid ?? judged[0];
  const echo: ParametersParameter = {
    name: 'codeableConcept',
    valueCodeableConcept: { coding: given.map((one) => ({ ...one })) } satisfies CodeableConcept,
  };
  const told = valid ? issues.map(asWarning) : issues;
  return answer(valid !== undefined, told, [...(shown ? codeParameters(shown) : []), echo]);
}

const asWarning = (issue: OperationOutcomeIssue): OperationOutcomeIssue =>
  issue.severity === 'error' ? { ...issue, severity: 'warning' } : issue;

function codeParameters({ code, point, lookup }: JudgedCoding): ParametersParameter[] {
  const { title, status } = lookup;
  const out: ParametersParameter[] = [
    { name: 'code', valueCode: code },
    { name: 'system', valueUri: codeSystems[point.system].uri },
    { name: 'version', valueString: point.version },
  ];
  if (title) out.push({ name: 'display', valueString: title.long });
  if (title && lookup.code !== code) out.push({ name: 'normalized-code', valueCode: lookup.code });
  if (status === 'ended' || status === 'future') out.push({ name: 'inactive', valueBoolean: true });
  return out;
}

function answer(
  result: boolean,
  issues: readonly OperationOutcomeIssue[],
  more: readonly ParametersParameter[],
): Parameters {
  const grave = issues.filter((one) => one.severity !== 'information');
  const message = grave.map((one) => one.details?.text ?? '').join('; ');
  const parameter: ParametersParameter[] = [{ name: 'result', valueBoolean: result }];
  if (message !== '') parameter.push({ name: 'message', valueString: message });
  parameter.push(...more);
  if (issues.length > 0) {
    const outcome = { resourceType: 'OperationOutcome' as const, issue: [...issues] };
    parameter.push({ name: 'issues', resource: outcome });
  }
  return { resourceType: 'Parameters', parameter };
}
