// The part of an alert's plain text that says what to do next, in order; only what applies.
import { policySteps } from './alert-policy-steps.ts';
import { countCodes, hitClaims, isInForce, isTooLate } from './alert-reading.ts';
import type { Alert } from './finding.ts';
import { dayText, wrap } from './wording.ts';

const offerAll =
  'Where several codes take the place of one, offer them all: ' +
  'only the documentation of the visit can decide.';
const recode =
  'Have the claims that are not sent yet recoded from the record. ' +
  'Expect denials of those already sent, and prepare corrected claims.';
const inTurn = ' Begin with those that must be filed first.';
const seeDenied =
  'See which of the claims were denied. Their time to file has passed: ' +
  'a corrected claim would come too late.';
const seeWhetherDenied =
  'See whether the claim was denied. Its time to file has passed: ' +
  'a corrected claim would come too late.';
const keeps = 'their code stays right, whenever they are sent';

type Step = (alert: Alert) => string | undefined;

const changeTemplates: Step = (alert) => {
  if (alert.totals.templates === 0) return undefined;
  if (countCodes(alert).lost === 0) {
    return 'Check the labels on the templates against the new titles.';
  }
  const when = isInForce(alert) ? 'now' : `before ${dayText(alert.effective)}`;
  return `Change the templates ${when}. ${offerAll}`;
};

const recodeClaims: Step = (alert) => {
  const { claims, fileBy, lapsedClaims = 0 } = alert.totals;
  if (claims === 0) return undefined;
  if (isTooLate(hitClaims(alert))) return claims === 1 ? seeWhetherDenied : seeDenied;
  return fileBy && claims - lapsedClaims > 1 ? recode + inTurn : recode;
};

const tellCoders: Step = ({ totals }) =>
  totals.habitCodes > 0
    ? 'Tell those who code without a template which codes to use instead.'
    : undefined;

const leaveEarlier: Step = (alert) =>
  countCodes(alert).lost > 0
    ? `Leave claims dated before ${dayText(alert.effective)} as they are: ${keeps}.`
    : undefined;

const steps: readonly Step[] = [changeTemplates, recodeClaims, tellCoders, leaveEarlier];

/** The steps, numbered, and where to go on. */
export function stepsSection(alert: Alert, link: string): string {
  const all = alert.policies ? policySteps : steps;
  const todo = all.map((step) => step(alert)).filter((text) => text !== undefined);
  const numbered = todo.map((text, i) => wrap(`${i + 1}. ${text}`, { first: 0, others: 3 }));
  return ['WHAT TO DO', ...numbered, `\nWork list: ${link}`].join('\n');
}
