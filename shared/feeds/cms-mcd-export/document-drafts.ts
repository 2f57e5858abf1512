// Documents of an export while its tables are read: each row goes where it belongs at once, and only codes, texts and dates
// stay.
import type { McdRow } from '../../formats/mcd-table.ts';
import { mcdDisplayId } from '../mcd-document.ts';
import type { McdContractor, McdGroup, McdParts, McdRevision } from '../mcd-parts.ts';

/** Lists of groups a document has. */
export type GroupList = 'procedures' | 'covered' | 'notCovered';

/** A group while its rows come in. */
type GroupDraft = {
  paragraph: string;
  asterisk: string;
  readonly codes: string[];
  readonly bounds: { readonly code: string; readonly sort: number }[];
  readonly asterisked: string[];
};

/** What the main table says of a document. */
export type DocumentHead = Pick<
  McdParts,
  'kind' | 'number' | 'displayId' | 'version' | 'title' | 'published' | 'effective' | 'texts'
> & { readonly ends: readonly string[] };

/** A document while its rows come in. */
export type Draft = {
  readonly head: DocumentHead;
  readonly retires: string[];
  readonly contractors: McdContractor[];
  readonly primaryStates: string[];
  readonly groups: Readonly<Record<GroupList, Map<string, GroupDraft>>>;
  readonly revisions: McdRevision[];
  readonly related: string[];
  /** A row of it was lost: it cannot be told from the document it is. */
  isDamaged: boolean;
};

/** The drafts of an export by document number. */
export type Drafts = ReadonlyMap<string, Draft>;

/** A document of which nothing but its head is known. */
export const newDraft = (head: DocumentHead): Draft => ({
  head,
  retires: [],
  contractors: [],
  primaryStates: [],
  groups: { procedures: new Map(), covered: new Map(), notCovered: new Map() },
  revisions: [],
  related: [],
  isDamaged: false,
});

/** The group of a list, begun when it is not there yet. */
function groupOf(draft: Draft, list: GroupList, number: string): GroupDraft {
  const groups = draft.groups[list];
  const known = groups.get(number);
  if (known) return known;
  const begun = { paragraph: '', asterisk: '', codes: [], bounds: [], asterisked: [] };
  groups.set(number, begun);
  return begun;
}

/** A code of a group; `asterisk` and `sort_order` are empty where the table has no such column. */
export type CodeRow = McdRow<'range' | 'sort_order' | 'asterisk'> & {
  readonly code: string;
  readonly group: string;
};

/** Adds a code to its group. */
export function addCode(draft: Draft, list: GroupList, row: CodeRow): void {
  const group = groupOf(draft, list, row.group);
  if (/^y$/i.test(row.range)) {
    group.bounds.push({ code: row.code, sort: Number(row.sort_order) || 0 });
  } else {
    group.codes.push(row.code);
  }
  if (!/^n?$/i.test(row.asterisk)) group.asterisked.push(row.code);
}

/** Adds a group's paragraph and what its asterisk means. */
export function addParagraph(
  draft: Draft,
  list: GroupList,
  row: McdRow<'group' | 'paragraph' | 'asterisk'>,
): void {
  const group = groupOf(draft, list, row.group);
  group.paragraph = row.paragraph;
  group.asterisk = row.asterisk;
}

const groupParts = (groups: ReadonlyMap<string, GroupDraft>): readonly McdGroup[] =>
  [...groups].map(([group, { paragraph, asterisk, codes, bounds, asterisked }]) => ({
    group,
    paragraph,
    asterisk,
    codes,
    // In the order the table shows them: the sort is stable, so rows without number keep theirs.
    bounds: bounds.toSorted((a, b) => a.sort - b.sort).map(({ code }) => code),
    asterisked,
  }));

/** The parts a draft makes. */
export const partsOf = (draft: Draft): McdParts => ({
  ...draft.head,
  ends: [...draft.head.ends, ...draft.retires],
  contractors: draft.contractors,
  primaryStates: draft.primaryStates,
  procedures: groupParts(draft.groups.procedures),
  covered: groupParts(draft.groups.covered),
  notCovered: groupParts(draft.groups.notCovered),
  revisions: draft.revisions,
  related: draft.related,
});

/** The id people know a draft's document by. */
export const displayIdOf = (draft: Draft): string => mcdDisplayId(draft.head);
