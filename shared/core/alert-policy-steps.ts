// What to do about an alert on policies, in order; only what applies.
import { hitClaims, isTooLate } from './alert-reading.ts';
import type { Alert, AlertPolicy } from './finding.ts';

/** A step; undefined where it does not apply. */
type Step = (alert: Alert) => string | undefined;

const claimsOf = (alert: Alert, matches: (policy: AlertPolicy) => boolean): number =>
  (alert.policies ?? []).filter(matches).reduce((sum, { claims }) => sum + claims.count, 0);

const isGain = ({ kind }: AlertPolicy): boolean => kind === 'coverage-added';

const expectDenials: Step = (alert) =>
  claimsOf(alert, (policy) => !isGain(policy)) > 0
    ? 'Check the claims that are no longer covered, or only under a condition, before they are sent: ' +
      'another diagnosis of the record may support the service. Expect denials of those already sent.'
    : undefined;

const sendAgain: Step = (alert) => {
  if (claimsOf(alert, isGain) === 0) return undefined;
  if (isTooLate(hitClaims(alert))) {
    return 'See whether claims were denied that are covered now. Their time to file has passed: ask the payer whether it reopens them.';
  }
  const inTurn = alert.totals.claims > 1 ? ' Begin with those that must be filed first.' : '';
  return (
    'See which of the claims that are covered now were denied, and send these again, ' +
    `as long as they can be filed.${inTurn}`
  );
};

const readCondition: Step = ({ policies = [] }) =>
  policies.some(({ conditional, kind }) => conditional || kind === 'coverage-conditional')
    ? 'Read the condition in the policy, and see that the record meets it.'
    : undefined;

const tellTemplates: Step = ({ totals, policies = [] }) => {
  if (totals.templates === 0) return undefined;
  const what = policies.filter(({ templates }) => templates.length > 0).every(isGain)
    ? 'The templates need no change; tell those who use them.'
    : 'See whether the templates should still offer the diagnosis.';
  return `${what} A template names no payer and no state: this concerns you only where you bill this payer there.`;
};

const leaveEarlier: Step = ({ policies = [] }) =>
  policies.some((policy) => !isGain(policy))
    ? 'Leave services before the first day of the change as they are: they are decided by what the policy said then.'
    : undefined;

/** The steps. */
export const policySteps: readonly Step[] = [
  expectDenials,
  sendAgain,
  readCondition,
  tellTemplates,
  leaveEarlier,
];
