import { describe, expect, it } from 'vitest';
import { findEarlier, newSeenClaims, remember } from '../../../shared/claims/x12/seen-claims.ts';

describe('shared/claims/x12/seen-claims.ts', () => {
  it('finds every one of 20,000 claims again, tells same from other content, and no other id', () => {
    const seen = newSeenClaims();
    for (let i = 1; i <= 20_000; i += 1) remember(seen, `C${i}`, `content ${i}`, i);
    const wrong: string[] = [];
    for (let i = 1; i <= 20_000; i += 1) {
      const same = findEarlier(seen, `C${i}`, `content ${i}`);
      const other = findEarlier(seen, `C${i}`, 'other');
      const none = findEarlier(seen, `D${i}`, `content ${i}`);
      const isRight = same?.place === i && same.isSame && other?.place === i && !other.isSame;
      if (!isRight || none) wrong.push(`C${i}`);
    }
    expect(wrong).toEqual([]);
  });

  it('takes the later content of an id, and forgets it at place 0', () => {
    const seen = newSeenClaims();
    remember(seen, 'C1', 'a', 5);
    remember(seen, 'C1', 'b', 9);
    expect(findEarlier(seen, 'C1', 'b')).toEqual({ place: 9, isSame: true });
    remember(seen, 'C1', '', 0);
    expect(findEarlier(seen, 'C1', 'b')).toBeUndefined();
  });
});
