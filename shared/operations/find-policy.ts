// Finds a document by the id somebody wrote: as its source has it, in small letters, or without its letter.
import { CodewatchError } from '../core/errors.ts';
import type { PolicyRef, PolicyVersion } from '../core/policy.ts';
import type { PolicyTable } from '../ports/policy-table.ts';

/** Longest source and document names there are; what is longer is the name of none. */
const nameLengthMax = 100;

/** Documents of the Medicare Coverage Database are a letter and a number: articles, LCDs. */
const letters = ['A', 'L'];

/**
 * Every version of the document as `PolicyTable.versions` has them. The id counts as written; where there is none of that
 * spelling, in capitals, as the Medicare Coverage Database has its ids. Empty when neither is one.
 */
export async function findVersions(
  policies: PolicyTable,
  { source, id }: PolicyRef,
): Promise<readonly PolicyVersion[]> {
  if (Math.max(source.length, id.length) > nameLengthMax) return [];
  const versions = await policies.versions({ source, id });
  const capitals = id.toUpperCase();
  return versions.length > 0 || capitals === id
    ? versions
    : policies.versions({ source, id: capitals });
}

/** The error for a document there is none of; of a number without its letter it says how the ids are written. */
export async function unknownPolicy(
  policies: PolicyTable,
  { source, id }: PolicyRef,
): Promise<CodewatchError> {
  const shown = (text: string): string => text.slice(0, nameLengthMax);
  const message = `no policy ${shown(id)} of ${shown(source)}`;
  const ids = /^\d{1,10}$/.test(id) ? letters.map((letter) => `${letter}${id}`) : [];
  const found = await Promise.all(ids.map((each) => findVersions(policies, { source, id: each })));
  const there = ids.filter((_, at) => (found[at]?.length ?? 0) > 0);
  const remark = there.length === 0 ? '' : `; an id has its letter: ${there.join(', ')}`;
  return new CodewatchError('not-found', `${message}${remark}`);
}
