import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { PolicyDocument } from '../../shared/core/policy.ts';
import { defaultPolicyGateLimits, gatePolicies } from '../../shared/core/policy-gate.ts';
import { group, type PolicyParts, policy } from '../support/policies.ts';

/** Documents `A100`, `A101`, …, each with four procedures. */
const many = (count: number, parts: PolicyParts = {}): PolicyDocument[] =>
  Array.from({ length: count }, (_, at) =>
    policy({
      id: `A${100 + at}`,
      groups: [group('covered', 'M5416', '62320 62321 62322 62323')],
      ...parts,
    }),
  );

/** The first so many of them written otherwise. */
const changed = (
  documents: readonly PolicyDocument[],
  count: number,
  change: (document: PolicyDocument) => PolicyDocument,
): PolicyDocument[] => documents.map((each, at) => (at < count ? change(each) : each));

const gate = (known: readonly PolicyDocument[], incoming: readonly PolicyDocument[]) =>
  gatePolicies({
    incoming,
    known: new Map(known.map((document) => [document.id, document])),
    gone: [],
    day: calendarDate('2026-09-06'),
    limits: defaultPolicyGateLimits,
  });

const codes = (known: readonly PolicyDocument[], incoming: readonly PolicyDocument[]) =>
  gate(known, incoming).map(({ code }) => code);

const naming = (names: string) => (document: PolicyDocument) =>
  policy({ id: document.id, version: '2', groups: [group('covered', 'M5416', names)] });
const from = (effective: string) => (document: PolicyDocument) => ({
  ...document,
  effective: calendarDate(effective),
});

describe('shared/core/policy-losses.ts', () => {
  test('procedures: over a tenth of all, in more than two documents, is a doubt', () => {
    const known = many(20);
    // 80 in all: three documents that lost two each have lost 6, with four of them 8, a tenth; five have lost 10.
    const two = naming('62322 62323');
    expect(codes(known, changed(known, 4, two))).toEqual([]);
    const [finding, ...more] = gate(known, changed(known, 5, two));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ code: 'policy-procedures-lost', severity: 'error' });
    expect(finding?.message).toMatch(/^10 of 80 procedures are missing \(12\.5 %\), in A100, /);
    const few = many(3);
    expect(codes(few, changed(few, 2, two))).toEqual([]);
    expect(codes(few, changed(few, 3, two))).toEqual(['policy-procedures-lost']);
  });

  test('the version they had with another first day: over a twentieth, and more than two, is a doubt', () => {
    const known = many(60);
    const moved = from('2024-01-01');
    expect(codes(known, changed(known, 3, moved))).toEqual([]);
    const [finding, ...more] = gate(known, changed(known, 4, moved));
    expect(more).toEqual([]);
    expect(finding?.code).toBe('policies-restated');
    expect(finding?.message).toContain('4 of 60 documents in force');
    expect(finding?.message).toContain('(6.7 %): A100, A101, A102, A103.');
    const few = many(4);
    expect(codes(few, changed(few, 2, moved))).toEqual([]);
    expect(codes(few, changed(few, 3, moved))).toEqual(['policies-restated']);
  });

  test.each<[string, (document: PolicyDocument) => PolicyDocument]>([
    ['a last day', (one) => ({ ...one, ends: calendarDate('2026-12-31') })],
    ['other states', (one) => ({ ...one, jurisdictions: [{ contractor: 'B', states: ['TX'] }] })],
    ['every state', (one) => ({ ...one, jurisdictions: [] })],
    ['another procedure', (one) => ({ ...naming('62320 62321 62322 62324')(one), version: '1' })],
    [
      'a word on all others',
      ({ groups, ...one }) => ({
        ...one,
        groups: [...groups, group('not-covered', '', '62323', { everythingElse: true })],
      }),
    ],
  ])('%s at the version they had is told, at a new version it is not', (_, change) => {
    const known = many(10);
    expect(codes(known, known.map(change))).toEqual(['policies-restated']);
    const next = known.map((each) => ({ ...change(each), version: '2' }));
    expect(codes(known, next)).toEqual([]);
  });

  test.each<[string, (document: PolicyDocument) => PolicyDocument]>([
    ['another title', (one) => ({ ...one, title: 'Other' })],
    [
      'another name of the contractor',
      (one) => ({
        ...one,
        jurisdictions: [{ contractor: 'Renamed', states: ['CT'] }],
      }),
    ],
    [
      'a code more',
      (one) => ({
        ...one,
        groups: [group('covered', 'M5416 M5417', '62320 62321 62322 62323')],
      }),
    ],
  ])('%s at the version they had is no doubt', (_, change) => {
    const known = many(10);
    expect(codes(known, known.map(change))).toEqual([]);
  });

  test('what ended before the day of the edition and is in force again is no doubt', () => {
    const known = many(10, { ends: '2026-08-31' });
    expect(codes(known, many(10))).toEqual([]);
  });

  test('a document that names no procedures any more is told by its id', () => {
    const known = many(20);
    const found = gate(known, changed(known, 1, naming('')));
    expect(found).toMatchObject([{ code: 'policy-emptied', where: 'A100' }]);
    expect(found[0]?.message).toContain('names no procedures; the one before named 4');
  });

  test('an edition that says what is known raises no doubt, whatever part of it', () => {
    const known = many(12);
    fc.assert(
      fc.property(fc.subarray(known), (incoming) => {
        expect(gate(known, incoming)).toEqual([]);
      }),
    );
  });
});
