// Which claims and templates a policy's change hits, by hand, and for any history against what each
// edition says of the line.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Claim, ClaimLine, Template } from '../../shared/core/artifact.ts';
import { addDays, type CalendarDate, calendarDate } from '../../shared/core/calendar-date.ts';
import { covers } from '../../shared/core/code-range.ts';
import type { Payer } from '../../shared/core/payer.ts';
import type { PolicyChange, PolicyDocument, PolicyVersion } from '../../shared/core/policy.ts';
import { diffEdition } from '../../shared/core/policy-diff.ts';
import { claimHit, templateHit } from '../../shared/core/policy-impact.ts';
import { lookupsOf } from '../../shared/core/policy-lookup.ts';
import { policyInForce } from '../../shared/core/policy-timeline.ts';
import { group, type PolicyParts, policy } from '../support/policies.ts';

const day = calendarDate;
const payers: readonly Payer[] = [
  { id: 'medicare', title: 'Medicare', names: [], claimFiling: ['MA', 'MB'] },
];

/** Editions taken in one after the other, all complete: every version and every change. */
function history(...editions: readonly (readonly PolicyDocument[])[]) {
  let state: ReadonlyMap<string, PolicyDocument> = new Map();
  const versions: PolicyVersion[] = [];
  const changes: PolicyChange[] = [];
  for (const [at, documents] of editions.entries()) {
    const firstSeen = addDays(day('2026-09-06'), at * 7);
    const seen = { edition: `mcd-${at + 1}`, seq: at + 1, firstSeen, complete: true };
    const told = diffEdition(state, documents, seen);
    state = new Map(told.state.map((one) => [one.id, one]));
    versions.push(...told.versions);
    changes.push(...told.changes);
  }
  return { versions, changes };
}

const lists = (...groups: Parameters<typeof group>[]) => ({
  groups: groups.map((one) => group(...one)),
});
const claim = (parts: Partial<Claim> & { codes?: never } = {}, ...lines: ClaimLine[]): Claim => ({
  type: 'claim',
  id: 'c1',
  codes: [],
  claimFiling: 'MB',
  state: 'NY',
  diagnoses: [
    { system: 'icd10cm', code: 'M5418', role: 'principal' },
    { system: 'icd10cm', code: 'M5416', role: 'other' },
  ],
  dateOfService: day('2026-05-01'),
  lines: lines.length > 0 ? lines : [{ procedure: '62323', pointers: [1] }],
  ...parts,
});

const states = 'CT NY';
const v20: PolicyParts = { version: '20', effective: '2023-11-23', states };
const v21: PolicyParts = { version: '21', effective: '2026-04-01', states };
const before = policy({ ...v20, ...lists(['covered', 'M5416', '62321 62323']) });
const after = policy({ ...v21, ...lists(['covered', 'M5416 M5418', '62321 62323']) });

/** The hit of the last change of a history. */
function hit(one: Claim, ...editions: readonly PolicyDocument[][]) {
  const { versions, changes } = history(...editions);
  const last = changes.at(-1);
  if (!last) throw new Error('nothing changed');
  return claimHit(last, versions, one, payers);
}
const added = (one: Claim) => hit(one, [before], [after]);

