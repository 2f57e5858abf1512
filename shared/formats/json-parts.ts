// Cuts a JSON text into the records it holds while it passes through: the elements of a list, the entries of a FHIR
// Bundle, or values one behind the other. Only the cuts are found here; each part is parsed by itself with JSON.parse.
import { endPart, fail, type JsonItem, keep, newScan, resetValue, type Scan } from './json-scan.ts';

const depthMax = 500;
const keyCharsMax = 40;

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];
const lineFeed = 0x0a;

const isBlank = (char: number): boolean =>
  char === 0x20 || char === lineFeed || char === 0x0d || char === 0x09;

/** The end of a string that begins at `at` or goes on there; the index behind it, or -1. */
function scanString(scan: Scan, piece: string, at: number): number {
  for (let i = at; i < piece.length; i += 1) {
    const char = piece.charCodeAt(i);
    if (scan.isEscaped) scan.isEscaped = false;
    else if (char === backslash) scan.isEscaped = true;
    else if (char === quote) return i + 1;
    else if (char < 0x20 && char !== 0x09) return -1;
  }
  return piece.length + 1;
}

const cutShort = 'is no JSON here; correct it, or send one record a line (NDJSON)';

/** True when the list that opens now holds the records. */
function opensRecords({ stack, key, resourceType, splitDepth }: Scan): boolean {
  if (splitDepth > 0) return false;
  if (stack.length === 0) return true;
  const isBundle = resourceType === '' || resourceType === 'Bundle';
  return stack.length === 1 && stack[0] === closeBrace && key === 'entry' && isBundle;
}

/** Takes an opening bracket at `at`; answers from where the next part's text counts. */
function open(scan: Scan, piece: string, from: number, at: number): number {
  const isList = piece.charCodeAt(at) === openBracket;
  const opens = isList && opensRecords(scan);
  if (scan.stack.length === 0 && !opens) scan.textLine = scan.line;
  scan.stack.push(isList ? closeBracket : closeBrace);
  if (!opens) return from;
  keep(scan, piece, from, at + 1);
  scan.shell = scan.text;
  scan.text = '';
  scan.textLine = 0;
  scan.splitDepth = scan.stack.length;
  scan.splitKey = scan.stack.length === 2 ? 'entry' : '';
  return at + 1;
}

/** Takes a closing bracket at `at`; answers from where the next part's text counts. */
function close(scan: Scan, piece: string, from: number, at: number): number {
  const depth = scan.stack.length;
  scan.stack.pop();
  if (depth === scan.splitDepth) {
    endPart(scan, piece.slice(from, at));
    scan.text = scan.shell;
    scan.splitDepth = 0;
    // A second list `entry` in the same object would be cut apart as well; its places count on.
    if (depth > 1) return at;
    scan.items.push({ kind: 'shell', text: `${scan.shell}]` });
    resetValue(scan);
    return at + 1;
  }
  if (depth > 1) return from;
  if (scan.shell === '') {
    endPart(scan, piece.slice(from, at + 1));
  } else {
    scan.items.push({ kind: 'shell', text: scan.text + piece.slice(from, at + 1) });
  }
  resetValue(scan);
  return at + 1;
}

/** Looks for a line that begins a value; the index of its first character, or the piece's length. */
function seek(scan: Scan, piece: string, at: number): number {
  for (let i = at; i < piece.length; i += 1) {
    const char = piece.charCodeAt(i);
    if (scan.isLineStart && (char === openBrace || char === openBracket)) {
      scan.isLost = false;
      scan.isPatched = true;
      return i;
    }
    scan.isLineStart = char === lineFeed;
    if (char === lineFeed) scan.line += 1;
  }
  return piece.length;
}

/** True when a bracket may open here: a record that was cut short often ends before the next one begins. */
function mayOpen({ stack, previous }: Scan): boolean {
  const around = stack.at(-1);
  if (around === undefined) return true;
  if (stack.length >= depthMax) return false;
  if (around === closeBrace) return previous === colon;
  return previous === comma || previous === openBracket;
}

