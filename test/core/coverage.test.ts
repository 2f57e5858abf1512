// Whether a diagnosis supports a procedure, for every answer and every reason there is.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CoverageQuestion, coverageOf } from '../../shared/core/coverage.ts';
import type { PolicyDocument, PolicyVersion } from '../../shared/core/policy.ts';
import { group, type PolicyParts, policy, taken } from '../support/policies.ts';

const ask = (
  question: Partial<CoverageQuestion>,
  ...documents: readonly (PolicyParts | PolicyDocument)[]
) => {
  const versions: PolicyVersion[] = documents.map((parts) =>
    taken(policy(parts as PolicyParts), 1),
  );
  return coverageOf(versions, { procedure: '62323', diagnosis: 'M5416', ...question });
};
const brief = (answer: ReturnType<typeof ask>) => [
  answer.answer,
  ...answer.policies.map(({ cause }) => cause),
];
const lists = (...groups: Parameters<typeof group>[]) => ({
  groups: groups.map((one) => group(...one)),
});
const covered = lists(['covered', 'M5416', '62323', { quote: 'Covered for 62323:' }]);

describe('shared/core/coverage.ts, one document', () => {
  it('is covered when a list for the procedure has the diagnosis, and says where', () => {
    const published = { published: '2024-12-20', version: '20', id: 'A58745' };
    expect(ask({ state: 'CT' }, { ...covered, ...published })).toEqual({
      answer: 'covered',
      policies: [
        {
          answer: 'covered',
          cause: 'listed',
          list: 'covered',
          group: '1',
          mapping: 'prose',
          quote: 'Covered for 62323:',
          source: 'mcd',
          id: 'A58745',
          version: '20',
          title: 'Billing and Coding: Injections',
          url: 'https://example.org/A1',
          published: '2024-12-20',
          effective: '2025-01-01',
          firstSeen: '2025-06-01',
          reach: 'whole',
        },
      ],
    });
  });

  it('has no policy when nobody names the procedure, or not in that state', () => {
    expect(ask({})).toEqual({ answer: 'no-policy', policies: [] });
    expect(brief(ask({ procedure: '99213' }, covered))).toEqual(['no-policy']);
    expect(brief(ask({ state: 'TX' }, covered))).toEqual(['no-policy']);
  });

  it('is not listed when the lists for the procedure lack the diagnosis', () => {
    expect(brief(ask({ diagnosis: 'M5418' }, covered))).toEqual(['not-listed', 'not-listed']);
    const denied = lists(['not-covered', 'Z0000', '62323']);
    expect(brief(ask({}, denied))).toEqual(['not-listed', 'not-listed']);
  });

  it('is conditional outside a list that is not surely for the procedure, unless one that is has it not either', () => {
    const unclear = { mapping: 'unclear', group: '2' } as const;
    const diagnosis = 'M5418';
    const only = lists(['covered', 'M5416', '62323', unclear]);
    expect(brief(ask({ diagnosis }, only))).toEqual(['conditional', 'not-listed']);
    const forAny = { procedures: '62323', ...lists(['covered', 'M5416', '']) };
    expect(brief(ask({ diagnosis }, forAny))).toEqual(['conditional', 'not-listed']);
    const sure = { group: '3' };
    const either = lists(
      ['covered', 'M5416', '62323', unclear],
      ['covered', 'M5417', '62323', sure],
    );
    expect(brief(ask({ diagnosis }, either))).toEqual(['not-listed', 'not-listed']);
    expect(ask({ diagnosis }, either).policies[0]?.group).toBe('3');
    // The list of what is not covered says nothing of what it does not name.
    const denied = lists(['covered', 'M5416', '62323', unclear], ['not-covered', 'Z0000', '62323']);
    expect(ask({ diagnosis }, denied).answer).toBe('conditional');
  });

  it('reads a list for its own procedures only', () => {
    const two = lists(['covered', 'M5416', '62321'], ['covered', 'M5417', '62323', { group: '2' }]);
    expect(brief(ask({}, two))).toEqual(['not-listed', 'not-listed']);
    expect(ask({}, two).policies[0]?.group).toBe('2');
    expect(ask({ procedure: '62321' }, two).answer).toBe('covered');
  });

  it('takes a code for itself alone and a range for everything below', () => {
    const ranges = [{ from: 'M50', to: 'M51' }];
    const wide = lists(['covered', 'M54', '62323', { diagnoses: { codes: ['M54'], ranges } }]);
    expect(ask({ diagnosis: 'M5136' }, wide).answer).toBe('covered');
    expect(ask({ diagnosis: 'M5416' }, wide).answer).toBe('not-listed');
    expect(ask({ diagnosis: 'M52' }, wide).answer).toBe('not-listed');
  });

  it('takes a range as the Tabular List has its codes: M1A between M08 and M10, D3A before D37', () => {
    const ranges = [
      { from: 'M05', to: 'M14' },
      { from: 'D37', to: 'D48' },
    ];
    const rest: Parameters<typeof group> = ['not-covered', '', '62323', { everythingElse: true }];
    const said = { diagnoses: { codes: [], ranges } };
    const wide = lists(['covered', '', '62323', said], rest);
    expect(ask({ diagnosis: 'M1A0110' }, wide).answer).toBe('covered');
    expect(ask({ diagnosis: 'M109' }, wide).answer).toBe('covered');
    expect(ask({ diagnosis: 'D3A00' }, wide).answer).toBe('not-covered');
  });

  it('is not covered when listed so, or the procedure is said to be non-covered', () => {
    expect(brief(ask({}, lists(['not-covered', 'M5416', '62323'])))).toEqual([
      'not-covered',
      'listed',
    ]);
    const quote = 'These codes are non-covered.';
    const procedureGroups = [{ group: '2', codes: ['62323'], nonCovered: true, quote }];
    const said = ask({}, { procedureGroups });
    expect(brief(said)).toEqual(['not-covered', 'procedure-non-covered']);
    expect(said.policies[0]).toMatchObject({ group: '2', quote, list: 'not-covered' });
    const unclear = lists(['covered', 'M5416', '62323', { mapping: 'unclear' }]);
    expect(ask({}, { procedureGroups, ...unclear }).answer).toBe('not-covered');
    expect(ask({}, { procedureGroups, ...covered }).answer).toBe('conditional');
  });

  it('is not covered by XX000 when no list that may pay has the diagnosis', () => {
    const rest: Parameters<typeof group> = ['not-covered', '', '62323', { everythingElse: true }];
    const only = lists(['covered', 'M5416', '62323'], rest);
    expect(brief(ask({ diagnosis: 'Z0000' }, only))).toEqual(['not-covered', 'everything-else']);
    expect(brief(ask({}, only))).toEqual(['covered', 'listed']);
    const asks = lists(['prior-authorization', 'M5416', '62323'], rest);
    expect(brief(ask({}, asks))).toEqual(['conditional', 'prior-authorization']);
  });

  it.each([
    ['asterisk', lists(['covered', 'M5416', '62323', { asterisked: ['M5416'], footnote: 'x' }])],
    ['requires', lists(['requires', 'M5416', '62323'])],
    ['prior-authorization', lists(['prior-authorization', 'M5416', '62323'])],
    ['unclear-mapping', lists(['covered', 'M5416', '62323', { mapping: 'unclear' }])],
    ['unclear-mapping', { procedures: '62323', ...lists(['covered', 'M5416', '']) }],
    ['no-diagnoses', { procedures: '62323' }],
    ['no-diagnoses', lists(['covered', '', '62323'])],
  ])('is conditional by %s', (cause, document) => {
    expect(brief(ask({}, document))).toEqual(['conditional', cause]);
  });

  it('gives the condition of an asterisk, and none for the codes without one', () => {
    const starred = lists([
      'covered',
      'M5416 M5417',
      '62323',
      { asterisked: ['M5416'], footnote: 'Only for cysts.' },
    ]);
    expect(ask({}, starred).policies[0]?.footnote).toBe('Only for cysts.');
    const plain = ask({ diagnosis: 'M5417' }, starred);
    expect([plain.answer, plain.policies[0]?.footnote]).toEqual(['covered', undefined]);
  });

  it('puts all of a range under the condition whose ends both have an asterisk', () => {
    const of = (codes: string[], asterisked: string[]) =>
      lists([
        'covered',
        '',
        '62323',
        {
          diagnoses: { codes, ranges: [{ from: 'M5450', to: 'M5459' }] },
          asterisked,
          footnote: 'Only with imaging.',
        },
      ]);
    const says = (diagnosis: string, parts: PolicyParts) => {
      const { answer, policies } = ask({ diagnosis }, parts);
      return [answer, policies[0]?.footnote];
    };
    const starred = ['conditional', 'Only with imaging.'];
    for (const code of ['M5450', 'M5451', 'M5459', 'M54591']) {
      expect(says(code, of([], ['M5450', 'M5459']))).toEqual(starred);
    }
    expect(says('M546', of([], ['M5450', 'M5459']))).toEqual(['not-listed', undefined]);
    // One end alone, or a code that is listed by itself as well.
    expect(says('M5450', of([], ['M5450']))).toEqual(starred);
    expect(says('M5451', of([], ['M5450']))).toEqual(['covered', undefined]);
    expect(says('M5451', of(['M5451'], ['M5450', 'M5459']))).toEqual(['covered', undefined]);
  });

  it('is covered by a list without condition, unless another one asks for something', () => {
    const star = { group: '2', asterisked: ['M5416'] };
    const either = lists(['covered', 'M5416', '62323'], ['covered', 'M5416', '62323', star]);
    expect(ask({}, either).answer).toBe('covered');
    const prior = lists(['covered', 'M5416', '62323'], ['prior-authorization', 'M5416', '62323']);
    expect(ask({}, prior).answer).toBe('conditional');
    const both = lists(['covered', 'M5416', '62323'], ['not-covered', 'M5416', '62323']);
    expect(brief(ask({}, both))).toEqual(['conditional', 'listed', 'listed']);
  });
});

