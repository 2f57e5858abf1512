// Cuts an X12 file into segments while its bytes pass through: any separators, several interchanges, damaged parts
// skipped. What a segment means is for the readers built on it.
import { headerStart, readX12Header, type X12Separators } from './x12-header.ts';

/** One segment; element n is `elements[n]`, the segment id `elements[0]`. Text is Latin-1. */
export type X12Segment = {
  readonly id: string;
  readonly elements: readonly string[];
  /** Place in the file, ISA of the first interchange being 1; empty segments do not count. */
  readonly number: number;
  readonly fault?: undefined;
};

/**
 * A place that is no segment. `no-interchange`: text where ISA must stand; `header-invalid`: an ISA
 * that opens nothing; both are followed by what the next good ISA opens. `segment-too-long`,
 * `elements-too-many`: one segment left out. `unterminated`: the file ends inside a segment.
 */
export type X12Fault = {
  readonly fault:
    | 'no-interchange'
    | 'header-invalid'
    | 'segment-too-long'
    | 'elements-too-many'
    | 'unterminated';
  readonly number: number;
  /** What is wrong and what to do; nothing of the content. */
  readonly message: string;
};

/** What a file is made of. */
export type X12Item = X12Segment | X12Fault;

// The longest segment of an 837 stays below 1,000 characters and 25 elements.
const segmentCharsMax = 10_000;
const elementsMax = 100;
const noInterchange =
  'no ISA segment here: send the file from its ISA segment on, which says how it is separated';
const tooLong =
  `no segment terminator within ${segmentCharsMax} characters; the character behind ISA16 must ` +
  'end every segment';
const tooMany = `more than ${elementsMax - 1} elements in one segment; look for a lost terminator`;

// Bytes turned into text at once: large enough to be fast, small enough to be forgotten.
const sliceBytes = 65_536;
// Enough of a text's end to hold the beginning of a header that the next bytes complete.
const headerStartChars = 6;

type Scan = {
  rest: string;
  separators: X12Separators | undefined;
  /** Inside a segment too long to keep: everything up to its terminator is dropped. */
  isSkipping: boolean;
  /** Outside any interchange, its lack told. */
  isSeeking: boolean;
  number: number;
  readonly items: X12Item[];
};

function addFault(scan: Scan, fault: X12Fault['fault'], message: string): void {
  scan.number += 1;
  scan.items.push({ fault, number: scan.number, message });
}

/** Index of the first character that is no blank, control character or byte order mark. */
function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 32) at += 1;
  return text.startsWith('\u00ef\u00bb\u00bf', at) ? skipBlanks(text, at + 3) : at;
}

const beginsHeader = (text: string, at: number): boolean =>
  text.startsWith('ISA', at) && /[^A-Za-z0-9\s]/.test(text[at + 3] ?? '');

/** Where the next interchange begins, told by its header's first seven characters; -1 if nowhere. */
function findHeader(text: string, from: number): number {
  const found = text.slice(from).search(headerStart);
  return found < 0 ? -1 : from + found;
}

/** Everything searched: all but what may be the beginning of a header. */
const searched = (text: string, at: number): number => Math.max(at, text.length - headerStartChars);

/** Reads the header at `at`; the index behind it, or undefined when more text is needed. */
function open(scan: Scan, text: string, at: number, isLast: boolean): number | undefined {
  const reading = readX12Header(text, at, isLast);
  if (reading.kind === 'more') return undefined;
  if (reading.kind === 'fault') {
    addFault(scan, 'header-invalid', reading.message);
    scan.separators = undefined;
    scan.isSeeking = true;
    return at + 3;
  }
  scan.separators = reading.separators;
  scan.isSeeking = false;
  scan.number += 1;
  scan.items.push({ id: 'ISA', elements: reading.elements, number: scan.number });
  return reading.end;
}

type Step = { readonly at: number; readonly isDone: boolean };
const done = (at: number): Step => ({ at, isDone: true });
const next = (at: number): Step => ({ at, isDone: false });

