// The order policies, changes and reviews are listed in, and the cursors that say how far a reader has come: the same
// from every adapter.
import { calendarDate, parseCalendarDate } from './calendar-date.ts';
import { CodewatchError } from './errors.ts';
import type { PolicyChange, PolicyRef, PolicySourceId, ReviewItem } from './policy.ts';
import { comparePolicyVersions } from './policy-timeline.ts';

/** Where a change stands among those of its source. */
export type ChangePlace = Pick<PolicyChange, 'firstSeen' | 'seq' | 'id' | 'version'>;

/** How far a reader has come in each source. Sources move independently: what one takes in late is still told. */
export type ChangePlaces = ReadonlyMap<PolicySourceId, ChangePlace>;

const noCursor = (): CodewatchError =>
  new CodewatchError('invalid-request', 'cursor: not one this list gave; begin again without it');

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A version number (digits) as text that sorts as it does: twelve digits hold a day and more. */
export const paddedVersion = (version: string): string => version.padStart(12, '0');

/** The order of versions of one document: by version number, then as taken in. */
export const compareVersions = (
  a: { readonly version: string; readonly seq: number },
  b: { readonly version: string; readonly seq: number },
): number => comparePolicyVersions(a.version, b.version) || a.seq - b.seq;

/** The order of documents: by source, then id. */
export const compareRefs = (a: PolicyRef, b: PolicyRef): number =>
  compareText(a.source, b.source) || compareText(a.id, b.id);

const compareChanges = (a: ChangePlace & PolicyRef, b: ChangePlace & PolicyRef): number =>
  compareText(a.firstSeen, b.firstSeen) ||
  a.seq - b.seq ||
  compareText(a.id, b.id) ||
  comparePolicyVersions(a.version, b.version) ||
  compareText(a.source, b.source);

const fieldsOfPlace = 5;

/** Longest names of documents and bulletins in a cursor: what is longer never was given, and no table can be asked for it. */
const nameLengthMax = 300;

/**
 * The places a cursor says; none without one.
 *
 * @throws CodewatchError `invalid-request` for what is no cursor of changes
 */
export function readChangeCursor(cursor: string | undefined): ChangePlaces {
  const places = new Map<PolicySourceId, ChangePlace>();
  if (cursor === undefined) return places;
  const fields = cursor.split('~');
  if (fields.length % fieldsOfPlace !== 0) throw noCursor();
  for (let at = 0; at < fields.length; at += fieldsOfPlace) {
    const [source = '', day = '', ...rest] = fields.slice(at, at + fieldsOfPlace);
    const [seq = '', id = '', version = ''] = rest;
    const isNumbered = /^\d{1,9}$/.test(seq) && /^\d{1,12}$/.test(version);
    const isPlace = source !== '' && id.length <= nameLengthMax && isNumbered;
    if (!isPlace || !parseCalendarDate(day)) throw noCursor();
    places.set(source, { firstSeen: calendarDate(day), seq: Number(seq), id, version });
  }
  return places;
}

const changeCursor = (places: ChangePlaces): string =>
  [...places]
    .map(([source, at]) => [source, at.firstSeen, at.seq, at.id, at.version].join('~'))
    .join('~');

/** The cursor after changes read in order, where reading goes on once there are more; undefined before the first. */
export function cursorAfter(
  before: ChangePlaces,
  read: readonly (ChangePlace & PolicyRef)[],
): string | undefined {
  const places = new Map(before);
  for (const { source, firstSeen, seq, id, version } of read) {
    places.set(source, { firstSeen, seq, id, version });
  }
  return places.size === 0 ? undefined : changeCursor(places);
}

/**
 * A page of changes from candidates: of each source, those after its place, at least `limit` and one more where there
 * are as many.
 */
export function pageOfChanges(
  candidates: readonly PolicyChange[],
  before: ChangePlaces,
  limit: number,
): { readonly items: readonly PolicyChange[]; readonly next?: string } {
  const sorted = [...candidates].sort(compareChanges);
  const items = sorted.slice(0, limit);
  const next = sorted.length > limit ? cursorAfter(before, items) : undefined;
  return next === undefined ? { items } : { items, next };
}

/** The cursor after a document. */
export const refCursor = ({ source, id }: PolicyRef): string => `${source}~${id}`;

/**
 * The document a cursor of a list names.
 *
 * @throws CodewatchError `invalid-request` for what is no cursor of documents
 */
export function readRefCursor(cursor: string | undefined): PolicyRef | undefined {
  if (cursor === undefined) return undefined;
  const at = cursor.indexOf('~');
  if (at <= 0 || cursor.length > 2 * nameLengthMax) throw noCursor();
  return { source: cursor.slice(0, at), id: cursor.slice(at + 1) };
}

/** The day a review is listed under: the publisher's, else ours. */
export const reviewDay = ({ published, firstSeen }: ReviewItem) => published ?? firstSeen;

/** The cursor after a review. */
export const reviewCursor = (review: ReviewItem): string => `${reviewDay(review)}~${review.id}`;

/**
 * The day and id a cursor of reviews names.
 *
 * @throws CodewatchError `invalid-request` for what is no cursor of reviews
 */
export function readReviewCursor(
  cursor: string | undefined,
): { readonly day: string; readonly id: string } | undefined {
  if (cursor === undefined) return undefined;
  const [day = '', id] = [cursor.slice(0, 10), cursor.slice(11)];
  const isPlace = parseCalendarDate(day) && cursor[10] === '~' && id.length <= nameLengthMax;
  if (!isPlace) throw noCursor();
  return { day, id };
}
