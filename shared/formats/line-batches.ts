// Lines of a text while it passes through, with their numbers; a line too long to keep costs no other one.

/** One line without its end; `number` counts from 1, empty lines too. */
export type TextLine = {
  readonly text: string;
  readonly number: number;
  /** Longer than can be kept; `text` is empty. */
  readonly isTooLong?: true;
};

/** Characters one line may have: more than any claim, few enough to hold. */
export const lineCharsMax = 16_000_000;

const lineEnd = /\r\n|\n|\r/;

const split = (text: string): string[] =>
  text.includes('\r') ? text.split(lineEnd) : text.split('\n');

/**
 * The lines of a text, as many at a time as the pieces at hand complete. Lines end with LF, CR LF or
 * CR; a last one without end counts.
 */
export async function* readLineBatches(
  pieces: AsyncIterable<string>,
): AsyncGenerator<readonly TextLine[]> {
  let rest = '';
  let number = 0;
  let isTooLong = false;
  let isBehindReturn = false;
  const lineOf = (text: string): TextLine => {
    number += 1;
    return isTooLong ? { text: '', number, isTooLong } : { text, number };
  };
  for await (const piece of pieces) {
    // The line end of CR LF may be cut in two.
    const text = isBehindReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
    isBehindReturn = piece.endsWith('\r');
    const parts = split(text);
    const last = parts.pop() ?? '';
    const lines: TextLine[] = [];
    for (const part of parts) {
      isTooLong ||= rest.length + part.length > lineCharsMax;
      lines.push(lineOf(rest === '' ? part : rest + part));
      rest = '';
      isTooLong = false;
    }
    rest += last;
    if (rest.length > lineCharsMax) {
      rest = '';
      isTooLong = true;
    }
    if (lines.length > 0) yield lines;
  }
  if (rest !== '' || isTooLong) yield [lineOf(rest)];
}
