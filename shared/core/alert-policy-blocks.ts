// The part of a policy alert's plain text that is said policy by policy: what it says now, of what, where, since when, and
// what that touches.
import { filingLines, templateLine } from './alert-blocks.ts';
import { dayOf, toldClaims } from './alert-reading.ts';
import type { CalendarDate } from './calendar-date.ts';
import { formatCode } from './code-system.ts';
import type { Alert, AlertPolicy } from './finding.ts';
import type { PolicyFindingKind } from './finding-policy.ts';
import { formatDollars, formatRange } from './money.ts';
import type { PolicyChangeKind } from './policy.ts';
import { countOf, dayText, listOf, oneLine, wrap } from './wording.ts';

const line = (text: string): string => wrap(text, { first: 2, others: 4 });

/** `since 1 April 2026`, or `from` where that lies ahead. */
export const sinceText = (effective: CalendarDate, today: CalendarDate): string =>
  `${effective <= today ? 'since' : 'from'} ${dayText(effective)}`;

/** Words of a list with what lies beyond it: `M54.18 and 3 more`. */
export const listedText = (
  words: readonly string[],
  more: number | undefined,
  max = words.length,
): string => {
  const left = (more ?? 0) + Math.max(0, words.length - max);
  const shown = words.slice(0, max);
  return left > 0 ? `${shown.join(', ')} and ${left} more` : listOf(shown);
};

/** Diagnoses of a policy as officially written. */
export const codesText = ({ codes, codesMore }: AlertPolicy, max?: number): string =>
  listedText(
    codes.map((code) => formatCode('icd10cm', code)),
    codesMore,
    max,
  );

const because: Readonly<Partial<Record<PolicyChangeKind, string>>> = {
  new: 'the policy is new',
  reinstated: 'the policy applies again',
  procedures: 'its procedures changed',
  conditions: 'its conditions changed',
  jurisdictions: 'where it applies changed',
  dates: 'its dates changed',
  merged: 'it took over from another policy',
  split: 'it was divided',
  retired: 'the policy ended',
};

/** What it is about: the diagnoses, or why it is about all it lists, or does not. */
function ofWhat(policy: AlertPolicy): string {
  if (policy.codes.length > 0) return codesText(policy);
  const reasons = policy.changes.flatMap((kind) => because[kind] ?? []);
  const what = policy.unlisted ? 'what it does not list' : 'what it lists';
  return `${what}${reasons.length > 0 ? ` (${listOf(reasons)})` : ''}`;
}

const verbs: Readonly<Record<Exclude<PolicyFindingKind, 'policy-retired'>, string>> = {
  'coverage-added': 'Covered',
  'coverage-removed': 'No longer covered',
  'coverage-conditional': 'Covered under a condition only',
};

function effectLine(policy: AlertPolicy, today: CalendarDate): string {
  const { kind, conditional, effective, changes, unlisted } = policy;
  const since = sinceText(effective, today);
  if (kind === 'policy-retired') {
    const what = changes.includes('retired')
      ? `It ended: it decides nothing ${since}.`
      : `It says nothing any more ${since} of ${ofWhat(policy)}.`;
    return line(`${what} Another policy of the payer may.`);
  }
  const isFirst = kind === 'coverage-removed' && (unlisted || changes.includes('new'));
  const isUnsure = unlisted && kind !== 'coverage-removed';
  const verb = isUnsure ? 'Not surely covered' : isFirst ? 'Not covered' : verbs[kind];
  const how = conditional && !unlisted ? ', under a condition (read the policy)' : '';
  return line(`${verb} ${since}${how}: ${ofWhat(policy)}.`);
}

/** `, plan Gold PPO` of a policy limited to a plan. */
export const planText = ({ plan }: AlertPolicy): string =>
  plan === undefined ? '' : `, plan ${oneLine(plan)}`;

function whereLines(policy: AlertPolicy): string[] {
  const { procedures, proceduresMore, states } = policy;
  const payer = `${oneLine(policy.payerTitle)}${planText(policy)}`;
  const where = states.length === 0 ? 'everywhere' : `in ${listOf(states)}`;
  return [
    ...(procedures.length > 0 ? [line(`For ${listedText(procedures, proceduresMore)}`)] : []),
    line(`${payer}, ${where}`),
  ];
}

function dateLine({ published, firstSeen, retroactive }: AlertPolicy): string {
  const told = published === undefined ? '' : `Published ${dayText(published)}, first`;
  const seen = `${told === '' ? 'First' : told} seen ${dayText(firstSeen)}.`;
  const back = retroactive ? ' It applies to services before it was seen, too.' : '';
  return line(`${seen}${back}`);
}

function claimLines(policy: AlertPolicy): string[] {
  const { claims, reworkCents, kind } = policy;
  if (claims.count === 0) return [];
  const worth = [
    ...(claims.billedCents > 0 ? [`${formatDollars(claims.billedCents)} billed`] : []),
    ...(reworkCents.max > 0 ? [`${formatRange(reworkCents)} to rework if denied`] : []),
  ];
  const what = kind === 'coverage-added' ? 'Claims that may be paid now' : 'Claims at risk';
  const shown = worth.length > 0 ? ` (${worth.join('; ')})` : '';
  return [line(`${what}: ${claims.count}${shown}`), ...filingLines(claims)];
}

function templateLines({ templates, templatesMore }: AlertPolicy): string[] {
  const total = templates.length + (templatesMore ?? 0);
  if (total === 0) return [];
  return [
    line(`Templates with the diagnosis: ${total}`),
    ...templates.map(templateLine),
    ...(templatesMore === undefined ? [] : [`    and ${templatesMore} more`]),
  ];
}

/** Everything about one policy, as lines indented below its heading. */
export function policyBlock(given: AlertPolicy, alert: Alert): string {
  const policy = { ...given, claims: toldClaims(given.claims, alert) };
  const heading = `${policy.id} version ${policy.version}\u00a0\u00a0${oneLine(policy.title)}`;
  return [
    wrap(heading, { first: 0, others: 2 }),
    effectLine(policy, dayOf(alert)),
    ...whereLines(policy),
    dateLine(policy),
    ...claimLines(policy),
    ...templateLines(policy),
    `  ${policy.url}`,
  ].join('\n');
}

/** The lists of an alert on policies; empty for any other. */
export function policySection(alert: Alert): string {
  const { policies = [], policiesMore } = alert;
  if (policies.length === 0) return '';
  const more =
    policiesMore === undefined
      ? []
      : [`and ${countOf(policiesMore, 'more change')}: see the work list`];
  return ['WHAT CHANGED', ...policies.map((each) => policyBlock(each, alert)), ...more].join(
    '\n\n',
  );
}