describe('shared/core/policy-impact.ts, claims', () => {
  it('says that a claim is covered now, from the retroactive first day on', () => {
    expect(added(claim())).toEqual({
      effect: 'newly-covered',
      stateKnown: true,
      lines: [
        {
          line: 1,
          procedure: '62323',
          diagnosis: 'M5418',
          date: '2026-05-01',
          effect: 'newly-covered',
          before: 'not-listed',
          after: 'covered',
          supportedBy: [],
        },
      ],
    });
    expect(added(claim({ dateOfService: day('2026-04-01') }))).toBeDefined();
    expect(added(claim({ dateOfService: day('2026-03-31') }))).toBeUndefined();
  });

  it('hits claims of the payer and of its states only', () => {
    expect(added(claim({ claimFiling: 'CI' }))).toBeUndefined();
    expect(added(claim({ payer: 'Medicare', claimFiling: 'CI' }))).toBeDefined();
    expect(added(claim({ state: 'FL' }))).toBeUndefined();
    const { state: _, ...nowhere } = claim();
    expect(added(nowhere)?.stateKnown).toBe(false);
    // No state of the United States: where the service was rendered is not known.
    for (const state of ['XX', 'ON', 'AE']) expect(added(claim({ state }))?.stateKnown).toBe(false);
  });

  it('hits by the procedure of a line and the diagnoses that it points to', () => {
    expect(added(claim({}, { procedure: '99213', pointers: [1] }))).toBeUndefined();
    expect(added(claim({}, { procedure: '62323', pointers: [2] }))).toBeUndefined();
    expect(added(claim({}, { pointers: [1] }))).toBeUndefined();
    const both = added(claim({}, { procedure: '62323', pointers: [1, 2] }));
    expect(both?.lines).toMatchObject([{ diagnosis: 'M5418', supportedBy: ['M5416'] }]);
    const second = added(
      claim({}, { procedure: '99213', pointers: [1] }, { procedure: '62321', pointers: [1] }),
    );
    expect(second?.lines).toMatchObject([{ line: 2, procedure: '62321' }]);
  });

  it('takes every diagnosis of the claim for a line that points to none', () => {
    expect(added(claim({}, { procedure: '62323' }))?.lines).toHaveLength(1);
    const { diagnoses: _, ...without } = claim({}, { procedure: '62323' });
    const codes = [{ system: 'icd10cm' as const, code: 'M5418' }];
    expect(added({ ...without, codes })?.lines).toHaveLength(1);
    const pcs = [{ system: 'icd10pcs' as const, code: 'M5418' }];
    expect(added({ ...without, codes: pcs })).toBeUndefined();
  });

  it("goes by the line's own date, and does not guess one", () => {
    const line = { procedure: '62323', pointers: [1] };
    const early = { ...line, dateOfService: day('2026-03-31') };
    expect(added(claim({}, early))).toBeUndefined();
    const { dateOfService: _, ...undated } = claim({}, line);
    expect(added(undated)).toBeUndefined();
  });

  it('goes by the own date of a line of a stay, else by the discharge', () => {
    const stay = (dateOfService?: string) =>
      claim(
        { setting: 'inpatient', dischargeDate: day('2026-04-02') },
        {
          ...{ procedure: '62323', pointers: [1] },
          ...(dateOfService === undefined ? {} : { dateOfService: day(dateOfService) }),
        },
      );
    expect(added(stay('2026-03-31'))).toBeUndefined();
    expect(added(stay('2026-04-01'))?.lines).toMatchObject([{ date: '2026-04-01' }]);
    expect(added(stay())?.lines).toMatchObject([{ date: '2026-04-02' }]);
  });

  it('knows a procedure that was stored in lower case', () => {
    const [without, having] = ['M5416', 'M5416 M5418'].map((codes, at) =>
      policy({ ...(at === 0 ? v20 : v21), ...lists(['covered', codes, '0213T']) }),
    );
    if (!without || !having) throw new Error('two documents');
    const one = claim({}, { procedure: '0213t', pointers: [1] });
    expect(hit(one, [without], [having])?.lines).toMatchObject([{ procedure: '0213T' }]);
  });

  it('is not hit by what a list adds or drops that is not surely for the procedure', () => {
    const unsure = (parts: PolicyParts, codes: string) =>
      policy({ ...parts, ...lists(['covered', codes, '62323', { mapping: 'unclear' }]) });
    const [few, many] = [unsure(v20, 'M5416'), unsure(v21, 'M5416 M5418')];
    expect(hit(claim(), [few], [many])).toBeUndefined();
    expect(hit(claim(), [unsure(v20, 'M5416 M5418')], [unsure(v21, 'M5416')])).toBeUndefined();
    // Once the list is surely for the procedure, what it does not have is no longer covered.
    const sure = policy({ ...v21, ...lists(['covered', 'M5416', '62323']) });
    expect(hit(claim(), [few], [sure])?.lines).toMatchObject([
      { effect: 'no-longer-covered', before: 'conditional', after: 'not-listed', unlisted: true },
    ]);
  });

  const gone = policy({ ...v21, ...lists(['covered', 'M5416', '62321 62323']) });
  const listed = policy({ ...v20, ...lists(['covered', 'M5416 M5418', '62321 62323']) });

  it('says that a claim is no longer covered: gone from the list, or listed as not covered', () => {
    expect(hit(claim(), [listed], [gone])?.effect).toBe('no-longer-covered');
    const denied = lists(['covered', 'M5416', '62323'], ['not-covered', 'M5418', '62323']);
    const lines = hit(claim(), [listed], [policy({ ...v21, ...denied })])?.lines;
    expect(lines).toMatchObject([{ effect: 'no-longer-covered', after: 'not-covered' }]);
  });

  it('says that a claim is covered under a condition now', () => {
    const starred = lists(['covered', 'M5416 M5418', '62323', { asterisked: ['M5418'] }]);
    const conditional = policy({ ...v21, ...starred });
    expect(hit(claim(), [listed], [conditional])?.effect).toBe('newly-conditional');
    expect(hit(claim(), [before], [conditional])?.lines).toMatchObject([
      { effect: 'newly-covered', before: 'not-listed', after: 'conditional' },
    ]);
  });

  it('says that the document is retired for claims after its last day', () => {
    const late = (date: string) => claim({ dateOfService: day(date) });
    expect(hit(late('2026-09-13'), [after], [])?.effect).toBe('retired');
    expect(hit(late('2026-09-12'), [after], [])).toBeUndefined();
  });

  it('hits claims of a state that came or went', () => {
    const less = policy({ ...after, version: '22', states: 'CT' });
    expect(hit(claim(), [after], [less])?.effect).toBe('retired');
    const more = policy({ ...after, version: '23' });
    // Nothing was said of it in New York before, and it is covered now: no claim is decided otherwise.
    expect(hit(claim(), [less], [more])).toBeUndefined();
    const gone = claim({}, { procedure: '62323', pointers: [3] });
    const other = { system: 'icd10cm', code: 'I10', role: 'other' } as const;
    const unlisted = { ...gone, diagnoses: [...(gone.diagnoses ?? []), other] };
    expect(hit(unlisted, [less], [more])?.effect).toBe('no-longer-covered');
    expect(hit(claim({ state: 'CT' }), [after], [less])).toBeUndefined();
  });

  const year = (version: string, codes: string) =>
    policy({
      ...{ version, effective: `202${version}-01-01`, ends: `202${version}-12-31`, states },
      ...lists(['covered', codes, '62323']),
    });

  it('compares a version that renews one that has ended with that one', () => {
    const renewed = (diagnosis: number) =>
      hit(
        claim({ dateOfService: day('2027-02-01') }, { procedure: '62323', pointers: [diagnosis] }),
        [year('6', 'M5416 M5418')],
        [year('7', 'M5416')],
      );
    expect(renewed(1)?.lines).toMatchObject([
      { diagnosis: 'M5418', effect: 'no-longer-covered', before: 'covered', after: 'not-listed' },
    ]);
    expect(renewed(1)?.lines[0]).not.toHaveProperty('unlisted');
    expect(renewed(2)).toBeUndefined();
    const never = claim({
      dateOfService: day('2027-02-01'),
      diagnoses: [{ system: 'icd10cm', code: 'Z0000', role: 'principal' }],
    });
    expect(hit(never, [year('6', 'M5416 M5418')], [year('7', 'M5416')])).toBeUndefined();
  });

  it('hits any diagnosis of a procedure that is said to be non-covered', () => {
    const of = (nonCovered: boolean) => [{ group: '2', codes: ['62322'], nonCovered }];
    const silent = policy({ ...v20, procedureGroups: of(false) });
    const non = policy({ ...v21, procedureGroups: of(true) });
    const one = claim({}, { procedure: '62322', pointers: [2] });
    expect(hit(one, [silent], [non])?.effect).toBe('no-longer-covered');
  });

  it('leaves alone what a later edition decided otherwise, not what it left as it was', () => {
    const later: PolicyParts = { version: '22', effective: '2026-04-15', states };
    const again = policy({ ...later, ...lists(['covered', 'M5416', '62321 62323']) });
    const kept = policy({ ...later, ...lists(['covered', 'M5416 M5418', '62321 62323']) });
    const of = (third: PolicyDocument, date: string) => {
      const { versions, changes } = history([before], [after], [third]);
      const change = changes.find(({ version }) => version === '21');
      return change && claimHit(change, versions, claim({ dateOfService: day(date) }), payers);
    };
    expect(of(again, '2026-05-01')).toBeUndefined();
    expect(of(again, '2026-04-14')).toBeDefined();
    expect(of(kept, '2026-05-01')).toBeDefined();
  });

  it('is not hit by a review, nor by a document that was merged whole', () => {
    const review = policy({ ...before, version: '21' });
    expect(hit(claim({}, { procedure: '62323' }), [before], [review])).toBeUndefined();
    const heir = (version: string, codes: string, procedures: string) =>
      policy({ ...v20, id: 'A2', version, ...lists(['covered', codes, procedures]) });
    const { versions, changes } = history(
      [after, heir('1', 'M5416', '62321')],
      [heir('2', 'M5416 M5418', '62321 62323')],
    );
    const gone = changes.find(({ id, seq }) => id === 'A1' && seq === 2);
    expect(gone?.kinds).toEqual(['merged']);
    const mine = versions.filter(({ id }) => id === 'A1');
    const late = claim({ dateOfService: day('2026-10-01') });
    expect(gone && claimHit(gone, mine, late, payers)).toBeUndefined();
  });
});

