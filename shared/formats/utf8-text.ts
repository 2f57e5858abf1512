// Decodes a small text file that has to be UTF-8, and says by name what it is instead when it is not.
import type { FindingList } from './finding-list.ts';
import { looksLikeHtml } from './looks-like-html.ts';

const startsWith = (bytes: Uint8Array, ...first: readonly number[]): boolean =>
  first.every((byte, at) => bytes[at] === byte);

/** The encoding a byte order mark or the zeros of ASCII in wide characters give away. */
function wideEncoding(bytes: Uint8Array): string | undefined {
  if (startsWith(bytes, 0xff, 0xfe, 0, 0) || startsWith(bytes, 0, 0, 0xfe, 0xff)) return 'UTF-32';
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) return 'UTF-16';
  return bytes.length > 1 && (bytes[0] === 0) !== (bytes[1] === 0) ? 'UTF-16' : undefined;
}

/** Line of the first byte that is no UTF-8, from 1. */
function lineOfFault(bytes: Uint8Array): number {
  const text = new TextDecoder('utf-8').decode(bytes);
  return text.slice(0, text.indexOf('\ufffd')).split('\n').length;
}

/**
 * The text without byte order mark, or undefined. Findings that are errors: `file-too-large`, `empty-file`,
 * `html-instead-of-file`, `encoding` (UTF-16, Latin-1 and the like), `control-characters` (a file that is no text);
 * information: `byte-order-mark`.
 */
export function readUtf8(
  bytes: Uint8Array,
  { where, list, bytesMax }: { where: string; list: FindingList; bytesMax: number },
): string | undefined {
  const refuse = (code: string, at: string, message: string): undefined => {
    list.add(code, 'error', at, message);
    return undefined;
  };
  if (bytes.length > bytesMax) {
    return refuse('file-too-large', where, `It has ${bytes.length} bytes, ${bytesMax} at most.`);
  }
  if (looksLikeHtml(bytes)) {
    return refuse('html-instead-of-file', where, 'This is a web page. Look at the URL.');
  }
  const wide = wideEncoding(bytes);
  if (wide) return refuse('encoding', where, `The file is ${wide}. Save it as UTF-8.`);
  const isMarked = startsWith(bytes, 0xef, 0xbb, 0xbf);
  const text = decode(bytes);
  if (text === undefined) {
    const at = `${where} line ${lineOfFault(bytes)}`;
    return refuse('encoding', at, 'A character is not UTF-8 (Latin-1?). Save the file as UTF-8.');
  }
  if (text.trim() === '') return refuse('empty-file', where, 'The file is empty.');
  if (hasControls(text)) {
    return refuse('control-characters', where, 'It holds control characters: it is no text file.');
  }
  if (isMarked) {
    const message = 'It begins with a byte order mark, which UTF-8 does not need; it was skipped.';
    list.add('byte-order-mark', 'info', where, message);
  }
  return text;
}

function hasControls(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    // Tab, line feed, form feed and carriage return are what texts hold.
    if (char < 32 && char !== 9 && char !== 10 && char !== 12 && char !== 13) return true;
  }
  return false;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
