// Tells records that stand twice in one file: the same again is stored once, another content under the same id is refused,
// for which one is meant cannot be known. Re-sending a file is another matter: it changes nothing.
import type { IntakeRecord } from './intake-record.ts';
import { findEarlier, newSeenClaims, remember } from './x12/seen-claims.ts';

type Accepted = Extract<IntakeRecord, { kind: 'accepted' }>;

/** A record as a reader yields it; one that `replaces` says itself that it takes an earlier one's place. */
export type ReadRecord = IntakeRecord | (Accepted & { readonly replaces?: true });

const firstNumber = /\d+/;

/** The place of an earlier record, told as this one's place is: `line 5`, `entry[3]`. */
function placeOf(where: string, place: number): string {
  const match = firstNumber.exec(where);
  if (!match) return where;
  const end = match.index + match[0].length;
  const bracket = where[end] === ']' ? ']' : '';
  return `${where.slice(0, match.index)}${place}${bracket}`;
}

/** A short text that two different contents hardly ever share: the table behind keeps 32 bits of it. */
function digestOf(content: string): string {
  let [low, high] = [0x811c9dc5, 0x9e3779b9];
  for (let i = 0; i < content.length; i += 1) {
    const char = content.charCodeAt(i);
    low = Math.imul(low ^ char, 0x01000193);
    high = Math.imul(high ^ char, 0x85ebca6b) ^ (high >>> 15);
  }
  return `${low} ${high}`;
}

/** Adds the warning or refusal to records that repeat an earlier one of the file; passes the others on. */
export async function* tellRepeats(
  batches: AsyncIterable<readonly ReadRecord[]>,
): AsyncGenerator<IntakeRecord> {
  const seen = newSeenClaims();
  const check = (given: Accepted & { readonly replaces?: true }): IntakeRecord => {
    const { replaces = false, ...record } = given;
    const { where, artifact } = record;
    const key = `${artifact.type} ${artifact.id}`;
    const content = digestOf(JSON.stringify(artifact));
    // Place 0 is an id forgotten again: places count from 1 here.
    const place = Number(firstNumber.exec(where)?.[0] ?? 0) + 1;
    const earlier = replaces ? undefined : findEarlier(seen, key, content);
    if (!earlier) {
      remember(seen, key, content, place);
      return record;
    }
    const other = `the ${artifact.type} at ${placeOf(where, earlier.place - 1)}`;
    if (!earlier.isSame) {
      const message = `${other} has the same id and other content; give each an id of its own`;
      return { kind: 'rejected', where, code: 'repeated', message };
    }
    const warning = {
      where,
      code: 'repeated',
      message: `the same as ${other}; stored once`,
    } as const;
    return { ...record, warnings: [...(record.warnings ?? []), warning] };
  };
  for await (const batch of batches) {
    for (const record of batch) {
      if (record.kind === 'accepted') yield check(record);
      else {
        if (record.kind === 'void') remember(seen, `claim ${record.id}`, '', 0);
        yield record;
      }
    }
  }
}
