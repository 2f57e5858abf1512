// Addenda applied to the earlier release give the later one, and undone from the later one give the earlier.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Addenda,
  type AddendaEntry,
  applyAddenda,
  undoAddenda,
} from '../../shared/core/addenda.ts';
import type { Facts } from '../../shared/core/change.ts';
import type { Row } from '../../shared/core/release.ts';

const facts = (billable: boolean, title: string): Facts => ({
  billable,
  short: title,
  long: title,
});
const toRows = (list: readonly (readonly [string, Facts])[]): Row[] =>
  list.map(([code, own], i) => ({ order: i + 1, code, ...own }));
const entry = (kind: AddendaEntry['kind'], code: string, own: Facts): AddendaEntry => ({
  kind,
  code,
  ...own,
});
const addenda = (...entries: AddendaEntry[]): Addenda => ({ entries, base: null, target: null });

const before = toRows([
  ['M54', facts(false, 'Dorsalgia')],
  ['M545', facts(true, 'Low back pain')],
  ['M546', facts(true, 'Pain in thoracic spine')],
  ['M549', facts(true, 'Dorsalgia, unspecified')],
]);
const after = toRows([
  ['M54', facts(false, 'Dorsalgia')],
  ['M545', facts(false, 'Low back pain')],
  ['M5450', facts(true, 'Low back pain, unspecified')],
  ['M549', facts(true, 'Dorsalgia, not specified')],
]);
const step = addenda(
  entry('delete', 'M545', facts(true, 'Low back pain')),
  entry('add', 'M545', facts(false, 'Low back pain')),
  entry('add', 'M5450', facts(true, 'Low back pain, unspecified')),
  entry('delete', 'M546', facts(true, 'Pain in thoracic spine')),
  entry('revise-from', 'M549', facts(true, 'Dorsalgia, unspecified')),
  entry('revise-to', 'M549', facts(true, 'Dorsalgia, not specified')),
);

const asMap = (rows: readonly Row[]) =>
  new Map(rows.map(({ code, billable, short, long }) => [code, { billable, short, long }]));

describe('shared/core/addenda.ts', () => {
  it('applies additions, deletions and revisions; a split code stays one code', () => {
    expect(applyAddenda('icd10cm', before, step)).toEqual({ facts: asMap(after), misfits: [] });
  });

  it('applies a split whichever of its two lines comes first', () => {
    const turned = addenda(...[...step.entries.slice(0, 2)].reverse(), ...step.entries.slice(2));
    expect(applyAddenda('icd10cm', before, turned)).toEqual({ facts: asMap(after), misfits: [] });
  });

  it('undoes them, renumbers, and puts deleted codes back in their place', () => {
    expect(undoAddenda('icd10cm', after, step)).toEqual({ rows: before, misfits: [] });
  });

  it('takes the flag of ICD-10-PCS codes from their length', () => {
    const { facts: given, misfits } = applyAddenda(
      'icd10pcs',
      [],
      addenda(
        { kind: 'add', code: '001', billable: null, short: 'Bypass', long: 'Bypass' },
        { kind: 'add', code: '0016070', billable: null, short: 'Bypass X', long: 'Bypass X' },
      ),
    );
    expect(misfits).toEqual([]);
    expect([...given].map(([code, { billable }]) => [code, billable])).toEqual([
      ['001', false],
      ['0016070', true],
    ]);
  });

  it.each<[string, AddendaEntry, RegExp]>([
    [
      'deletes a code that is not listed',
      entry('delete', 'A000', facts(true, 'Cholera')),
      /not list/,
    ],
    [
      'revises a code that is not listed',
      entry('revise-from', 'A000', facts(true, 'Cholera')),
      /not list/,
    ],
    [
      'deletes a code under another title',
      entry('delete', 'M546', facts(true, 'Back pain')),
      /other titles/,
    ],
    [
      'deletes a code under another flag',
      entry('delete', 'M546', facts(false, 'Pain in thoracic spine')),
      /another flag/,
    ],
    [
      'adds a code that is listed',
      entry('add', 'M546', facts(true, 'Pain in thoracic spine')),
      /already/,
    ],
    [
      'comes from a codes file and has no flag',
      { kind: 'add', code: 'A000', billable: null, short: '', long: 'Cholera' },
      /codes file/,
    ],
  ])('says which entry does not fit: one that %s', (_, wrong, reason) => {
    const { misfits } = applyAddenda('icd10cm', before, addenda(wrong));
    expect(misfits).toHaveLength(1);
    expect(misfits[0]).toMatchObject({ code: wrong.code, reason: expect.stringMatching(reason) });
  });

  it('puts a deleted category back after its greatest neighbour by code', () => {
    const category = toRows([
      ['A00', facts(false, 'Cholera')],
      ['B99', facts(true, 'Other')],
    ]);
    const deleted = addenda(entry('delete', 'A09', facts(true, 'Gastroenteritis')));
    expect(
      undoAddenda('icd10cm', category, deleted).rows.map(({ order, code }) => [order, code]),
    ).toEqual([
      [1, 'A00'],
      [2, 'A09'],
      [3, 'B99'],
    ]);
  });

  it('puts a code that sorts before all others back in front', () => {
    const deleted = addenda(entry('delete', 'A00', facts(false, 'Cholera')));
    expect(undoAddenda('icd10cm', before, deleted).rows[0]).toMatchObject({
      order: 1,
      code: 'A00',
    });
  });

  it('keeps the tabular order of the later release, which is not code order', () => {
    const tabular = toRows([
      ['M1A', facts(false, 'Chronic gout')],
      ['M10', facts(false, 'Gout')],
      ['M11', facts(false, 'Other')],
    ]);
    const added = addenda(entry('add', 'M11', facts(false, 'Other')));
    expect(undoAddenda('icd10cm', tabular, added).rows.map(({ code }) => code)).toEqual([
      'M1A',
      'M10',
    ]);
  });
});

const someFacts = fc.record({
  billable: fc.boolean(),
  short: fc.constantFrom('Pain', 'Ache', 'Pain, unspecified'),
  long: fc.constantFrom('Pain', 'Ache'),
});
const someCode = fc.stringMatching(/^M[0-3][0-3][0-3]?$/);
const someRelease = fc
  .dictionary(someCode, someFacts, { maxKeys: 25 })
  .map((own) => toRows(Object.entries(own).sort(([a], [b]) => (a < b ? -1 : 1))));

/** Addenda as the officials write them: a changed flag is delete and add, a changed title a revision. */
function addendaBetween(from: readonly Row[], to: readonly Row[]): Addenda {
  const entries: AddendaEntry[] = [];
  const old = asMap(from);
  const now = asMap(to);
  for (const code of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const a = old.get(code);
    const b = now.get(code);
    if (a && b && a.billable === b.billable) {
      if (a.short === b.short && a.long === b.long) continue;
      entries.push(entry('revise-from', code, a), entry('revise-to', code, b));
      continue;
    }
    if (a) entries.push(entry('delete', code, a));
    if (b) entries.push(entry('add', code, b));
  }
  return { entries, base: null, target: null };
}

describe('shared/core/addenda.ts invariants', () => {
  it('I4 applying the addenda between two releases gives the later, undoing them the earlier, in its order', () => {
    fc.assert(
      fc.property(someRelease, someRelease, (from, to) => {
        const between = addendaBetween(from, to);
        expect(applyAddenda('icd10cm', from, between)).toEqual({ facts: asMap(to), misfits: [] });
        expect(undoAddenda('icd10cm', to, between)).toEqual({ rows: from, misfits: [] });
      }),
      { numRuns: 500 },
    );
  });
});
