// Rules that cannot both hold are told with both their names; rules that only look so are left alone.
import { describe, expect, it } from 'vitest';
import { type Changes, errorsOf, policy, readFile, rulesFile } from './rules-files.ts';

const rule = (kind: string, ...diagnoses: string[]): Changes => ({
  rule: kind,
  procedureGroup: '1',
  diagnoses,
});
/** Policy A says covered, B not covered. */
const pair = (a: Changes, b: Changes): string =>
  rulesFile([
    policy({ id: 'A', rules: [rule('covered', 'M54.16')], ...a }),
    policy({ id: 'B', rules: [rule('not-covered', 'M54.*')], ...b }),
  ]);

describe('shared/feeds/payer-rules/find-contradictions.ts', () => {
  it.each([
    ['a code in both lists', ['M54.16'], ['M54.16'], 'M54.16'],
    ['a code in a range', ['M54.16'], ['M54.10-M54.18'], 'M54.16'],
    ['a code below a range’s end', ['M54.5'], ['M54.50-M54.59', 'M54.5'], 'M54.5'],
    ['ranges that overlap', ['M54.10-M54.16'], ['M54.15-M54.18'], 'M54.15'],
    ['a wildcard around a code', ['M54.*'], ['M54.16'], 'M54.16'],
    ['a wildcard around a range', ['M54.15-M54.16'], ['M54.*'], 'M54.15'],
    ['any diagnosis and one', ['*'], ['M54.16'], 'M54.16'],
    ['any diagnosis and one of the last chapter', ['*'], ['U07.1'], 'U07.1'],
    ['a category with a letter in a range around it', ['M05-M14'], ['M1A.*'], 'M1A'],
  ])('tells %s of one policy', async (_, covered, not, shown) => {
    const rules = [rule('covered', ...covered), rule('not-covered', ...not)];
    const { findings } = await readFile(rulesFile([policy({ rules })]));
    expect(findings.map(({ code }) => code)).toEqual(['rules-contradict']);
    expect(findings[0]?.message).toContain(
      'ACME-1 version 1 (covered, list 1) and ACME-1 version 1 (not-covered, list 1)',
    );
    expect(findings[0]?.message).toContain(`62323 with ${shown} on 2026-01-01`);
  });

  it.each([
    ['lists without a code in common', ['M54.16'], ['M54.17', 'M54.50-M54.59']],
    ['* of a not-covered rule, which is everything else', ['M54.16'], ['*']],
    ['a header and the code below it', ['M54.5'], ['M54.50']],
    ['a category that only its letters put into a range', ['D37-D48'], ['D3A.*']],
  ])('lets pass %s', async (_, covered, not) => {
    const rules = [rule('covered', ...covered), rule('not-covered', ...not)];
    expect(errorsOf(await readFile(rulesFile([policy({ rules })])))).toEqual([]);
  });

  it('lets pass what a covered list requires or wants authorized', async () => {
    const rules = [
      rule('covered', 'M54.16'),
      rule('prior-authorization', 'M54.16'),
      { ...rule('requires', 'M54.16'), note: 'Imaging.' },
    ];
    expect(errorsOf(await readFile(rulesFile([policy({ rules })])))).toEqual([]);
  });

  it('tells two policies that are in force on one day, and names that day', async () => {
    const { findings } = await readFile(pair({}, { effectiveFrom: '2026-03-01' }));
    expect(findings[0]?.where).toContain('policies[0]');
    expect(findings[0]?.message).toContain('B version 1 (not-covered, list 1)');
    expect(findings[0]?.message).toContain('62323 with M54.16 on 2026-03-01');
  });

  it.each([
    ['one after the other', { effectiveTo: '2026-02-28' }, { effectiveFrom: '2026-03-01' }],
    ['for other states', { states: ['CA'] }, { states: ['NV'] }],
    ['for other parts of a state', { states: ['NF'] }, { states: ['SF', 'NV'] }],
    ['for a plan and for all plans', { plan: 'Gold' }, {}],
    ['for other procedures', {}, { procedureGroups: [{ group: '1', codes: ['62321'] }] }],
  ])('lets two policies differ %s', async (_, a, b) => {
    expect(errorsOf(await readFile(pair(a, b)))).toEqual([]);
  });

  it.each([
    ['on the last day of one', { effectiveTo: '2026-03-01' }, { effectiveFrom: '2026-03-01' }],
    ['in one of their states', { states: ['CA', 'NV'] }, { states: ['NV'] }],
    ['in a state and a part of it', { states: ['CA'] }, { states: ['NF'] }],
    ['in a part of a state and the state', { states: ['TX', 'qn'] }, { states: ['NY'] }],
    ['everywhere and in a state', {}, { states: ['NV'] }],
    ['for the same plan', { plan: 'Gold' }, { plan: 'Gold' }],
    ['for the same plan written otherwise', { plan: 'Gold PPO' }, { plan: 'gold-ppo' }],
  ])('does not let them differ %s', async (_, a, b) => {
    expect(errorsOf(await readFile(pair(a, b)))).toEqual(['rules-contradict policies[0]']);
  });

  it('lets a later version say otherwise, and another policy once the version before is over', async () => {
    const one = policy({ id: 'A', version: 1 });
    const not = { rules: [rule('not-covered', 'M54.16')] };
    const two = policy({ id: 'A', version: 2, effectiveFrom: '2026-06-01', ...not });
    const other = policy({ id: 'B', effectiveFrom: '2026-06-01', ...not });
    expect(errorsOf(await readFile(rulesFile([one, two, other])))).toEqual([]);
    const early = policy({ id: 'B', effectiveFrom: '2026-05-31', ...not });
    expect(errorsOf(await readFile(rulesFile([one, two, early])))).toEqual([
      'rules-contradict policies[0]',
    ]);
  });
});
