// A code whose note says what is coded before it: that stands after it, or is not there.
import type { TabularOnDate } from '../../ports/rule-book.ts';
import { guideline, tabularSource, written } from '../item-wording.ts';
import { type KnownDiagnosis, type KnownUse, knownCodes, sharedDate } from '../known-codes.ts';
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
  readonly use: KnownUse;
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
    (one) => isNamed(note, one) && one.code !== diagnosis.code && sharedDate(diagnosis, one),
  );
  if (others.some(({ position }) => position < diagnosis.position)) return undefined;
  const [after] = others;
  if (after) return { note, after };
  const isNeeded = isFirst
    ? note.always || isManifestation
    : isManifestation && note.always && note.namesAny && !note.open;
  return isNeeded ? { note } : undefined;
}

/** Of a diagnosis without a date its code alone is known. */
const nameOf = ({ text, uses: [use] }: KnownDiagnosis): string => use?.on.name ?? text;

function itemOf(
  { use: { date, on }, book, isFirst, isManifestation }: Place,
  { note, after }: Finding,
): ScrubItem {
  const { text: code, name } = on;
  const at = written('icd10cm', note.node.at.from);
  const wording = `at ${at} the tabular list says to code first “${quoteOf(note, after)}”`;
  return {
    rule: 'code-first',
    severity: isFirst && isManifestation ? 'error' : 'warning',
    code,
    message: after
      ? `${name} comes before ${nameOf(after)}: ${wording}.`
      : `${name} ${isFirst ? 'is listed first' : 'stands without what belongs before it'}: ${wording}.`,
    remedy: after
      ? `Put ${after.text} before ${code}.`
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
    const { reported, following, first } = knownCodes(subject, facts);
    return following.flatMap((diagnosis) => {
      const { uses, notes } = diagnosis;
      const [use] = uses;
      if (!use || !notes) return [];
      if (!use.on.isListed) return [];
      const isFirst = diagnosis === first;
      const isManifestation = use.on.flags.has('MANIF');
      const place = { diagnosis, use, book: notes.list, isFirst, isManifestation };
      const found = notes.codeFirst
        .map((note) => findingOf(note, place, reported))
        .find((finding) => finding !== undefined);
      return found ? [itemOf(place, found)] : [];
    });
  },
};
