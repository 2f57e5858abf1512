// Which document stands in for another one that ends, case by case, and for any two documents: what
// is told as merged loses nobody anything.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Claim } from '../../shared/core/artifact.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { documentSays, isMute, verdictOf } from '../../shared/core/document-coverage.ts';
import type { Payer } from '../../shared/core/payer.ts';
import type { DiagnosisGroup, PolicyDocument } from '../../shared/core/policy.ts';
import { diffEdition } from '../../shared/core/policy-diff.ts';
import { claimHit } from '../../shared/core/policy-impact.ts';
import { anyDiagnosisGroup, listedCodes, procedureCodes } from '../support/any-diagnosis-group.ts';
import { group, type PolicyParts, policy, taken } from '../support/policies.ts';

// Collected on 2026-09-07: what it lacks has ended on 2026-09-06.
const seen = { edition: 'mcd-2', seq: 2, firstSeen: calendarDate('2026-09-07'), complete: true };
const of = (id: string, parts: PolicyParts) => policy({ ...parts, id });
const heirBefore = of('A2', { groups: [group('covered', 'G894', '62323')], states: 'CT NY' });
const range = (from: string, to: string) => ({ codes: [] as string[], ranges: [{ from, to }] });

/** The edition in which `gone` is missing, and A2 has become this. */
function told(gone: PolicyParts, heir: PolicyParts, before: PolicyDocument[] = [heirBefore]) {
  const old = of('A1', { states: 'CT', ...gone });
  const now = of('A2', { version: '2', effective: '2026-09-07', states: 'CT NY', ...heir });
  const known = new Map([old, ...before].map((one) => [one.id, one]));
  return { old, now, diff: diffEdition(known, [now], seen) };
}

/** Kinds of the change of A1, and whom it names. */
function kindsOfGone(...args: Parameters<typeof told>): readonly string[] {
  const change = told(...args).diff.changes.find(({ id }) => id === 'A1');
  return change ? [...change.kinds, ...change.others] : [];
}

const one = (...args: Parameters<typeof group>): { groups: DiagnosisGroup[] } => ({
  groups: [group(...args)],
});
const g894 = group('covered', 'G894', '62323', { group: '9' });
const [merged, retired] = [['merged', 'A2'], ['retired']];

