// How the e-mail of an alert on policies begins: its subject, and the sentences that say what changed, what it touches, and
// what that is worth until when.
import { codesText, listedText, planText, sinceText } from './alert-policy-blocks.ts';
import { dayOf, hitClaims, isTooLate, toldClaims } from './alert-reading.ts';
import type { CalendarDate } from './calendar-date.ts';
import type { Alert, AlertPolicy } from './finding.ts';
import type { PolicyFindingKind } from './finding-policy.ts';
import { formatDollars } from './money.ts';
import { countOf, dayText, listOf, oneLine } from './wording.ts';

/** Codes and procedures named in a sentence. */
const namedMax = 4;

const policiesOf = ({ policies = [] }: Alert): readonly AlertPolicy[] => policies;

/** The one policy it is about; undefined when there are several. */
function onlyOne(alert: Alert): AlertPolicy | undefined {
  const [first] = policiesOf(alert);
  return alert.totals.policies === 1 && policiesOf(alert).length === 1 ? first : undefined;
}

const verbs: Readonly<Record<PolicyFindingKind, string>> = {
  'coverage-added': 'covers',
  'coverage-removed': 'no longer covers',
  'coverage-conditional': 'covers only under a condition',
  'policy-retired': 'ended for',
};

function object(policy: AlertPolicy, max: number): string {
  if (policy.codes.length > 0) return codesText(policy, max);
  return policy.unlisted ? 'what it does not list' : 'diagnoses you use';
}

/** What it does to the diagnoses, as one verb. */
function verbOf({ kind, unlisted, changes }: AlertPolicy): string {
  if (kind === 'policy-retired' && !changes.includes('retired')) return 'no longer decides';
  if (unlisted && kind === 'coverage-conditional') return 'may not cover';
  if (unlisted && kind === 'coverage-added') return 'may cover';
  const isFirst = unlisted || changes.includes('new');
  return kind === 'coverage-removed' && isFirst ? 'does not cover' : verbs[kind];
}

const conditionOf = ({ conditional, unlisted }: AlertPolicy): string =>
  conditional && !unlisted ? ' under a condition' : '';

/** The subject: printable ASCII, at most 100 characters. */
export function policySubject(alert: Alert): string {
  const { templates, claims } = alert.totals;
  const hits = [
    ...(templates > 0 ? [countOf(templates, 'template')] : []),
    ...(claims > 0 ? [countOf(claims, 'claim')] : []),
  ].join(', ');
  const one = onlyOne(alert);
  const count = alert.totals.policies ?? 0;
  const what = one
    ? `${one.id} ${verbOf(one)} ${object(one, 1)}${conditionOf(one)} ${sinceText(one.effective, dayOf(alert))}`
    : `${count === 1 ? policiesOf(alert)[0]?.id : countOf(count, 'policy').replace(/ys$/, 'ies')} changed`;
  return `Coverage: ${what} (${hits})`.replace(/[^\x20-\x7e]/g, '?').slice(0, 100);
}

/** `for services since 1 April 2026`, or `… from 1 October 2026 on`. */
const onServices = (effective: CalendarDate, today: CalendarDate): string =>
  `for services ${sinceText(effective, today)}${effective <= today ? '' : ' on'}`;

/** What changed in one policy. */
function sentenceOn(policy: AlertPolicy, alert: Alert): string {
  const { id, title, kind, effective, procedures, proceduresMore, published, changes } = policy;
  const who = `${id} of ${oneLine(policy.payerTitle)} (${oneLine(title)}${planText(policy)})`;
  const date = onServices(effective, dayOf(alert));
  if (kind === 'policy-retired' && changes.includes('retired')) {
    return `${who} decides nothing any more ${date}.`;
  }
  const on =
    procedures.length > 0 ? ` for ${listedText(procedures, proceduresMore, namedMax)}` : '';
  const late =
    published !== undefined && published > effective
      ? ` It was published on ${dayText(published)} and reaches back.`
      : '';
  return `${who} ${verbOf(policy)} ${object(policy, namedMax)}${conditionOf(policy)}${on}, ${date}.${late}`;
}

function whatChanged(alert: Alert): string {
  const one = onlyOne(alert);
  if (one) return sentenceOn(one, alert);
  const ids = [...new Set(policiesOf(alert).map(({ id }) => id))];
  const payers = [...new Set(policiesOf(alert).map((policy) => oneLine(policy.payerTitle)))];
  const count = alert.totals.policies ?? ids.length;
  const named = count <= namedMax && ids.length === count ? `: ${listOf(ids)}` : '';
  const subject = count === 1 ? 'A policy' : `${count} policies`;
  const days = new Set(policiesOf(alert).map(({ effective }) => effective));
  const from = days.size === 1 ? `, ${onServices(alert.effective, dayOf(alert))}` : '';
  return `${subject} of ${listOf(payers)} changed what is covered${from}${named}.`;
}

const countIf = (alert: Alert, matches: (kind: PolicyFindingKind) => boolean): number =>
  policiesOf(alert)
    .filter(({ kind }) => matches(kind))
    .reduce((sum, { claims }) => sum + claims.count, 0);

function whatIsHit(alert: Alert): string {
  const { templates, claims, billedCents } = alert.totals;
  const billed = billedCents > 0 ? ` (${formatDollars(billedCents)} billed)` : '';
  const parts = [
    ...(templates > 0 ? [`${templates} of your templates`] : []),
    ...(claims > 0 ? [`${countOf(claims, 'stored claim')}${billed}`] : []),
  ];
  return `This touches ${listOf(parts)}.`;
}

function whatIsGained(alert: Alert): string {
  const gained = countIf(alert, (kind) => kind === 'coverage-added');
  const lost = countIf(alert, (kind) => kind !== 'coverage-added');
  if (gained === 0) return lost > 0 ? `${lost === 1 ? 'It' : 'They'} may be denied.` : '';
  if (lost > 0) return 'Some of the claims may be paid now, others may be denied.';
  if (isTooLate(hitClaims(alert))) return '';
  return 'What was denied before may be paid now: it may be sent again.';
}

function untilWhen(alert: Alert): string {
  const claims = toldClaims(hitClaims(alert), alert);
  const { count, fileBy, lapsed = 0 } = claims;
  if (isTooLate(claims)) {
    return `The time to file ${count === 1 ? 'it' : 'them'} has passed.`;
  }
  if (fileBy === undefined) return '';
  const one = count - lapsed === 1;
  const late = lapsed > 0 ? `The time to file ${lapsed} of them has passed; file` : 'File';
  const which =
    lapsed > 0 ? (one ? 'the other one' : 'the first of the others') : 'the first of them';
  return `${late} ${lapsed === 0 && one ? 'it' : which} by ${dayText(fileBy)}.`;
}

/** The sentences of the first paragraph; each says nothing where it does not apply. */
export const policySentences: readonly ((alert: Alert) => string)[] = [
  whatChanged,
  whatIsHit,
  whatIsGained,
  untilWhen,
];
