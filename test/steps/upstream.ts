// A small upstream for the tests of pull: files by URL, listings made from them, requests counted, trouble on demand.
import { createHash } from 'node:crypto';
import { CodewatchError } from '../../shared/core/errors.ts';
import { cdcRoot } from '../../shared/feeds/cdc-listing.ts';
import { cmsPage } from '../../shared/feeds/cms-page.ts';
import type { Fetcher, FetchRequest, FetchResponse } from '../../shared/ports/fetcher.ts';
import { iisListing, type Line, linkPage } from '../feeds/pages.ts';

/** One file: its content, and what the listing says of it; `listedSize` lies about its size. */
export type UpstreamFile = {
  readonly content: string | Uint8Array;
  /** Day as a listing writes it, `6/23/2021`; files of CMS have none. */
  readonly day?: string;
  readonly listedSize?: number;
};

/** `files` by `2022/name` (CDC) or `name.zip` (CMS); `trouble` by URL: an error status, or an error thrown. */
export type Upstream = Fetcher & {
  readonly files: Map<string, UpstreamFile>;
  readonly trouble: Map<string, number | CodewatchError>;
  /** Every request since the last `splice`. */
  readonly asked: FetchRequest[];
};

const cmsFiles = 'https://www.cms.gov/files/zip/';
const nothing: Uint8Array = new Uint8Array(0);

/** URL of a file of {@link Upstream}. */
export function urlOf(key: string): string {
  return key.includes('/') ? encodeURI(cdcRoot + key) : cmsFiles + key;
}

function pages(files: ReadonlyMap<string, UpstreamFile>): Map<string, string> {
  const path = new URL(cdcRoot).pathname;
  const keys = [...files.keys()];
  const cdc = keys.filter((key) => key.includes('/'));
  const folders = [...new Set(cdc.map((key) => key.split('/')[0] ?? ''))];
  const made = new Map<string, string>();
  const folderLines = folders.map((folder): Line => [folder, undefined, '1/1/2025']);
  made.set(cdcRoot, iisListing(path, folderLines));
  for (const folder of folders) {
    const lines = cdc
      .filter((key) => key.startsWith(`${folder}/`))
      .map((key): Line => {
        const { content = '', day = '', listedSize } = files.get(key) ?? {};
        return [key.slice(folder.length + 1), listedSize ?? Buffer.byteLength(content), day];
      });
    made.set(`${cdcRoot}${folder}/`, iisListing(`${path}${folder}/`, lines));
  }
  made.set(cmsPage, linkPage(keys.filter((key) => !key.includes('/')).map(urlOf)));
  return made;
}

/** An upstream of these files; change `files` and `trouble` between runs. */
export function createUpstream(files: Readonly<Record<string, UpstreamFile>>): Upstream {
  const held = new Map(Object.entries(files));
  const trouble = new Map<string, number | CodewatchError>();
  const asked: FetchRequest[] = [];
  const respond = (request: FetchRequest): FetchResponse => {
    const { url } = request;
    const wrong = trouble.get(url);
    if (wrong instanceof CodewatchError) throw wrong;
    if (wrong !== undefined) return { url, status: wrong, headers: {}, bytes: nothing };
    const key = [...held.keys()].find((each) => urlOf(each) === url);
    const content = key === undefined ? pages(held).get(url) : held.get(key)?.content;
    if (content === undefined) return { url, status: 404, headers: {}, bytes: nothing };
    const bytes = Buffer.from(content);
    const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}"`;
    const isSame = request.ifNoneMatch === etag;
    return { url, status: isSame ? 304 : 200, headers: { etag }, bytes: isSame ? nothing : bytes };
  };
  return {
    ...{ files: held, trouble, asked },
    async fetch(request) {
      asked.push(request);
      return respond(request);
    },
  };
}