describe('shared/core/policy-impact.ts, templates', () => {
  const template = (...codes: string[]): Template => ({
    type: 'template',
    id: 't1',
    codes: codes.map((code) => ({ system: 'icd10cm', code })),
  });
  const of = (one: Template, ...editions: readonly PolicyDocument[][]) => {
    const { versions, changes } = history(...editions);
    const last = changes.at(-1);
    return last && templateHit(last, versions, one);
  };

  it('tells which of its diagnoses are decided otherwise, for which procedures', () => {
    expect(of(template('M5416', 'M5418'), [before], [after])).toEqual({
      effect: 'newly-covered',
      pairs: ['62321', '62323'].map((procedure) => ({
        procedure,
        diagnosis: 'M5418',
        effect: 'newly-covered',
        before: 'not-listed',
        after: 'covered',
      })),
    });
    expect(of(template('M5416'), [before], [after])).toBeUndefined();
  });

  it('is told of what a renewed version drops, and of an end until a later version begins', () => {
    const v = (version: string, codes: string) =>
      policy({
        ...{ version, effective: `202${version}-01-01`, ends: `202${version}-12-31` },
        ...lists(['covered', codes, '62323']),
      });
    const [old, now] = [v('6', 'M5416 M5418'), v('7', 'M5416')];
    expect(of(template('M5418'), [old], [now])?.pairs).toMatchObject([
      { effect: 'no-longer-covered', before: 'covered', after: 'not-listed' },
    ]);
    expect(of(template('M5416'), [old], [now])).toBeUndefined();
    const { versions, changes } = history(
      [before],
      [],
      [policy({ ...after, effective: '2026-12-01' })],
    );
    const ended = changes.find(({ kinds }) => kinds.includes('retired'));
    const sofar = versions.filter(({ seq }) => seq < 3);
    expect(ended && templateHit(ended, sofar, template('M5416'))?.effect).toBe('retired');
    expect(ended && templateHit(ended, versions, template('M5416'))).toBeUndefined();
  });

  it('is told of future and of retired documents', () => {
    const future = policy({ ...after, effective: '2099-01-01' });
    expect(of(template('M5418'), [before], [future])?.effect).toBe('newly-covered');
    expect(of(template('M5418'), [after], [])?.effect).toBe('retired');
  });
});

