// How far the assessment of a large register has come, as the steps see it. A register that one
// message gets through leaves nothing here. Implemented over an ItemStore in store/assessments.ts.
import type { CalendarDate } from '../core/calendar-date.ts';
import type { Tally } from '../core/impact-tally.ts';
import type { ReleaseId, ReleaseRecord } from '../core/release.ts';

/** The assessment of one tenant for one release; of several records of a release, the latest. */
export type Assessment = {
  /** The record assessed: another one may be current by now. */
  readonly record: ReleaseRecord;
  /** The day it began, for all its parts: habit is counted up to it. */
  readonly today: CalendarDate;
  /** `new` when the tenant was told of an earlier record: then only of hits that were not there before. */
  readonly tells: 'all' | 'new';
  /** Changed codes that the tenant may use. */
  readonly codes: readonly string[];
  /** Templates come first, because they decide what counts as habit; `closed` once the tenant is told. */
  readonly stage: 'templates' | 'claims' | 'closed';
  /** Names of its parts. */
  readonly months: readonly string[];
};

/** The uses of one month (`open`: templates) and how far they were gone through. */
export type AssessmentPart = {
  readonly month: string;
  /** Changed codes to look at. */
  readonly codes: readonly string[];
  /** Those of them of which claims before the change count as habit. */
  readonly habitCodes: readonly string[];
  /** Messages that were handled to the end. */
  readonly step: number;
  /** Id of the last artifact gone through. */
  readonly after?: string;
  readonly done: boolean;
  /** Of the artifacts gone through. */
  readonly tally: Tally;
};

/** Which record a part belongs to. */
export type OfRecord = Pick<ReleaseRecord, 'id' | 'seq'>;

/** Assessments under way. Every write is conditional, so that of two that do the same one counts. */
export type AssessmentStore = {
  get(tenant: string, release: ReleaseId): Promise<Assessment | undefined>;
  /** Stores it in place of `before` (undefined: none); false when that is no longer what is stored. */
  put(
    tenant: string,
    assessment: Assessment,
    before: Pick<Assessment, 'record' | 'stage'> | undefined,
  ): Promise<boolean>;
  /** Stores parts that are not there yet. */
  addParts(tenant: string, of: OfRecord, parts: readonly AssessmentPart[]): Promise<void>;
  part(tenant: string, of: OfRecord, month: string): Promise<AssessmentPart | undefined>;
  /** Every part there is, by month. */
  parts(tenant: string, of: OfRecord): Promise<readonly AssessmentPart[]>;
  /** Stores a part that went on from `step`; false when it is elsewhere by now, or gone. */
  putPart(tenant: string, of: OfRecord, part: AssessmentPart, step: number): Promise<boolean>;
  /** Removes the parts of a record and of earlier ones of its release. */
  removeParts(tenant: string, of: OfRecord): Promise<void>;
};
