// One text for what is equal, and two fingerprints: of everything, and of what decides claims.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PolicyDocument } from '../../shared/core/policy.ts';
import {
  meaningFingerprint,
  normalPolicy,
  policyFingerprint,
  policyLine,
} from '../../shared/core/policy-normal-form.ts';
import { group, type PolicyParts, policy, taken } from '../support/policies.ts';

const range = (from: string, to: string) => ({ from, to });
const base: PolicyParts = {
  groups: [group('covered', 'M5416 M5417', '62321 62323'), group('not-covered', 'Z0000', '62321')],
};
const meaning = (parts: PolicyParts) => meaningFingerprint(policy({ ...base, ...parts }));
const all = (parts: PolicyParts) => policyFingerprint(policy({ ...base, ...parts }));

describe('shared/core/policy-normal-form.ts', () => {
  it('sorts every list and keeps each entry once', () => {
    const covered = group('covered', 'M5417 M5416 M5417', '62323 62321 62323', {
      group: '10',
      diagnoses: {
        codes: ['M5417', 'M5416', 'M5417'],
        ranges: [range('O03', 'O07'), range('A00', 'A09'), range('O03', 'O07')],
      },
      asterisked: ['M5417', 'M5416'],
    });
    const normal = policy({
      groups: [
        group('not-covered', 'Z00', '1'),
        covered,
        group('covered', '', '1', { group: '2' }),
      ],
      jurisdictions: [
        { contractor: 'Wellpoint', states: ['NY'] },
        { contractor: 'CGS', states: ['OH', 'KY'] },
        { contractor: 'Wellpoint', states: ['CT', 'NY'] },
      ],
      related: ['L2', 'L1'],
      texts: { b: '2', a: '1' },
      revisions: [
        { number: '2', text: 'second' },
        { number: '10', text: 'tenth' },
      ],
    });
    expect(normal.groups.map(({ list, group }) => `${list} ${group}`)).toEqual([
      'covered 2',
      'covered 10',
      'not-covered 1',
    ]);
    expect(normal.groups[1]?.diagnoses).toEqual({
      codes: ['M5416', 'M5417'],
      ranges: [range('A00', 'A09'), range('O03', 'O07')],
    });
    expect(normal.groups[1]?.procedures).toEqual(['62321', '62323']);
    expect(normal.groups[1]?.asterisked).toEqual(['M5416', 'M5417']);
    expect(normal.jurisdictions).toEqual([
      { contractor: 'CGS', states: ['KY', 'OH'] },
      { contractor: 'Wellpoint', states: ['CT', 'NY'] },
    ]);
    expect(normal.related).toEqual(['L1', 'L2']);
    expect(Object.keys(normal.texts)).toEqual(['a', 'b']);
    expect(normal.revisions.map(({ number }) => number)).toEqual(['10', '2']);
  });

  it('is the same text however the fields and lists were ordered, and is its own normal form', () => {
    const document = policy(base);
    const turned = Object.fromEntries(Object.entries(document).reverse()) as PolicyDocument;
    const other = { ...turned, groups: [...document.groups].reverse() };
    expect(policyLine(other)).toBe(policyLine(document));
    expect(normalPolicy(normalPolicy(other))).toEqual(normalPolicy(other));
  });

  it('leaves out when and by which edition a version was seen', () => {
    const document = policy(base);
    expect(policyLine(taken(document, 7))).toBe(policyLine(document));
  });

  it('has another fingerprint for anything at all', () => {
    const texts = { texts: { a: 'b' } };
    const others = [{ title: 'x' }, { version: '2' }, texts, { url: 'https://example.org/b' }];
    const prints = [{}, ...others].map(all);
    expect(new Set(prints).size).toBe(prints.length);
    expect(all({})).toMatch(/^[0-9a-f]{64}$/);
  });

  it('means the same under another title, version, date, text or group number', () => {
    const same: PolicyParts[] = [
      { title: 'x' },
      { version: '9' },
      { effective: '2026-01-01' },
      { texts: { a: 'b' } },
      { published: '2026-01-01' },
      {
        groups: [
          group('covered', 'M5416', '62321 62323', { group: '4' }),
          group('covered', 'M5417', '62321', { group: '5' }),
          group('covered', 'M5417', '62323', { group: '6' }),
          group('not-covered', 'Z0000', '62321'),
        ],
      },
    ];
    for (const parts of same) expect(meaning(parts)).toBe(meaning({}));
  });

  it('means another thing with other codes, procedures, conditions, states, payer or plan', () => {
    const of = (one: Parameters<typeof group>) => ({
      groups: [group(...one), group('not-covered', 'Z0000', '62321')],
    });
    const parts: PolicyParts[] = [
      {},
      of(['covered', 'M5416', '62321 62323']),
      of(['covered', 'M5416 M5417', '62321']),
      of(['covered', 'M5416 M5417', '62321 62323', { asterisked: ['M5416'] }]),
      of(['covered', 'M5416 M5417', '62321 62323', { asterisked: ['M5416'], footnote: 'Once.' }]),
      of(['covered', 'M5416 M5417', '62321 62323', { mapping: 'unclear' }]),
      of(['requires', 'M5416 M5417', '62321 62323']),
      of(['covered', 'M5416 M5417', '62321 62323', { everythingElse: true }]),
      { states: 'CT NY' },
      { payer: 'acme' },
      { plan: 'gold' },
    ];
    const prints = parts.map(meaning);
    expect(new Set(prints).size).toBe(prints.length);
  });

  it('finds the same meaning however a list is cut into groups', () => {
    const codes = fc.uniqueArray(fc.constantFrom('A00', 'B00', 'C00', 'D00', 'E00'), {
      minLength: 1,
    });
    fc.assert(
      fc.property(codes, fc.nat(4), (list, cut) => {
        const whole = policy({ groups: [group('covered', list.join(' '), '1 2')] });
        const parts = [list.slice(0, cut), list.slice(cut)];
        const groups = parts.flatMap((part, at) => [
          group('covered', part.join(' '), '1', { group: `${at + 1}` }),
          group('covered', part.join(' '), '2', { group: `${at + 3}` }),
        ]);
        expect(meaningFingerprint(policy({ groups }))).toBe(meaningFingerprint(whole));
      }),
    );
  });
});