describe('shared/core/coverage.ts, several documents and states', () => {
  const denied = { ...lists(['not-covered', 'M5416', '62323']), id: 'A2' };

  it('answers what they agree on, and is conditional where they disagree', () => {
    expect(ask({}, covered, { ...covered, id: 'A2' }).answer).toBe('covered');
    expect(ask({}, covered, denied).answer).toBe('conditional');
    expect(ask({}, covered, denied).policies.map(({ id }) => id)).toEqual(['A1', 'A2']);
    const other = { ...lists(['covered', 'Z0000', '62323']), id: 'A3' };
    expect(ask({}, denied, other).answer).toBe('not-covered');
    expect(ask({}, covered, other).answer).toBe('conditional');
  });

  it('hears a document that only names the procedure when no other lists diagnoses', () => {
    const mute = { id: 'L1', procedures: '62323' };
    expect(ask({}, covered, mute)).toEqual(ask({}, covered));
    expect(brief(ask({}, mute))).toEqual(['conditional', 'no-diagnoses']);
  });

  it('asks only the documents of the state', () => {
    const texas = { ...denied, states: 'TX' };
    expect(ask({ state: 'CT' }, covered, texas).answer).toBe('covered');
    expect(ask({ state: 'TX' }, covered, texas).answer).toBe('not-covered');
  });

  it('asks all of them without a state, and says that the reach is not known', () => {
    const texas = { ...denied, states: 'TX' };
    expect(ask({}, covered, texas).answer).toBe('conditional');
    const one = ask({}, covered);
    expect([one.answer, one.policies[0]?.reach]).toEqual(['covered', 'unknown']);
    expect(ask({}, { ...covered, states: '' }).policies[0]?.reach).toBe('whole');
  });

  it('is conditional in a state of which the document has a part only', () => {
    const north = { ...covered, states: 'NF' };
    const part = ask({ state: 'CA' }, north);
    expect([part.answer, part.policies[0]?.reach]).toEqual(['conditional', 'part']);
    expect(part.policies[0]?.answer).toBe('covered');
    expect(ask({ state: 'NF' }, north).answer).toBe('covered');
    expect(ask({ state: 'SF' }, north).answer).toBe('no-policy');
  });
});

