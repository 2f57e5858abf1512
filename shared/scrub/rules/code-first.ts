// A code whose note says what is coded before it: that stands after it, or is not there.
import type { CalendarDate } from '../../core/calendar-date.ts';
import type { TabularOnDate } from '../../ports/rule-book.ts';
import { guideline, named, tabularSource, written } from '../item-wording.ts';
import { type KnownDiagnosis, knownCodes, sharedDate } from '../known-codes.ts';
import { targetNaming } from '../note-reach.ts';
import type { CodeFirstNote } from '../notes-over.ts';
import type { ScrubItem, ScrubRule } from '../rule.ts';

const isNamed = ({ names }: CodeFirstNote, { sought }: KnownDiagnosis): boolean =>
  targetNaming(names, sought) !== undefined;

/** Parts of a long note quoted where none of them stands out. */
const quotedMax = 3;

/** The note as far as it matters: what names the code that is there, else how it begins. */
function quoteOf({ names, lead, parts }: CodeFirstNote, after?: KnownDiagnosis): string {
  const named = after && targetNaming(names, after.sought);
  const more = parts.length > quotedMax ? '; …' : '';
  const text = named?.note.text ?? `${parts.slice(0, quotedMax).join('; ')}${more}`;
  return lead === '' ? text : `${lead} ${text}`;
}

type Finding = {
  readonly note: CodeFirstNote;
  readonly after?: KnownDiagnosis;
};

/** Where a code stands among the reported ones. */
type Place = {
  readonly diagnosis: KnownDiagnosis;
  readonly date: CalendarDate;
  readonly book: TabularOnDate;
  readonly isFirst: boolean;
  readonly isManifestation: boolean;
};

/**
 * What is wrong by one note, if anything. What the note names stands after the code: the order is wrong. It is not there:
 * wrong of a first-listed code when the note always holds, and of any manifestation whose note gives no mere examples.
 */
function findingOf(
  note: CodeFirstNote,
  { diagnosis, isFirst, isManifestation }: Place,
  reported: readonly KnownDiagnosis[],
): Finding | undefined {
  const others = reported.filter(
    (one) => one.code !== diagnosis.code && sharedDate(diagnosis, one) && isNamed(note, one),
  );
  if (others.some(({ position }) => position < diagnosis.position)) return undefined;
  const [after] = others;
  if (after) return { note, after };
  const isNeeded = isFirst
    ? note.always || isManifestation
    : isManifestation && note.always && note.namesAny && !note.open;
  return isNeeded ? { note } : undefined;
}

const nameOf = ({ code, uses }: KnownDiagnosis): string =>
  named('icd10cm', code, uses[0]?.known.title);

function itemOf(
  { diagnosis, date, book, isFirst, isManifestation }: Place,
  { note, after }: Finding,
): ScrubItem {
  const code = written('icd10cm', diagnosis.code);
  const text = nameOf(diagnosis);
  const at = written('icd10cm', note.node.at.from);
  const wording = `at ${at} the tabular list says to code first “${quoteOf(note, after)}”`;
  return {
    rule: 'code-first',
    severity: isFirst && isManifestation ? 'error' : 'warning',
    code,
    message: after
      ? `${text} comes before ${nameOf(after)}: ${wording}.`
      : `${text} ${isFirst ? 'is listed first' : 'stands without what belongs before it'}: ${wording}.`,
    remedy: after
      ? `Put ${written('icd10cm', after.code)} before ${code}.`
      : `Add the code for that condition, from the record, before ${code}.`,
    source: `${tabularSource(book, date)}; ${guideline('I.A.13')}`,
  };
}

/** {@link ScrubRule} `code-first`. */
export const codeFirst: ScrubRule = {
  id: 'code-first',
  finds: 'A code before, or without, what its “code first” note says comes before it.',
  source: `ICD-10-CM tabular list (CDC/NCHS); ${guideline('I.A.13')}`,
  severity: 'warning',
  check(subject, facts) {
    if (subject.type !== 'claim') return [];
    const { reported, first } = knownCodes(subject, facts);
    if (!reported.some(({ notes }) => notes && notes.over.codeFirst.length > 0)) return [];
    return reported.flatMap((diagnosis) => {
      const { uses, notes } = diagnosis;
      const [use] = uses;
      if (!use || !notes || notes.over.codeFirst.length === 0) return [];
      const { date, known, flags } = use;
      if (known.status !== 'billable' && known.status !== 'header') return [];
      const isFirst = diagnosis === first;
      const isManifestation = flags.has('MANIF');
      const place = { diagnosis, date, book: notes.list, isFirst, isManifestation };
      const found = notes.over.codeFirst
        .map((note) => findingOf(note, place, reported))
        .find((finding) => finding !== undefined);
      return found ? [itemOf(place, found)] : [];
    });
  },
};
