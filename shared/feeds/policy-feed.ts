// What an upstream of payer policies looks like to the rest of Codewatch: what it asks for, and how what came is read.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { PolicyDocument, PolicyKind, PolicySourceId, ReviewItem } from '../core/policy.ts';
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
  /**
   * The answer holds a secret, such as that token: it is neither archived nor remembered, for whoever may read the archive
   * may not act in our name. `bytesOf` knows it in this run only, and it may not be among the files of a discovery.
   */
  readonly secret?: true;
  /**
   * Upstream may list it and then answer 400 or 404: told as a finding each time, but it does not mean that upstream was not
   * reached.
   */
  readonly mayBeMissing?: true;
};

/** What discovery gets from outside. Every answer is archived before anyone looks at it. */
export type PolicyDiscoveryContext = {
  /** Asks; undefined when it could not be had, which is recorded as a finding. Asks for nothing twice in a run. */
  readonly get: (request: PolicyRequest) => Promise<PolicyFile | undefined>;
  readonly bytesOf: (file: Pick<PolicyFile, 'sha256'>) => Promise<Uint8Array>;
  readonly today: CalendarDate;
  /** Day of the last edition taken in from this feed; absent before the first. */
  readonly since?: CalendarDate;
  /** What the last discovery left as its `bookmark`. */
  readonly bookmark?: string;
};

/** What there is today. */
export type PolicyDiscovery = {
  /** What {@link PolicyFeed.read} needs, in the order it needs them; none when there is nothing new. */
  readonly files: readonly PolicyFile[];
  readonly findings: readonly QualityFinding[];
  /**
   * How far it got, for the next run; 200 KB at most. Kept once the files were sent, and only then: a run that dies before is
   * repeated whole. Absent: the one before stays.
   */
  readonly bookmark?: string;
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
  /**
   * With `complete`: the kinds of document of which it holds every one in force; a missing document of any other kind is not
   * gone (an export of articles alone retires no LCD). Absent: every kind.
   */
  readonly completeKinds?: readonly PolicyKind[];
  /**
   * Documents it holds that could not be read (the findings say why), by id ascending: what was known of them stays as it
   * was, they are neither changed nor gone.
   */
  readonly withheld?: readonly string[];
  /**
   * In normal form, by id and then version number, ascending. Exports name one version of each document; a file of
   * `payer-rules` may hold several versions of one policy (the one in force, the next one, older ones), each once. All of
   * them are taken in. What a version is compared with is the same version as known before, else the next lower one known
   * before or standing before it here; a state therefore keeps every version of the reading it was made from. Absence
   * from a complete reading ends a document only when no version of it is left.
   */
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
