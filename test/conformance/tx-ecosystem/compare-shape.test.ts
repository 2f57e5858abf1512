import { describe, expect, test } from 'vitest';
import { compareShape } from './compare-shape.ts';

const wrong = (expected: unknown, found: unknown) => compareShape(expected, found).wrong;

describe('test/conformance/tx-ecosystem/compare-shape.ts', () => {
  test('order of elements does not matter, values do', () => {
    const expected = { parameter: [{ name: 'a', valueCode: 'x' }, { name: 'b' }] };
    expect(wrong(expected, { parameter: [{ name: 'b' }, { name: 'a', valueCode: 'x' }] })).toEqual(
      [],
    );
    expect(wrong(expected, { parameter: [{ name: 'b' }, { name: 'a', valueCode: 'y' }] })).toEqual([
      '.parameter[a].valueCode: expected "x", found "y"',
    ]);
    expect(wrong(expected, { parameter: [{ name: 'b' }] })).toEqual(['.parameter[a]: missing']);
  });

  test('what is more than expected is told apart', () => {
    const found = { parameter: [{ name: 'a', extension: [] }, { name: 'b' }], id: '1' };
    expect(compareShape({ parameter: [{ name: 'a' }] }, found)).toEqual({
      wrong: [],
      additional: ['.parameter[a].extension', '.parameter[b]', '.id'],
    });
  });

  test('an optional element may be missing, and must be right when it is there', () => {
    const expected = [{ $optional$: true, name: 'a', value: 1 }];
    expect(wrong(expected, [])).toEqual([]);
    expect(compareShape(expected, [{ name: 'a', value: 1 }])).toEqual({
      wrong: [],
      additional: [],
    });
    expect(compareShape(expected, [{ name: 'a', value: 2 }]).additional).toEqual(['[a]']);
  });

  test('conditions: optional but on their own server, optional in R4, and needed in R4', () => {
    expect(wrong([{ $optional$: '!tx.fhir.org', name: 'a' }], [])).toEqual([]);
    expect(wrong([{ $optional$: 'version:4', name: 'a' }], [])).toEqual([]);
    expect(wrong([{ $optional$: 'version:5', name: 'a' }], [])).toEqual(['[a]: missing']);
  });

  test('optional properties may be missing or anything at all', () => {
    const expected = { '$optional-properties$': ['date'], date: 'x', code: 'y' };
    expect(wrong(expected, { code: 'y' })).toEqual([]);
    expect(
      compareShape({ '$optional-properties$': ['id'], code: 'y' }, { code: 'y', id: '1' }),
    ).toEqual({ wrong: [], additional: [] });
    expect(wrong(expected, { date: 'x' })).toHaveLength(1);
  });

  test('words between dollars stand for types', () => {
    const uuid = '0f0e8c1a-7b1c-4d3e-9a5b-123456789abc';
    expect(wrong('$uuid$', `urn:uuid:${uuid}`)).toEqual([]);
    expect(wrong('$uuid$', 'urn:uuid:x')).toHaveLength(1);
    expect(wrong('$instant$', '2025-11-15T12:00:00.000Z')).toEqual([]);
    expect(wrong('$instant$', '2025-11-15')).toHaveLength(1);
    expect(wrong('$string$', '')).toHaveLength(1);
    expect(wrong('$external:1:x$', 'any words')).toEqual([]);
    expect(wrong('$external:1:x$', undefined)).toHaveLength(1);
  });
});
