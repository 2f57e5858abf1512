import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { fieldWording } from '../../shared/formats/field-wording.ts';

const line = z.strictObject({ units: z.int().min(1).max(99).optional() });
const claim = z.strictObject({
  code: z.string().min(1).max(4),
  share: z.number().gt(0).lt(1).optional(),
  codes: z.array(z.string()).min(2).max(3).optional(),
  setting: z.enum(['inpatient', 'outpatient']).optional(),
  entry: z.union([z.string(), line]).optional(),
  line: line.optional(),
  isFinal: z.boolean().optional(),
  days: z.record(z.string().min(1), z.number()).optional(),
  state: z
    .string()
    .regex(/^[A-Z]+$/, 'no state')
    .optional(),
  zip: z.string().regex(/^\d+$/).optional(),
});
const fields = Object.keys(claim.shape).join(', ');

/** What is said of a value, each fault as `path: message`. */
const faultsOf = (value: unknown): string[] => {
  const { error } = claim.safeParse(value, { error: fieldWording });
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
};

describe('shared/formats/field-wording.ts', () => {
  it.each([
    [{}, 'code: missing'],
    [{ code: null }, 'code: not a text'],
    [{ code: 5 }, 'code: not a text'],
    [{ code: '' }, 'code: empty'],
    [{ code: 'M54.5' }, 'code: over 4 characters'],
    [{ code: 'I10', share: '1' }, 'share: not a number'],
    [{ code: 'I10', share: 0 }, 'share: not more than 0'],
    [{ code: 'I10', share: 1 }, 'share: not less than 1'],
    [{ code: 'I10', codes: 'I10' }, 'codes: not a list'],
    [{ code: 'I10', codes: ['I10'] }, 'codes: under 2 entries'],
    [{ code: 'I10', codes: ['a', 'b', 'c', 'd'] }, 'codes: over 3 entries'],
    [{ code: 'I10', setting: 'home' }, 'setting: none of inpatient, outpatient'],
    [{ code: 'I10', line: 'x' }, 'line: not an object'],
    [{ code: 'I10', line: { units: 1.5 } }, 'line.units: not a whole number'],
    [{ code: 'I10', line: { units: 0 } }, 'line.units: less than 1'],
    [{ code: 'I10', line: { units: 100 } }, 'line.units: more than 99'],
    [{ code: 'I10', isFinal: 'no' }, 'isFinal: not true or false'],
    [{ code: 'I10', days: { '': 1 } }, 'days.: its name is wrong: empty'],
    [{ code: 'I10', zip: 'x' }, 'zip: not written as it has to be'],
    [[], ': not an object'],
  ])('of %j it says %s', (value, said) => {
    expect(faultsOf(value)).toEqual([said]);
  });

  it('tells unknown fields by name, and which fields there are', () => {
    expect(faultsOf({ code: 'I10', line: { unit: 1 } })).toEqual([
      'line: has no field unit; its fields are units',
    ]);
    const many = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => [name, 1]));
    expect(faultsOf({ code: 'I10', ...many })).toEqual([
      `: has no field a, b, c, d, e and 2 more; its fields are ${fields}`,
    ]);
    expect(faultsOf({ code: 'I10', ['x'.repeat(50)]: 1 })[0]).toContain(`field ${'x'.repeat(40)};`);
  });

  it('of what can be of several kinds it tells the fault of the kind it is', () => {
    expect(faultsOf({ code: 'I10', entry: { units: 'x' } })).toEqual([
      'entry: units: not a number',
    ]);
    expect(faultsOf({ code: 'I10', entry: true })).toEqual([
      'entry: of a kind that is not taken here',
    ]);
    expect(faultsOf({ code: 'I10', entry: { unit: 1 } })).toEqual([
      'entry: has no field unit; its fields are units',
    ]);
    expect(faultsOf({ code: 'I10', entry: { 'Jane Doe': 1, units: 'x' } })).toEqual([
      'entry: units: not a number',
    ]);
  });

  it('lets what a schema says itself go first', () => {
    expect(faultsOf({ code: 'I10', state: 'oh' })).toEqual(['state: no state']);
  });
});
