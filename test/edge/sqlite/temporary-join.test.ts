import { describe, expect, it } from 'vitest';
import { temporaryJoins } from '../../../shared/edge/sqlite/temporary-join.ts';

const open = temporaryJoins();

describe('shared/edge/sqlite/temporary-join.ts', () => {
  it('answers rows in the order they were put, with those of other tables under their key', () => {
    const join = open();
    join.put('line', 'b', { line: 2, cells: ['first'] });
    join.put('claim', 'b', { line: 2, cells: ['B'] });
    join.put('claim', 'a', { line: 3, cells: ['A'] });
    join.put('line', 'b', { line: 9, cells: ['second'] });
    const found = [...join.rows('claim')].map(({ cells, related }) => [cells, related('line', 10)]);
    expect(found).toEqual([
      [
        ['B'],
        [
          { line: 2, cells: ['first'] },
          { line: 9, cells: ['second'] },
        ],
      ],
      [['A'], []],
    ]);
    expect(join.find('line', 'b', 1)).toEqual([{ line: 2, cells: ['first'] }]);
    join.close();
  });

  it('tells the first row of every key that a table lacks', () => {
    const join = open();
    join.put('claim', 'a', { line: 2, cells: [] });
    join.put('line', 'x', { line: 5, cells: [] });
    join.put('code', 'x', { line: 2, cells: [] });
    join.put('code', 'y', { line: 3, cells: [] });
    join.put('line', 'a', { line: 6, cells: [] });
    join.put('date', 'z', { line: 7, cells: [] });
    expect([...join.strays('claim', ['line', 'code'])]).toEqual([
      { table: 'line', line: 5 },
      { table: 'code', line: 3 },
    ]);
    join.close();
  });

  it('has no room beyond its bytes', () => {
    const join = temporaryJoins(200)();
    const puts = [1, 2, 3].map((line) => join.put('claim', 'a', { line, cells: ['x'] }));
    expect(puts).toEqual([true, true, false]);
    join.close();
  });

  it('answers a key that nobody put with nothing', () => {
    const join = open();
    expect([join.find('claim', 'a', 1), [...join.rows('claim')]]).toEqual([[], []]);
    join.close();
  });
});