/** One step outside any interchange: says once that ISA is missing, then looks for the next one. */
function stepOutside(scan: Scan, text: string, at: number): Step {
  if (!scan.isSeeking) {
    addFault(scan, 'no-interchange', noInterchange);
    scan.isSeeking = true;
  }
  const header = findHeader(text, at);
  return header < 0 ? done(searched(text, at)) : next(header);
}

/** One step over a segment too long to keep: behind its terminator, or to the next interchange. */
function stepSkipping(scan: Scan, text: string, at: number, terminator: string): Step {
  const end = text.indexOf(terminator, at);
  const header = findHeader(text, at);
  if (end < 0 && header < 0) return done(searched(text, at));
  scan.isSkipping = false;
  return next(header >= 0 && (end < 0 || header < end) ? header : end + 1);
}

/** One step inside an interchange: a whole segment, or none yet. */
function stepSegment(scan: Scan, text: string, at: number, separators: X12Separators): Step {
  const end = text.indexOf(separators.terminator, at);
  if ((end < 0 ? text.length : end) - at > segmentCharsMax) {
    addFault(scan, 'segment-too-long', tooLong);
    scan.isSkipping = true;
    return next(at);
  }
  if (end < 0) return done(at);
  if (end > at) addSegment(scan, text.slice(at, end), separators);
  return next(end + 1);
}

function addSegment(scan: Scan, text: string, separators: X12Separators): void {
  const elements = text.split(separators.element, elementsMax + 1);
  if (elements.length > elementsMax) {
    addFault(scan, 'elements-too-many', tooMany);
    return;
  }
  scan.number += 1;
  scan.items.push({ id: elements[0] ?? '', elements, number: scan.number });
}

function step(scan: Scan, text: string, from: number, isLast: boolean): Step {
  const { separators } = scan;
  if (scan.isSkipping && separators) {
    return stepSkipping(scan, text, from, separators.terminator);
  }
  const at = skipBlanks(text, from);
  // A header shows by its fourth character.
  if (at >= text.length || (!isLast && text.length - at < 4)) return done(at);
  const isHeader = scan.isSeeking ? findHeader(text, at) === at : beginsHeader(text, at);
  if (isHeader) {
    const behind = open(scan, text, at, isLast);
    return behind === undefined ? done(at) : next(behind);
  }
  return separators ? stepSegment(scan, text, at, separators) : stepOutside(scan, text, at);
}

/** Takes the segments that `text` completes; what is left waits in `scan.rest`. */
function feed(scan: Scan, more: string, isLast: boolean): void {
  const text = scan.rest + more;
  let reached = next(0);
  while (!reached.isDone && reached.at < text.length) {
    reached = step(scan, text, reached.at, isLast);
  }
  scan.rest = text.slice(reached.at);
}

/** The end of the file: a last IEA may lack its terminator, anything else was cut off. */
function finish(scan: Scan): void {
  feed(scan, '', true);
  const rest = scan.rest.trim();
  const { separators } = scan;
  if (scan.number === 0) {
    addFault(scan, 'no-interchange', 'the file is empty');
  } else if (separators && !scan.isSkipping && rest !== '') {
    const elements = rest.split(separators.element);
    if (elements[0] === 'IEA') addSegment(scan, rest, separators);
    else addFault(scan, 'unterminated', 'the file ends inside this segment; send it whole');
  }
}

/**
 * The segments and faults of an X12 file in its order, as many at a time as the bytes at hand
 * complete. Takes bytes in pieces of any size and keeps no more than one segment between them.
 */
export async function* readX12Batches(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly X12Item[]> {
  const scan: Scan = {
    rest: '',
    separators: undefined,
    isSkipping: false,
    isSeeking: false,
    number: 0,
    items: [],
  };
  for await (const piece of bytes) {
    const buffer = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    for (let start = 0; start < buffer.length; start += sliceBytes) {
      feed(scan, buffer.toString('latin1', start, start + sliceBytes), false);
      if (scan.items.length > 0) yield scan.items.splice(0);
    }
  }
  finish(scan);
  if (scan.items.length > 0) yield scan.items;
}

/** The same, one by one. */
export async function* readX12Segments(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<X12Item> {
  for await (const batch of readX12Batches(bytes)) yield* batch;
}
