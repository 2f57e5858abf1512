// A tabular list made quick to ask: what stands at a code and at everything above it, put together once a node.
import { fiscalYearOf } from '../core/calendar-date.ts';
import type { TabularList, TabularNode, TabularNote } from '../core/tabular.ts';
import { categoryLength, placeOfCategory } from '../core/tabular-order.ts';
import type { TabularOnDate } from '../ports/rule-book.ts';

/** Answers from one list, whatever the date. */
export type TabularIndex = Pick<TabularOnDate, 'effective' | 'notesOf' | 'seventhOf'>;

type Standing = {
  readonly notes: readonly { readonly node: TabularNode; readonly note: TabularNote }[];
  readonly seventh: TabularNode['seventh'];
};

/** The index of a list. Answers for one node are the same array every time: what is worked out from it can be kept. */
export function createTabularIndex({ effective, nodes }: TabularList): TabularIndex {
  const byCode = new Map<string, TabularNode>();
  for (const node of nodes) if (node.level === 'diag') byCode.set(node.at.from, node);
  const wide = nodes
    .filter((node) => node.level !== 'diag')
    .map((node) => ({
      node,
      begins: placeOfCategory(node.at.from),
      ends: placeOfCategory(node.at.to),
    }));
  const wideByCategory = new Map<string, readonly TabularNode[]>();
  const standings = new Map<string, Standing>();

  /** Chapters and sections are ranges of categories. */
  const wideOver = (category: string): readonly TabularNode[] => {
    const known = wideByCategory.get(category);
    if (known) return known;
    const place = placeOfCategory(category);
    const found = wide.filter(({ begins, ends }) => begins <= place && place <= ends);
    const over = found.map(({ node }) => node);
    wideByCategory.set(category, over);
    return over;
  };
  const chainOf = (code: string): TabularNode[] => {
    const chain = [...wideOver(code.slice(0, categoryLength))];
    for (let length = categoryLength; length <= code.length; length += 1) {
      const node = byCode.get(code.slice(0, length));
      if (node) chain.push(node);
    }
    return chain;
  };
  const standingOf = (code: string): Standing => {
    const key = deepest(byCode, code);
    const known = standings.get(key);
    if (known) return known;
    const chain = chainOf(key);
    const standing = {
      notes: chain.flatMap((node) => node.notes.map((note) => ({ node, note }))),
      seventh: chain.findLast(({ seventh }) => seventh.length > 0)?.seventh ?? [],
    };
    standings.set(key, standing);
    return standing;
  };
  return {
    effective,
    notesOf: (code) => standingOf(code).notes,
    seventhOf: (code) => standingOf(code).seventh,
  };
}

/** The longest beginning of a code that is a node, else its category. */
function deepest(byCode: ReadonlyMap<string, TabularNode>, code: string): string {
  for (let length = code.length; length > categoryLength; length -= 1) {
    const beginning = length === code.length ? code : code.slice(0, length);
    if (byCode.has(beginning)) return beginning;
  }
  return code.slice(0, categoryLength);
}

/** The list of the date's fiscal year; else the nearest older one, else the oldest. `indexes` ascend by date. */
export function tabularOn(
  indexes: readonly TabularIndex[],
  date: TabularOnDate['effective'],
): TabularOnDate | undefined {
  const found = indexes.findLast(({ effective }) => effective <= date);
  const index = found ?? indexes[0];
  if (!index) return undefined;
  const exact = found !== undefined && fiscalYearOf(found.effective) === fiscalYearOf(date);
  return { ...index, exact };
}
