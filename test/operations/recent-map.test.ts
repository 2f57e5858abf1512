import { describe, expect, test } from 'vitest';
import { createRecentMap } from '../../shared/operations/recent-map.ts';

describe('shared/operations/recent-map.ts', () => {
  test('what is kept is answered; of one key the first value stays', () => {
    const map = createRecentMap<string>(10, () => 1);
    map.set('a', 'one');
    map.set('a', 'two');
    expect([map.get('a'), map.get('b')]).toEqual(['one', undefined]);
  });

  test('the younger half is never forgotten, what nobody asked for twice over is', () => {
    const map = createRecentMap<number>(10, () => 1);
    for (let n = 0; n < 100; n += 1) map.set(String(n), n);
    expect(map.get('99')).toBe(99);
    expect(map.get('95')).toBe(95);
    expect(map.get('80')).toBeUndefined();
  });

  test('what is asked for stays, however much comes after', () => {
    const map = createRecentMap<number>(10, () => 1);
    map.set('kept', 1);
    for (let n = 0; n < 100; n += 1) {
      map.set(String(n), n);
      expect(map.get('kept')).toBe(1);
    }
  });

  test('values count by their weight', () => {
    const map = createRecentMap<number>(10, (weight) => weight);
    map.set('heavy', 6);
    map.set('a', 1);
    expect(map.get('heavy')).toBe(6);
    map.set('b', 5);
    map.set('c', 5);
    map.set('d', 5);
    expect(map.get('a')).toBeUndefined();
  });
});