/** Takes a bracket at `at`; from where the next part's text counts, or -1 when it cannot stand here. */
function takeBracket(scan: Scan, piece: string, from: number, at: number): number {
  const char = piece.charCodeAt(at);
  if (char === openBrace || char === openBracket) {
    if (!mayOpen(scan)) return -1;
    return open(scan, piece, scan.stack.length === 0 ? at : from, at);
  }
  if (scan.stack.length === 0 && scan.isPatched) return at + 1;
  return char === scan.stack.at(-1) ? close(scan, piece, from, at) : -1;
}

/** Takes a character that is neither blank, bracket nor of a string; the same answer. */
function takeOther(scan: Scan, piece: string, from: number, at: number): number {
  const char = piece.charCodeAt(at);
  const depth = scan.stack.length;
  if (depth === 0) return char === comma ? at + 1 : -1;
  if (char === comma && depth === scan.splitDepth) {
    endPart(scan, piece.slice(from, at));
    return at + 1;
  }
  if (depth === 1 && char === colon) scan.key = scan.word;
  else if (depth === 1 && char === comma) scan.key = '';
  return from;
}

const isBracket = (char: number): boolean =>
  char === openBrace || char === closeBrace || char === openBracket || char === closeBracket;

/** Reads on in a string from `at`; the index behind what was read, or -1 when it breaks off. */
function takeString(scan: Scan, piece: string, at: number): number {
  const end = scanString(scan, piece, at);
  if (end < 0) return -1;
  const isOutermost = scan.stack.length === 1 && scan.splitDepth === 0;
  if (isOutermost && scan.word.length < keyCharsMax) {
    scan.word = (scan.word + piece.slice(at, end - 1)).slice(0, keyCharsMax);
  }
  if (end > piece.length) return piece.length;
  scan.isInString = false;
  if (isOutermost && scan.key === 'resourceType') scan.resourceType ||= scan.word;
  return end;
}

/** Takes a character outside any string that is no blank; the same answer as of {@link takeBracket}. */
function takeCharacter(scan: Scan, piece: string, from: number, at: number): number {
  const char = piece.charCodeAt(at);
  const depth = scan.stack.length;
  if (scan.textLine === 0 && depth > 0 && depth === scan.splitDepth) scan.textLine = scan.line;
  if (isBracket(char)) return takeBracket(scan, piece, from, at);
  if (char !== quote || depth === 0) return takeOther(scan, piece, from, at);
  scan.isInString = true;
  scan.word = '';
  return from;
}

function takePiece(scan: Scan, piece: string): void {
  let from = 0;
  for (let at = 0; at < piece.length; ) {
    const char = piece.charCodeAt(at);
    if (scan.isLost) {
      at = seek(scan, piece, at);
      from = at;
    } else if (!scan.isInString && isBlank(char)) {
      if (char === lineFeed) scan.line += 1;
      scan.isLineStart = char === lineFeed;
      at += 1;
    } else if (scan.isInString) {
      const end = takeString(scan, piece, at);
      if (end < 0) fail(scan, cutShort);
      else at = end;
    } else {
      const next = takeCharacter(scan, piece, from, at);
      if (next < 0) {
        fail(scan, cutShort);
        continue;
      }
      from = next;
      scan.previous = char;
      scan.isLineStart = false;
      at += 1;
    }
  }
  if (scan.stack.length > 0) keep(scan, piece, from, piece.length);
}

/**
 * The records of a JSON text in its order, as many at a time as the pieces at hand complete: the
 * elements of a list, the `entry` elements of an object that is a Bundle or says nothing else before
 * them, whole objects otherwise. Behind a fault reading goes on at the next line that begins with a
 * bracket. Keeps one record at most.
 */
export async function* readJsonItems(
  pieces: AsyncIterable<string>,
): AsyncGenerator<readonly JsonItem[]> {
  const scan = newScan();
  for await (const piece of pieces) {
    takePiece(scan, piece);
    if (scan.items.length > 0) yield scan.items.splice(0);
  }
  if (scan.stack.length > 0) {
    fail(scan, 'the file ends inside; send it whole');
    yield scan.items;
  }
}
