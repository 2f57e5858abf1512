// Reads the links of a web page: CMS publishes its files on ordinary pages, not in listings.
import { parse } from 'node-html-parser';
import type { QualityFinding } from '../core/release.ts';
import { createFindingList } from './finding-list.ts';

/** A link: absolute URL and its visible text, blanks collapsed. */
export type PageLink = { readonly url: string; readonly text: string };

/**
 * Every http or https link of a page, in its order, without fragments. Findings: `link-malformed` (warning) for a link
 * that is no URL, `link-page-shape` (error) for a page without any link, which is never what was asked for.
 */
export function parseLinkPage(
  html: string,
  url: string,
): { links: PageLink[]; findings: QualityFinding[] } {
  const list = createFindingList();
  const page = parse(html);
  const declared = page.querySelector('base')?.getAttribute('href') ?? '';
  const base = URL.canParse(declared, url) ? new URL(declared, url).href : url;
  const links: PageLink[] = [];
  for (const anchor of page.querySelectorAll('a[href]')) {
    const href = (anchor.getAttribute('href') ?? '').trim();
    if (href === '' || href.startsWith('#')) continue;
    if (!URL.canParse(href, base)) {
      list.add('link-malformed', 'warning', url, `"${href}" is no URL and is left out.`);
      continue;
    }
    const target = new URL(href, base);
    if (target.protocol !== 'http:' && target.protocol !== 'https:') continue;
    target.hash = '';
    links.push({ url: target.href, text: anchor.text.replace(/\s+/g, ' ').trim() });
  }
  if (links.length === 0) {
    list.add(
      'link-page-shape',
      'error',
      url,
      'The page has no links: it is not the page it was. Look at the URL.',
    );
  }
  return { links, findings: list.all() };
}