describe('shared/core/policy-takeover.ts', () => {
  it('lets a document stand in that says all the other said, and more', () => {
    const listed = one('covered', 'M5416', '62323');
    expect(kindsOfGone(listed, { groups: [...listed.groups, g894] })).toEqual(merged);
    expect(kindsOfGone(listed, one('covered', 'M5416 G894', '62323'))).toEqual(merged);
    expect(
      kindsOfGone(listed, one('covered', '', '62323', { diagnoses: range('M54', 'M54') })),
    ).toEqual(merged);
  });

  it('wants the ranges of the other in one range, not codes of it', () => {
    const ranged = (from: string, to: string) =>
      one('covered', 'G894', '62323', { diagnoses: range(from, to) });
    expect(kindsOfGone(ranged('M54', 'M54'), one('covered', 'G894 M5416', '62323'))).toEqual(
      retired,
    );
    expect(kindsOfGone(ranged('M54', 'M54'), ranged('M541', 'M545'))).toEqual(retired);
    expect(kindsOfGone(ranged('M541', 'M545'), ranged('M54', 'M54'))).toEqual(merged);
  });

  it('wants it in force on the day after the last one, with no end to come', () => {
    const listed = one('covered', 'M5416', '62323');
    const from = (effective: string, more: PolicyParts = {}) =>
      kindsOfGone(listed, { ...listed, effective, ...more });
    expect(from('2026-09-07')).toEqual(merged);
    expect(from('2026-09-08')).toEqual(retired);
    // It was not known before: it is new, not retired.
    const fresh = (parts: PolicyParts) => kindsOfGone(listed, { ...listed, ...parts }, []);
    expect(fresh({})).toEqual(merged);
    expect(fresh({ ends: '2026-12-31' })).toEqual(retired);
  });

  it('does not know what a version said that was replaced before its first day', () => {
    const listed = one('covered', 'M5416', '62323');
    expect(kindsOfGone({ ...listed, effective: '2026-09-06' }, listed)).toEqual(merged);
    expect(kindsOfGone({ ...listed, effective: '2026-10-01' }, listed)).toEqual(retired);
  });

  it('wants what was covered as it stands to be so, and other conditions to be the same', () => {
    const star = { asterisked: ['M5416'], footnote: '*Only with imaging.' };
    const plain = one('covered', 'M5416', '62323');
    const starred = one('covered', 'M5416', '62323', star);
    const unclear = one('covered', 'M5416', '62323', { mapping: 'unclear' });
    const other = one('covered', 'M5416', '62323', { ...star, footnote: '*Only twice a year.' });
    expect(kindsOfGone(plain, starred)).toEqual(retired);
    expect(kindsOfGone(plain, unclear)).toEqual(retired);
    expect(kindsOfGone(starred, other)).toEqual(retired);
    expect(kindsOfGone(starred, starred)).toEqual(merged);
    expect(kindsOfGone(starred, plain)).toEqual(merged);
  });

  it('sees an asterisk inside a range, and one on both its ends', () => {
    const plain = one('covered', '', '62323', { diagnoses: range('M5450', 'M5459') });
    const codes = { codes: ['M5451'], ranges: [{ from: 'M5450', to: 'M5459' }] };
    const inside = one('covered', '', '62323', { diagnoses: codes, asterisked: ['M5451'] });
    const ends = { diagnoses: range('M5450', 'M5459'), asterisked: ['M5450', 'M5459'] };
    expect(kindsOfGone(plain, inside)).toEqual(retired);
    expect(kindsOfGone(plain, one('covered', '', '62323', ends))).toEqual(retired);
  });

  it('wants the same said of what is not listed, and of procedures that are non-covered', () => {
    const listed = group('covered', 'M5416', '62323');
    const rest = group('not-covered', '', '62323', { everythingElse: true });
    expect(kindsOfGone({ groups: [listed] }, { groups: [listed, rest] })).toEqual(retired);
    expect(kindsOfGone({ groups: [listed, rest] }, { groups: [listed] })).toEqual(retired);
    const non = (nonCovered: boolean) => ({
      groups: [listed],
      procedureGroups: [{ group: '1', codes: ['62323'], nonCovered }],
    });
    expect(kindsOfGone(non(false), non(true))).toEqual(retired);
    expect(kindsOfGone(non(true), non(true))).toEqual(merged);
  });

  it('wants nothing more asked for, and the same where something was', () => {
    const listed = group('covered', 'M5416', '62323');
    const asks = (quote: string, list: 'requires' | 'prior-authorization' = 'requires') =>
      group(list, 'M5416', '62323', { quote });
    expect(kindsOfGone({ groups: [listed] }, { groups: [listed, asks('MRI.')] })).toEqual(retired);
    const denied = group('not-covered', 'M5416', '62323');
    expect(kindsOfGone({ groups: [listed] }, { groups: [listed, denied] })).toEqual(retired);
    const four = { groups: [asks('Four weeks.')] };
    expect(kindsOfGone(four, four)).toEqual(merged);
    expect(kindsOfGone(four, { groups: [asks('Twelve weeks.')] })).toEqual(retired);
    expect(kindsOfGone(four, { groups: [asks('Four weeks.', 'prior-authorization')] })).toEqual(
      retired,
    );
  });

  it('wants nothing denied across an end of a range that was covered', () => {
    const wide = group('covered', '', '62323', { diagnoses: range('M541', 'M542') });
    const across = group('not-covered', '', '62323', { diagnoses: range('M5412', 'M545') });
    const beside = group('not-covered', '', '62323', { diagnoses: range('M543', 'M545') });
    expect(kindsOfGone({ groups: [wide] }, { groups: [wide, across] })).toEqual(retired);
    expect(kindsOfGone({ groups: [wide] }, { groups: [wide, beside] })).toEqual(merged);
  });

  it('wants nothing denied that was left open', () => {
    const open = group('covered', 'M5416', '62323', { mapping: 'unclear' });
    const denied = group('not-covered', 'G894', '62323', { mapping: 'unclear' });
    const sure = group('covered', 'M5416', '62323', { group: '2' });
    const closed = group('covered', 'M5416', '62323');
    expect(kindsOfGone({ groups: [open] }, { groups: [open, denied] })).toEqual(retired);
    expect(kindsOfGone({ groups: [open] }, { groups: [open, sure] })).toEqual(retired);
    expect(kindsOfGone({ groups: [closed] }, { groups: [closed, denied] })).toEqual(merged);
  });

  it('names none that is over by then, whatever the history says', () => {
    const listed = one('covered', 'M5416', '62323');
    const revisions = [{ number: '2', text: 'The content of A1 was combined into this article.' }];
    const ends = '2026-09-05';
    const poorer = { ...one('covered', 'G894', '62323'), revisions };
    expect(kindsOfGone(listed, poorer)).toEqual(['retired', 'merged', 'A2']);
    const before = [of('A2', { ...one('covered', 'G894', '62323'), states: 'CT NY', ends })];
    expect(kindsOfGone(listed, { ...poorer, ends }, before)).toEqual(retired);
  });

  it('wants every state of the other, by whichever parts', () => {
    const listed = one('covered', 'M5416', '62323');
    const states = (gone: string, heir: string) =>
      kindsOfGone({ ...listed, states: gone }, { ...listed, states: heir });
    expect(states('CT', 'NY')).toEqual(retired);
    expect(states('CT NY', 'NY')).toEqual(retired);
    expect(states('', 'CT NY')).toEqual(retired);
    expect(states('CT NY', '')).toEqual(merged);
    expect(states('QN', 'NY')).toEqual(merged);
    expect(states('NY', 'QN')).toEqual(retired);
    expect(states('NY', 'DN QN UN')).toEqual(merged);
  });

  it('tells the end of a document that said something else at its end', () => {
    const [listed, less] = [
      one('covered', 'M5416 M5417', '62323'),
      one('covered', 'M5417', '62323'),
    ];
    const old = of('A1', listed);
    const ending = of('A1', { ...less, version: '2', effective: '2026-09-01', ends: '2026-09-30' });
    const heir = of('A2', { ...listed, version: '2', effective: '2026-09-07' });
    const known = new Map([old, heirBefore].map((document) => [document.id, document]));
    const { changes } = diffEdition(known, [ending, heir], seen);
    expect(changes[0]?.kinds).toEqual(['retired', 'codes']);
  });

  it('tells claims of what nobody says in its place', () => {
    const medicare: Payer = { id: 'medicare', title: 'M', names: [], claimFiling: ['MB'] };
    const claim: Claim = {
      type: 'claim',
      id: 'c1',
      codes: [],
      claimFiling: 'MB',
      state: 'CT',
      diagnoses: [{ system: 'icd10cm', code: 'M5416', role: 'principal' }],
      dateOfService: calendarDate('2026-09-20'),
      lines: [{ procedure: '62323', pointers: [1] }],
    };
    const effect = (heir: PolicyParts) => {
      const { old, diff } = told(one('covered', 'M5416', '62323'), heir);
      const change = diff.changes.find(({ id }) => id === 'A1');
      const versions = [taken(old, 1), ...diff.versions.filter(({ id }) => id === 'A1')];
      return change && claimHit(change, versions, claim, [medicare])?.effect;
    };
    const listed = one('covered', 'M5416 G894', '62323');
    expect(effect(listed)).toBeUndefined();
    expect(effect({ ...listed, effective: '2026-12-01' })).toBe('retired');
    expect(effect(one('covered', 'M5416 G894', '62323', { asterisked: ['M5416'] }))).toBe(
      'retired',
    );
  });

  it('calls it a split only when the new document says the same of the procedures it took', () => {
    const both = [
      group('covered', 'M5416', '62321'),
      group('covered', 'M5417', '62323', { group: '2' }),
    ];
    const dates = { version: '2', effective: '2026-10-01' };
    const split = (parts: PolicyParts) => {
      const fresh = of('A9', { ...dates, ...one('covered', 'M5417', '62323'), ...parts });
      const left = of('A1', { ...dates, ...one('covered', 'M5416', '62321') });
      const known = new Map([['A1', of('A1', { groups: both })]]);
      return diffEdition(known, [left, fresh], seen).changes.map(({ kinds }) => kinds.join(' '));
    };
    const alone = ['procedures', 'new'];
    expect(split({})).toEqual(['split procedures', 'new split']);
    expect(split(one('covered', 'G894', '62323'))).toEqual(alone);
    expect(split(one('covered', 'M5417', '62323', { asterisked: ['M5417'] }))).toEqual(alone);
    expect(split({ effective: '2026-11-01' })).toEqual(alone);
    expect(split({ states: 'NY' })).toEqual(alone);
  });
});

