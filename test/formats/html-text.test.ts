// What is stored of a publisher's HTML is text: no tag, no script, nothing encoded, and never an error.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlText } from '../../shared/formats/html-text.ts';

describe('shared/formats/html-text.ts', () => {
  it.each([
    ['plain text stays as it is', 'Codes A < B & C', 'Codes A < B & C'],
    [
      'references are decoded',
      'provider&rsquo;s &amp; &#8217;&sect;&nbsp;1862',
      'provider’s & ’§ 1862',
    ],
    [
      'bytes of Windows-1252 are read as that',
      'provider\u0092s \u0093codes\u0094',
      'provider’s “codes”',
    ],
    ['each block is a line', '<p>One.</p><p>Two<br/>three</p>', 'One.\nTwo\nthree'],
    [
      'inline marks go',
      '<strong>Group&nbsp;1</strong> <a href="javascript:x()">codes</a>',
      'Group 1 codes',
    ],
    [
      'lists and tables',
      '<ul><li>a</li><li>b</li></ul><table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>',
      'a\nb\n1 2\n3',
    ],
    ['line breaks inside HTML are blanks', '<p>one\r\n   two</p>', 'one two'],
    ['line breaks of plain text stay', 'one\r\n\r\n  two ', 'one\ntwo'],
    [
      'scripts, styles and comments go',
      'a<script>steal()</script><style>p{}</style><!-- c -->b',
      'ab',
    ],
    ['what was encoded twice is decoded twice', '&lt;p&gt;a &amp;amp; b&lt;/p&gt;', 'a & b'],
    ['a hidden script does not come back', '&lt;script&gt;steal()&lt;/script&gt;codes', 'codes'],
    ['a comparison is no tag', '<p>a &lt; 5 and p<0.05 &gt; 3</p>', 'a < 5 and p<0.05 > 3'],
    ['tags that never close', '<p>a <b>b<i>c', 'a bc'],
    ['nothing', '', ''],
  ])('%s', (_, html, text) => {
    expect(htmlText(html)).toBe(text);
  });

  it('leaves no tag and no control character, whatever it is given', () => {
    const pieces = fc.constantFrom(
      ...[
        '<',
        '>',
        '&lt;',
        '&gt;',
        '&amp;',
        'script',
        'p',
        '/',
        '"',
        'x',
        ' ',
        '\u0000',
        '<!--',
        '-->',
      ],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const text = htmlText(parts.join(''));
        expect(text).not.toMatch(/<\/?[a-z][^<>]*>/i);
        expect(text).not.toMatch(/[^\P{Cc}\n]/u);
      }),
    );
  });

  it('reads tags that open and never close in no time', () => {
    const begun = performance.now();
    expect(htmlText(`${'<div>'.repeat(100_000)}end`)).toBe('end');
    expect(performance.now() - begun).toBeLessThan(4000);
  });
});
