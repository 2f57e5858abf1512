// Ways to damage a table of an export before it is packed: each takes its rows, the header first, and gives others.

/** What becomes of a table. */
export type Damage = (rows: string[][]) => string[][];

/** One cell of the table's first rows, or of those from a place on, written otherwise. */
export const cell =
  (column: string, value: string, count = 1, from = 1): Damage =>
  (rows) =>
    rows.map((row, index) =>
      index < from || index >= from + count
        ? row
        : row.map((old, at) => (rows[0]?.[at] === column ? value : old)),
    );

/** The cells of two columns exchanged, the header as it was. */
export const swapped =
  (one: string, other: string): Damage =>
  (rows) => {
    const [a, b] = [rows[0]?.indexOf(one) ?? 0, rows[0]?.indexOf(other) ?? 0];
    return rows.map((row, index) =>
      index === 0 ? row : row.map((old, at) => row[at === a ? b : at === b ? a : at] ?? old),
    );
  };

/** A column taken out. */
export const without =
  (column: string): Damage =>
  (rows) => {
    const at = rows[0]?.indexOf(column) ?? 0;
    return rows.map((row) => row.toSpliced(at, 1));
  };

/** A column called by another name. */
export const renamed =
  (name: string, other: string): Damage =>
  (rows) =>
    rows.map((row, index) => (index === 0 ? row.map((old) => (old === name ? other : old)) : row));
