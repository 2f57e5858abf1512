// The links of CMS's page, resolved as a browser would.
import { describe, expect, it } from 'vitest';
import { parseLinkPage } from '../../shared/formats/link-page.ts';

const url = 'https://www.example.test/medicare/icd-10-codes/';
const links = (html: string) => parseLinkPage(html, url).links;

describe('shared/formats/link-page.ts', () => {
  it('gives absolute URLs and visible texts in the order of the page', () => {
    const html = `<ul><li><a class="file" href="/files/zip/2026-order.zip">2026 Order\n  (<b>ZIP</b>)</a></li>
      <li><A HREF='a%20b.zip?x=1&amp;y=2#top'>Q&amp;A</A></li>
      <li><a href="//cdn.example.test/c.zip">C</a></li></ul>`;
    expect(links(html)).toEqual([
      { url: 'https://www.example.test/files/zip/2026-order.zip', text: '2026 Order (ZIP)' },
      { url: 'https://www.example.test/medicare/icd-10-codes/a%20b.zip?x=1&y=2', text: 'Q&A' },
      { url: 'https://cdn.example.test/c.zip', text: 'C' },
    ]);
  });

  it('honours the base a page declares', () => {
    expect(links('<base href="/files/"><a href="a.zip">A</a>')).toEqual([
      { url: 'https://www.example.test/files/a.zip', text: 'A' },
    ]);
  });

  it('leaves out what leads to no page', () => {
    const html =
      '<a name="x">no link</a><a href="#top">top</a><a href="mailto:a@example.test">mail</a><a href="javascript:go()">go</a><a href="/a">A</a>';
    expect(links(html).map(({ text }) => text)).toEqual(['A']);
  });

  it('warns of a link that is no URL', () => {
    const { findings } = parseLinkPage('<a href="https://[">X</a><a href="/a">A</a>', url);
    expect(findings).toMatchObject([{ code: 'link-malformed', severity: 'warning', where: url }]);
  });

  it('refuses a page without links', () => {
    const { findings } = parseLinkPage('<html><body>Maintenance</body></html>', url);
    expect(findings).toMatchObject([{ code: 'link-page-shape', severity: 'error', where: url }]);
  });
});
