// How the e-mail of an alert begins: its subject, and the sentences that say what happened, what it
// hits, what that is worth and until when.
import { isLost } from './alert.ts';
import { claimsText, titleOf } from './alert-blocks.ts';
import { policySentences, policySubject } from './alert-policy-opening.ts';
import {
  countCodes,
  habitOf,
  hitClaims,
  isHit,
  isInForce,
  isTooLate,
  toldClaims,
} from './alert-reading.ts';
import { codeSystems, formatCode } from './code-system.ts';
import type { Alert, HitClaims } from './finding.ts';
import { formatDollars, formatRange } from './money.ts';
import { countOf, dayText, listOf, wrap } from './wording.ts';

/** The subject: printable ASCII, at most 100 characters, as SNS takes it. */
export function alertSubject(alert: Alert): string {
  if (alert.policies) return policySubject(alert);
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

/** What happened, and when. */
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

/** What of the tenant's it hits. */
function whatIsHit(alert: Alert): string {
  const { templates, claims, codes } = alert.totals;
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
  return `This hits ${listOf([...onTemplates, onClaims])}.`;
}

/** What denial of the claims hit would cost; empty when there are none, or nothing is known of it. */
function whatIsAtRisk(alert: Alert): string {
  const { claims, billedCents, reworkCents } = alert.totals;
  if (claims === 0 || isTooLate(hitClaims(alert))) return '';
  const [the, it] = claims === 1 ? ['the claim', 'it'] : ['the claims', 'them'];
  const rework = reworkCents.max > 0 ? formatRange(reworkCents) : undefined;
  if (billedCents > 0) {
    const more = rework ? `, and ${rework} for reworking ${it} after a denial` : '';
    return `At risk: ${formatDollars(billedCents)} billed on ${the}${more}.`;
  }
  return rework ? `Reworking ${the} after a denial costs ${rework}.` : '';
}

function tooLate({ count, billedCents }: HitClaims): string {
  const [the, it] = count === 1 ? ['the claim', 'it'] : ['the claims', 'them'];
  const begin =
    billedCents > 0
      ? `${formatDollars(billedCents)} is billed on ${the}, but the time to file ${it}`
      : `The time to file ${the}`;
  return `${begin} has passed: what was denied can no longer be put right.`;
}

/** Until when the claims hit must be filed; empty when that is not known. */
function untilWhen(alert: Alert): string {
  const claims: HitClaims = toldClaims(hitClaims(alert), alert);
  const { count, fileBy, lapsed = 0 } = claims;
  if (isTooLate(claims)) return tooLate(claims);
  if (fileBy === undefined) return '';
  const by = `by ${dayText(fileBy)}`;
  if (lapsed === 0) return `File ${count === 1 ? 'it' : 'the first of them'} ${by}.`;
  const others = count - lapsed === 1 ? 'the other one' : 'the first of the others';
  return `The time to file ${lapsed} of them has passed; file ${others} ${by}.`;
}

/** That there is more than what is hit; empty when there is not. */
function whatIsHabit(alert: Alert): string {
  const habit = alert.codes.filter((code) => !isHit(code));
  if (habit.length === 0 || habit.length === alert.codes.length) return '';
  const codes = habit.map((code) => formatCode(alert.system, code.code));
  const named = codes.length <= 4 ? listOf(codes) : countOf(codes.length, 'code');
  return `Besides, you bill ${named} by habit, without a template.`;
}

/** The first paragraph, sentence by sentence; each says nothing where it does not apply. */
export function openingSection(alert: Alert): string {
  const onRelease = [whatHappened, whatIsHit, whatIsAtRisk, untilWhen, whatIsHabit];
  const sentences = alert.policies ? policySentences : onRelease;
  const said = sentences.map((say) => say(alert)).filter((text) => text !== '');
  return wrap(said.join(' '), { first: 0, others: 0 });
}
