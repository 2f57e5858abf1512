// A folder that stands in for the real sites: `https://host/path` is the file `host/path`, as its server would give it.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import yauzl from 'yauzl';
import { type CalendarDate, dateOf, dayOfInstant } from '../core/calendar-date.ts';
import { CodewatchError } from '../core/errors.ts';
import type { Fetcher, FetchRequest, FetchResponse } from '../ports/fetcher.ts';

/** The folder, and what "today" is: zips without a listing appear with their newest member. */
export type MirrorFetcherOptions = {
  readonly folder: string;
  /** Answers the current instant (ISO 8601). */
  readonly now: () => string;
};

type Kind = 'file' | 'folder' | undefined;

const noBytes: Uint8Array = new Uint8Array(0);

async function kindOf(path: string): Promise<Kind> {
  try {
    const found = await stat(path);
    return found.isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
}

/** Path segments below the mirror; undefined for anything that could lead out of it. */
function segmentsOf(text: string): readonly string[] | undefined {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' || url.port !== '') return undefined;
  let segments: string[];
  try {
    const path = url.pathname.split('/').filter(Boolean).map(decodeURIComponent);
    // The host is a segment as well: URL parsing lets `..` pass for one.
    segments = [url.hostname, ...path];
  } catch {
    return undefined;
  }
  const isSafe = (segment: string): boolean => !/^\.{1,2}$|[/\\\0]/.test(segment);
  return segments.every(isSafe) ? segments : undefined;
}

/** Day of the newest member; undefined when the bytes are no zip. Times in zips have no zone. */
async function newestMember(bytes: Uint8Array): Promise<CalendarDate | undefined> {
  try {
    const zip = await yauzl.fromBufferPromise(Buffer.from(bytes), { decodeStrings: false });
    const days: CalendarDate[] = [];
    for await (const { lastModFileDate: packed } of zip.eachEntry()) {
      const day = dateOf((packed >> 9) + 1980, (packed >> 5) & 0xf, packed & 0x1f);
      if (day) days.push(day);
    }
    return days.sort().at(-1);
  } catch {
    return undefined;
  }
}

function answer(
  url: string,
  status: number,
  headers: Record<string, string> = {},
  bytes: Uint8Array = noBytes,
): FetchResponse {
  return { url, status, headers, bytes };
}

type Found = { readonly path: string; readonly isPage: boolean; readonly isListed: boolean };

/** The file a URL stands for. A folder answers with its index.html, with or without the slash at the end. */
async function find(path: string): Promise<Found | undefined> {
  const kind = await kindOf(path);
  if (kind === 'file') {
    const isListed = (await kindOf(join(path, '..', 'index.html'))) === 'file';
    return { path, isPage: false, isListed };
  }
  const index = join(path, 'index.html');
  const isPage = kind === 'folder' && (await kindOf(index)) === 'file';
  return isPage ? { path: index, isPage, isListed: false } : undefined;
}

async function serve(found: Found, request: FetchRequest, now: string): Promise<FetchResponse> {
  const { size } = await stat(found.path);
  if (size > request.bytesMax) {
    const message = `${request.url} has ${size} bytes, more than ${request.bytesMax}`;
    throw new CodewatchError('too-large', message);
  }
  const bytes = await readFile(found.path);
  const newest = found.path.toLowerCase().endsWith('.zip') ? await newestMember(bytes) : undefined;
  const today = dayOfInstant(now);
  // Nothing else tells when it came out: before that day it was not there.
  if (newest && today && newest > today && !found.isListed) return answer(request.url, 404);
  const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}"`;
  const lastModified = newest && new Date(newest).toUTCString();
  const headers = {
    etag,
    'content-length': String(size),
    'content-type': found.isPage ? 'text/html' : 'application/octet-stream',
    ...(lastModified && { 'last-modified': lastModified }),
  };
  const { ifNoneMatch, ifModifiedSince } = request;
  const isSame =
    ifNoneMatch === undefined
      ? lastModified !== undefined && lastModified === ifModifiedSince
      : ifNoneMatch === etag;
  if (isSame) return answer(request.url, 304, { etag });
  return answer(request.url, 200, headers, bytes);
}

/** A fetcher over a mirror folder. What is not there answers 404, a path that leads out of it 400. */
export function createMirrorFetcher(options: MirrorFetcherOptions): Fetcher {
  return {
    async fetch(request) {
      if ((await kindOf(options.folder)) !== 'folder') {
        const message = `the mirror folder ${options.folder} is not there; check --source`;
        throw new CodewatchError('upstream-unavailable', message);
      }
      const segments = segmentsOf(request.url);
      if (!segments) return answer(request.url, 400);
      const found = await find(join(options.folder, ...segments));
      return found ? serve(found, request, options.now()) : answer(request.url, 404);
    },
  };
}
