// The same diagnosis twice on one claim.
import { formatIcd9 } from '../../core/icd9.ts';
import { guideline, written } from '../item-wording.ts';
import type { ScrubItem, ScrubRule, Subject, SubjectDiagnosis } from '../rule.ts';

// An admitting diagnosis and a reason for visit are fields of their own, and often repeat the principal diagnosis.
const isCounted = ({ role }: SubjectDiagnosis): boolean =>
  role !== 'admitting' && role !== 'reason-for-visit';

function repeatedOf({ diagnoses }: Subject): readonly SubjectDiagnosis[] {
  return diagnoses.filter(
    (one, index) =>
      isCounted(one) &&
      diagnoses.findIndex(
        (other) => isCounted(other) && other.code === one.code && other.system === one.system,
      ) < index,
  );
}

/** {@link ScrubRule} `duplicate`. A manifestation is no exception: the guideline makes none. */
export const duplicate: ScrubRule = {
  id: 'duplicate',
  finds: 'The same diagnosis more than once on a claim.',
  source: guideline('I.B.12'),
  severity: 'warning',
  check(subject) {
    if (subject.type !== 'claim' || subject.diagnoses.length < 2) return [];
    return repeatedOf(subject).map(({ system, code }): ScrubItem => {
      const text = system === 'icd9cm' ? formatIcd9(code) : written(system, code);
      return {
        rule: 'duplicate',
        severity: 'warning',
        code: text,
        message: `${text} is on the claim more than once; each diagnosis is reported once an encounter.`,
        remedy: 'Remove the repeated one and let the lines point to the one that stays.',
        source: guideline('I.B.12'),
      };
    });
  },
};
