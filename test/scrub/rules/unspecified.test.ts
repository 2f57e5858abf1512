import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../../shared/core/calendar-date.ts';
import { unspecified } from '../../../shared/scrub/rules/unspecified.ts';
import { claim, editList, handFacts, template } from '../hand-facts.ts';

const lines = [
  'M25 0 Other joint disorder, not elsewhere classified',
  'M2551 0 Pain in shoulder',
  'M25511 1 Pain in right shoulder',
  'M25512 1 Pain in left shoulder',
  'M25519 1 Pain in unspecified shoulder',
  'M463 0 Infection of intervertebral disc (pyogenic)',
  'M4630 1 Infection of intervertebral disc (pyogenic), site unspecified',
  'M4631 1 Infection of intervertebral disc (pyogenic), cervical region',
  'M545 0 Low back pain',
  'M5450 1 Low back pain, unspecified',
  'M5451 1 Vertebrogenic low back pain',
  'W18 0 Other slipping',
  'W1800 1 Striking against unspecified object',
  'W1801 1 Striking against sports equipment',
];
const facts = handFacts(lines, {
  edits: editList({ M4630: 'UNSPECIFIED', M25519: 'UNSPECIFIED' }),
});
const check = (...args: Parameters<typeof claim>) => unspecified.check(claim(...args), facts);

describe('shared/scrub/rules/unspecified.ts', () => {
  test('an unspecified code beside specific ones is told, with those', () => {
    expect(check(['M5450'])).toEqual([
      {
        rule: 'unspecified',
        severity: 'warning',
        code: 'M54.50',
        message:
          'M54.50 (Low back pain, unspecified) is unspecified, and more specific codes are billable on 2021-10-01; payers ask for records or deny.',
        remedy:
          'If the record says more, code it: M54.51 (Vertebrogenic low back pain). If it does not, ask whoever treated the patient before the claim goes out.',
        source: 'ICD-10-CM Official Guidelines for Coding and Reporting, section I.B.18',
      },
    ]);
  });

  test('a specific code is not, and neither is an unspecified one that nothing else would replace', () => {
    expect(check(['M5451'])).toEqual([]);
    const alone = handFacts(['I82 0 Embolism', 'I829 1 Embolism of unspecified vein']);
    expect(unspecified.check(claim(['I829']), alone)).toEqual([]);
  });

  test('an open side is left to laterality, an unspecified external cause is nobody’s concern', () => {
    expect(check(['M25519', 'W1800'])).toEqual([]);
    expect(check(['M25519'], { setting: 'inpatient' })).toEqual([]);
  });

  test('on CMS’s list an inpatient claim is returned: an error there, a warning elsewhere', () => {
    const [inpatient] = check(['M4630'], { setting: 'inpatient' });
    expect([inpatient?.severity, inpatient?.source]).toEqual([
      'error',
      'Medicare Code Editor v43.1, unspecified code',
    ]);
    expect(check(['M4630'], { setting: 'outpatient' })[0]?.severity).toBe('warning');
    const later = { setting: 'inpatient', date: calendarDate('2024-10-01') } as const;
    expect(check(['M4630'], later)[0]?.severity).toBe('warning');
  });

  test('in a template, where it stands for choice, it is information', () => {
    expect(unspecified.check(template('M5450'), facts)[0]?.severity).toBe('info');
  });

  test('as the admitting diagnosis nothing more was known', () => {
    const diagnoses = [
      { position: 1, system: 'icd10cm', code: 'M5450', role: 'admitting' },
    ] as const;
    expect(check([], { diagnoses })).toEqual([]);
  });
});
