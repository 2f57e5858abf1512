// What a finding says in words: of a claim and of a template, ended, divided and retitled.
import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { Change } from '../../shared/core/change.ts';
import type { FindingPolicy, PolicyFindingKind } from '../../shared/core/finding-policy.ts';
import { findingWords } from '../../shared/operations/finding-wording.ts';

const effective = calendarDate('2021-10-01');
const by = (...codes: string[]) =>
  codes.map((code) => ({ code, source: 'official', effective }) as const);
const words = (kind: Change['kind'], type: 'claim' | 'template', ...codes: string[]) =>
  findingWords({
    ...{ kind, system: 'icd10cm', code: 'M545', effective },
    ...{ replacedBy: by(...codes), artifact: { type, id: '1' } },
  });

describe('shared/operations/finding-wording.ts', () => {
  test('a divided code: of a claim the record decides, of a template all are offered', () => {
    expect(words('expanded', 'claim', 'M5450', 'M5451')).toEqual({
      rule: 'code-header',
      severity: 'error',
      message: 'M54.5 is a category as of 2021-10-01 and cannot be billed from then on.',
      remedy: 'Use M54.50 or M54.51, whichever the record supports.',
      source: 'ICD-10-CM release effective 2021-10-01 (CDC/NCHS)',
    });
    expect(words('expanded', 'template', 'M5450', 'M5451').remedy).toBe(
      'Change the template: offer M54.50 or M54.51, as the documentation of each visit decides.',
    );
  });

  test('an ended code with one replacement, and with none', () => {
    expect(words('ended', 'claim', 'M5450')).toMatchObject({
      rule: 'code-ended',
      message: 'M54.5 is deleted as of 2021-10-01 and cannot be billed from then on.',
      remedy: 'Use M54.50, if the record supports it.',
    });
    expect(words('ended', 'template', 'M5450').remedy).toBe('Change the template: offer M54.50.');
    expect(words('ended', 'template').remedy).toBe(
      'No replacement is known: have it coded anew from the record.',
    );
  });

  test('a policy says what it does, of what it lists and of what it does not', () => {
    const said = (kind: PolicyFindingKind, policy: Partial<FindingPolicy>) =>
      findingWords({
        ...{ kind, system: 'icd10cm', code: 'M5418', effective, replacedBy: [] },
        artifact: { type: 'claim', id: '1' },
        policy: {
          ...{
            source: 'mcd',
            id: 'A9',
            version: '2',
            title: 'Injections',
            url: '',
            payer: 'medicare',
          },
          ...{ procedures: ['62323'], before: 'covered', after: 'not-listed' },
          ...policy,
        },
      }).message;
    const since = ', for services from 2021-10-01 on.';
    expect(said('coverage-removed', {})).toBe(`A9 no longer covers M54.18 for 62323${since}`);
    expect(said('coverage-removed', { before: 'no-policy', after: 'not-covered' })).toBe(
      `A9 does not cover M54.18 for 62323${since}`,
    );
    expect(said('coverage-added', { after: 'conditional' })).toBe(
      `A9 covers M54.18 for 62323 under a condition${since}`,
    );
    const unlisted = { unlisted: true, before: 'no-policy' } as const;
    expect(said('coverage-removed', unlisted)).toBe(
      `A9 does not cover 62323 for M54.18, which it does not list${since}`,
    );
    expect(said('coverage-conditional', { ...unlisted, after: 'conditional' })).toBe(
      `A9 may not cover 62323 for M54.18, which it does not list${since}`,
    );
  });

  test('a new title is a warning: the code can still be billed', () => {
    expect(words('retitled', 'template')).toMatchObject({
      rule: 'code-retitled',
      severity: 'warning',
      remedy: 'Check its label against the new title.',
    });
  });
});
