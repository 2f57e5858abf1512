// A code that no release lists, and what may have been meant.
import { normalizeIcd9 } from '../../core/icd9.ts';
import { choiceOf, releaseSource, written } from '../item-wording.ts';
import { judgeEach, knownCodes } from '../known-codes.ts';
import type { CodeFacts, MeantCode, ScrubItem, ScrubRule } from '../rule.ts';
import { seventhFault } from '../seventh-character.ts';
import { isPlainIcd9 } from './code-set-mismatch.ts';

const slips: Readonly<Record<MeantCode['reason'], string>> = {
  dot: 'the dot is misplaced',
  punctuation: 'there is a character in it that belongs to no code',
  'letter-o-digit-0': 'the letter O and the digit 0 are mixed up',
  'letter-i-digit-1': 'the letter I or L and the digit 1 are mixed up',
  placeholder: 'the placeholder X is misplaced',
  'seventh-character': 'the seventh character is missing',
  'surplus-character': 'it has more characters than the code',
  'other-system': 'it is a code of the other code system',
};

function remedyOf(code: string, { nearMisses, below }: CodeFacts): string {
  const [likeliest] = nearMisses;
  if (likeliest?.reason === 'other-system') {
    return likeliest.system === 'icd10pcs'
      ? `${code} is an ICD-10-PCS procedure code: report it as a procedure, and the diagnosis from the record here.`
      : `${code} is an ICD-10-CM diagnosis code: report it as a diagnosis, and the ICD-10-PCS code from the record here.`;
  }
  if (likeliest?.status === 'header' && below.length > 0) {
    const header = written(likeliest.system, likeliest.code);
    return `Of the codes below ${header} choose the one the record supports: ${choiceOf(likeliest.system, below)}.`;
  }
  if (likeliest) {
    const meant = nearMisses.filter(({ reason }) => reason === likeliest.reason);
    const choice = choiceOf(likeliest.system, meant);
    return `Check it against the record: perhaps ${choice} was meant (${slips[likeliest.reason]}).`;
  }
  const asIcd9 = normalizeIcd9(code) !== undefined ? ' It has the form of an ICD-9-CM code.' : '';
  return `Code the diagnosis again from the record and look it up in the index.${asIcd9}`;
}

/** {@link ScrubRule} `code-unknown`. */
export const codeUnknown: ScrubRule = {
  id: 'code-unknown',
  finds: 'A code that is in no release, with what may have been meant.',
  source: 'ICD-10-CM (CDC/NCHS) and ICD-10-PCS (CMS) order files',
  severity: 'error',
  check: (subject, facts) =>
    judgeEach(knownCodes(subject, facts).unbillable, ({ system, code }, { date, known }) => {
      if (known.status !== 'unknown' || (system === 'icd10cm' && seventhFault(code, known))) {
        return undefined;
      }
      if (system === 'icd10cm' && isPlainIcd9(code)) return undefined;
      const text = written(system, code);
      const what = system === 'icd10cm' ? 'ICD-10-CM' : 'ICD-10-PCS';
      return {
        rule: 'code-unknown',
        severity: 'error',
        code: text,
        message: `${text} is no ${what} code: it is in no release.`,
        remedy: remedyOf(text, known),
        source: releaseSource(system, facts.editionOn(system, date)),
      } satisfies ScrubItem;
    }),
};
