// The limits SNS sets on subjects and attributes. Publishing itself is in test/contract/.
import { describe, expect, test } from 'vitest';
import { snsAttributes, snsSubject } from '../../shared/edge/sns-publisher.ts';

describe('shared/edge/sns-publisher.ts', () => {
  test.each([
    [
      'a plain subject stays',
      '3 codes you use change on 1 October',
      '3 codes you use change on 1 October',
    ],
    ['accents and typographic marks become ASCII', 'Ménière’s – 2026', 'Menieres - 2026'],
    ['line breaks, tabs and control characters become one blank', ' a\r\n\tb\u0007c ', 'a b c'],
    ['100 characters stay', 'x'.repeat(100), 'x'.repeat(100)],
    ['101 are cut to 100 with an ellipsis', 'x'.repeat(101), `${'x'.repeat(97)}...`],
  ])('%s', (_, text, expected) => {
    expect(snsSubject(text)).toBe(expected);
  });

  test('strings and arrays of strings become attributes that filter policies read', () => {
    expect(snsAttributes({ tenant: 'clinic', kinds: ['expanded', 'ended'] })).toEqual({
      tenant: { DataType: 'String', StringValue: 'clinic' },
      kinds: { DataType: 'String.Array', StringValue: '["expanded","ended"]' },
    });
  });
});
