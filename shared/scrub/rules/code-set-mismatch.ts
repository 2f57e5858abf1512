// ICD-9-CM after the change-over, ICD-10-CM before it, or both on one claim.
import type { CalendarDate } from '../../core/calendar-date.ts';
import { addDays } from '../../core/calendar-date.ts';
import { formatIcd9, normalizeIcd9 } from '../../core/icd9.ts';
import type { DatedDiagnosis } from '../dated-codes.ts';
import { written } from '../item-wording.ts';
import { alwaysOrByLine } from '../judge-each.ts';
import { knownCodes } from '../known-codes.ts';
import type { RuleFacts, ScrubItem, ScrubRule } from '../rule.ts';

const source = '45 CFR 162.1002(b) and (c): ICD-10-CM for services on or after 2015-10-01';

const lastDigit = '9'.charCodeAt(0);

/** True for a text that is an ICD-9-CM code and cannot be one of ICD-10-CM: all digits but for the dot. */
export const isPlainIcd9 = (code: string): boolean =>
  code.charCodeAt(0) <= lastDigit && normalizeIcd9(code) !== undefined;

const isIcd9 = ({ system, code }: DatedDiagnosis): boolean =>
  system === 'icd9cm' || isPlainIcd9(code);

const textOf = (diagnosis: DatedDiagnosis): string =>
  isIcd9(diagnosis)
    ? formatIcd9(normalizeIcd9(diagnosis.code) ?? diagnosis.code)
    : written('icd10cm', diagnosis.code);

function mismatchOn(
  diagnosis: DatedDiagnosis,
  date: CalendarDate,
  begins: CalendarDate,
): ScrubItem | undefined {
  const old = isIcd9(diagnosis);
  if (old !== date >= begins) return undefined;
  const code = textOf(diagnosis);
  return {
    rule: 'code-set-mismatch',
    severity: 'error',
    code,
    message: old
      ? `${code} is an ICD-9-CM code, and ICD-9-CM ended with ${addDays(begins, -1)}; the date of service is ${date}.`
      : `${code} is sent as ICD-10-CM, which begins with ${begins}; the date of service is ${date}.`,
    remedy: old
      ? 'Code the diagnosis in ICD-10-CM, from the record: there is no one-to-one conversion. Check the date first.'
      : 'Check the date of service; if it is right, the claim takes ICD-9-CM codes.',
    source,
  };
}

/** Each code of the wrong set for its date; for single lines where their dates differ. */
function mismatches(diagnoses: readonly DatedDiagnosis[], facts: RuleFacts): readonly ScrubItem[] {
  return diagnoses.flatMap((diagnosis) =>
    alwaysOrByLine(diagnosis.uses, ({ date }) => mismatchOn(diagnosis, date, facts.icd10Begins)),
  );
}

const mixed: ScrubItem = {
  rule: 'code-set-mismatch',
  severity: 'error',
  message: 'The claim has diagnoses of ICD-9-CM and of ICD-10-CM; one claim takes one code set.',
  remedy:
    'Split it: services through 2015-09-30 in ICD-9-CM, later ones in ICD-10-CM. Inpatient: the discharge date decides.',
  source,
};

/** {@link ScrubRule} `code-set-mismatch`. */
export const codeSetMismatch: ScrubRule = {
  id: 'code-set-mismatch',
  finds: 'ICD-9-CM from 2015-10-01 on, ICD-10-CM before it, or both on one claim.',
  source,
  severity: 'error',
  check(subject, facts) {
    const { diagnoses } = knownCodes(subject, facts);
    const old = diagnoses.filter(isIcd9);
    const begins = facts.icd10Begins;
    const early = diagnoses.some(({ uses }) => uses.some(({ date }) => date < begins));
    if (old.length === 0 && !early) return [];
    const told = mismatches(diagnoses, facts);
    const isMixed = subject.type === 'claim' && old.length > 0 && old.length < diagnoses.length;
    // Codes that are told one by one say it better.
    return told.length === 0 && isMixed ? [mixed] : told;
  },
};
