import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { createKeptCodes } from '../../shared/operations/kept-codes.ts';
import { day, handFacts } from '../scrub/hand-facts.ts';

const facts = handFacts(['I10 1 Essential hypertension', 'J45 0 Asthma']);
const hypertension = facts.code('icd10cm', 'I10', day);
const asthma = facts.code('icd10cm', 'J45', day);
const dates = ['2025-09-30', '2025-10-01', '2026-03-31'].map(calendarDate);
const [before = day, first = day, later = day] = dates;

/** Periods that begin in October. */
const fiscalYear = (date: string) => (date < '2025-10-01' ? '2025' : '2026');

describe('shared/operations/kept-codes.ts', () => {
  test('a code is kept for all dates of the period, for no other period and no other system', () => {
    const periodOn = createKeptCodes(fiscalYear)();
    periodOn('icd10cm', first).set('I10', hypertension);
    expect(periodOn('icd10cm', later).get('I10')).toBe(hypertension);
    expect(periodOn('icd10cm', before).has('I10')).toBe(false);
    expect(periodOn('icd10pcs', first).has('I10')).toBe(false);
  });

  test('beyond the limit all is forgotten, but periods in hand go on answering', () => {
    const kept = createKeptCodes(fiscalYear, 1);
    const inHand = kept();
    inHand('icd10cm', first).set('I10', hypertension);
    expect(kept()).toBe(inHand);
    inHand('icd10cm', first).set('J45', asthma);
    expect(kept()('icd10cm', first).has('I10')).toBe(false);
    expect(inHand('icd10cm', later).get('I10')).toBe(hypertension);
    expect(inHand('icd10cm', later).get('J45')).toBe(asthma);
  });
});
