import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expandListedCodes } from '../../../functions/api/fhir/expand-listed-codes.ts';
import { holds } from '../../../functions/api/fhir/value-set-include.ts';
import { calendarDate } from '../../../shared/core/calendar-date.ts';
import { formatCode } from '../../../shared/core/code-system.ts';
import { lookUpCode } from '../../../shared/operations/look-up-code.ts';
import { release } from '../../support/releases.ts';
import { openSnapshotOf, type TestReference, takeIn } from '../../support/test-reference.ts';

const rows = [
  ...['M08 0 a', 'M080 1 b', 'M1A 0 c', 'M1A9XX0 1 d', 'M10 0 e', 'M109 1 f', 'M11 1 g'],
  ...['M79 0 h', 'M797 1 i', 'M79A 0 j', 'M79A1 1 k', 'M798 0 l', 'M7981 1 m', 'M799 1 n'],
];
const date = calendarDate('2020-10-01');
const clock = { now: () => '2020-10-01T12:00:00.000Z' };

let reference: TestReference;
beforeAll(async () => {
  reference = await openSnapshotOf(await takeIn([release('2020-10-01', rows)]));
});
afterAll(() => reference.close());

describe('functions/api/fhir/expand-listed-codes.ts', () => {
  const include = {
    ...{ system: 'icd10cm' as const, billableOnly: true },
    codes: [{ code: 'M11' }],
    ranges: [
      { from: 'M797', to: 'M798' },
      { from: 'M08', to: 'M10' },
    ],
  };
  const all = ['M08.0', 'M1A.9XX0', 'M10.9', 'M11', 'M79.7', 'M79.A1', 'M79.81'];

  it('expands a range to the codes the Tabular List has in it, in its order', async () => {
    const found = await expandListedCodes({ reference }, include, { date }, {});
    expect(found.map(({ code }) => code.code)).toEqual(all);
  });

  it('holds those codes and no others', async () => {
    const held: string[] = [];
    for (const [code = ''] of rows.map((row) => row.split(' '))) {
      const lookup = await lookUpCode({ ...reference, clock }, { system: 'icd10cm', code, date });
      if (holds(include, lookup)) held.push(formatCode('icd10cm', code));
    }
    expect(held).toEqual(all);
  });
});
