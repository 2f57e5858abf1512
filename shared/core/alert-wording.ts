// The alert in words, for a compliance officer who reads it once: the e-mail's subject and plain
// text. No claim numbers, no dates of service, nothing about a patient.
import { cutAlert, fitAlert, templatesOf } from './alert.ts';
import { claimsText, codeBlock, titleOf } from './alert-blocks.ts';
import { dayOfInstant } from './calendar-date.ts';
import { codeSystems, formatCode } from './code-system.ts';
import type { Alert, AlertCode } from './finding.ts';
import { formatDollars } from './money.ts';
import { countOf, dayText, listOf, wrap } from './wording.ts';

/** Where a reader goes on: `<baseUrl>/v1/alerts/<id>`. */
export const alertLink = (alert: Alert, baseUrl: string): string =>
  `${baseUrl.replace(/\/+$/, '')}/v1/alerts/${encodeURIComponent(alert.id)}`;

/** True when the changes were in force already as the alert was made. */
function isInForce(alert: Alert): boolean {
  const day = dayOfInstant(alert.createdAt);
  return day !== undefined && day >= alert.effective;
}

const isLost = (code: AlertCode): boolean => code.kind !== 'retitled';
const isHit = (code: AlertCode): boolean => templatesOf(code) > 0 || code.claims.count > 0;

/** Codes of each sort. Past the stored list nothing is known of them, so that all count as lost. */
function countCodes(alert: Alert): { readonly lost: number; readonly retitled: number } {
  const retitled = alert.codes.filter((code) => !isLost(code)).length;
  return { lost: alert.totals.codes - retitled, retitled };
}

/** Claims and amount billed by habit, of the codes listed. */
const habitOf = (alert: Alert): { readonly count: number; readonly billedCents: number } =>
  alert.codes.reduce(
    (sum, { habit }) => ({
      count: sum.count + (habit?.claims ?? 0),
      billedCents: sum.billedCents + (habit?.billedCents ?? 0),
    }),
    { count: 0, billedCents: 0 },
  );

/** The subject: printable ASCII, at most 100 characters, as SNS takes it. */
export function alertSubject(alert: Alert): string {
  const { templates, claims } = alert.totals;
  const { lost, retitled } = countCodes(alert);
  const [first] = alert.codes;
  const one = alert.totals.codes === 1 && first ? formatCode(alert.system, first.code) : undefined;
  const inForce = isInForce(alert);
  const what =
    lost > 0
      ? `${one ?? countOf(lost, 'code')} not billable ${inForce ? 'since' : 'from'}`
      : `${one ?? countOf(retitled, 'code')} retitled on`;
  const hits = [
    ...(templates > 0 ? [countOf(templates, 'template')] : []),
    ...(claims > 0 ? [countOf(claims, 'claim')] : []),
  ];
  const hit = hits.length > 0 ? hits.join(', ') : 'billed by habit';
  const title = codeSystems[alert.system].title;
  return `${title}: ${what} ${dayText(alert.effective)} (${hit})`.slice(0, 100);
}

/** First sentence: what happened, and when. */
function whatHappened(alert: Alert): string {
  const system = codeSystems[alert.system].title;
  const since = `${isInForce(alert) ? 'Since' : 'From'} ${dayText(alert.effective)},`;
  const { lost, retitled } = countCodes(alert);
  const [first] = alert.codes;
  const named = first ? `${formatCode(alert.system, first.code)} (${titleOf(first)})` : '';
  if (lost === 0) {
    if (retitled === 1) return `${since} the ${system} code ${named} has a new official title.`;
    return `${since} ${retitled} ${system} codes that you use have new official titles.`;
  }
  const besides = retitled === 0 ? '' : ` ${countOf(retitled, 'other code')} got a new title.`;
  if (lost === 1) return `${since} the ${system} code ${named} can no longer be billed.${besides}`;
  const codes = alert.codes.filter(isLost).map((code) => formatCode(alert.system, code.code));
  const names = lost <= 4 ? `: ${listOf(codes)}` : '';
  return `${since} ${lost} ${system} codes that you use can no longer be billed${names}.${besides}`;
}

