// What changed from one version of a policy to the next, and by an edition: worked out by hand for
// each kind.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { documentSays, verdictOf } from '../../shared/core/document-coverage.ts';
import {
  type CoverageMove,
  isMeaningful,
  type PolicyChange,
  type PolicyDocument,
} from '../../shared/core/policy.ts';
import { diffEdition, diffPolicy } from '../../shared/core/policy-diff.ts';
import { meaningFingerprint } from '../../shared/core/policy-normal-form.ts';
import { anyDiagnosisGroup, listedCodes, procedureCodes } from '../support/any-diagnosis-group.ts';
import { group, type PolicyParts, policy } from '../support/policies.ts';

const seen = { edition: 'mcd-2', seq: 2, firstSeen: calendarDate('2026-09-07') };
const v1: PolicyParts = { version: '1', effective: '2025-01-01' };
const v2: PolicyParts = { version: '2', effective: '2026-10-01' };
const lists = (...groups: Parameters<typeof group>[]) => ({
  groups: groups.map((one) => group(...one)),
});
const plain = lists(['covered', 'M5416 M5417', '62321 62323']);

/** The change between two versions that say these. */
function change(before: PolicyParts, after: PolicyParts): PolicyChange {
  const found = diffPolicy(policy({ ...v1, ...before }), policy({ ...v2, ...after }), seen);
  if (!found) throw new Error('nothing changed');
  return found;
}

/** Moves as text: `covered +M5418 for 62321 62323`. */
const told = ({ moves }: PolicyChange) =>
  moves.map(({ list, direction, codes, ranges, everything, procedures }: CoverageMove) => {
    const sign = direction === 'added' ? '+' : '-';
    const what = [...codes, ...ranges.map(({ from, to }) => `${from}-${to}`), everything ?? ''];
    return `${list} ${sign}${what.filter(Boolean).join(' ')} for ${procedures.join(' ')}`;
  });

