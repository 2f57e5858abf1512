// Making things when first needed: once, and again only after a failure.
import { describe, expect, test } from 'vitest';
import { lazily, whenUsed } from '../../shared/edge/lazily.ts';

describe('shared/edge/lazily.ts', () => {
  test('the value is made at the first call and only then', () => {
    let made = 0;
    const value = lazily(() => {
      made += 1;
      return made;
    });
    expect(made).toBe(0);
    expect([value(), value()]).toEqual([1, 1]);
  });

  test('after a failure the next call tries again', () => {
    let calls = 0;
    const value = lazily(() => {
      calls += 1;
      if (calls === 1) throw new Error('not yet');
      return calls;
    });
    expect(() => value()).toThrow('not yet');
    expect(value()).toBe(2);
  });

  test('an object is made when a member is first read, not when it is passed on', () => {
    let made = 0;
    const passedOn = { port: whenUsed(() => ({ number: ++made })) };
    expect(made).toBe(0);
    expect(passedOn.port.number + passedOn.port.number).toBe(2);
  });
});