const paysLess: Readonly<Record<string, number>> = { covered: 0, conditional: 1 };
const asNumber = (document: PolicyDocument, procedure: string, diagnosis: string): number => {
  const says = documentSays(document, { procedure, diagnosis });
  return isMute(says) ? 3 : (paysLess[verdictOf(says)] ?? 2);
};

describe('shared/core/policy-takeover.ts for any two documents', () => {
  const numbered = (groups: readonly DiagnosisGroup[]) =>
    groups.map((each, at) => ({ ...each, group: `${at + 1}` }));
  const pair = fc.record({
    gone: fc.array(anyDiagnosisGroup, { minLength: 1, maxLength: 3 }),
    more: fc.array(anyDiagnosisGroup, { maxLength: 2 }),
    nonCovered: fc.boolean(),
  });

  it('pays no pair less by what stands in', () => {
    let count = 0;
    fc.assert(
      fc.property(pair, ({ gone, more, nonCovered }) => {
        const procedures = [{ group: '1', codes: ['1', '2'], nonCovered: false }];
        const { old, now, diff } = told(
          { procedureGroups: procedures, groups: numbered(gone) },
          {
            procedureGroups: [...procedures, { group: '2', codes: ['3'], nonCovered }],
            groups: numbered([...gone, ...more]),
          },
        );
        const change = diff.changes.find(({ id }) => id === 'A1');
        if (change?.kinds.includes('retired')) return;
        count += 1;
        for (const procedure of procedureCodes) {
          for (const code of listedCodes) {
            const was = asNumber(old, procedure, code);
            if (was < 2) expect(asNumber(now, procedure, code)).toBeLessThanOrEqual(was);
          }
        }
      }),
      { numRuns: 600 },
    );
    expect(count).toBeGreaterThan(50);
  });
});
