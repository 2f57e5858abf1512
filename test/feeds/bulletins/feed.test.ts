// Bulletins of every format become items to be looked at, never rules; damaged feeds are refused by name.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarDate } from '../../../shared/core/calendar-date.ts';
import { createBulletinFeed } from '../../../shared/feeds/bulletins/feed.ts';
import type { PolicyReading } from '../../../shared/feeds/policy-feed.ts';
import { haveOfficialFiles, officialFiles } from '../../support/official-files.ts';

const url = 'https://www.example.gov/news/feed';
const feed = createBulletinFeed({ id: 'news', title: 'News', url, hosts: ['www.example.gov'] });
const read = (content: string | Uint8Array): Promise<PolicyReading> =>
  feed.read([{ url, sha256: 'a', unchanged: false }], {
    collected: calendarDate('2026-05-09'),
    bytesOf: async () => Buffer.from(content),
  });
const codesOf = ({ findings }: PolicyReading): string[] =>
  findings.map(({ code, severity }) => `${severity} ${code}`);

const item = (inner: string): string => `<item>${inner}</item>`;
const rss = (items: string, head = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${head}<rss version="2.0"><channel><title>News</title>${items}</channel></rss>`;
const notice = item(
  '<guid>n-1</guid><title>A57791 revised</title><link>/a?x=1&amp;y=2</link><pubDate>Fri, 08 May 2026 23:59:01 EST</pubDate>' +
    '<description>&lt;p&gt;M54.50 &amp;amp; &lt;b&gt;M54.51&lt;/b&gt; were added on 10/1/2026.&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;p&gt;Nothing else.&lt;/p&gt;</description>',
);

const atom = (entries: string): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://cms.example/b/"><id>f</id><title>T</title>${entries}</feed>`;

const jsonFeed = (...items: object[]): string =>
  JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'News', items });

