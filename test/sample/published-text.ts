// Reads a published text of a mirror, the sample's or the officials', with nothing of the product: loose files, members
// of zips, and the columns of order files as CMS describes them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import * as yauzl from 'yauzl';

/** CDC's folder and CMS's host inside any mirror. */
export const cdcPath = 'ftp.cdc.gov/pub/Health_Statistics/NCHS/Publications/ICD10CM';
export const cmsHost = 'www.cms.gov';

/** A loose file, or `zip!member` for one member of a zip; the path starts at the mirror. */
export async function textOf(mirror: string, path: string): Promise<string> {
  const [file = '', member] = path.split('!');
  if (member === undefined) return readFileSync(join(mirror, file), 'latin1');
  const members = await membersOf(readFileSync(join(mirror, file)));
  const bytes = await members.get(member)?.();
  if (!bytes) throw new Error(`no member ${member} in ${file}`);
  return bytes.toString('latin1');
}

/** Names of a zip's files with a way to read each. */
export async function membersOf(bytes: Buffer): Promise<Map<string, () => Promise<Buffer>>> {
  const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true });
  const members = new Map<string, () => Promise<Buffer>>();
  for await (const entry of zip.eachEntry()) {
    members.set(entry.fileName, async () => buffer(await zip.openReadStreamPromise(entry)));
  }
  return members;
}

/** `code flag short|long` of every row of an order file, in order. */
export function rowsOf(orderText: string): string[] {
  return orderText
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [code, flag, short] = [line.slice(6, 13), line.slice(14, 15), line.slice(16, 76)];
      return `${code.trim()} ${flag} ${short.trimEnd()}|${line.slice(77)}`;
    });
}

/** The code of a row of {@link rowsOf}. */
export const codeOf = (row: string): string => row.slice(0, row.indexOf(' '));

/** Names and listing dates of a directory listing. */
export function listed(page: string): Map<string, string> {
  const line = /(\d+\/\d+\/\d+ +\d+:\d+ [AP]M) +(?:\d+|&lt;dir&gt;) <A HREF="[^"]+">([^<]+)<\/A>/g;
  return new Map([...page.matchAll(line)].map(([, date = '', name = '']) => [name, date]));
}
