// Bytes of a text file as text while they pass through, whatever wrote it: UTF-8, or the Latin-1 of older billing systems.
import { isUtf8 } from 'node:buffer';

// Turned into text at once: large enough to be fast, small enough to be forgotten.
const sliceBytes = 65_536;

/** Bytes of the character a byte begins in UTF-8; 1 for a byte that begins none. */
function lengthFrom(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 1;
}

/** Where the last character that the bytes may only begin starts; their length when none does. */
function wholeUntil(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (lengthFrom(byte) > back) return bytes.length - back;
    if (byte < 0x80) break;
  }
  return bytes.length;
}

/**
 * Each character that is UTF-8 as that, every other byte as the Latin-1 character it is: nothing is
 * lost, and the same bytes give the same text however they were cut.
 */
function decode(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let text = '';
  let plain = 0;
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    const length = byte < 0x80 ? 1 : lengthFrom(byte);
    const isCharacter = length > 1 && isUtf8(bytes.subarray(at, at + length));
    if (isCharacter) {
      text += bytes.toString('latin1', plain, at) + bytes.toString('utf8', at, at + length);
      plain = at + length;
    }
    at += isCharacter ? length : 1;
  }
  return text + bytes.toString('latin1', plain);
}

/**
 * The text of a file in pieces, without byte order mark. A piece never ends inside a character. Bytes
 * that are no UTF-8 are read as Latin-1; UTF-16 is not read, its reader must be told beforehand.
 */
export async function* readTextPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  let isFirst = true;
  const textOf = (part: Buffer): string => {
    const text = decode(part);
    const isMarked = isFirst && text.startsWith('\ufeff');
    isFirst &&= text === '';
    return isMarked ? text.slice(1) : text;
  };
  for await (const piece of bytes) {
    const buffer = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    for (let start = 0; start < buffer.length; start += sliceBytes) {
      const slice = buffer.subarray(start, start + sliceBytes);
      const part = rest.length > 0 ? Buffer.concat([rest, slice]) : slice;
      const end = wholeUntil(part);
      // A copy: what a stream hands out it may fill again.
      rest = Buffer.from(part.subarray(end));
      const text = textOf(part.subarray(0, end));
      if (text !== '') yield text;
    }
  }
  const last = textOf(rest);
  if (last !== '') yield last;
}
