// What is counted adds up in any order and from any parts, and never outgrows the item it is kept in.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import {
  createTallying,
  emptyTally,
  type HitArtifacts,
  type Tallying,
  tallyBytesMax,
} from '../../shared/core/impact-tally.ts';

const codes = ['M545', 'R05', 'J069'];

type Counted =
  | { readonly hit: HitArtifacts }
  | { readonly habit: { readonly code: string; readonly day: number; readonly cents: number } };

const anyHit = fc
  .record({
    type: fc.constantFrom('claim' as const, 'template' as const),
    codes: fc.uniqueArray(fc.constantFrom(...codes), { minLength: 1 }),
    cents: fc.nat(9_999),
    timeToFile: fc.option(
      fc.constantFrom('lapsed' as const, calendarDate('2022-03-01'), calendarDate('2022-04-01')),
      { nil: undefined },
    ),
    name: fc.option(fc.string({ maxLength: 8 }), { nil: undefined }),
  })
  .map((each) => each);
const anyHabit = fc.record({
  code: fc.constantFrom(...codes),
  day: fc.integer({ min: 10, max: 28 }),
  cents: fc.nat(9_999),
});

const anyCounted: fc.Arbitrary<Counted[]> = fc
  .array(fc.oneof(anyHit, anyHabit), { maxLength: 30 })
  .map((all) =>
    all.map((each, i): Counted => {
      if (!('type' in each)) return { habit: each };
      const { type, name, cents, timeToFile } = each;
      return {
        hit: {
          artifact: { type, id: `${i}`, ...(name === undefined ? {} : { name }) },
          billedCents: type === 'claim' ? cents : 0,
          ...(timeToFile && { timeToFile }),
          hits: each.codes.map((code) => ({ code, finding: `${code}-${i}` })),
        },
      };
    }),
  );

function count(tallying: Tallying, all: readonly Counted[]): Tallying {
  for (const each of all) {
    if ('hit' in each) tallying.addHits(each.hit);
    else {
      const { code, day, cents } = each.habit;
      tallying.addHabit(code, calendarDate(`2021-03-${day}`), cents);
    }
  }
  return tallying;
}

describe('shared/core/impact-tally', () => {
  it('an artifact counts once, its codes each, and its money with every code and once in all', () => {
    const tallying = createTallying();
    const hits = ['M545', 'R05'].map((code) => ({ code, finding: `f-${code}` }));
    tallying.addHits({ artifact: { type: 'claim', id: '1' }, billedCents: 700, hits });
    tallying.addHits({ artifact: { type: 'template', id: 't', name: 'B' }, billedCents: 0, hits });
    tallying.addHits({ artifact: { type: 'claim', id: '2' }, billedCents: 50, hits: [] });
    tallying.addHabit('J069', calendarDate('2021-03-02'), 100);
    tallying.addHabit('J069', calendarDate('2021-01-31'), 20);
    const ofBoth = (finding: string) => ({
      claims: { count: 1, billedCents: 700 },
      templates: [{ id: 't', name: 'B', finding }],
      templatesMore: 0,
    });
    expect(tallying.tally()).toEqual({
      codes: {
        J069: {
          claims: { count: 0, billedCents: 0 },
          templates: [],
          templatesMore: 0,
          habit: { claims: 2, billedCents: 120, from: '2021-01-31', to: '2021-03-02' },
        },
        M545: ofBoth('f-M545'),
        R05: ofBoth('f-R05'),
      },
      onTemplates: [],
      templates: 1,
      claims: 1,
      billedCents: 700,
    });
  });

  it('of the deadlines ahead the first counts, and claims that missed theirs are counted', () => {
    const tallying = createTallying();
    const times = [calendarDate('2022-05-01'), 'lapsed', calendarDate('2022-04-30')] as const;
    for (const [i, timeToFile] of times.entries()) {
      const codes = i === 2 ? ['R05'] : ['M545', 'R05'];
      const hits = codes.map((code) => ({ code, finding: `${code}-${i}` }));
      const artifact = { type: 'claim', id: `${i}` } as const;
      tallying.addHits({ artifact, billedCents: 100, timeToFile, hits });
    }
    const tally = tallying.tally();
    expect(tally).toMatchObject({ claims: 3, fileBy: '2022-04-30', lapsedClaims: 1 });
    expect(tally.codes.M545?.claims).toEqual({
      ...{ count: 2, billedCents: 200 },
      ...{ fileBy: '2022-05-01', lapsed: 1 },
    });
    expect(tally.codes.R05?.claims).toMatchObject({ count: 3, fileBy: '2022-04-30', lapsed: 1 });
  });

  it('counted in parts, in any order, and kept as JSON in between, it comes to the same', () => {
    fc.assert(
      fc.property(anyCounted, fc.nat(30), fc.boolean(), (all, at, isTurned) => {
        const whole = count(createTallying(), all).tally();
        const parts = [all.slice(0, at), all.slice(at)];
        if (isTurned) parts.reverse();
        let kept = emptyTally;
        for (const part of parts) {
          kept = JSON.parse(JSON.stringify(count(createTallying(kept), part).tally()));
        }
        expect(kept).toEqual(whole);
        const sum = createTallying();
        for (const part of parts) sum.addTally(count(createTallying(), part).tally());
        expect(sum.tally()).toEqual(whole);
      }),
    );
  });

  it('lists the first templates by name as far as an item holds them, however many messages counted them', () => {
    const name = (i: number): string => `${String(i).padStart(4, '0')} ${'x'.repeat(150)}`;
    let kept = emptyTally;
    // 20 messages with 50 templates each, those with the first names last; 300 codes on every one.
    for (let message = 19; message >= 0; message -= 1) {
      const tallying = createTallying(kept);
      for (let i = message * 50; i < message * 50 + 50; i += 1) {
        const hits = Array.from({ length: 300 }, (_, c) => ({
          code: `C${c}`,
          finding: `${c}.${i}`,
        }));
        const artifact = { type: 'template', id: `${i}`, name: name(i) } as const;
        tallying.addHits({ artifact, billedCents: 0, hits });
      }
      kept = tallying.tally();
      expect(Buffer.byteLength(JSON.stringify(kept.codes))).toBeLessThanOrEqual(tallyBytesMax);
    }
    expect(kept.templates).toBe(1_000);
    const { templates = [], templatesMore = 0 } = kept.codes.C7 ?? {};
    expect(templates.length).toBeGreaterThanOrEqual(1);
    expect(templates.map((each) => each.name)).toEqual(templates.map((_, i) => name(i)));
    expect(templates.length + templatesMore).toBe(1_000);
  });
});
