// The order of text by UTF-8 bytes, against the bytes themselves.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareUtf8 } from '../../shared/core/utf8-order.ts';

describe('shared/core/utf8-order.ts', () => {
  test('texts sort as their UTF-8 bytes do', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'é', '\u4e2d', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}'),
    });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
        expect(Math.sign(compareUtf8(a, b))).toBe(bytes);
      }),
    );
  });

  test('a character above U+FFFF comes after U+FFFF, though its UTF-16 units are smaller', () => {
    expect('\u{1F600}' < '\uffff').toBe(true);
    expect(compareUtf8('\u{1F600}', '\uffff')).toBeGreaterThan(0);
  });
});
