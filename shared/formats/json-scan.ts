// What is known of a JSON text between two of its characters, and how its records are begun, kept and ended.
// shared/formats/json-parts.ts reads the characters.

/** One record: a whole value, or an element of a list or Bundle. */
export type JsonPart = {
  readonly kind: 'value';
  /** `[3]`, `entry[3]`, or empty for a value that stands alone. */
  readonly path: string;
  /** Line on which it begins. */
  readonly line: number;
  readonly text: string;
};

/** A place where the text is no JSON, or a part too long to keep; `message` says what and what to do. */
export type JsonFault = {
  readonly kind: 'fault';
  readonly path: string;
  readonly line: number;
  readonly message: string;
};

/** A list or Bundle whose elements have come; `text` is it without them. */
export type JsonShell = { readonly kind: 'shell'; readonly text: string };

/** What a JSON text is made of. */
export type JsonItem = JsonPart | JsonFault | JsonShell;

/** Characters one part may have. */
const partCharsMax = 16_000_000;

/** The state of a scan. */
export type Scan = {
  line: number;
  /** Closing brackets due, innermost last. */
  stack: number[];
  isInString: boolean;
  isEscaped: boolean;
  /** Depth whose commas part elements; 0 when nothing is cut apart. */
  splitDepth: number;
  /** `entry` or empty: the key whose list is cut apart. */
  splitKey: string;
  index: number;
  /** The part begun, and the line of its first character; 0 before that. */
  text: string;
  textLine: number;
  isTooLong: boolean;
  /** What stands around the elements. */
  shell: string;
  /** At depth 1 of an object: the string read last, the key before the value, and its type if known. */
  word: string;
  key: string;
  resourceType: string;
  /** The last character that is no blank; of a string its quote. */
  previous: number;
  /** Behind a fault: looking for a line that begins a value. */
  isLost: boolean;
  /** Found one: what closed around it is to be passed over. */
  isPatched: boolean;
  isLineStart: boolean;
  items: JsonItem[];
};

/** Before the first character. */
export const newScan = (): Scan => ({
  line: 1,
  stack: [],
  isInString: false,
  isEscaped: false,
  splitDepth: 0,
  splitKey: '',
  index: 0,
  text: '',
  textLine: 0,
  isTooLong: false,
  shell: '',
  word: '',
  key: '',
  resourceType: '',
  previous: 0,
  isLost: false,
  isPatched: false,
  isLineStart: true,
  items: [],
});

const pathOf = (scan: Scan): string =>
  scan.splitDepth === 0 ? '' : `${scan.splitKey}[${scan.index}]`;

/** Before the next value, in the same text. */
export function resetValue(scan: Scan): void {
  const fresh = newScan();
  const { line, isLineStart, isPatched, items } = scan;
  Object.assign(scan, { ...fresh, line, isLineStart, isPatched, items });
}

/** The text is no JSON here: tells it, and looks for a line that begins a value. */
export function fail(scan: Scan, message: string): void {
  const { line, textLine } = scan;
  scan.items.push({ kind: 'fault', path: pathOf(scan), line: textLine || line, message });
  resetValue(scan);
  scan.isLost = true;
}

/** Ends the part begun, if any. */
export function endPart(scan: Scan, more: string): void {
  const text = scan.text + more;
  const line = scan.textLine || scan.line;
  const path = pathOf(scan);
  scan.text = '';
  scan.textLine = 0;
  scan.index += 1;
  if (scan.isTooLong || text.length > partCharsMax) {
    const message = `longer than ${partCharsMax / 1_000_000} million characters; send it in parts`;
    scan.items.push({ kind: 'fault', path, line, message });
  } else if (text.trim() !== '') {
    scan.items.push({ kind: 'value', path, line, text });
  } else {
    scan.index -= 1;
  }
  scan.isTooLong = false;
}

/** Keeps the text of a piece from `from` to `to` for the part begun. */
export function keep(scan: Scan, piece: string, from: number, to: number): void {
  if (scan.isTooLong) return;
  scan.text += piece.slice(from, to);
  scan.isTooLong = scan.text.length > partCharsMax;
  if (scan.isTooLong) scan.text = '';
}
