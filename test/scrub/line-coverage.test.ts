// Scrubbing a claim and finding it when a policy changes go by one reading of its lines.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Claim } from '../../shared/core/artifact.ts';
import { addDays, calendarDate } from '../../shared/core/calendar-date.ts';
import type { PolicyVersion } from '../../shared/core/policy.ts';
import { diffEdition } from '../../shared/core/policy-diff.ts';
import { claimHit } from '../../shared/core/policy-impact.ts';
import { policyInForce } from '../../shared/core/policy-timeline.ts';
import { lineCoverage } from '../../shared/scrub/line-coverage.ts';
import { subjectOf } from '../../shared/scrub/subject-of.ts';
import { group, policy } from '../support/policies.ts';
import { handFacts } from './hand-facts.ts';

const medicare = { id: 'medicare', title: 'Medicare', names: [], claimFiling: ['MB'] };

/** A list that covers M54.16 for 0213T in Connecticut, and from 2026-01-01 on no longer M54.18. */
const listing = (version: string, effective: string, codes: string) =>
  policy({ version, effective, groups: [group('covered', codes, '0213T')] });
const editions = [
  listing('1', '2020-01-01', 'M5416 M5418'),
  listing('2', '2026-01-01', 'M5416'),
].map((document, at) => ({ documents: [document], edition: `mcd-${at + 1}`, seq: at + 1 }));

const [first, second] = editions.map(({ documents, ...of }, at) =>
  diffEdition(new Map((editions[at - 1]?.documents ?? []).map((one) => [one.id, one])), documents, {
    ...{ ...of, complete: true },
    firstSeen: calendarDate('2026-01-05'),
  }),
);
const versions: readonly PolicyVersion[] = [first, second].flatMap((one) => one?.versions ?? []);
const [change] = second?.changes ?? [];

const facts = {
  ...handFacts([]),
  coverage: {
    payerOf: () => medicare,
    documentsOn: (procedure: string, date: Parameters<typeof policyInForce>[1]) =>
      procedure === '0213T' ? [policyInForce(versions, date) ?? []].flat() : [],
  },
};

const day = fc
  .integer({ min: -20, max: 20 })
  .map((days) => addDays(calendarDate('2026-01-01'), days));
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const anyClaim = fc
  .record({
    dateOfService: maybe(day),
    dischargeDate: maybe(day),
    setting: fc.constantFrom('professional' as const, 'inpatient' as const),
    state: maybe(fc.constantFrom('CT', 'FL', 'XX', 'AE')),
    lines: fc.array(
      fc.record({
        procedure: fc.constantFrom('0213T', '0213t', ' 0213t', '99213'),
        dateOfService: maybe(day),
        pointers: fc.subarray([1, 2], { minLength: 1 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(
    ({ dateOfService, dischargeDate, state, lines, ...rest }): Claim => ({
      ...{ type: 'claim', id: 'c1', claimFiling: 'MB', codes: [], ...rest },
      diagnoses: ['M5418', 'M5416'].map((code) => ({ system: 'icd10cm', code, role: 'other' })),
      ...(dateOfService && { dateOfService }),
      ...(dischargeDate && { dischargeDate }),
      ...(state !== undefined && { state }),
      lines: lines.map(({ dateOfService: own, ...line }) => ({
        ...line,
        ...(own && { dateOfService: own }),
      })),
    }),
  );

describe('shared/scrub/line-coverage.ts', () => {
  it('denies the lines that the change of the policy made findings of, each on the same date', () => {
    if (!change) throw new Error('nothing changed');
    fc.assert(
      fc.property(anyClaim, (claim) => {
        const said = lineCoverage(subjectOf(claim), facts);
        const hit = claimHit(change, versions, claim, [medicare]);
        const hits = hit?.lines ?? [];
        const alone = hits.filter(({ supportedBy }) => supportedBy.length === 0);
        const denied = said.lines.filter(({ outcome }) => outcome === 'denied');
        const told = (one: { readonly line: number; readonly date: string; procedure: string }) =>
          [one.line, one.date, one.procedure].join(' ');
        const inConnecticut = claimHit(change, versions, { ...claim, state: 'CT' }, [medicare]);
        expect(hit?.lines).toEqual(claim.state === 'FL' ? undefined : inConnecticut?.lines);
        expect(denied.map(told)).toEqual(claim.state === 'CT' ? alone.map(told) : []);
        // Without a state, or with one that is none, a claim is hit, and is not judged.
        const isKnown = claim.state === 'CT';
        if (hit) expect([hit.stateKnown, said.stateMissing]).toEqual([isKnown, !isKnown]);
      }),
      { numRuns: 500 },
    );
  });
});