describe('shared/core/policy-diff.ts, one document', () => {
  it('finds nothing between equal documents', () => {
    expect(diffPolicy(policy(plain), policy(plain), seen)).toBeUndefined();
    expect(diffPolicy(undefined, undefined, seen)).toBeUndefined();
  });

  it('tells a code added to a list, once for all procedures of the list', () => {
    const added = change(plain, lists(['covered', 'M5416 M5417 M5418', '62321 62323']));
    expect(added.kinds).toEqual(['codes']);
    expect(added.moves).toEqual([
      {
        list: 'covered',
        group: '1',
        direction: 'added',
        codes: ['M5418'],
        ranges: [],
        procedures: ['62321', '62323'],
        mapping: 'prose',
      },
    ]);
    expect(added).toMatchObject({
      source: 'mcd',
      id: 'A1',
      version: '2',
      before: '1',
      effective: '2026-10-01',
      firstSeen: '2026-09-07',
      retroactive: false,
      addedProcedures: [],
      removedProcedures: [],
      edition: 'mcd-2',
      seq: 2,
    });
  });

  it('is retroactive when it applies to days before it was seen', () => {
    const after = lists(['covered', 'M5416', '62321 62323']);
    const { retroactive, effective } = change(plain, { ...after, effective: '2026-04-01' });
    expect([retroactive, effective]).toEqual([true, '2026-04-01']);
    expect(change(plain, { ...after, effective: '2026-09-07' }).retroactive).toBe(false);
  });

  it('sees no change of codes when groups are renumbered, cut or joined', () => {
    const cut = lists(
      ['covered', 'M5416', '62321 62323', { group: '3' }],
      ['covered', 'M5417', '62321', { group: '4' }],
      ['covered', 'M5417', '62323', { group: '5' }],
    );
    expect(change(plain, cut).kinds).toEqual(['review']);
    expect(change(plain, cut).moves).toEqual([]);
    const same = diffPolicy(policy({ ...v1, ...plain }), policy({ ...v1, ...cut }), seen);
    expect(same?.kinds).toEqual(['text']);
  });

  it('tells a code for one procedure of the two only', () => {
    const after = lists(
      ['covered', 'M5416', '62321 62323'],
      ['covered', 'M5417', '62323', { group: '2' }],
    );
    expect(told(change(plain, after))).toEqual(['covered -M5417 for 62321']);
  });

  it('moves a code twice that went from covered to not covered', () => {
    const after = lists(
      ['covered', 'M5416', '62321 62323'],
      ['not-covered', 'M5417', '62321 62323'],
    );
    expect(told(change(plain, after))).toEqual([
      'covered -M5417 for 62321 62323',
      'not-covered +M5417 for 62321 62323',
    ]);
  });

  it('tells XX000 coming and going as a move of everything else', () => {
    const rest = lists(
      ['covered', 'M5416 M5417', '62321 62323'],
      ['not-covered', '', '62321 62323', { everythingElse: true }],
    );
    const on = change(plain, rest);
    expect(on.kinds).toEqual(['codes']);
    expect(told(on)).toEqual(['not-covered +else for 62321 62323']);
    expect(told(change(rest, plain))).toEqual(['not-covered -else for 62321 62323']);
  });

  it('knows a code in a range from one that is gone', () => {
    const ranges = { diagnoses: { codes: ['M5416'], ranges: [{ from: 'M541', to: 'M541' }] } };
    const wide = lists(['covered', '', '62321 62323', ranges]);
    expect(told(change(plain, wide))).toEqual(['covered +M541-M541 for 62321 62323']);
    expect(told(change(wide, plain))).toEqual(['covered -M541-M541 for 62321 62323']);
  });

  it('knows a range within another by the Tabular List', () => {
    const of = (from: string, to: string) =>
      lists(['covered', '', '62323', { diagnoses: { codes: [], ranges: [{ from, to }] } }]);
    const arthritis = of('M05', 'M14');
    expect(told(change(arthritis, of('M1A', 'M1A')))).toEqual(['covered -M05-M14 for 62323']);
    // M10 reaches further than M10.1, though it stands before it.
    expect(told(change(of('M05', 'M101'), of('M06', 'M10')))).toEqual([
      'covered +M06-M10 for 62323',
      'covered -M05-M101 for 62323',
    ]);
  });

  it('tells asterisks, their text and an unclear mapping as conditions', () => {
    const with_ = (more: Parameters<typeof group>[3]) =>
      lists(['covered', 'M5416 M5417', '62321 62323', more]);
    const starred = with_({
      asterisked: ['M5417'],
      footnote: 'Only for cyst aspiration: M54.17*.',
    });
    expect(change(plain, starred).kinds).toEqual(['conditions']);
    expect(change(starred, plain).kinds).toEqual(['conditions']);
    expect(change(plain, with_({ mapping: 'unclear' })).kinds).toEqual(['conditions']);
    expect(change(plain, with_({ mapping: 'only-group' })).kinds).toEqual(['review']);
    const other = with_({ asterisked: ['M5417'], footnote: 'Only twice a year: M54.17*.' });
    expect(change(starred, other).kinds).toEqual(['conditions']);
  });

  it('tells an asterisk on both ends of a range, and one inside it, as conditions', () => {
    const ranged = (codes: string[], asterisked: string[], footnote = 'Once.') =>
      lists([
        'covered',
        '',
        '62323',
        { diagnoses: { codes, ranges: [{ from: 'M5450', to: 'M5459' }] }, asterisked, footnote },
      ]);
    const open = ranged([], []);
    const starred = ranged([], ['M5450', 'M5459']);
    for (const [before, after] of [
      [open, starred],
      [starred, open],
      [starred, ranged([], ['M5450', 'M5459'], 'Twice.')],
      [open, ranged([], ['M5459'])],
      [open, ranged(['M5451'], ['M5451'])],
      [starred, ranged(['M5451'], ['M5450', 'M5459'])],
    ] as const) {
      expect(change(before, after).kinds).toEqual(['conditions']);
      expect(change(before, after).moves.flatMap(({ ranges }) => ranges)).toEqual([]);
    }
    expect(change(starred, ranged([], ['M5450', 'M5459'], 'ONCE')).kinds).toEqual(['review']);
    expect(change(open, ranged(['M5451'], [])).kinds).toEqual(['review']);
  });

  it.each(['requires', 'prior-authorization'] as const)(
    'tells other words of what a %s list asks for as conditions, not how they are set',
    (list) => {
      const asks = (quote: string) => lists([list, 'M5416', '62323', { quote }]);
      const four = asks('Four weeks of therapy and an MRI, BMI > 35.');
      const kinds = (quote: string) => change(four, asks(quote)).kinds;
      expect(kinds('Twelve weeks of therapy and an MRI, BMI > 35.')).toEqual(['conditions']);
      expect(kinds('Four weeks of therapy or an MRI, BMI > 35.')).toEqual(['conditions']);
      expect(kinds('Four weeks of therapy and an MRI, BMI < 35.')).toEqual(['conditions']);
      expect(kinds('Four weeks of therapy and an MRI, BMI > 3.5.')).toEqual(['conditions']);
      expect(kinds('FOUR WEEKS of  therapy - and an MRI; BMI >35')).toEqual(['review', 'text']);
    },
  );

  it('tells that two codes changed what is asked for them', () => {
    const asks = (first: string, second: string) =>
      lists(
        ['requires', 'M5416', '62323', { quote: first }],
        ['requires', 'M5417', '62323', { group: '2', quote: second }],
      );
    const swapped = change(asks('MRI.', 'Therapy.'), asks('Therapy.', 'MRI.'));
    expect([swapped.kinds, swapped.moves]).toEqual([['conditions'], []]);
    const renumbered = lists(
      ['requires', 'M5417', '62323', { quote: 'Therapy.' }],
      ['requires', 'M5416', '62323', { group: '2', quote: 'MRI.' }],
    );
    expect(change(asks('MRI.', 'Therapy.'), renumbered).kinds).toEqual(['review']);
  });

  it('counts what every list asks for, also one that is not surely for the procedure', () => {
    const asks = (unsure: string) =>
      lists(
        ['requires', 'M5416', '62323', { quote: 'MRI.' }],
        ['requires', 'M5416', '62323', { group: '2', quote: unsure, mapping: 'unclear' }],
      );
    expect(change(asks('Therapy.'), asks('Twelve weeks.')).kinds).toEqual(['conditions']);
    const alone = lists(['requires', 'M5416', '62323', { quote: 'MRI.' }]);
    expect(change(alone, asks('MRI.')).kinds).toEqual(['review']);
  });

  it('tells as conditions for which procedures all that is not listed is surely denied', () => {
    const rest = (mapping: 'prose' | 'unclear') =>
      lists(
        ['covered', 'M5416', '62323'],
        ['not-covered', '', '62323', { everythingElse: true, mapping }],
      );
    expect(change(rest('unclear'), rest('prose')).kinds).toEqual(['conditions']);
  });

  it('takes the note of a list that asks for nothing for its wording alone', () => {
    const said = (quote: string) => lists(['covered', 'M5416', '62323', { quote }]);
    expect(change(said('Covered for 62323:'), said('Payable:')).kinds).toEqual(['review', 'text']);
  });

  it('takes another code with an asterisk for a change of codes, the condition being the same', () => {
    const of = (codes: string, asterisked: string[], footnote: string) =>
      lists(['covered', codes, '64493', { asterisked, footnote }]);
    const before = of('M5382 M5383', ['M5382', 'M5383'], 'For cysts: M53.82* and M53.83*.');
    const after = of(
      'M5382 M5383 M5386',
      ['M5382', 'M5383', 'M5386'],
      'For cysts : M53.82*, M53.83*, and M53.86* .',
    );
    expect(change(before, after).kinds).toEqual(['codes']);
  });

  it('tells procedures gained and lost, and their lists with them', () => {
    const gained = change(plain, lists(['covered', 'M5416 M5417', '62321 62322 62323']));
    expect(gained.kinds).toEqual(['procedures']);
    expect(gained.addedProcedures).toEqual(['62322']);
    expect(told(gained)).toEqual(['covered +M5416 M5417 for 62322']);
    const lost = change(plain, lists(['covered', 'M5416 M5417', '62321']));
    expect([lost.kinds, lost.removedProcedures]).toEqual([['procedures'], ['62323']]);
  });

  it('tells procedures said to be non-covered as a move of all diagnoses', () => {
    const groups = (nonCovered: boolean) => [{ group: '2', codes: ['62320', '62322'], nonCovered }];
    const non = change({ procedureGroups: groups(false) }, { procedureGroups: groups(true) });
    expect(non.kinds).toEqual(['procedures']);
    expect(told(non)).toEqual(['not-covered +all for 62320 62322']);
  });

  it('tells states gained and lost, not which contractor has them', () => {
    const moved = change({ ...plain, states: 'CT IL' }, { ...plain, states: 'CT NY' });
    expect(moved.kinds).toEqual(['jurisdictions']);
    expect(moved).toMatchObject({
      states: ['CT', 'NY'],
      addedStates: ['NY'],
      removedStates: ['IL'],
    });
    const named = { jurisdictions: [{ contractor: 'NGS', states: ['CT'] }] };
    expect(change(plain, { ...plain, ...named }).kinds).toEqual(['renamed', 'review']);
    const everywhere = change(plain, { ...plain, states: '' });
    expect([everywhere.kinds, everywhere.addedStates]).toEqual([['jurisdictions'], []]);
  });

  it('is silent on a new title, a new version of the same, and other words', () => {
    const same = (after: PolicyParts) =>
      diffPolicy(policy({ ...v1, ...plain }), policy({ ...v1, ...plain, ...after }), seen);
    expect(change(plain, plain).kinds).toEqual(['review']);
    expect(change(plain, { ...plain, texts: { a: 'b' } }).kinds).toEqual(['review', 'text']);
    expect(same({ title: 'Another' })?.kinds).toEqual(['renamed']);
    expect(same({ texts: { a: 'b' } })?.kinds).toEqual(['text']);
    expect(same({ url: 'https://example.org/other' })?.kinds).toEqual(['text']);
    expect(same({ published: '2025-03-01' })?.kinds).toEqual(['text']);
    expect(isMeaningful(change(plain, plain))).toBe(false);
  });

  it('tells a first day put right, from the earlier of the two on', () => {
    const late = { ...v1, ...plain, effective: '2025-04-01' };
    const put = diffPolicy(policy({ ...v1, ...plain }), policy(late), seen);
    expect([put?.kinds, put?.effective]).toEqual([['dates'], '2025-01-01']);
  });

  it('tells a new version of the same that begins before the old one', () => {
    const earlier = change(plain, { ...plain, effective: '2024-06-01' });
    expect([earlier.kinds, earlier.effective]).toEqual([['dates'], '2024-06-01']);
  });

  it('tells a last day that moved, from the day after the earlier one', () => {
    const ends = change({ ...plain, ends: '2026-12-31' }, { ...plain, ends: '2026-11-30' });
    expect([ends.kinds, ends.effective]).toEqual([['dates'], '2026-12-01']);
  });

  it('retires from the day after the last one', () => {
    const retired = diffPolicy(
      policy({ ...v1, ...plain }),
      policy({ ...v1, ...plain, ends: '2026-09-30' }),
      seen,
    );
    expect(retired).toMatchObject({
      kinds: ['retired'],
      effective: '2026-10-01',
      ends: '2026-09-30',
      retroactive: false,
    });
  });

  it('comes back the day after it had ended, or with its new version', () => {
    const ended = { ...plain, ends: '2026-06-30' };
    const back = diffPolicy(policy({ ...v1, ...ended }), policy({ ...v1, ...plain }), seen);
    expect([back?.kinds, back?.effective]).toEqual([['reinstated'], '2026-07-01']);
    const anew = change(ended, plain);
    expect([anew.kinds, anew.effective]).toEqual([['reinstated'], '2026-10-01']);
  });

  it('lists everything a new document says', () => {
    const fresh = diffPolicy(undefined, policy(plain), seen);
    expect(fresh).toMatchObject({ kinds: ['new'], addedProcedures: ['62321', '62323'] });
    expect(fresh && told(fresh)).toEqual(['covered +M5416 M5417 for 62321 62323']);
    expect(fresh && 'before' in fresh).toBe(false);
  });

  it('says what the revision history gained', () => {
    const old = { number: '1', text: 'First.' };
    const now = { number: '2', text: 'Added M54.18.' };
    const told = change({ ...plain, revisions: [old] }, { ...plain, revisions: [old, now] });
    expect(told.explanation).toBe('Added M54.18.');
    expect(change(plain, plain).explanation).toBeUndefined();
    const empty = { ...old, text: '' };
    expect(
      change({ ...plain, revisions: [empty] }, { ...plain, revisions: [empty, now] }),
    ).toHaveProperty('explanation', 'Added M54.18.');
  });

  it('finds nothing when only the revision history of the version is told otherwise', () => {
    const date = calendarDate('2023-11-16');
    const parts = (text: string) => policy({ ...plain, revisions: [{ number: '1', date, text }] });
    expect(diffPolicy(parts(''), parts('Revision Effective: 2023-11-16'), seen)).toBeUndefined();
  });

  it('lists the weightiest kind first', () => {
    const both = change(plain, {
      ...lists(['covered', 'M5416', '62321']),
      title: 'x',
      states: 'NY',
    });
    expect(both.kinds).toEqual(['codes', 'procedures', 'jurisdictions', 'renamed']);
  });
});

