// Walking replacement chains: cycles, dead ends and mixed sources.
import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { openBelief } from '../../shared/operations/belief.ts';
import { replacementsOn } from '../../shared/operations/replacements-on.ts';
import { by, type HandVersion, handBuiltTable, record } from './hand-built-table.ts';

const releases = [record('2020-10-01', 1, '2026-01-01'), record('2021-10-01', 2, '2026-01-02')];

async function replacementsOfA00(versions: readonly HandVersion[]) {
  const { codeTable: table } = await handBuiltTable({ releases, versions });
  const belief = await openBelief(table, 'icd10cm');
  return replacementsOn(belief, 'A00', calendarDate('2022-01-01'));
}

describe('shared/operations/replacements-on.ts', () => {
  test('two codes that name each other end the walk with nothing', async () => {
    const versions: HandVersion[] = [
      ['A00', '2021-10-01', 'ended', { replacedBy: [by('A01', '2021-10-01')] }],
      ['A00', '2020-10-01', 'billable'],
      ['A01', '2020-10-01', 'billable'],
      ['A01', '2021-10-01', 'ended', { replacedBy: [by('A00', '2021-10-01')] }],
    ];
    expect(await replacementsOfA00(versions)).toEqual([]);
  });

  test('a chain with one inferred link is inferred, and official ones come first', async () => {
    const versions: HandVersion[] = [
      ['A00', '2020-10-01', 'billable'],
      [
        'A00',
        '2021-10-01',
        'ended',
        { replacedBy: [by('A01', '2021-10-01', 'inferred'), by('A02', '2021-10-01')] },
      ],
      ['A01', '2020-10-01', 'billable'],
      ['A01', '2021-10-01', 'ended', { replacedBy: [by('A03', '2021-10-01')] }],
      ['A02', '2020-10-01', 'billable'],
      ['A03', '2020-10-01', 'billable'],
    ];
    expect(await replacementsOfA00(versions)).toEqual([
      by('A02', '2021-10-01'),
      by('A03', '2021-10-01', 'inferred'),
    ]);
  });

  test('a code reached both ways counts as official', async () => {
    const versions: HandVersion[] = [
      ['A00', '2020-10-01', 'billable'],
      [
        'A00',
        '2021-10-01',
        'ended',
        { replacedBy: [by('A03', '2021-10-01', 'inferred'), by('A01', '2021-10-01')] },
      ],
      ['A01', '2020-10-01', 'billable'],
      ['A01', '2021-10-01', 'ended', { replacedBy: [by('A03', '2021-10-01')] }],
      ['A03', '2020-10-01', 'billable'],
    ];
    expect(await replacementsOfA00(versions)).toEqual([by('A03', '2021-10-01')]);
  });

  test('a header that nothing replaces and a code nobody lists are no answer', async () => {
    const versions: HandVersion[] = [
      ['A00', '2020-10-01', 'billable'],
      [
        'A00',
        '2021-10-01',
        'ended',
        { replacedBy: [by('A01', '2021-10-01'), by('A09', '2021-10-01')] },
      ],
      ['A01', '2020-10-01', 'header'],
    ];
    expect(await replacementsOfA00(versions)).toEqual([]);
  });

  test('a header retitled since its split still names what replaced it', async () => {
    const versions: HandVersion[] = [
      ['A00', '2020-10-01', 'header', { kind: 'expanded', replacedBy: [by('A01', '2020-10-01')] }],
      ['A00', '2021-10-01', 'header', { kind: 'retitled', long: 'New title' }],
      ['A01', '2020-10-01', 'billable'],
    ];
    expect(await replacementsOfA00(versions)).toEqual([by('A01', '2020-10-01')]);
  });
});