describe('shared/core/coverage.ts, plans', () => {
  const gold = { ...covered, id: 'G1', plan: 'Gold PPO' };
  const goldDenies = { ...lists(['not-covered', 'M5416', '62323']), id: 'G2', plan: 'Gold PPO' };
  const ids = (answer: ReturnType<typeof ask>) => answer.policies.map(({ id }) => id);

  it('is conditional by a document of one plan, whatever it says, and names the plan', () => {
    const answer = ask({}, gold);
    expect(brief(answer)).toEqual(['conditional', 'listed']);
    expect(answer.policies[0]).toMatchObject({ answer: 'covered', plan: 'Gold PPO' });
    expect(brief(ask({}, goldDenies))).toEqual(['conditional', 'listed']);
    expect(brief(ask({ diagnosis: 'M5418' }, gold))).toEqual(['conditional', 'not-listed']);
    expect(Object.keys(ask({}, covered).policies[0] ?? {})).not.toContain('plan');
  });

  it.each(['Gold PPO', 'gold ppo', ' GOLD-PPO ', 'Gold  (PPO)'])(
    'is plain when the question names the plan as %j',
    (plan) => {
      expect(ask({ plan }, gold).answer).toBe('covered');
      expect(ask({ plan }, goldDenies).answer).toBe('not-covered');
      expect(ask({ plan, diagnosis: 'M5418' }, gold).answer).toBe('not-listed');
    },
  );

  it.each(['Silver PPO', 'Gold', 'GoldPPO'])('says nothing when the question names %j', (plan) => {
    expect(ask({ plan }, gold)).toEqual({ answer: 'no-policy', policies: [] });
    expect(ask({ plan }, gold, covered)).toEqual(ask({}, covered));
  });

  it('is plain without a plan when all plans would be told the same', () => {
    const both = ask({}, covered, gold);
    expect([both.answer, ids(both)]).toEqual(['covered', ['A1', 'G1']]);
    expect(ask({}, covered, goldDenies).answer).toBe('conditional');
    // Whoever has the plan finds it listed as not covered, all others do not find it: nobody is paid.
    const other = { ...lists(['covered', 'Z0000', '62323']), id: 'A3' };
    expect(ask({}, other, goldDenies).answer).toBe('not-covered');
  });

  it('goes by the plan’s own document before those for all plans, where it decides', () => {
    const answer = ask({ plan: 'Gold PPO', state: 'CT' }, covered, goldDenies);
    expect([answer.answer, ids(answer)]).toEqual(['not-covered', ['G2']]);
    const other = { ...lists(['covered', 'Z0000', '62323']), id: 'G3', plan: 'Gold PPO' };
    // It lists other diagnoses only, and the one for all plans lists this one: they disagree.
    const unsure = ask({ plan: 'Gold PPO', state: 'CT' }, covered, other);
    expect([unsure.answer, ids(unsure)]).toEqual(['conditional', ['A1', 'G3']]);
    // In a part of the state the plan's document decides nothing for the rest of it.
    const north = { ...goldDenies, states: 'NF' };
    const everywhere = { ...covered, states: '' };
    expect(ids(ask({ plan: 'Gold PPO', state: 'CA' }, everywhere, north))).toEqual(['A1', 'G2']);
    expect(ids(ask({ plan: 'Gold PPO', state: 'NF' }, everywhere, north))).toEqual(['G2']);
  });

  const documents = fc.array(
    fc.record({
      list: fc.constantFrom('covered', 'not-covered', 'requires', 'prior-authorization'),
      codes: fc.constantFrom('M5416', 'Z0000', 'M5416 Z0000', ''),
      plan: fc.constantFrom(undefined, 'Gold', 'Silver'),
    } as const),
    { maxLength: 4 },
  );

  it('without a plan is what each plan is told when that is the same, else conditional', () => {
    fc.assert(
      fc.property(documents, (parts) => {
        const all = parts.map(({ list, codes, plan }, at) => ({
          ...lists([list, codes, '62323']),
          id: `P${at}`,
          procedures: '62323',
          ...(plan !== undefined && { plan }),
        }));
        const plans = ['Bronze', ...parts.flatMap(({ plan = 'Bronze' }) => plan)];
        const told = new Set(plans.map((plan) => ask({ plan }, ...all).answer));
        const paysNobody = [...told].every((one) => one === 'not-covered' || one === 'not-listed');
        const [only] = told;
        const expected = told.size === 1 ? only : paysNobody ? 'not-covered' : 'conditional';
        expect(ask({}, ...all).answer).toBe(expected);
      }),
    );
  });

  it('named is as if the documents of other plans were not there', () => {
    fc.assert(
      fc.property(documents, (parts) => {
        const all = parts.map(({ list, codes, plan }, at) => ({
          ...lists([list, codes, '62323']),
          id: `P${at}`,
          procedures: '62323',
          ...(plan !== undefined && { plan }),
        }));
        const own = all.filter(({ plan }) => plan !== 'Silver');
        expect(ask({ plan: 'Gold' }, ...all)).toEqual(ask({ plan: 'Gold' }, ...own));
      }),
    );
  });
});
