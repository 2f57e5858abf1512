// A code that no release lists, and what may have been meant.
import { type CodeSystemId, codeSystems } from '../../core/code-system.ts';
import { normalizeIcd9 } from '../../core/icd9.ts';
import type { CodeFacts, MeantCode } from '../code-facts.ts';
import { choiceOf, releaseSource, written } from '../item-wording.ts';
import { judgeEach } from '../judge-each.ts';
import { knownCodes } from '../known-codes.ts';
import type { ScrubItem, ScrubRule } from '../rule.ts';
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

const is: Readonly<Record<CodeSystemId, string>> = {
  icd10cm: 'an ICD-10-CM diagnosis code: report it as a diagnosis',
  icd10pcs: 'an ICD-10-PCS procedure code: report it as a procedure',
  hcpcs: 'an HCPCS Level II code: report it on a line',
};

const belongsHere: Readonly<Record<CodeSystemId, string>> = {
  icd10cm: 'the diagnosis',
  icd10pcs: 'the ICD-10-PCS code',
  hcpcs: 'the HCPCS code',
};

const otherwise = (system: CodeSystemId): string =>
  system === 'hcpcs'
    ? 'Look it up in the HCPCS file of the quarter: a code that is new in it is known here once it is taken in.'
    : 'Code the diagnosis again from the record and look it up in the index.';

function remedyOf(system: CodeSystemId, code: string, { nearMisses, below }: CodeFacts): string {
  const [likeliest] = nearMisses;
  if (likeliest?.reason === 'other-system') {
    const text = written(likeliest.system, likeliest.code);
    return `${text} is ${is[likeliest.system]}, and ${belongsHere[system]} from the record here.`;
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
  const isIcd9 = system !== 'hcpcs' && normalizeIcd9(code) !== undefined;
  const asIcd9 = isIcd9 ? ' It has the form of an ICD-9-CM code.' : '';
  return `${otherwise(system)}${asIcd9}`;
}

/** {@link ScrubRule} `code-unknown`. */
export const codeUnknown: ScrubRule = {
  id: 'code-unknown',
  finds: 'A code that is in no release, with what may have been meant.',
  source:
    'ICD-10-CM (CDC/NCHS) and ICD-10-PCS (CMS) order files; HCPCS Level II quarterly files (CMS)',
  severity: 'error',
  check: (subject, facts) =>
    judgeEach(
      knownCodes(subject, facts).unbillable,
      ({ system, code }, { date, on: { known } }) => {
        if (known.status !== 'unknown' || (system === 'icd10cm' && seventhFault(code, known))) {
          return undefined;
        }
        if (system === 'icd10cm' && isPlainIcd9(code)) return undefined;
        const text = written(system, code);
        return {
          rule: 'code-unknown',
          // The quarter's file may not be out, or not be taken in, when the first claims of the quarter are.
          severity: system === 'hcpcs' ? 'warning' : 'error',
          code: text,
          message: `${text} is no ${codeSystems[system].title} code: it is in no release.`,
          remedy: remedyOf(system, text, known),
          source: releaseSource(system, facts.editionOn(system, date)),
        } satisfies ScrubItem;
      },
    ),
};
