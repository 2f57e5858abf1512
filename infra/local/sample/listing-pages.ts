// Writes the pages that lead to the sample's files: directory listings as ftp.cdc.gov (IIS) serves them, and a page of
// links as on www.cms.gov.

/** One line of a directory listing; `listed` as `YYYY-MM-DDTHH:MM`; no `bytes` for a folder. */
export type ListingEntry = {
  readonly name: string;
  readonly listed: string;
  readonly bytes?: number;
};

const htmlText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** ` 6/26/2020  1:31 PM`: date and time each right-aligned, twelve-hour clock. */
function listedText(listed: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/.exec(listed);
  if (!match) throw new Error(`not YYYY-MM-DDTHH:MM: ${listed}`);
  const [year = 0, month = 0, day = 0, hour = 0] = match.slice(1).map(Number);
  const date = `${month}/${day}/${year}`;
  const time = `${hour % 12 === 0 ? 12 : hour % 12}:${match[5]} ${hour < 12 ? 'AM' : 'PM'}`;
  return `${date.padStart(10)} ${time.padStart(8)}`;
}

/** A listing of `path` (with slashes at both ends) on `host`, entries in the given order. */
export function directoryPage(
  host: string,
  path: string,
  entries: readonly ListingEntry[],
): string {
  const title = `${host} - ${path}`;
  const parent = path.slice(0, path.lastIndexOf('/', path.length - 2) + 1);
  const lines = entries.map(({ name, listed, bytes }) => {
    const size = bytes === undefined ? '       &lt;dir&gt;' : String(bytes).padStart(12);
    const href = `${path}${encodeURI(name)}${bytes === undefined ? '/' : ''}`;
    return `${listedText(listed)} ${size} <A HREF="${href}">${htmlText(name)}</A><br>`;
  });
  return `<html><head><title>${title}</title></head><body><H1>${title}</H1><hr>\r\n\r\n<pre><A HREF="${parent}">[To Parent Directory]</A><br><br>${lines.join('')}</pre><hr></body></html>`;
}

/** `2025-code-descriptions-tabular-order.zip` → `2025 Code Descriptions Tabular Order (ZIP)`. */
function linkText(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.zip$/, '');
  const words = name.split('-').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  return `${words.join(' ')} (ZIP)`;
}

/** The page that links the zips at `paths` (host-relative), newest first. */
export function linksPage(paths: readonly string[]): string {
  const items = paths.map(
    (path) => `<li><a href="${path}" class="file">${linkText(path)}</a></li>`,
  );
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>ICD-10 | CMS</title></head><body>
<main><h1>ICD-10</h1>
<h2>ICD-10-CM and ICD-10-PCS files</h2>
<ul>
${items.join('\n')}
</ul>
<p><a href="https://www.cdc.gov/nchs/icd/icd-10-cm/index.html">ICD-10-CM at CDC</a> <a href="/medicare/payment">Payment</a></p></main></body></html>
`;
}
