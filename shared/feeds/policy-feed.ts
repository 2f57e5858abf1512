// What an upstream of payer policies looks like to the rest of Codewatch: what it asks for, and how what came is read.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { PolicyDocument, PolicySourceId, ReviewItem } from '../core/policy.ts';
import type { QualityFinding } from '../core/release.ts';

/** A file in the archive, as it was got. */
export type PolicyFile = {
  readonly url: string;
  readonly sha256: string;
  /** Answered 304, or with the very bytes of the time before. */
  readonly unchanged: boolean;
};

/** How to ask. */
export type PolicyRequest = {
  readonly url: string;
  readonly bytesMax: number;
  /** A licence token, where the answer takes one: goes into `Authorization: Bearer`, never into the archive or a message. */
  readonly token?: string;
};

/** What discovery gets from outside. Every answer is archived before anyone looks at it. */
export type PolicyDiscoveryContext = {
  /** Asks; undefined when it could not be had, which is recorded as a finding. Asks for nothing twice in a run. */
  readonly get: (request: PolicyRequest) => Promise<PolicyFile | undefined>;
  readonly bytesOf: (file: Pick<PolicyFile, 'sha256'>) => Promise<Uint8Array>;
  readonly today: CalendarDate;
  /** Day of the last edition taken in from this feed; absent before the first. */
  readonly since?: CalendarDate;
};

/** What there is today. */
export type PolicyDiscovery = {
  /** What {@link PolicyFeed.read} needs, in the order it needs them; none when there is nothing new. */
  readonly files: readonly PolicyFile[];
  readonly findings: readonly QualityFinding[];
};

/** What {@link PolicyFeed.read} gets. */
export type PolicyReadContext = {
  readonly bytesOf: (file: Pick<PolicyFile, 'sha256'>) => Promise<Uint8Array>;
  /** Day the files were collected. */
  readonly collected: CalendarDate;
};

/** What the files say. With an error among the findings nothing of it is taken in. */
export type PolicyReading = {
  /** Day the publisher gives it, where it does. */
  readonly published?: CalendarDate;
  /** Whether it holds every document in force, so that one missing in it is gone. */
  readonly complete: boolean;
  /** One version of each document, by id ascending, in normal form. */
  readonly documents: readonly PolicyDocument[];
  readonly reviews: readonly ReviewItem[];
  readonly findings: readonly QualityFinding[];
};

/** One upstream of payer policies or bulletins. */
export type PolicyFeed = {
  readonly id: string;
  readonly title: string;
  /** Whose documents it brings; several feeds may bring those of one source. */
  readonly source: PolicySourceId;
  /** Hosts it may be asked of and redirected to, nothing else. */
  readonly allowedHosts: readonly string[];
  /** Asks upstream; never throws for an answer that is missing or odd. */
  discover(context: PolicyDiscoveryContext): Promise<PolicyDiscovery>;
  /** Pure: the same files always give the same reading. Bad upstream data is a finding, never thrown. */
  read(files: readonly PolicyFile[], context: PolicyReadContext): Promise<PolicyReading>;
};
