// Writes addenda in the officials' layout: the difference of two order files, then a block of statistics.
import type { Row } from '../../../shared/core/release.ts';
import { crlf } from './order-text.ts';

type Label = 'Add:' | 'Delete:' | 'Revise from:' | 'Revise to:';

/** One line of an addenda: label and the row it speaks of. */
type Entry = { readonly label: Label; readonly row: Row };

/** The releases an addenda compares and how its statistics name them. */
export type AddendaSides = {
  readonly before: readonly Row[];
  readonly after: readonly Row[];
  readonly beforeName: string;
  readonly afterName: string;
};

/** Three layouts: order addenda with flag (ICD-10-CM), codes addenda, order addenda without flag (ICD-10-PCS). */
export type AddendaLayout = 'order' | 'codes' | 'pcs-order';

/** Entries for one code: a change of flag is a deletion and an addition, a change of titles a revision. */
function entriesOf(before: Row | undefined, after: Row | undefined): Entry[] {
  if (before && after && before.billable === after.billable) {
    if (before.short === after.short && before.long === after.long) return [];
    return [
      { label: 'Revise from:', row: before },
      { label: 'Revise to:', row: after },
    ];
  }
  return [
    ...(before ? [{ label: 'Delete:', row: before } as const] : []),
    ...(after ? [{ label: 'Add:', row: after } as const] : []),
  ];
}

/** All entries in tabular order, which `order` gives. */
function entries(sides: AddendaSides, order: readonly string[]): Entry[] {
  const before = new Map(sides.before.map((row) => [row.code, row]));
  const after = new Map(sides.after.map((row) => [row.code, row]));
  return order.flatMap((code) => entriesOf(before.get(code), after.get(code)));
}

function lineOf(entry: Entry, layout: AddendaLayout): string {
  const { row } = entry;
  const label = entry.label.padEnd(13);
  const code = row.code.padEnd(7);
  if (layout === 'codes') return `${label}${code} ${row.long}`;
  const flag = layout === 'order' ? `${row.billable ? 1 : 0} ` : '';
  return `${label}${flag}${code} ${row.short.padEnd(60)} ${row.long}`;
}

/** Revisions by what was revised: a pair follows each other, so the one before says what it was. */
function revisions(list: readonly Entry[]): { both: number; long: number; short: number } {
  const counts = { both: 0, long: 0, short: 0 };
  list.forEach((entry, at) => {
    const from = list[at - 1]?.row;
    if (entry.label !== 'Revise to:' || !from) return;
    if (from.short === entry.row.short) counts.long += 1;
    else if (from.long === entry.row.long) counts.short += 1;
    else counts.both += 1;
  });
  return counts;
}

function statistics(
  list: readonly Entry[],
  sides: AddendaSides,
  layout: AddendaLayout,
  billable: boolean,
): string[] {
  const what = billable ? 'codes' : 'headers';
  const own = list.filter((entry) => entry.row.billable === billable);
  const counted = (count: number, rest: string): string => `${String(count).padStart(7)} ${rest}`;
  const side = (rows: readonly Row[], name: string): string =>
    counted(rows.filter((row) => row.billable === billable).length, `${what} in ${name}.txt`);
  const labelled = (label: Label): number => own.filter((entry) => entry.label === label).length;
  const { both, long, short } = revisions(own);
  const lines = [
    '',
    billable ? 'Codes' : 'Headers',
    side(sides.before, sides.beforeName),
    side(sides.after, sides.afterName),
    counted(labelled('Add:'), 'additions'),
    counted(labelled('Delete:'), 'deletions'),
    counted(labelled('Revise to:'), 'revisions'),
  ];
  if (layout === 'codes') return lines;
  return [
    ...lines,
    layout === 'order' ? 'of which' : '    of which',
    counted(both, 'revisions to both long and short titles'),
    counted(long, 'revisions to long title only'),
    counted(short, 'revisions to short title only'),
  ];
}

/** Codes addenda speak of billable rows and long titles only. */
function codesOnly(sides: AddendaSides): AddendaSides {
  const narrow = (rows: readonly Row[]): Row[] =>
    rows.filter((row) => row.billable).map((row) => ({ ...row, short: '' }));
  return { ...sides, before: narrow(sides.before), after: narrow(sides.after) };
}

/** Text of the addenda from one release to another; `order` lists every code in tabular order. */
export function addendaText(
  layout: AddendaLayout,
  sides: AddendaSides,
  order: readonly string[],
): string {
  const compared = layout === 'codes' ? codesOnly(sides) : sides;
  const list = entries(compared, order);
  const headers = layout === 'codes' ? [] : statistics(list, compared, layout, false);
  return crlf([
    ...list.map((entry) => lineOf(entry, layout)),
    ...headers,
    ...statistics(list, compared, layout, true),
  ]);
}
