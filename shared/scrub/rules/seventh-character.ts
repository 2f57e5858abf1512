// A seventh character that is missing, not one of this code's, or too much; or its placeholder X in the wrong place.
import type { CalendarDate } from '../../core/calendar-date.ts';
import type { CodeFacts } from '../code-facts.ts';
import { guideline, named, releaseSource, written } from '../item-wording.ts';
import { judgeEach } from '../judge-each.ts';
import { knownCodes } from '../known-codes.ts';
import type { RuleFacts, ScrubItem, ScrubRule } from '../rule.ts';
import { type SeventhFault, seventhFault } from '../seventh-character.ts';

/** Codes written out; more are told by their seventh characters. */
const writtenMax = 3;

const isPlaceheld = (code: string, meant: string): boolean =>
  meant.length - code.length > 1 && meant.slice(code.length, -1).replaceAll('X', '') === '';

function messageOf(
  code: string,
  { kind, meant: [first = ''] }: SeventhFault,
  known: CodeFacts,
): string {
  const text = named('icd10cm', code, known.title);
  switch (kind) {
    case 'missing':
      return isPlaceheld(code, first)
        ? `${text} needs a seventh character, with the placeholder X in between.`
        : `${text} needs a seventh character.`;
    case 'wrong':
      return `${text}: ${written('icd10cm', code.slice(0, -1))} has no seventh character ${code.slice(-1)}.`;
    case 'misplaced':
      return `${text}: the placeholder X is missing, or not where this code has it.`;
    default:
      return `${text}: ${written('icd10cm', first)} takes no further characters.`;
  }
}

/** The choices: few are written out, of many the seventh characters, with what each says where the list is to be had. */
function remedyOf({ kind, meant }: SeventhFault, facts: RuleFacts, date: CalendarDate): string {
  const [first = ''] = meant;
  if (kind === 'surplus') return `Use ${written('icd10cm', first)}.`;
  const meanings = new Map(
    facts.book
      .tabularOn(date)
      ?.seventhOf(first)
      .map(({ char, meaning }) => [char, meaning]),
  );
  const few = meant.length <= writtenMax || kind === 'misplaced';
  const options = meant.map((one) => {
    const char = one.slice(-1);
    const meaning = meanings.get(char);
    const text = few ? written('icd10cm', one) : char;
    return meaning === undefined ? text : `${text} (${meaning})`;
  });
  const stem = written('icd10cm', first.slice(0, -1));
  return few
    ? `Choose by the record: ${options.join(', ')}.`
    : `Add to ${stem} the one the record supports: ${options.join(', ')}.`;
}

/** {@link ScrubRule} `seventh-character`. Where it finds something, `code-header` and `code-unknown` are silent. */
export const seventhCharacter: ScrubRule = {
  id: 'seventh-character',
  finds: 'A seventh character missing, wrong or too much, or a placeholder X in the wrong place.',
  source: guideline('I.A.4 and I.A.5'),
  severity: 'error',
  check: (subject, facts) =>
    judgeEach(
      knownCodes(subject, facts).unbillable,
      ({ system, code }, { date, on: { known } }) => {
        const fault = system === 'icd10cm' ? seventhFault(code, known) : undefined;
        if (!fault) return undefined;
        return {
          rule: 'seventh-character',
          severity: 'error',
          code: written(system, code),
          message: messageOf(code, fault, known),
          remedy: remedyOf(fault, facts, date),
          source: releaseSource(system, facts.editionOn(system, date)),
        } satisfies ScrubItem;
      },
    ),
};
