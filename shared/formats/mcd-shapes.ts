// What the cells of the Medicare Coverage Database's columns look like: enough to see that a column holds another's cells.

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
  /** Digits and separators; whether it is a day there is, the document's assembly looks at. */
  'date or nothing': /^(?:[\d/:.\-T ]{6,26}Z?|n\/?a)?$/i,
  'ICD-10 code': /^(?:[A-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?\.?|XX000)$/i,
  'CPT or HCPCS code': /^(?:[0-9A-Z]\d{3}[0-9A-Z]|XX000)$/i,
  'Y or N or nothing': /^[YN]?$/i,
  /** `*`, `**`, `Y`. */
  'asterisk or nothing': /^(?:\*{1,4}|[YN])?$/i,
  'state abbreviation': /^[A-Z]{2,4}$/,
  text: /^/,
  /** Anything but nothing. */
  name: /\S/,
} as const satisfies Record<string, RegExp>;

/** The shape of a column's cells. */
export type McdShape = keyof typeof mcdShapes;
