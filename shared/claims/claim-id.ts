// The id a record is stored under, from the one its sender gave it; every format comes through here.
import { isStorableId } from '../core/artifact.ts';

/**
 * The id as it is stored: `#`, which no stored id may hold, as `%23` (and `%23`, `%25` as `%2523`,
 * `%2525`, so that no two ids become one). Undefined when it cannot be stored.
 */
export function storableIdOf(sent: string): string | undefined {
  const id = sent
    .trim()
    .replace(/%(?=23|25)/g, '%25')
    .replaceAll('#', '%23');
  return sent.length <= 128 && isStorableId(id) ? id : undefined;
}

/** What to tell when an id was changed to be stored; undefined when it was not. */
export const changedId = (sent: string, id: string): string | undefined =>
  id === sent.trim() ? undefined : 'an id cannot hold # here; stored with %23 in its place';
