// What the cells of the Medicare Coverage Database's columns look like: enough to see that a column holds another's cells.
import { normalizeCode } from '../core/code-system.ts';

/** What tells whether a cell has a shape: an expression, or what is made to answer like one. */
type CellShape = { test(cell: string): boolean };

/**
 * An ICD-10-CM code with or without its dot, which may be all that follows its category (`M54.`); `XX000` is written like
 * one. A digit in the second or third place, as every code has it, tells it from a word.
 */
const icd10: CellShape = {
  test(cell) {
    const code = normalizeCode('icd10cm', cell.replace(/\.$/, ''));
    return code !== undefined && /^.{1,2}\d/.test(code);
  },
};

/** Shapes by their names in messages. All but `text` and those said may not be empty. */
export const mcdShapes = {
  /** Number of an article or LCD: `57791`. */
  'document number': /^\d{4,7}$/,
  'version number': /^\d{1,3}$/,
  /** Of a group of codes. */
  'group number': /^\d{1,3}$/,
  /** Of a contractor, state, type or row. */
  number: /^\d{1,9}$/,
  'number or nothing': /^(?:\d{1,9})?$/,
  /** All that feeds/mcd-date.ts reads, and more: whether it is a day there is, the document's assembly looks at. */
  'date or nothing': /^(?:[\d/:.\-+T ]{6,33}(?:Z|[AP]M)?|n\/?a|null|none|-)?$/i,
  'ICD-10 code': icd10,
  'CPT or HCPCS code': /^(?:[0-9A-Z]\d{3}[0-9A-Z]|XX000)$/i,
  'Y or N or nothing': /^[YN]?$/i,
  /** `*`, `**`, `Y`. */
  'asterisk or nothing': /^(?:\*{1,4}|[YN])?$/i,
  'state abbreviation': /^[A-Z]{2,4}$/,
  text: /^/,
  /** Anything but nothing. */
  name: /\S/,
} as const satisfies Record<string, CellShape>;

/** The shape of a column's cells. */
export type McdShape = keyof typeof mcdShapes;
