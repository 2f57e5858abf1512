// A folder must never read as empty because its listing was odd.
import { describe, expect, it } from 'vitest';
import { parseIisListing } from '../../shared/formats/iis-listing.ts';

const url = 'https://ftp.example.test/pub/ICD10CM/2022/';
const page = (lines: string): string =>
  `<html><head><title>ftp.example.test - /pub/ICD10CM/2022/</title></head><body><H1>ftp.example.test - /pub/ICD10CM/2022/</H1><hr>\n\n<pre><A HREF="/pub/ICD10CM/">[To Parent Directory]</A><br><br>${lines}</pre><hr></body></html>`;
const zip =
  ' 6/23/2021 12:14 PM      2245367 <A HREF="/pub/ICD10CM/2022/Code%20Descriptions%20zip.zip">Code Descriptions zip.zip</A><br>';
const folder =
  '12/16/2021  9:05 AM        &lt;dir&gt; <A HREF="/pub/ICD10CM/2022/Q&amp;A/">Q&amp;A</A><br>';

describe('shared/formats/iis-listing.ts', () => {
  it('reads files and folders with decoded names, days and sizes', () => {
    expect(parseIisListing(page(zip + folder), url)).toEqual({
      entries: [
        {
          url: 'https://ftp.example.test/pub/ICD10CM/2022/Code%20Descriptions%20zip.zip',
          name: 'Code Descriptions zip.zip',
          kind: 'file',
          listed: '2021-06-23',
          sizeBytes: 2245367,
        },
        {
          url: 'https://ftp.example.test/pub/ICD10CM/2022/Q&A/',
          name: 'Q&A',
          kind: 'folder',
          listed: '2021-12-16',
          sizeBytes: undefined,
        },
      ],
      findings: [],
    });
  });

  it('takes a folder that holds nothing for empty', () => {
    expect(parseIisListing(page(''), url)).toEqual({ entries: [], findings: [] });
  });

  it.each<[string, string]>([
    ['an error page', '<html><body><h1>503 Service Unavailable</h1></body></html>'],
    ['nothing', ''],
    ['another page with preformatted text', '<html><body><pre>Moved</pre></body></html>'],
    ['a file', 'PK\u0003\u0004'],
  ])('refuses %s', (_, html) => {
    const { entries, findings } = parseIisListing(html, url);
    expect(entries).toEqual([]);
    expect(findings).toMatchObject([{ code: 'listing-shape', severity: 'error', where: url }]);
  });

  it.each(['</pre>', '</body>', '</html>'])('says that a listing is cut off before %s', (tag) => {
    const whole = page(zip + folder);
    const { findings } = parseIisListing(whole.slice(0, whole.indexOf(tag)), url);
    expect(findings).toMatchObject([{ code: 'listing-shape', severity: 'error' }]);
  });

  it.each<[string, string]>([
    ['another date format', zip.replace(' 6/23/2021', '2021-06-23')],
    ['a day that is none', zip.replace('6/23', '2/30')],
    ['no size', zip.replace('2245367', '')],
    ['a link that is no URL', zip.replace('/pub/ICD10CM/2022/Code', 'https://[')],
  ])('says that a line has %s and keeps the others', (_, line) => {
    const { entries, findings } = parseIisListing(page(line + folder), url);
    expect(entries.map(({ name }) => name)).toEqual(['Q&A']);
    expect(findings).toMatchObject([{ code: 'listing-shape', severity: 'error' }]);
  });
});