const codes = ['A00', 'B00', 'C00'];
const anyGroups = fc.array(
  fc.record({
    list: fc.constantFrom('covered' as const, 'not-covered' as const),
    codes: fc.subarray(codes),
    procedures: fc.subarray(['1', '2', '3']),
    star: fc.boolean(),
    everythingElse: fc.boolean(),
  }),
  { maxLength: 4 },
);
const anyPolicy = (version: string) =>
  anyGroups.map((groups) =>
    policy({
      version,
      procedures: '1 2',
      groups: groups.map((one, at) =>
        group(one.list, one.codes.join(' '), one.procedures.join(' '), {
          group: `${at}`,
          everythingElse: one.everythingElse,
          asterisked: one.star ? one.codes.slice(0, 1) : [],
        }),
      ),
    }),
  );

/** Every code a list holds for a procedure, as text. */
const contents = ({ groups }: PolicyDocument) =>
  new Set(
    groups.flatMap(({ list, diagnoses, procedures, everythingElse }) =>
      (procedures.length > 0 ? procedures : ['']).flatMap((procedure) => [
        ...diagnoses.codes.map((code) => `${list} ${procedure} ${code}`),
        ...(everythingElse ? [`${list} ${procedure} else`] : []),
      ]),
    ),
  );

describe('shared/core/policy-diff.ts for any two versions', () => {
  it('applied to the one version, its moves give the other', () => {
    fc.assert(
      fc.property(anyPolicy('1'), anyPolicy('2'), (before, after) => {
        const held = contents(before);
        for (const move of diffPolicy(before, after, seen)?.moves ?? []) {
          const named = move.procedures.length > 0 ? move.procedures : [''];
          for (const procedure of named) {
            for (const code of move.everything ? ['else'] : move.codes) {
              const entry = `${move.list} ${procedure} ${code}`;
              expect(held.has(entry)).toBe(move.direction === 'removed');
              if (move.direction === 'added') held.add(entry);
              else held.delete(entry);
            }
          }
        }
        expect(held).toEqual(contents(after));
      }),
      { numRuns: 500 },
    );
  });

  const anyVersion = (version: string) =>
    fc.array(anyDiagnosisGroup, { maxLength: 4 }).map((groups) =>
      policy({
        version,
        procedures: '1 2',
        groups: groups.map((one, at) => ({ ...one, group: `${at + 1}` })),
      }),
    );
  // Two that differ at one place say more than two that share nothing.
  const anyTwo = fc.oneof(
    fc.tuple(anyPolicy('1'), anyPolicy('2')),
    fc.tuple(anyVersion('1'), anyVersion('2')),
    fc.tuple(anyVersion('1'), anyDiagnosisGroup, fc.nat(3)).map(([before, one, at]) => {
      const groups = before.groups.map((each, place) =>
        place === at ? { ...one, list: each.list, procedures: each.procedures } : each,
      );
      return [before, policy({ ...before, version: '2', groups })] as const;
    }),
  );

  it('means something exactly when the meaning has another fingerprint', () => {
    fc.assert(
      fc.property(anyTwo, ([before, after]) => {
        const found = diffPolicy(before, after, seen);
        const differs = meaningFingerprint(before) !== meaningFingerprint(after);
        expect(found !== undefined && isMeaningful(found)).toBe(differs);
      }),
      { numRuns: 1000 },
    );
  });

  it('has the same fingerprint only when it answers all alike', () => {
    const answers = (document: PolicyDocument) =>
      procedureCodes.flatMap((procedure) =>
        [...listedCodes, 'Z0000'].map((diagnosis) =>
          verdictOf(documentSays(document, { procedure, diagnosis })),
        ),
      );
    fc.assert(
      fc.property(anyTwo, ([before, after]) => {
        if (meaningFingerprint(before) !== meaningFingerprint(after)) return;
        expect(answers(after)).toEqual(answers(before));
      }),
      { numRuns: 1000 },
    );
  });
});

