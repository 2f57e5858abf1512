// A file with a thousand equal faults must stay readable as a report, and still say how many there are.
import { describe, expect, it } from 'vitest';
import { createFindingList } from '../../shared/formats/finding-list.ts';

describe('shared/formats/finding-list.ts', () => {
  it('keeps findings in the order they came', () => {
    const list = createFindingList();
    list.add('b', 'error', 'line 1', 'one');
    list.add('a', 'info', 'line 2', 'two');
    expect(list.all()).toEqual([
      { code: 'b', severity: 'error', where: 'line 1', message: 'one' },
      { code: 'a', severity: 'info', where: 'line 2', message: 'two' },
    ]);
  });

  it('lists five findings of a code and says how many there are in all', () => {
    const list = createFindingList();
    for (let line = 1; line <= 7; line += 1)
      list.add('row-shape', 'error', `line ${line}`, `fault ${line}.`);
    list.add('other', 'error', 'line 8', 'fault 8.');
    const messages = list.all().map(({ message }) => message);
    expect(messages).toEqual([
      'fault 1.',
      'fault 2.',
      'fault 3.',
      'fault 4.',
      'fault 5. There are 7 such findings; the first 5 are listed.',
      'fault 8.',
    ]);
  });

  it('says nothing of a total when all are listed', () => {
    const list = createFindingList();
    for (let line = 1; line <= 5; line += 1)
      list.add('row-shape', 'error', `line ${line}`, 'fault.');
    expect(list.all().map(({ message }) => message)).toEqual(
      Array.from({ length: 5 }, () => 'fault.'),
    );
  });
});
