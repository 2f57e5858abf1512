// Reads a directory listing as ftp.cdc.gov serves it (Microsoft IIS): what lies in the folder, since when, how large.
import { type HTMLElement, type Node, NodeType, parse } from 'node-html-parser';
import { type CalendarDate, dateOf } from '../core/calendar-date.ts';
import type { QualityFinding } from '../core/release.ts';
import { createFindingList } from './finding-list.ts';

/** One line of a listing. */
export type ListingEntry = {
  /** Absolute, percent-encoded as browsers send it. */
  readonly url: string;
  /** Last part of the path, decoded. */
  readonly name: string;
  readonly kind: 'folder' | 'file';
  /** Day the listing shows, in the server's own time zone. */
  readonly listed: CalendarDate;
  /** Undefined for folders. */
  readonly sizeBytes: number | undefined;
};

/** `M/D/YYYY h:mm AM`, then size or `<dir>`: what stands before each link. */
const lineShape = /(\d{1,2})\/(\d{1,2})\/(\d{4})\s+\d{1,2}:\d{2}\s+[AP]M\s+(<dir>|\d+)\s*$/i;

/** Last part of the URL's path, decoded; as it stands when it is wrongly encoded. */
function nameOf(url: URL): string {
  const part = url.pathname.replace(/\/$/, '').split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The entry of a link and the text before it, or undefined when they are not a line of a listing. */
function entryOf(before: string, href: string, base: string): ListingEntry | undefined {
  const match = lineShape.exec(before);
  if (!match || !URL.canParse(href, base)) return undefined;
  const listed = dateOf(Number(match[3]), Number(match[1]), Number(match[2]));
  if (!listed) return undefined;
  const url = new URL(href, base);
  const folder = match[4]?.toLowerCase() === '<dir>';
  return {
    url: url.href,
    name: nameOf(url),
    kind: folder ? 'folder' : 'file',
    listed,
    sizeBytes: folder ? undefined : Number(match[4]),
  };
}

const isElement = (node: Node): node is HTMLElement => node.nodeType === NodeType.ELEMENT_NODE;

/**
 * The entries of an IIS directory listing, in its order; the link to the parent folder is left out. A page that is no
 * such listing, is cut off or has a line that cannot be read gives `listing-shape` (error): it must never read as an
 * empty folder.
 */
export function parseIisListing(
  html: string,
  url: string,
): { entries: ListingEntry[]; findings: QualityFinding[] } {
  const list = createFindingList();
  const entries: ListingEntry[] = [];
  const lines = parse(html, { blockTextElements: { script: true, style: true } }).querySelector(
    'pre',
  );
  const parentLink = lines
    ?.querySelectorAll('a')
    .some((link) => /parent directory/i.test(link.text));
  let before = '';
  for (const node of lines?.childNodes ?? []) {
    if (!isElement(node)) {
      before += node.text;
      continue;
    }
    if (node.rawTagName.toLowerCase() === 'br') before = '';
    if (node.rawTagName.toLowerCase() !== 'a' || /parent directory/i.test(node.text)) continue;
    const entry = entryOf(before, node.getAttribute('href') ?? '', url);
    before = '';
    if (entry) entries.push(entry);
    else list.add('listing-shape', 'error', url, `The line of "${node.text}" cannot be read.`);
  }
  if (!lines || (!parentLink && entries.length === 0)) {
    list.add(
      'listing-shape',
      'error',
      url,
      'This page is not a directory listing. Look at the URL.',
    );
  } else if (!/<\/html>\s*$/i.test(html)) {
    list.add(
      'listing-shape',
      'error',
      url,
      'The listing is cut off before its end. Fetch it again.',
    );
  }
  return { entries, findings: list.all() };
}
