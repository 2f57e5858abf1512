// Diagnoses of a payer's rule; QA0 is a category of fiscal year 2026 whose second character is a letter.
import { describe, expect, it } from 'vitest';
import { readDiagnoses } from '../../../shared/feeds/payer-rules/rule-codes.ts';
import { createFindingList } from '../../../shared/formats/finding-list.ts';

const read = (...written: string[]) => {
  const list = createFindingList();
  const { set } = readDiagnoses(written, 'rule', list);
  return { ...set, findings: list.all().map(({ code }) => code) };
};

describe('shared/feeds/payer-rules/rule-codes.ts', () => {
  it('reads a code with a letter in its second place, alone, as a range and with what follows it', () => {
    expect(read('QA0.0101', 'qa0.0102', 'QA0.*', 'QA0.01-QA0.02')).toEqual({
      codes: ['QA00101', 'QA00102'],
      ranges: [
        { from: 'QA0', to: 'QA0' },
        { from: 'QA001', to: 'QA002' },
      ],
      findings: [],
    });
  });

  it.each(['BACK', 'MMA.16', 'XX000', 'XX0.00', '54.16'])('refuses %s', (written) => {
    expect(read(written)).toEqual({ codes: [], ranges: [], findings: ['diagnosis-code'] });
  });
});