const map = (...documents: PolicyDocument[]) => new Map(documents.map((one) => [one.id, one]));
const edition = (before: PolicyDocument[], after: PolicyDocument[], complete = true) =>
  diffEdition(map(...before), after, { ...seen, complete });
const kindsById = ({ changes }: { changes: readonly PolicyChange[] }) =>
  Object.fromEntries(changes.map(({ id, kinds, others }) => [id, [...kinds, ...others]]));
const of = (id: string, parts: PolicyParts) => policy({ ...parts, id });

describe('shared/core/policy-diff.ts, an edition', () => {
  it('keeps what is new and changed, and knows all of it afterwards', () => {
    const kept = of('A1', plain);
    const old = of('A2', plain);
    const now = of('A2', { ...v2, ...lists(['covered', 'M5416', '62321']) });
    const fresh = of('A3', { ...plain, states: 'TX' });
    const told = edition([kept, old], [now, kept, fresh]);
    expect(kindsById(told)).toEqual({ A2: ['codes', 'procedures'], A3: ['new'] });
    expect(told.versions).toEqual([now, fresh].map((one) => ({ ...one, ...seen })));
    expect(told.state).toEqual([kept, now, fresh]);
  });

  it('says nothing of the very same edition', () => {
    const documents = [of('A1', plain), of('A2', plain)];
    const told = edition(documents, documents);
    expect([told.changes, told.versions]).toEqual([[], []]);
    expect(told.state).toEqual(documents);
  });

  it('ends a document that a complete edition lacks, the day before, and tells it once', () => {
    const old = of('A1', { ...v1, ...plain });
    const told = edition([old], []);
    const ended = { ...old, ends: calendarDate('2026-09-06') };
    expect(told.changes).toMatchObject([
      { id: 'A1', kinds: ['retired'], effective: '2026-09-07', retroactive: false },
    ]);
    expect(told.versions).toEqual([{ ...ended, ...seen }]);
    expect(told.state).toEqual([ended]);
    const again = edition([ended], []);
    expect([again.changes, again.versions, again.state]).toEqual([[], [], [ended]]);
  });

  it('leaves a document alone that an edition lacks which is not complete', () => {
    const old = of('A1', plain);
    const told = edition([old], [], false);
    expect([told.changes, told.versions, told.state]).toEqual([[], [], [old]]);
  });

  it('tells a document that came back', () => {
    const ended = of('A1', { ...v1, ...plain, ends: '2026-03-31' });
    expect(kindsById(edition([ended], [of('A1', { ...v1, ...plain })]))).toEqual({
      A1: ['reinstated'],
    });
  });

  it('keeps an older version that comes late, and has nothing to tell', () => {
    const [old, now] = [of('A1', { ...v1, ...plain }), of('A1', { ...v2, ...plain })];
    const told = edition([now], [old], false);
    expect([told.changes, told.state]).toEqual([[], [now]]);
    expect(told.versions).toEqual([{ ...old, ...seen }]);
  });

  it('takes a version back when a complete edition holds a lower one again', () => {
    const old = of('A1', { ...v1, ...plain });
    const future = of('A1', { ...v2, ...lists(['covered', 'M5416', '62321 62323']) });
    const told = edition([future], [old]);
    expect(told.changes).toMatchObject([
      { kinds: ['codes'], version: '1', before: '2', effective: '2026-10-01' },
    ]);
    expect(told.versions).toEqual([
      { ...future, ...seen, withdrawn: true },
      { ...old, ...seen },
    ]);
    expect(told.state).toEqual([old]);
  });
});