/** Second sentence: what of yours it hits, and what that is worth. */
function whatIsHit(alert: Alert): string {
  const { templates, claims, billedCents, reworkCents, codes } = alert.totals;
  if (templates + claims === 0) {
    const billed = `${claimsText(habitOf(alert))} in the last 12 months`;
    const it = codes === 1 ? 'it' : 'them';
    const hit = 'None of your stored templates and claims is hit';
    return `${hit}, but you bill ${it} by habit: ${billed}.`;
  }
  const onTemplates = templates > 0 ? [`${templates} of your templates`] : [];
  const late = `dated ${dayText(alert.effective)} or later`;
  if (claims === 0) {
    return `This hits ${onTemplates.join('')}; so far no stored claim ${late} is hit.`;
  }
  const onClaims = `${countOf(claims, 'stored claim')} ${late}`;
  const billed = billedCents > 0 ? `, with ${formatDollars(billedCents)} billed on the claims` : '';
  const rework = `${formatDollars(reworkCents.min)} to ${formatDollars(reworkCents.max)}`;
  const hit = listOf([...onTemplates, onClaims]);
  return `This hits ${hit}${billed}. Reworking the claims after a denial costs ${rework}.`;
}

/** Third sentence: that there is more than what is hit; empty when there is not. */
function whatIsHabit(alert: Alert): string {
  const habit = alert.codes.filter((code) => !isHit(code));
  if (habit.length === 0 || habit.length === alert.codes.length) return '';
  const codes = habit.map((code) => formatCode(alert.system, code.code));
  const named = codes.length <= 4 ? listOf(codes) : countOf(codes.length, 'code');
  return ` Besides, you bill ${named} by habit, without a template.`;
}

const offerAll =
  'Where several codes take the place of one, offer them all: ' +
  'only the documentation of the visit can decide.';
const recode =
  'Have the claims that are not sent yet recoded from the record. ' +
  'Expect denials of those already sent, and prepare corrected claims.';
const keeps = 'their code stays right, whenever they are sent';

/** What to do next, in order; only what applies. */
function steps(alert: Alert, baseUrl: string): string[] {
  const { templates, claims, habitCodes } = alert.totals;
  const date = dayText(alert.effective);
  const inForce = isInForce(alert);
  const { lost } = countCodes(alert);
  const todo: string[] = [];
  if (templates > 0) {
    const when = inForce ? 'now' : `before ${date}`;
    todo.push(
      lost > 0
        ? `Change the templates ${when}. ${offerAll}`
        : 'Check the labels on the templates against the new titles.',
    );
  }
  if (claims > 0) {
    todo.push(recode);
  }
  if (habitCodes > 0) {
    todo.push('Tell those who code without a template which codes to use instead.');
  }
  if (lost > 0) {
    todo.push(`Leave claims dated before ${date} as they are: ${keeps}.`);
  }
  const numbered = todo.map((text, i) => wrap(`${i + 1}. ${text}`, { first: 0, others: 3 }));
  return [...numbered, `\nWork list: ${alertLink(alert, baseUrl)}`];
}

function footer(alert: Alert): string {
  const date =
    alert.system === 'icd10cm'
      ? 'A claim is dated by its date of service, if inpatient by its date of discharge.'
      : 'A claim is dated by its date of discharge.';
  const text = [
    `Release ${alert.release} of ${codeSystems[alert.system].title}.`,
    date,
    'Codewatch itself changes no template and no claim.',
    'This message holds no claim numbers and no patient data.',
  ].join(' ');
  return wrap(text, { first: 0, others: 0 });
}

/**
 * Codes, templates and replacements an e-mail lists at most, and the bytes its lists take at most.
 */
const mailLimits = { codes: 40, templates: 20, replacements: 12 } as const;
const mailListBytesMax = 20_000;

function sections(alert: Alert): string {
  const context = { system: alert.system, inForce: isInForce(alert) };
  const blocks = (codes: readonly AlertCode[]): string[] =>
    codes.map((code) => codeBlock(code, context));
  const hit = alert.codes.filter(isHit);
  const habit = alert.codes.filter((code) => !isHit(code));
  const more =
    alert.codesMore === undefined
      ? []
      : [`and ${countOf(alert.codesMore, 'more code')}: see the work list`];
  return [
    ...(hit.length > 0 ? ['WHAT IS HIT', ...blocks(hit)] : []),
    ...(habit.length > 0
      ? [
          'BILLED BY HABIT\nOn none of your stored templates, but billed in the last 12 months.',
          ...blocks(habit),
        ]
      : []),
    ...more,
  ].join('\n\n');
}

/** The e-mail's plain text; long lists end in "and N more". `baseUrl` is where the API answers. */
export function alertText(alert: Alert, baseUrl: string): string {
  const opening = `${whatHappened(alert)} ${whatIsHit(alert)}${whatIsHabit(alert)}`;
  const listed = fitAlert(cutAlert(alert, mailLimits), mailListBytesMax, sections);
  return `${[
    wrap(opening, { first: 0, others: 0 }),
    sections(listed),
    ['WHAT TO DO', ...steps(alert, baseUrl)].join('\n'),
    `--\n${footer(alert)}`,
  ].join('\n\n')}\n`;
}
