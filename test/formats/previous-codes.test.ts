// Every way the official conversion tables were found to name predecessors, and what must not be guessed at.
import { describe, expect, it } from 'vitest';
import type { PreviousPart } from '../../shared/core/release.ts';
import { parsePreviousCodes } from '../../shared/formats/previous-codes.ts';

const code = (text: string): PreviousPart => ({ kind: 'code', code: text });
const range = (from: string, to: string): PreviousPart => ({ kind: 'range', from, to });
const category = (from: string, to = from): PreviousPart => ({ kind: 'category', from, to });

describe('shared/formats/previous-codes.ts', () => {
  it.each<[string, PreviousPart[]]>([
    ['M54.5', [code('M545')]],
    ['T40.7X3D ', [code('T407X3D')]],
    [' \u00a0M54.5\u00a0', [code('M545')]],
    ['M545', [code('M545')]],
    ['m54.5', [code('M545')]],
    ['F42', [code('F42')]],
    ['I63.011 AND I63.012', [code('I63011'), code('I63012')]],
    ['G11.8 and E23.0 and K00.0', [code('G118'), code('E230'), code('K000')]],
    ['M96.89 & Y84.8', [code('M9689'), code('Y848')]],
    ['G93.3; R53.82', [code('G933'), code('R5382')]],
    [
      'E75.240, E75.241, E75.248, E75.249 ',
      [code('E75240'), code('E75241'), code('E75248'), code('E75249')],
    ],
    [
      'H02.201, H02.202, H02.204 and H02.205',
      [code('H02201'), code('H02202'), code('H02204'), code('H02205')],
    ],
    ['A00.0, and A00.1', [code('A000'), code('A001')]],
    ['A00.0\r\nA00.1', [code('A000'), code('A001')]],
    ['A00.0 A00.1', [code('A000'), code('A001')]],
    ['I10-I15.9', [range('I10', 'I159')]],
    ['Y93.01 - Y93.9', [range('Y9301', 'Y939')]],
    ['Y93.01\u2013Y93.9', [range('Y9301', 'Y939')]],
    ['I20.0-I20.1; I20.8', [range('I200', 'I201'), code('I208')]],
    ['H44.20-H44.23 and H35.051-H35.059', [range('H4420', 'H4423'), range('H35051', 'H35059')]],
    ['S06.890D-S06.899S', [range('S06890D', 'S06899S')]],
    ['I63.- and P91.88', [category('I63'), code('P9188')]],
    ['S06.0-', [category('S060')]],
    ['Codes in Categories T15-T19', [category('T15', 'T19')]],
    ['K59.09 AND Code from categories T36-T50', [code('K5909'), category('T36', 'T50')]],
    ['K31.89 and a code from R11-', [code('K3189'), category('R11')]],
    ['category T15', [category('T15')]],
    ['M1A.0-M10.9', [range('M1A0', 'M109')]],
  ])('reads %j', (cell, parts) => {
    expect(parsePreviousCodes('icd10cm', cell)).toEqual({ kind: 'codes', parts });
  });

  it.each(['None', 'none', ' NONE '])('takes %j for no predecessor', (cell) => {
    expect(parsePreviousCodes('icd10cm', cell)).toEqual({ kind: 'none' });
  });

  it('reads ICD-10-PCS codes and its word for none', () => {
    expect(parsePreviousCodes('icd10pcs', '00H60YZ')).toEqual({
      kind: 'codes',
      parts: [code('00H60YZ')],
    });
    expect(parsePreviousCodes('icd10pcs', 'NoPCS')).toEqual({ kind: 'none' });
  });

  it.each([
    '',
    '  ',
    'See the guidelines',
    'New code',
    'M54.5 (part)',
    'M54.5 or M54.6?',
    'None, see M54.5',
    'T19-T15',
    'M10-M1A',
    'M54.5-M54.6-M54.7',
    'M54.5-other',
    'M54.12345',
    '-',
    ',',
  ])('keeps what it cannot read for certain as it stands: %j', (cell) => {
    expect(parsePreviousCodes('icd10cm', cell)).toEqual({ kind: 'unreadable', text: cell });
  });
});
