// Listing pages written for the tests, in the shape ftp.cdc.gov and www.cms.gov serve them.

import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { DiscoveryContext } from '../../shared/feeds/feed.ts';

/** A line of a listing: name, size (none for a folder) and day as the server writes it, `6/23/2021`. */
export type Line = readonly [name: string, sizeBytes: number | undefined, day: string];

/** A directory listing of IIS. */
export function iisListing(path: string, lines: readonly Line[]): string {
  const rows = lines.map(([name, size, day]) => {
    const slash = size === undefined ? '/' : '';
    const href = `${path}${encodeURIComponent(name)}${slash}`;
    const what = size === undefined ? '&lt;dir&gt;' : String(size);
    return `${day.padStart(10)}  9:16 AM ${what.padStart(12)} <A HREF="${href}">${name}</A><br>`;
  });
  const up = '<A HREF="/pub/">[To Parent Directory]</A>';
  const title = `ftp.cdc.gov - ${path}`;
  return `<html><head><title>${title}</title></head><body><H1>${title}</H1><hr>\r\n\r\n<pre>${up}<br><br>${rows.join('')}</pre><hr></body></html>`;
}

/** A page of links. */
export function linkPage(hrefs: readonly string[]): string {
  const links = hrefs.map((href) => `<li><a href="${href}">file</a></li>`);
  return `<!DOCTYPE html><html><body><ul>${links.join('')}</ul></body></html>`;
}

/** A reader over pages by URL; `asked` collects what was read. */
export function contextOf(
  pages: Readonly<Record<string, string>>,
  today: string,
): DiscoveryContext & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    today: calendarDate(today),
    readPage: async (url) => {
      asked.push(url);
      return pages[url];
    },
  };
}
