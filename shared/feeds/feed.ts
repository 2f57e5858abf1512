// What an upstream looks like to the rest of Codewatch: where its files are listed, and which of them make up releases.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Candidate } from '../core/candidate.ts';
import type { CodeSystemId } from '../core/code-system.ts';
import type { QualityFinding } from '../core/release.ts';
import type { Inspection } from './inspect-file.ts';

/** `cdc` is the primary publisher of ICD-10-CM; CMS publishes ICD-10-PCS and a second copy of ICD-10-CM. */
export type Publisher = 'cdc' | 'cms';

/** One file that a listing names and a feed wants. */
export type ListedFile = {
  readonly url: string;
  /** Last path segment, decoded. */
  readonly name: string;
  /** Name of the folder it is listed in, where folders mean something (CDC). */
  readonly folder?: string;
  readonly publisher: Publisher;
  /** URL of the page that lists it. */
  readonly page: string;
  /** Day the listing shows. */
  readonly listed?: CalendarDate;
  /** Bytes the listing shows. */
  readonly sizeBytes?: number;
};

/** A listing page: its text, or undefined when it could not be had (pull records why). */
export type PageReader = (url: string) => Promise<string | undefined>;

/** What discovery gets from outside. */
export type DiscoveryContext = {
  readonly readPage: PageReader;
  /** Files dated later are not published yet. */
  readonly today: CalendarDate;
};

/** What the listings say today. */
export type Discovery = {
  readonly files: readonly ListedFile[];
  /** What is no part of a release but read beside it: files that are, or can hold, the tabular list in XML. */
  readonly documents?: readonly ListedFile[];
  /** Pages that could be read: only what these no longer name counts as withdrawn. */
  readonly pagesRead: readonly string[];
  /** Sub-folder pages that the pages read still name. */
  readonly pagesNamed: readonly string[];
  readonly findings: readonly QualityFinding[];
};

/** A file in the archive, as today's or an earlier run got it. */
export type DownloadedFile = ListedFile & {
  /** sha256 of the archived bytes. */
  readonly sha256: string;
  /** First day a listing showed these very bytes: a later re-upload of them does not re-date them. */
  readonly firstListed?: CalendarDate;
  /** Day of the Last-Modified header. */
  readonly lastModified?: CalendarDate;
  readonly inspection: Inspection;
};

/** The releases a feed's files make up, oldest first. */
export type Assembly = {
  readonly candidates: readonly Candidate[];
  readonly findings: readonly QualityFinding[];
};

/** One upstream of one code system. */
export type Feed = {
  readonly id: string;
  readonly title: string;
  readonly system: CodeSystemId;
  /** Hosts it may be asked of and redirected to, nothing else. */
  readonly allowedHosts: readonly string[];
  /** Reads the listing pages, nothing more; never throws for a page that is missing or odd. */
  discover(context: DiscoveryContext): Promise<Discovery>;
  /** Pure: groups and dates the files. The same files always give the same candidates. */
  assemble(files: readonly DownloadedFile[]): Assembly;
};
