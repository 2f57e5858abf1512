// How far an assessment has come is moved by one of several that try, and never back.
import { describe, expect, it } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { emptyTally } from '../../shared/core/impact-tally.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import type { Assessment, AssessmentPart } from '../../shared/ports/assessment-store.ts';
import { createAssessmentStore } from '../../shared/store/assessments.ts';
import { recordOf } from '../steps/told-code-table.ts';

const assessmentOf = (seq: number, stage: Assessment['stage']): Assessment => ({
  record: recordOf({ effective: '2021-10-01', changes: [] }, seq),
  today: calendarDate('2021-10-20'),
  tells: 'all',
  codes: ['M545'],
  stage,
  months: ['open', '2021-10'],
});
const partOf = (month: string, step: number): AssessmentPart => ({
  month,
  codes: ['M545'],
  habitCodes: [],
  step,
  done: false,
  after: `claim-${step}`,
  tally: emptyTally,
});
const release = 'icd10cm-2022';
const of = (seq: number) => ({ id: release, seq });

describe('shared/store/assessments', () => {
  it('an assessment takes the place of the one it was made from, and of no other', async () => {
    const store = createAssessmentStore(createMemoryItemStore());
    const [begun, later] = [assessmentOf(2, 'templates'), assessmentOf(2, 'claims')];
    expect(await store.put('a', begun, undefined)).toBe(true);
    expect(await store.put('a', begun, undefined)).toBe(false);
    expect(await store.put('a', later, begun)).toBe(true);
    expect(await store.put('a', assessmentOf(2, 'closed'), begun)).toBe(false);
    expect(await store.get('a', release)).toEqual(later);
    expect(await store.put('a', assessmentOf(5, 'templates'), assessmentOf(3, 'claims'))).toBe(
      false,
    );
    expect(await store.get('b', release)).toBeUndefined();
  });

  it('a part goes on from the step it is at, is never taken back, and does not return once removed', async () => {
    const store = createAssessmentStore(createMemoryItemStore());
    await store.addParts('a', of(2), [partOf('2021-10', 0)]);
    expect(await store.putPart('a', of(2), partOf('2021-10', 1), 0)).toBe(true);
    expect(await store.putPart('a', of(2), partOf('2021-10', 1), 0)).toBe(false);
    await store.addParts('a', of(2), [partOf('2021-10', 0), partOf('open', 0)]);
    const stored = await store.parts('a', of(2));
    expect(stored.map(({ month, step }) => `${month} ${step}`)).toEqual(['2021-10 1', 'open 0']);
    await store.removeParts('a', of(2));
    expect(await store.putPart('a', of(2), partOf('2021-10', 2), 1)).toBe(false);
    expect(await store.parts('a', of(2))).toEqual([]);
  });

  it('removes the parts of a record and of earlier ones, and neither later ones nor the assessment', async () => {
    const items = createMemoryItemStore();
    const store = createAssessmentStore(items);
    await store.put('a', assessmentOf(2, 'claims'), undefined);
    for (const seq of [2, 3, 11]) await store.addParts('a', of(seq), [partOf('2021-10', 0)]);
    await store.addParts('a', { id: 'icd10cm-2022-04', seq: 1 }, [partOf('2021-10', 0)]);
    await store.removeParts('a', of(3));
    expect(items.allItems().map(({ sk }) => sk)).toEqual([
      'icd10cm-2022',
      'icd10cm-2022#000000011#2021-10',
      'icd10cm-2022-04#000000001#2021-10',
    ]);
  });

  it('I10 ids that could name another item are refused', async () => {
    const store = createAssessmentStore(createMemoryItemStore());
    const refused = { code: 'invalid-request' };
    await expect(store.get('a#b', release)).rejects.toMatchObject(refused);
    await expect(store.parts('', of(2))).rejects.toMatchObject(refused);
  });
});