describe('shared/feeds/bulletins/feed.ts', () => {
  it('makes an item of an RSS bulletin: plain text, an absolute link, the publisher’s day', async () => {
    const { reviews, documents, complete, findings } = await read(rss(notice));
    expect([documents, complete, findings]).toEqual([[], false, []]);
    expect(reviews).toEqual([
      {
        id: expect.stringMatching(/^news-[0-9a-f]{16}$/),
        feed: 'news',
        title: 'A57791 revised',
        url: 'https://www.example.gov/a?x=1&y=2',
        published: '2026-05-08',
        firstSeen: '2026-05-09',
        codes: ['M5450', 'M5451'],
        procedures: [],
        documents: ['A57791'],
        dates: ['2026-10-01'],
        quotes: ['A57791 revised', 'M54.50 & M54.51 were added on 10/1/2026.'],
      },
    ]);
  });

  it('leaves no markup in what it quotes, however it was escaped', async () => {
    const hidden = ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;']
      .map((text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'))
      .join(' M54.50 ');
    const { reviews } = await read(rss(item(`<guid>1</guid><title>${hidden}</title>`)));
    expect(reviews[0]?.codes).toEqual(['M5450']);
    expect(JSON.stringify(reviews)).not.toMatch(/<\w/);
  });

  it('reads Atom: text, HTML and XHTML, the link for people, its base', async () => {
    const { reviews, findings } = await read(
      atom(
        '<entry><id>urn:1</id><title type="html">L36920 &amp;lt;new&amp;gt;</title><link rel="self" href="x"/><link href="1.html"/><updated>2026-05-07T01:00:00+14:00</updated>' +
          '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Covers <b>M51.360</b>, not <i>M51.369</i>.</div></content></entry>' +
          '<entry><id>urn:2</id><title type="html">A &amp;lt; B</title><summary>Of M54.16 &amp; more &lt;b&gt;text&lt;/b&gt;.</summary></entry>',
      ),
    );
    expect(findings).toEqual([]);
    const first = reviews.find(({ documents }) => documents.length > 0);
    expect(first).toMatchObject({
      url: 'https://cms.example/b/1.html',
      published: '2026-05-07',
      codes: ['M51360', 'M51369'],
    });
    expect(first?.quotes).toContain('Covers M51.360, not M51.369.');
    expect(reviews.find(({ codes }) => codes[0] === 'M5416')).toMatchObject({
      url: 'https://cms.example/b/',
      title: 'A < B',
    });
  });

  it('reads Atom whatever its elements are prefixed with', async () => {
    const { reviews, findings } = await read(
      '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:id>urn:1</a:id><a:title>L36920</a:title></a:entry>' +
        '<entry xmlns="http://www.w3.org/2005/Atom" xmlns:h="http://www.w3.org/1999/xhtml"><id>urn:2</id><title>M54.16</title>' +
        '<content type="xhtml"><h:div><h:p>From 2026-10-01</h:p><h:p>M54.17 goes.</h:p></h:div></content></entry></a:feed>',
    );
    expect(findings).toEqual([]);
    expect(reviews.flatMap(({ documents }) => documents)).toEqual(['L36920']);
    expect(reviews.find(({ codes }) => codes.length > 0)).toMatchObject({
      codes: ['M5416', 'M5417'],
      dates: ['2026-10-01'],
      quotes: ['M54.16', 'From 2026-10-01', 'M54.17 goes.'],
    });
  });

  it('says of a feed outside Atom’s namespace that it is', async () => {
    const { findings } = await read(
      '<a:feed xmlns:a="http://purl.org/atom/ns#"><a:entry/></a:feed>',
    );
    expect(findings.map(({ message }) => message)).toEqual([
      'Its root element is a:feed, but not in the namespace of Atom.',
    ]);
  });

  it.each([
    ['description', ''],
    ['content:encoded', ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'],
  ])('quotes an RSS %s with markup that is not escaped as it was written', async (name, more) => {
    const text =
      'Effective <b>October 1, 2026</b> code <i>M54.50</i> is removed from <a href="x">A57791</a>.';
    const { reviews, findings } = await read(
      rss(
        item(
          `<guid>1</guid><title>An <em>update</em> of it</title><${name}${more}>${text}</${name}>`,
        ),
      ),
    );
    expect(findings).toEqual([]);
    expect(reviews).toMatchObject([
      {
        title: 'An update of it',
        codes: ['M5450'],
        documents: ['A57791'],
        dates: ['2026-10-01'],
        quotes: ['Effective October 1, 2026 code M54.50 is removed from A57791.'],
      },
    ]);
  });

  it('reads markup, escaped markup and CDATA in one element in their order, scripts left out', async () => {
    const inner =
      '<p>First M54.16.</p>Then &lt;b&gt;M54.17&lt;/b&gt; &amp; more.<![CDATA[<p>Last <i>M54.50</i>.</p>]]><script>M54.51</script>';
    const { reviews } = await read(rss(item(`<guid>1</guid><description>${inner}</description>`)));
    expect(reviews[0]?.quotes).toEqual(['First M54.16.', 'Then M54.17 & more.', 'Last M54.50.']);
  });

  it('makes an item of a bulletin that names codes only in ranges and by three characters', async () => {
    const titles = ['CPT codes 62320-62323 end', 'ICD-10-CM code I10 ends', 'QA0.0101 begins'];
    const { reviews, findings } = await read(
      rss(titles.map((title, at) => item(`<guid>${at}</guid><title>${title}</title>`)).join('')),
    );
    expect(findings).toEqual([]);
    const named = reviews.map(({ codes, procedures }) => [...codes, ...procedures].join(' '));
    expect(named.toSorted()).toEqual(['62320 62323', 'I10', 'QA00101']);
  });

  it('reads a JSON Feed', async () => {
    const { reviews, findings } = await read(
      jsonFeed(
        {
          id: 7,
          url: 'https://a.example/7',
          content_html: '<p>CPT 62323 with M54.16</p>',
          date_published: '2026-05-01T10:00:00Z',
        },
        { id: '8', title: 'Office closed', content_text: 'On Monday.' },
      ),
    );
    expect(reviews).toHaveLength(1);
    expect(reviews[0]).toMatchObject({
      url: 'https://a.example/7',
      published: '2026-05-01',
      codes: ['M5416'],
      procedures: ['62323'],
    });
    expect(findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'bulletin-names-nothing 1 of 2 bulletins name no code, procedure, document or date.',
    ]);
  });

  it('reads an answer of the Federal Register; its effective date is a date found', async () => {
    const results = [
      {
        title: 'Medicare Program; Rates',
        document_number: '2026-09123',
        publication_date: '2026-05-06',
        effective_on: '2026-10-01',
        abstract: 'This rule updates rates.',
        html_url: 'https://www.federalregister.gov/documents/2026/05/06/2026-09123/rates',
      },
      { title: 'Meeting', document_number: '2026-09124', abstract: null, effective_on: null },
    ];
    const { reviews } = await read(JSON.stringify({ count: 2, total_pages: 1, results }));
    expect(reviews).toHaveLength(1);
    expect(reviews[0]).toMatchObject({
      published: '2026-05-06',
      dates: ['2026-10-01'],
      quotes: ['Medicare Program; Rates'],
      url: results[0]?.html_url,
    });
    const none = await read('{"description":"Documents matching","count":0}');
    expect([none.reviews, none.findings]).toEqual([[], []]);
  });

  it('gives one bulletin one id, whatever else is in the file', async () => {
    const one = await read(rss(notice));
    const more = await read(rss(item('<guid>n-2</guid><title>M54.16</title>') + notice));
    expect(more.reviews.map(({ id }) => id)).toContain(one.reviews[0]?.id);
    expect(new Set(more.reviews.map(({ id }) => id)).size).toBe(2);
  });

  it.each([
    [
      'without an id',
      '<title>M54.16</title><link>https://a.example/1</link>',
      'info bulletin-without-id',
    ],
    ['without id and link', '<title>M54.16</title>', 'info bulletin-without-id'],
    [
      'with a day that is none',
      '<guid>1</guid><title>M54.16</title><pubDate>31 Feb 2026 10:00 GMT</pubDate>',
      'warning bulletin-date',
    ],
    [
      'with a link that is script',
      '<guid>1</guid><title>M54.16</title><link>javascript:alert(1)</link>',
      'warning bulletin-link',
    ],
  ])('keeps a bulletin %s and says so', async (_, inner, finding) => {
    const reading = await read(rss(item(inner)));
    expect(codesOf(reading)).toEqual([finding]);
    expect(reading.reviews).toHaveLength(1);
    expect(reading.reviews[0]).not.toHaveProperty('published');
    expect(reading.reviews[0]?.url).toMatch(/^https:/);
  });

  it('tells ids that stand twice: the same bulletin once, two bulletins both', async () => {
    const same = item('<guid>1</guid><title>M54.16</title>');
    const other = item('<guid>1</guid><title>M54.17</title>');
    const reading = await read(rss(same + same + other));
    expect(codesOf(reading)).toEqual(['info bulletin-repeated', 'warning bulletin-duplicate-id']);
    expect(reading.reviews.flatMap(({ codes }) => codes).toSorted()).toEqual(['M5416', 'M5417']);
    expect(new Set(reading.reviews.map(({ id }) => id)).size).toBe(2);
  });

  it('leaves out what says nothing, and tells it', async () => {
    expect(codesOf(await read(rss(item('<guid>1</guid>') + notice)))).toEqual([
      'warning bulletin-empty',
    ]);
    expect(codesOf(await read(jsonFeed({ id: '1', title: ['M54.16'] })))).toEqual([
      'warning json-feed-item',
    ]);
  });

  it('takes a document type inside a text for text', async () => {
    const inner =
      '<guid>1</guid><description><![CDATA[<!DOCTYPE html><p>M54.16</p>]]></description>';
    expect((await read(rss(item(inner)))).reviews[0]?.codes).toEqual(['M5416']);
  });

  it('reads Latin-1 that says so', async () => {
    const text = rss(item('<guid>1</guid><title>Ménière H81.09</title>'));
    const declared = text.replace('UTF-8', 'ISO-8859-1');
    const reading = await read(Buffer.from(declared, 'latin1'));
    expect(reading.reviews[0]?.title).toBe('Ménière H81.09');
    expect(codesOf(await read(Buffer.from(text, 'latin1')))).toEqual(['error encoding']);
  });

  const bomb = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>\n';
  const depth = 200;
  it.each<[string, string | Uint8Array, string]>([
    ['cut off in an item', rss(notice).slice(0, -40), 'xml-malformed'],
    [
      'with an item that is not closed',
      rss(notice.replace('</item>', '') + notice),
      'xml-malformed',
    ],
    [
      'with entities of its own',
      rss(item('<guid>1</guid><title>&b;</title>'), bomb),
      'xml-doctype',
    ],
    [
      'of an external document type',
      rss(notice, '<!DOCTYPE rss SYSTEM "file:///etc/passwd">'),
      'xml-doctype',
    ],
    ['nested too deep', rss(item('<b>'.repeat(depth) + '</b>'.repeat(depth))), 'xml-refused'],
    ['with two root elements', `${rss(notice)}<rss/>`, 'xml-roots'],
    ['of RSS 0.91', rss(notice).replace('"2.0"', '"0.91"'), 'rss-version'],
    ['of RSS 1.0', '<rdf:RDF xmlns:rdf="r"><item/></rdf:RDF>', 'bulletin-shape'],
    ['without a channel', '<rss version="2.0"></rss>', 'rss-channel'],
    ['of a feed that is no Atom', '<feed><entry/></feed>', 'bulletin-shape'],
    [
      'that is a web page',
      '<!DOCTYPE html>\n<html><body>Error 500</body></html>',
      'html-instead-of-file',
    ],
    ['that is plain text', 'Service unavailable', 'bulletin-shape'],
    ['that is empty', '', 'empty-file'],
    ['in UTF-16', Buffer.from(`\ufeff${rss(notice)}`, 'utf16le'), 'encoding'],
    ['of JSON that is cut off', jsonFeed({ id: '1' }).slice(0, -5), 'json-malformed'],
    [
      'of JSON with a name twice',
      '{"version":"https://jsonfeed.org/version/1","items":[],"items":[]}',
      'json-duplicate-key',
    ],
    [
      'of a JSON Feed without items',
      '{"version":"https://jsonfeed.org/version/1"}',
      'json-feed-shape',
    ],
    [
      'of a JSON Feed of a version to come',
      '{"version":"https://jsonfeed.org/version/2","items":[{"id":"1","title":"M54.16"}]}',
      'json-feed-version',
    ],
    ['of any other JSON', '{"articles":[]}', 'not-a-json-feed'],
    [
      'of the Federal Register with a negative count',
      '{"count":-1,"results":[]}',
      'federal-register-shape',
    ],
    [
      'of the Federal Register without what it counts',
      '{"count":3,"results":[]}',
      'federal-register-count',
    ],
  ])('refuses a file %s', async (_, content, code) => {
    const reading = await read(content);
    expect(codesOf(reading)).toEqual([`error ${code}`]);
    expect(reading.reviews).toEqual([]);
  });

  it('refuses a feed wherever it was cut off, and never throws', async () => {
    const whole = Buffer.from(rss(notice));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
        const { reviews, findings } = await read(whole.subarray(0, length));
        expect(reviews).toEqual([]);
        expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect((await read(bytes)).reviews).toEqual([]);
      }),
    );
  });

  it('reads a page of the Federal Register that is one of several, and says so', async () => {
    const results = [{ title: 'M54.16', document_number: '1' }, 'nonsense'];
    const reading = await read(JSON.stringify({ count: 200, total_pages: 2, results }));
    expect(codesOf(reading)).toContain('warning federal-register-pages');
    expect(codesOf(reading)).toContain('warning federal-register-document');
    expect(reading.reviews).toHaveLength(1);
  });

  it('says that documents of the Federal Register are missing where no number of pages does', async () => {
    const results = [{ title: 'M54.16', document_number: '1' }];
    const { findings, reviews } = await read(JSON.stringify({ count: 5, results }));
    expect(findings).toMatchObject([
      {
        code: 'federal-register-pages',
        severity: 'warning',
        message: 'It holds 1 of the 5 documents; the others are not read.',
      },
    ]);
    expect(reviews).toHaveLength(1);
    expect((await read(JSON.stringify({ count: 1, results }))).findings).toEqual([]);
  });
});