const codes = ['A00', 'B00', 'C00'];
const anyDocument = fc.record({
  days: fc.integer({ min: 0, max: 60 }),
  ends: fc.option(fc.integer({ min: 0, max: 80 }), { nil: undefined }),
  states: fc.constantFrom('CT NY', 'CT', 'NY', ''),
  groups: fc.array(
    fc.record({
      list: fc.constantFrom('covered' as const, 'not-covered' as const),
      codes: fc.subarray(codes),
      procedures: fc.subarray(['1', '2']),
      star: fc.boolean(),
      else: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  nonCovered: fc.boolean(),
});
const start = day('2026-07-01');
type Parts = typeof anyDocument extends fc.Arbitrary<infer T> ? T : never;

const made = (version: string, parts: Parts): PolicyDocument =>
  policy({
    version,
    effective: addDays(start, parts.days),
    ...(parts.ends === undefined ? {} : { ends: addDays(start, parts.ends) }),
    states: parts.states,
    procedureGroups: [
      { group: '1', codes: ['1'], nonCovered: parts.nonCovered },
      { group: '2', codes: ['2'], nonCovered: false },
    ],
    groups: parts.groups.map((one, at) =>
      group(one.list, one.codes.join(' '), one.procedures.join(' '), {
        group: `${at}`,
        everythingElse: one.else,
        asterisked: one.star ? one.codes.slice(0, 1) : [],
      }),
    ),
  });

type Edition = readonly PolicyDocument[];

/**
 * Editions with the document or without it, of the same number as before or a higher one; some are
 * taken back at once.
 */
const editionsOf = <T>(parts: fc.Arbitrary<T>, make: (version: string, one: T) => PolicyDocument) =>
  fc
    .array(
      fc.record({
        step: fc.nat(2),
        parts: fc.option(parts, { nil: undefined, freq: 4 }),
        isTakenBack: fc.boolean(),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((steps) => {
      let number = 1;
      let last: Edition = [];
      return steps.flatMap(({ step, parts: one, isTakenBack }): Edition[] => {
        number += step;
        const before = last;
        const now = one === undefined ? [] : [make(`${number}`, one)];
        last = isTakenBack && before.length > 0 ? before : now;
        return last === now ? [now] : [now, before];
      });
    });
const anyClaim = fc.record({
  date: fc.integer({ min: 0, max: 100 }).map((days): CalendarDate => addDays(start, days)),
  state: fc.constantFrom('CT', 'NY'),
  procedure: fc.constantFrom('1', '2', '3'),
  diagnosis: fc.constantFrom(...codes),
});

/** One list of covered codes for some procedures. */
const anyList = fc.record({
  days: fc.integer({ min: 0, max: 60 }),
  codes: fc.subarray(codes, { minLength: 1 }),
  procedures: fc.subarray(['1', '2'], { minLength: 1 }),
});
type OneList = typeof anyList extends fc.Arbitrary<infer T> ? T : never;
const listOf = (version: string, { days, codes: listed, procedures }: OneList): PolicyDocument =>
  policy({
    version,
    effective: addDays(start, days),
    states: 'CT NY',
    ...lists(['covered', listed.join(' '), procedures.join(' ')]),
  });
type Asked = typeof anyClaim extends fc.Arbitrary<infer T> ? T : never;
const claimOf = ({ date, state, procedure, diagnosis }: Asked): Claim =>
  claim(
    {
      dateOfService: date,
      state,
      diagnoses: [{ system: 'icd10cm', code: diagnosis, role: 'principal' }],
    },
    { procedure },
  );

/**
 * What a document of one list says after so many editions: a table of versions that each edition
 * overwrites. With `evenEnded`, what the version that began last said as long as it applied.
 */
function said(versions: readonly PolicyVersion[], last: number, asked: Asked, evenEnded = false) {
  const table: (PolicyVersion | undefined)[] = [];
  for (const version of versions) {
    if (version.seq <= last) table[Number(version.version)] = version;
  }
  for (const version of table.reverse()) {
    if (!version || version.withdrawn) continue;
    const isOver = version.ends !== undefined && version.ends < asked.date;
    if (isOver && !evenEnded) return 'silent';
    if (version.effective > asked.date) continue;
    const [list] = version.groups;
    if (!list?.procedures.includes(asked.procedure)) return 'silent';
    return list.diagnoses.codes.includes(asked.diagnosis) ? 'pays' : 'denies';
  }
  return 'silent';
}

/** Whether the document applied once and does no more on the date, after so many editions. */
const isOver = (versions: readonly PolicyVersion[], last: number, { date }: Asked): boolean => {
  const known = versions.filter(({ seq }) => seq <= last);
  return policyInForce(known, date) === undefined;
};

describe('shared/core/policy-impact.ts for any history', () => {
  it('hits a claim exactly when an edition made of its pair what all later ones left', () => {
    fc.assert(
      fc.property(editionsOf(anyList, listOf), anyClaim, (editions, asked) => {
        const { versions, changes } = history(...editions);
        const all = editions.map((_, at) => said(versions, at + 1, asked));
        for (const [at, now] of all.entries()) {
          // A version that comes after one has ended renews it.
          const isRenewed = now !== 'silent' && isOver(versions, at, asked);
          const old = isRenewed ? said(versions, at, asked, true) : (all[at - 1] ?? 'silent');
          const isLeft = all.slice(at).every((one) => one === now);
          const isGained = now === 'pays' && old === 'denies';
          const lost = now === 'silent' ? 'retired' : 'no-longer-covered';
          const isLost = old === 'pays' ? now !== 'pays' : old === 'silent' && now === 'denies';
          const expected = isGained ? 'newly-covered' : isLost ? lost : undefined;
          const change = changes.find(({ seq }) => seq === at + 1);
          const found = change && claimHit(change, versions, claimOf(asked), payers);
          expect(found?.effect).toBe(isLeft ? expected : undefined);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('hits a line once by what is not listed, where none of its diagnoses does better and nothing later changed that', () => {
    const line = fc.record({
      asked: anyClaim,
      diagnoses: fc.uniqueArray(fc.constantFrom(...codes), { minLength: 1 }),
    });
    fc.assert(
      fc.property(editionsOf(anyList, listOf), line, (editions, { asked, diagnoses }) => {
        const { versions, changes } = history(...editions);
        const one = claim(
          {
            ...{ dateOfService: asked.date, state: asked.state },
            diagnoses: diagnoses.map((code) => ({ system: 'icd10cm', code, role: 'other' })),
          },
          { procedure: asked.procedure },
        );
        const sides = editions.map((_, at) =>
          diagnoses.map((diagnosis) => said(versions, at + 1, { ...asked, diagnosis })),
        );
        for (const [at, now] of sides.entries()) {
          const wasSilent = diagnoses.every((diagnosis) => {
            const one = { ...asked, diagnosis };
            const evenEnded = isOver(versions, at, one) && (now[0] ?? 'silent') !== 'silent';
            return said(versions, at, one, evenEnded) === 'silent';
          });
          const isDenied = sides
            .slice(at)
            .every((later) => later.every((side) => side === 'denies'));
          const change = changes.find(({ seq }) => seq === at + 1);
          const hits = (change && claimHit(change, versions, one, payers))?.lines ?? [];
          const unlisted = hits.filter((each) => each.unlisted).map(({ diagnosis }) => diagnosis);
          expect(unlisted).toEqual(now.length > 0 && wasSilent && isDenied ? [diagnoses[0]] : []);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('finds every claim it hits by the codes to be looked up', () => {
    fc.assert(
      fc.property(editionsOf(anyDocument, made), anyClaim, (editions, asked) => {
        const { versions, changes } = history(...editions);
        for (const change of changes) {
          if (!claimHit(change, versions, claimOf(asked), payers)) continue;
          const { claims } = lookupsOf(change, versions);
          const isFound =
            claims.codes.includes(asked.diagnosis) ||
            claims.ranges.some((range) => covers(range, asked.diagnosis)) ||
            claims.procedures.includes(asked.procedure);
          expect(isFound).toBe(true);
          expect(asked.date >= change.effective).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