describe('shared/core/policy-diff.ts, merges and splits', () => {
  const one = of('A1', { ...lists(['covered', 'M5416', '62321']), states: 'CT' });
  // In force when the documents that are gone have ended, on 2026-09-06.
  const heir: PolicyParts = { version: '2', effective: '2026-09-07' };
  const two = of('A2', { ...lists(['covered', 'M5417', '62323']), states: 'CT NY' });
  const both = lists(['covered', 'M5416', '62321'], ['covered', 'M5417', '62323', { group: '2' }]);

  it('tells a document gone whose lists another one of the contractor now holds', () => {
    const merged = of('A2', { ...heir, ...both, states: 'CT NY' });
    expect(kindsById(edition([one, two], [merged]))).toEqual({
      A1: ['merged', 'A2'],
      A2: ['merged', 'procedures', 'A1'],
    });
  });

  it('does not when the other one is of another contractor, other states, or lacks a code', () => {
    const other = { jurisdictions: [{ contractor: 'CGS', states: ['CT', 'NY'] }] };
    const elsewhere = of('A2', { ...heir, ...both, ...other });
    expect(kindsById(edition([one, of('A2', { ...two, ...other })], [elsewhere]))).toEqual({
      A1: ['retired'],
      A2: ['procedures'],
    });
    const narrow = of('A2', { ...heir, ...both, states: 'NY' });
    expect(kindsById(edition([one, two], [narrow])).A1).toEqual(['retired']);
    const poorer = lists(
      ['covered', 'M5499', '62321'],
      ['covered', 'M5417', '62323', { group: '2' }],
    );
    const lacks = of('A2', { ...heir, ...poorer, states: 'CT NY' });
    expect(kindsById(edition([one, two], [lacks])).A1).toEqual(['retired']);
  });

  it('takes the revision history at its word, and still tells the retirement', () => {
    const revisions = [{ number: '2', text: 'The content of A1 was combined into this article.' }];
    const poorer = lists(
      ['covered', 'M5499', '62321'],
      ['covered', 'M5417', '62323', { group: '2' }],
    );
    const named = of('A2', { ...heir, ...poorer, states: 'CT NY', revisions });
    expect(kindsById(edition([one, two], [named])).A1).toEqual(['retired', 'merged', 'A2']);
  });

  it('tells a new document that took over procedures another one gave up', () => {
    const whole = of('A1', { ...v1, ...both });
    const left = of('A1', { ...v2, ...lists(['covered', 'M5416', '62321']) });
    const fresh = of('A9', { ...v2, ...lists(['covered', 'M5417', '62323']) });
    expect(kindsById(edition([whole], [left, fresh]))).toEqual({
      A1: ['split', 'procedures', 'A9'],
      A9: ['new', 'split', 'A1'],
    });
    const other = of('A9', { ...v2, ...lists(['covered', 'M5417', '99999']) });
    expect(kindsById(edition([whole], [left, other])).A9).toEqual(['new']);
  });
});
