import { describe, expect, it } from 'vitest';
import { looksLikeJsonLines } from '../../shared/claims/read-json-intake.ts';
import { artifactsOf, countIntake, recordsOf, refusalsOf } from './intake-text.ts';

const good = {
  type: 'claim',
  id: '1',
  codes: 'M54.5',
  dateOfService: '2021-10-04',
  billed: 120.5,
};
const bad = { type: 'claim', id: '2', codes: 'M54.5', date: '2021-10-04' };

describe('shared/claims/read-json-intake.ts', () => {
  it('reads the same from a list, one object, and one object a line', async () => {
    const fromLines = await recordsOf(`${JSON.stringify(good)}\n${JSON.stringify(bad)}`);
    const fromList = await recordsOf(JSON.stringify([good, bad], null, 2));
    const m545 = { system: 'icd10cm', code: 'M545' };
    expect(artifactsOf(fromLines)).toEqual([
      { type: 'claim', id: '1', codes: [m545], dateOfService: '2021-10-04', billedCents: 12_050 },
    ]);
    expect(artifactsOf(fromList)).toEqual(artifactsOf(fromLines));
    expect(refusalsOf(fromLines)).toEqual(['line 2 unknown-field']);
    expect(refusalsOf(fromList)).toEqual(['[1] unknown-field']);
    expect(artifactsOf(await recordsOf(JSON.stringify(good, null, 2)))).toHaveLength(1);
  });

  it('loses of NDJSON only the lines that are no JSON', async () => {
    const line = JSON.stringify(good);
    const records = await recordsOf(`${line}\n{"type":\n\n[1]\n${line}\r\n`);
    expect(refusalsOf(records)).toEqual(['line 2 unreadable', 'line 4 unreadable']);
    expect(countIntake(records).accepted).toBe(2);
  });

  it('goes by the name where the first line is broken', async () => {
    const text = `{"type":\n${JSON.stringify(good)}\n`;
    const records = await recordsOf(text, { fileName: 'claims.ndjson' });
    expect(refusalsOf(records)).toEqual(['line 1 unreadable']);
    expect(artifactsOf(records)).toHaveLength(1);
  });

  it('keeps what came before the place where a list breaks off', async () => {
    const records = await recordsOf(`[${JSON.stringify(good)},{"type":"cl`);
    expect(artifactsOf(records)).toHaveLength(1);
    expect(refusalsOf(records)).toEqual(['[1], line 1 unreadable']);
  });

  it('loses of a list only the element that is no JSON while its brackets match', async () => {
    const records = await recordsOf(`[${JSON.stringify(good)},{"type" claim},{"type":"bill"}]`);
    expect(refusalsOf(records)).toEqual(['[1] unreadable', '[2] type-invalid']);
    expect(artifactsOf(records)).toHaveLength(1);
  });

  it.each([
    ['{"a":1}\n{"b":2}\n', true],
    ['{"a":1}\n', false],
    ['{\n  "a": 1\n}\n', false],
    ['[\n{"a":1},\n{"b":2}\n]\n', false],
    ['{"resourceType":"Bundle","entry":[\n{"a":1},\n{"b":2}\n]}\n', false],
    ['{"broken\n{"a":1}\n{"b":2}\n', true],
  ])('%j has one value a line: %s', (head, areLines) => {
    expect(looksLikeJsonLines(head, true)).toBe(areLines);
  });
});