describe.skipIf(!haveOfficialFiles)('a real change log of coverage documents', () => {
  const sample = (name: string): Buffer =>
    readFileSync(join(officialFiles, 'policy/mcd-changelog', name));

  it('names its 18 articles and LCDs, one bulletin each; its NCDs name nothing', async () => {
    const reading = await read(sample('rss.xml'));
    expect(codesOf(reading)).toEqual(['info bulletin-names-nothing']);
    const titles = [
      ...sample('rss.xml')
        .toString()
        .matchAll(/<title>([AL]\d{5}):/g),
    ];
    expect(titles).toHaveLength(18);
    expect(reading.reviews.flatMap(({ documents }) => documents).toSorted()).toEqual(
      titles.map(([, id]) => id).toSorted(),
    );
  });

  it('finds the codes of A54799, the procedures of A53066, both dates of A59350', async () => {
    const { reviews } = await read(sample('rss.xml'));
    const of = (id: string) => reviews.find(({ documents }) => documents.includes(id));
    expect(of('A54799')?.codes.join(' ')).toBe(
      'F11120 F1210 F1220 F1221 F1310 F1320 F1321 F1410 F14120 F1420 F1421 F1510 F1520 F1521 F1910 F1921',
    );
    expect(of('A53066')?.procedures).toEqual(['C9399', 'J3490', 'J3590']);
    expect(of('A58559')?.procedures).toEqual(['70471']);
    expect(of('A59350')?.dates).toEqual(['2026-01-01', '2026-04-01']);
    expect(of('A59350')?.published).toBe('2026-05-08');
  });

  it('is 4 items of one contractor, and 1 of 8 national ones, which has a date', async () => {
    const noridian = await read(sample('noridian-healthcare-solutions.rss.xml'));
    expect(noridian.reviews).toHaveLength(4);
    const national = await read(sample('national-coverage.rss.xml'));
    expect(national.reviews.map(({ dates }) => dates)).toEqual([['2026-02-25']]);
  });

  it('is refused as a list of records, which is no JSON Feed', async () => {
    expect(codesOf(await read(sample('feed.json')))).toEqual(['error not-a-json-feed']);
  });
});
