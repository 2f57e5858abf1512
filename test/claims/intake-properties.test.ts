// What holds of intake for any pieces a file comes in and any damage done to it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IntakeOptions } from '../../shared/claims/read-intake.ts';
import { bundle, condition, professionalClaim } from './fhir/resources.ts';
import { artifactsOf, recordsOf } from './intake-text.ts';

// Ids far apart, so that no damage turns one into another.
const ids = ['ALPHA11', 'BRAVO22', 'CHARL33', 'DELTA44', 'ECHOO55', 'FOXTR66'];

const ours = ids.map((id, n) => ({
  type: 'claim',
  id,
  codes: [`M54.5${n}`, 'I10'],
  dateOfService: '2021-10-01',
  payer: 'Ménière Health',
}));
const resources = ids.map((id, n) =>
  n === 3
    ? professionalClaim({
        id,
        diagnosis: [{ sequence: 1, diagnosisReference: { reference: 'Condition/k' } }],
      })
    : professionalClaim({ id }),
);
const all = [...resources, condition('k', 'M54.2')];
const rows = ids.flatMap((id, n) => [
  `INSERT|${id}|71|0${n + 1}-Oct-2021|M545${n}|I10|99213|100`,
  `INSERT|${id}|71|0${n + 1}-Oct-2021|M545${n}|I10|99214|50`,
]);
const json = (values: readonly unknown[]): string =>
  values.map((value) => JSON.stringify(value)).join('\n');

const mapping = { columns: { id: 'Claim', codes: ['DX 1', 'DX 2'], dateOfService: 'DOS' } };

type Case = { readonly file: string; readonly options: IntakeOptions };

/** Formats in which a record is a line or some lines. */
const lineFiles: Readonly<Record<string, Case>> = {
  'our NDJSON': { file: json(ours), options: { fileName: 'a.ndjson' } },
  'FHIR NDJSON': {
    file: json(ids.map((id) => professionalClaim({ id }))),
    options: { contentType: 'application/fhir+ndjson' },
  },
  RIF: {
    file: [
      'DML_IND|CLM_ID|NCH_CLM_TYPE_CD|CLM_THRU_DT|PRNCPAL_DGNS_CD|ICD_DGNS_CD1|HCPCS_CD|LINE_SBMTD_CHRG_AMT',
      ...rows,
    ].join('\n'),
    options: {},
  },
  'our CSV': {
    file: [
      'type,id,name,codes',
      ...ids.map((id) => `claim,${id},"Visit, ""new""",M54.50 I10`),
    ].join('\r\n'),
    options: {},
  },
  'a mapped table': {
    file: [
      'Claim;Note;DX 1;DX 2;DOS',
      ...ids.map((id) => `${id};"über\nzwei Zeilen";M54.50;I10;10/1/2021`),
    ].join('\n'),
    options: { mapping },
  },
};

/** Formats of one text. */
const wholeFiles: Readonly<Record<string, Case>> = {
  'a list': { file: JSON.stringify(ours, null, 2), options: {} },
  'a Bundle': { file: JSON.stringify(bundle(...all)), options: {} },
  'a Bundle on many lines': { file: JSON.stringify(bundle(...all), null, 1), options: {} },
};

const everything = { ...lineFiles, ...wholeFiles };
const caseOf = (name: string): Case => everything[name] ?? { file: '', options: {} };

describe('shared/claims/read-intake.ts, on any file', () => {
  it.each(Object.keys(everything))('reads six claims from %s', async (name) => {
    const { file, options } = caseOf(name);
    const found = artifactsOf(await recordsOf(file, options)).map(({ id }) => id);
    expect([...found].sort()).toEqual(ids);
  });

  it('reads the same records from pieces of any size, also of a damaged file', async () => {
    const names = fc.constantFrom(...Object.keys(everything));
    const damage = fc.record({
      at: fc.nat(),
      put: fc.constantFrom('', '"', '}', '\n', '\r', 'é', '|'),
    });
    await fc.assert(
      fc.asyncProperty(
        names,
        damage,
        fc.integer({ min: 1, max: 300 }),
        async (name, { at, put }, size) => {
          const { file, options } = caseOf(name);
          const start = at % file.length;
          const damaged = Buffer.from(file.slice(0, start) + put + file.slice(start), 'utf8');
          const expected = await recordsOf(damaged, options);
          expect(await recordsOf(damaged, { ...options, size })).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('I6 damage to one line of a line format costs the records of that line and the next, no other', async () => {
    const names = fc.constantFrom(...Object.keys(lineFiles));
    const damage = fc.record({
      line: fc.integer({ min: 1, max: 100 }),
      at: fc.nat(),
      drop: fc.nat({ max: 30 }),
      put: fc.constantFrom('', '"', '""', '{', '}', ',', '|', ';', '\u0000', 'MARK', '[', '\\'),
    });
    await fc.assert(
      fc.asyncProperty(names, damage, async (name, { line, at, drop, put }) => {
        const { file, options } = caseOf(name);
        const lines = file.split('\n');
        const number = 1 + (line % (lines.length - 1));
        const text = lines[number] ?? '';
        const start = at % (text.length + 1);
        const damaged = text.slice(0, start) + put + text.slice(start + drop);
        const records = await recordsOf(lines.with(number, damaged).join('\n'), options);
        const found = new Set(artifactsOf(records).map(({ id }) => id));
        const untouched = lines.filter((_, i) => i < number - 1 || i > number + 1).join('\n');
        const touched = lines.slice(number - 1, number + 2).join('\n');
        const expected = ids.filter((id) => untouched.includes(id) && !touched.includes(id));
        expect(expected.filter((id) => !found.has(id))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('answers any bytes with records and never throws', async () => {
    const start = fc.constantFrom(
      '',
      '{',
      '[',
      '[{',
      'ISA*',
      'type,id,codes\n',
      '-- ',
      '{"resourceType":"Bundle","entry":[',
    );
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 400 }), async (text, bytes) => {
        const file = Buffer.concat([Buffer.from(text), bytes]);
        const records = await recordsOf(file, { size: 50 });
        expect(artifactsOf(records)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
