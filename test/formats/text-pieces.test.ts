import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTextPieces } from '../../shared/formats/text-pieces.ts';

async function textOf(bytes: Uint8Array, size: number): Promise<string> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  let text = '';
  for await (const piece of readTextPieces(pieces())) text += piece;
  return text;
}

describe('shared/formats/text-pieces.ts', () => {
  it('reads any UTF-8 text as it is, from pieces of any size, without its byte order mark', async () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        texts,
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        async (text, size, isMarked) => {
          const bytes = Buffer.from(isMarked ? `\uFEFF${text}` : text, 'utf8');
          const expected = isMarked ? text : text.replace(/^\uFEFF/, '');
          expect(await textOf(bytes, size)).toBe(expected);
        },
      ),
    );
  });

  it('reads bytes that are no UTF-8 as Latin-1, each by itself', async () => {
    const mixed = Buffer.concat([Buffer.from('é–', 'utf8'), Buffer.from('Ménière é', 'latin1')]);
    for (const size of [1, 2, 3, 100]) expect(await textOf(mixed, size)).toBe('é–Ménière é');
  });

  it('reads any bytes to the same text however they are cut, and loses none', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 60 }),
        fc.integer({ min: 1, max: 7 }),
        async (bytes, size) => {
          const whole = await textOf(bytes, 1_000);
          expect(await textOf(bytes, size)).toBe(whole);
          expect(Buffer.byteLength(whole)).toBeGreaterThanOrEqual(bytes.length - 3);
        },
      ),
    );
  });
});
