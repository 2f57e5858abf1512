// Whether a diagnosis supports a procedure, for every answer and every reason there is.
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
