import { describe, expect, test } from 'vitest';
import { codeFirst } from '../../../shared/scrub/rules/code-first.ts';
import { claim, editList, handFacts, node, note, tabularList, template } from '../hand-facts.ts';

const lines = [
  'A419 1 Sepsis, unspecified organism',
  'F0280 1 Dementia in other diseases classified elsewhere',
  'G309 1 Alzheimer’s disease, unspecified',
  'G460 1 Middle cerebral artery syndrome',
  'I10 1 Hypertension',
  'I634 1 Cerebral infarction due to embolism',
  'J13 1 Pneumonia due to Streptococcus pneumoniae',
  'J101 1 Influenza with other respiratory manifestations',
  'T8144XA 1 Sepsis following a procedure, initial encounter',
];
const list = tabularList(
  '2021-10-01',
  node('A41', [note('codeFirst', 'postprocedural sepsis (T81.44-)', 'T8144')]),
  node('F02', [
    note('codeFirst', 'the underlying physiological condition, such as:'),
    note('codeFirst', 'Alzheimer’s (G30.-)', 'G30'),
  ]),
  node('G46', [note('codeFirst', 'underlying cerebrovascular disease (I60-I69)', 'I60-I69')]),
  node('I10', [note('codeFirst', 'underlying disease, if known (E00-E89)', 'E00-E89')]),
  node('J13', [note('codeFirst', 'associated influenza, if applicable (J10.1)', 'J101')]),
);
const facts = handFacts(lines, {
  tabular: [list],
  edits: editList({ F0280: 'MANIF', G460: 'MANIF' }),
});
const told = (...codes: readonly string[]) =>
  codeFirst.check(claim(codes), facts).map(({ code, severity }) => [code, severity]);

describe('shared/scrub/rules/code-first.ts', () => {
  test('a manifestation before its disease is an error, with the note and the order to restore', () => {
    expect(codeFirst.check(claim(['F0280', 'G309']), facts)).toEqual([
      {
        rule: 'code-first',
        severity: 'error',
        code: 'F02.80',
        message:
          'F02.80 (Dementia in other diseases classified elsewhere) comes before G30.9 (Alzheimer’s disease, unspecified): ' +
          'at F02 the tabular list says to code first “the underlying physiological condition, such as: Alzheimer’s (G30.-)”.',
        remedy: 'Put G30.9 before F02.80.',
        source:
          'ICD-10-CM tabular list effective 2021-10-01 (CDC/NCHS); ICD-10-CM Official Guidelines for Coding and Reporting, section I.A.13',
      },
    ]);
  });

  test('in the right order nothing is told', () => {
    expect(told('G309', 'F0280')).toEqual([]);
    expect(told('I634', 'G460')).toEqual([]);
    expect(told('T8144XA', 'A419')).toEqual([]);
  });

  test('a manifestation alone in front lacks its disease', () => {
    expect(told('F0280', 'I10')).toEqual([['F02.80', 'error']]);
    const [item] = codeFirst.check(claim(['F0280']), facts);
    expect(item?.message).toContain('is listed first');
    expect(item?.remedy).toMatch(/^Add the code for that condition/);
  });

  test('further down, examples may be any other disease; a closed list may not', () => {
    expect(told('I10', 'F0280')).toEqual([]);
    expect(told('I10', 'G460')).toEqual([['G46.0', 'warning']]);
  });

  test('what need not be there is missed by nobody, but its order counts', () => {
    expect(told('J13')).toEqual([]);
    expect(told('I10')).toEqual([]);
    expect(told('J13', 'J101')).toEqual([['J13', 'warning']]);
    expect(told('A419')).toEqual([]);
    expect(told('A419', 'T8144XA')).toEqual([['A41.9', 'warning']]);
  });

  test('a template has no order, and without a list nothing is known', () => {
    expect(codeFirst.check(template('F0280', 'G309'), facts)).toEqual([]);
    expect(codeFirst.check(claim(['F0280', 'G309']), handFacts(lines))).toEqual([]);
  });
});
