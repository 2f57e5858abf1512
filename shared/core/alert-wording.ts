// The alert in words, for a compliance officer who reads it once: the e-mail's plain text, section by
// section. No claim numbers, no dates of service, nothing about a patient.
import { cutAlert, fitAlert } from './alert.ts';
import { codeBlock } from './alert-blocks.ts';
import { openingSection } from './alert-opening.ts';
import { policySection } from './alert-policy-blocks.ts';
import { isHit, isInForce, toldClaims } from './alert-reading.ts';
import { stepsSection } from './alert-steps.ts';
import { codeSystems } from './code-system.ts';
import type { Alert, AlertCode } from './finding.ts';
import { countOf, wrap } from './wording.ts';

/** Where a reader goes on: `<baseUrl>/v1/alerts/<id>`. */
export const alertLink = (alert: Alert, baseUrl: string): string =>
  `${baseUrl.replace(/\/+$/, '')}/v1/alerts/${encodeURIComponent(alert.id)}`;

/**
 * Codes, templates and replacements an e-mail lists at most, and the bytes its lists take at most.
 */
const mailLimits = { codes: 40, templates: 20, replacements: 12 } as const;
const mailListBytesMax = 20_000;

function blocksOf(alert: Alert, codes: readonly AlertCode[]): readonly string[] {
  const context = { system: alert.system, inForce: isInForce(alert) };
  return codes.map((code) =>
    codeBlock({ ...code, claims: toldClaims(code.claims, alert) }, context),
  );
}

/** A section of the lists, given an alert cut to fit; empty when it has nothing to list. */
type ListSection = (alert: Alert) => string;

const hitSection: ListSection = (alert) => {
  const hit = alert.codes.filter(isHit);
  return hit.length > 0 ? ['WHAT IS HIT', ...blocksOf(alert, hit)].join('\n\n') : '';
};

const habitHeading =
  'BILLED BY HABIT\nOn none of your stored templates, but billed in the last 12 months.';

const habitSection: ListSection = (alert) => {
  const habit = alert.codes.filter((code) => !isHit(code));
  return habit.length > 0 ? [habitHeading, ...blocksOf(alert, habit)].join('\n\n') : '';
};

const moreSection: ListSection = ({ codesMore }) =>
  codesMore === undefined ? '' : `and ${countOf(codesMore, 'more code')}: see the work list`;

const listSections: readonly ListSection[] = [hitSection, habitSection, moreSection, policySection];

const joined = (sections: readonly string[]): string =>
  sections.filter((text) => text !== '').join('\n\n');

const lists = (alert: Alert): string => joined(listSections.map((section) => section(alert)));

const datedBy: Readonly<Record<Alert['system'], string>> = {
  icd10cm: 'A claim is dated by its date of service, if inpatient by its date of discharge.',
  icd10pcs: 'A claim is dated by its date of discharge.',
  hcpcs:
    'A claim is dated by its last date of service, if inpatient by its date of discharge; ' +
    'a line of an earlier day may still be right.',
};

function sourceSentences({ release, system, policies }: Alert): string[] {
  if (policies) {
    return [
      `Edition ${release} of payer policies.`,
      'A service is dated by its line. No policy is a promise to pay.',
    ];
  }
  return [`Release ${release} of ${codeSystems[system].title}.`, datedBy[system]];
}

function footerSection(alert: Alert): string {
  const text = [
    ...sourceSentences(alert),
    ...(alert.totals.fileBy
      ? ['The day to file by is the last Friday up to the deadline your settings give.']
      : []),
    'Codewatch itself changes no template and no claim.',
    'This message holds no claim numbers and no patient data.',
  ].join(' ');
  return `--\n${wrap(text, { first: 0, others: 0 })}`;
}

/** The e-mail's plain text; long lists end in "and N more". `baseUrl` is where the API answers. */
export function alertText(alert: Alert, baseUrl: string): string {
  const listed = fitAlert(cutAlert(alert, mailLimits), mailListBytesMax, lists);
  return `${joined([
    openingSection(alert),
    lists(listed),
    stepsSection(alert, alertLink(alert, baseUrl)),
    footerSection(alert),
  ])}\n`;
}
