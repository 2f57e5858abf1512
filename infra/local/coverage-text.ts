// An answer on coverage for the terminal: what decides first, then each document with its reason and condition in words.
import type { CoverageReason } from '../../shared/core/coverage.ts';
import type { CoverageCheck } from '../../shared/operations/check-coverage.ts';

const meanings: Readonly<Record<CoverageCheck['answer'], string>> = {
  covered: 'covered',
  'not-covered': 'not covered',
  conditional: 'covered under conditions, or not surely',
  'not-listed': 'the diagnosis is not listed',
  'no-policy': 'no policy in force names the procedure',
};

/** Why a diagnosis cannot be billed; where nothing can be said of it, it may have been. */
const faults: Readonly<Record<CoverageCheck['diagnosisStatus'], string | undefined>> = {
  billable: undefined,
  header: 'is a category then, not billable',
  ended: 'has ended by then, not billable',
  future: 'is not valid yet then',
  unknown: 'is in no release',
  'outside-horizon': undefined,
};

const causes: Readonly<Record<CoverageReason['cause'], string>> = {
  listed: 'the diagnosis is listed',
  asterisk: 'the diagnosis is listed with an asterisk, it counts under a condition',
  requires: 'the diagnosis is listed with a requirement',
  'prior-authorization': 'the diagnosis is listed as one that needs prior authorisation',
  'unclear-mapping': 'it is not sure for which procedures the list is',
  'everything-else': 'every diagnosis that is not listed is not covered (XX000)',
  'procedure-non-covered': 'the procedure is said not to be covered, whatever the diagnosis',
  'not-listed': 'diagnoses are listed, this one is not',
  'no-diagnoses': 'the procedure is named and no diagnosis is listed',
};

/** What is wrong with billing the diagnosis at all on the date; undefined where nothing is, or nothing can be said. */
const faultOf = ({ diagnosisStatus }: CoverageCheck): string | undefined => faults[diagnosisStatus];

/** Whether a claim would be denied: the diagnosis cannot be billed, or the policies do not pay for it. */
export const isDenied = (check: CoverageCheck): boolean =>
  faultOf(check) !== undefined || check.answer === 'not-covered' || check.answer === 'not-listed';

/** What the policies say, by themselves. */
function meaningOf({ answer, knownFrom }: CoverageCheck): string {
  if (knownFrom === null) return meanings[answer];
  return `no policy known names the procedure; one is known from ${knownFrom} on, what was in force before is not`;
}

function headLines(check: CoverageCheck): string[] {
  const { procedure, diagnosis, payer, state, plan, date } = check;
  const place = `${state === null ? '' : ` in ${state}`}${plan === null ? '' : `, plan ${plan}`}`;
  const asked = `${procedure} for ${diagnosis}, ${payer}${place}, on ${date}`;
  const fault = faultOf(check);
  if (fault === undefined) {
    const isUntold = check.diagnosisStatus === 'outside-horizon';
    const untold = `  whether ${diagnosis} could be billed then cannot be said: no release taken in tells`;
    return [`${asked}: ${meaningOf(check)}`, ...(isUntold ? [untold] : [])];
  }
  return [
    `${asked}: denied whatever a policy says, for ${diagnosis} ${fault}`,
    `  policies by themselves: ${meaningOf(check)}`,
  ];
}

/** Why documents that are each sure come to a condition, and what to ask instead. */
function disagreementLines({ answer, state, plan, policies }: CoverageCheck): string[] {
  const isOwn = policies.some((one) => one.answer === 'conditional' || one.reach === 'part');
  if (answer !== 'conditional' || isOwn) return [];
  const hints = [
    ...(state === null && policies.some(({ reach }) => reach === 'unknown') ? ['--state'] : []),
    ...(plan === null && policies.some((one) => one.plan !== undefined) ? ['--plan'] : []),
  ];
  const hint = hints.length === 0 ? '' : `; ask with ${hints.join(' and ')}`;
  return [`  what follows does not say the same${hint}`];
}

/** The words that bind the answer to a condition, and how far it reaches. */
function conditionLines(reason: CoverageReason, state: string | null): string[] {
  const { cause, footnote, mapping, reach, plan } = reason;
  const isUnclear = mapping === 'unclear' && cause !== 'unclear-mapping';
  return [
    ...(footnote === undefined ? [] : [`condition: ${footnote}`]),
    ...(cause === 'asterisk' && footnote === undefined ? ['the document gives no condition'] : []),
    ...(isUnclear ? [causes['unclear-mapping']] : []),
    ...(reach === 'part' ? [`it applies in a part of ${state} only`] : []),
    ...(plan === undefined ? [] : [`limited to the plan ${plan}`]),
  ];
}

function reasonLines(reason: CoverageReason, state: string | null): string[] {
  const { id, version, title, effective, quote, url, answer, cause, list, group } = reason;
  const verdict = answer === 'conditional' ? 'conditional' : meanings[answer];
  // The group of these is one of procedures.
  const isOfProcedures = cause === 'procedure-non-covered' || cause === 'no-diagnoses';
  const place = isOfProcedures ? `procedures, group ${group}` : `list ${list}, group ${group}`;
  const more = [title, ...conditionLines(reason, state), `${place}${quote ? `: "${quote}"` : ''}`];
  return [
    `  ${id} version ${version}, effective ${effective}: ${verdict}; ${causes[cause]}`,
    ...[...more, url].map((line) => `    ${line}`),
  ];
}

/** The answer in lines; what cannot be billed at all is said before what policies say. */
export const coverageText = (check: CoverageCheck): string =>
  [
    ...headLines(check),
    ...disagreementLines(check),
    ...check.policies.flatMap((reason) => reasonLines(reason, check.state)),
  ].join('\n');
