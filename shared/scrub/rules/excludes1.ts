// Two diagnoses the tabular list says are never coded together.
import type { CalendarDate } from '../../core/calendar-date.ts';
import type { TabularOnDate } from '../../ports/rule-book.ts';
import type { KnownNotes } from '../code-on-date.ts';
import { guideline, tabularSource, written } from '../item-wording.ts';
import { type KnownDiagnosis, knownCodes, sharedDate } from '../known-codes.ts';
import { type NoteTarget, targetNaming } from '../note-reach.ts';
import type { ScrubItem, ScrubRule } from '../rule.ts';

const placeOf = ({ node }: NoteTarget): string => {
  if (node.level === 'diag') return written('icd10cm', node.at.from);
  return node.at.from === node.at.to ? node.at.from : `${node.at.from}-${node.at.to}`;
};

function itemOf(
  one: KnownDiagnosis,
  other: KnownDiagnosis,
  target: NoteTarget,
  list: TabularOnDate,
  date: CalendarDate,
): ScrubItem | undefined {
  const [first, second] = [one, other].map(({ uses }) => uses.find((use) => use.date === date)?.on);
  if (!first?.isListed || !second?.isListed) return undefined;
  return {
    rule: 'excludes1',
    severity: list.exact ? 'error' : 'warning',
    code: first.text,
    message: `${first.name} and ${second.name} exclude each other: the Excludes1 note at ${placeOf(target)} names “${target.note.text}”.`,
    remedy:
      'Report the one the record supports. Both may stand only if the two conditions have nothing to do with each other; then the record must show it.',
    source: `${tabularSource(list, date)}; ${guideline('I.A.12.a')}`,
  };
}

/** {@link ScrubRule} `excludes1`. */
export const excludes1: ScrubRule = {
  id: 'excludes1',
  finds: 'Two diagnoses of one date that an Excludes1 note, inherited ones included, keeps apart.',
  source: `ICD-10-CM tabular list (CDC/NCHS); ${guideline('I.A.12.a')}`,
  severity: 'error',
  check(subject, facts) {
    if (subject.type !== 'claim' || subject.diagnoses.length < 2) return [];
    const { reported, excluding } = knownCodes(subject, facts);
    const items: ScrubItem[] = [];
    for (const one of excluding) {
      if (!one.notes) continue;
      for (const other of reported) {
        const item = pairItem(one.notes, one, other);
        if (item) items.push(item);
      }
    }
    return items;
  },
};

/** What a note over the first code says of the second; of two notes that say the same of each other, the first one's. */
function pairItem(
  { list, excluded }: KnownNotes,
  one: KnownDiagnosis,
  other: KnownDiagnosis,
): ScrubItem | undefined {
  const target = one.code === other.code ? undefined : targetNaming(excluded, other.sought);
  if (!target) return undefined;
  const isTold =
    other.position < one.position &&
    other.notes !== undefined &&
    targetNaming(other.notes.excluded, one.sought) !== undefined;
  const date = sharedDate(one, other);
  return isTold || date === undefined ? undefined : itemOf(one, other, target, list, date);
}
