// A table with somebody else's columns, read through a mapping: rows that share an id and follow each other are one record,
// a claim with its lines or a template with its codes. Columns that are not mapped are never read.
import { idRule } from '../../core/artifact.ts';
import { hcpcsOf } from '../claim-codes.ts';
import { storableIdOf } from '../claim-id.ts';
import { type ClaimParts, newParts } from '../claim-parts.ts';
import { parseArtifact } from '../parse-artifact.ts';
import type { ReadRecord } from '../tell-repeats.ts';
import { type CsvMapping, constantFields, type MappedField, placeMapping } from './csv-mapping.ts';
import {
  cellOf,
  codesOfCells,
  finishMappedClaim,
  type MappedRow,
  takeClaimCodes,
  takeClaimLine,
} from './mapped-claim.ts';
import type { TableChoice } from './table-reader.ts';

/** One record while its rows come in. */
type Group = {
  readonly type: 'claim' | 'template';
  readonly id: string;
  readonly first: MappedRow;
  readonly parts: ClaimParts;
  /** Diagnosis codes as written. */
  readonly codes: Set<string>;
  /** Of a template, as written. */
  readonly procedures: string[];
};

const reject = (
  number: number,
  code: 'type-invalid' | 'id-invalid',
  message: string,
): ReadRecord => ({
  kind: 'rejected',
  where: `line ${number}`,
  code,
  message,
});

function takeRow(group: Group, row: MappedRow): void {
  const { type, parts, codes, procedures, first } = group;
  if (type === 'claim') {
    takeClaimCodes(parts, row, codes, row === first);
    takeClaimLine(parts, row);
  } else procedures.push(cellOf(row, 'lineProcedure'));
  for (const code of codesOfCells(row, 'codes')) codes.add(code);
}

function finishTemplate({ id, first, codes, procedures }: Group): ReadRecord {
  const where = `line ${first.number}`;
  const stored = storableIdOf(id);
  if (stored === undefined) return reject(first.number, 'id-invalid', `id: ${idRule}`);
  const named = (['name', 'kind', 'owner'] as const)
    .map((field) => [field, cellOf(first, field)] as const)
    .filter(([, value]) => value !== '');
  const all = [...codes, ...hcpcsOf(procedures).map((code) => ({ system: 'hcpcs', code }))];
  const body = { ...Object.fromEntries(named), codes: all };
  const { artifact, refusal } = parseArtifact(body, 'template', stored);
  return artifact ? { kind: 'accepted', where, artifact } : { kind: 'rejected', where, ...refusal };
}

function finishGroup(group: Group | undefined): readonly ReadRecord[] {
  if (!group) return [];
  const { type, parts, first, id } = group;
  return [type === 'template' ? finishTemplate(group) : finishMappedClaim(parts, first, id)];
}

/** How cells become a row: the mapped ones, in place of empty or unmapped ones the constants. */
function rowReader(
  mapping: CsvMapping,
  places: ReadonlyMap<MappedField, readonly number[]>,
): (cells: readonly string[], number: number) => MappedRow {
  const constants = constantFields.flatMap((field) => {
    const value = mapping.constants?.[field];
    return value === undefined ? [] : [[field, [value]] as const];
  });
  const dateOrder = mapping.dateOrder ?? 'mdy';
  return (cells, number) => {
    const values = new Map<MappedField, readonly string[]>(constants);
    for (const [field, columns] of places) {
      const filled = columns.map((at) => cells[at] ?? '').filter((cell) => cell !== '');
      if (filled.length > 0) values.set(field, filled);
    }
    return { values, number, dateOrder };
  };
}

/** A reader for a table through a mapping, or which of the mapped columns the header (upper case) lacks. */
export function createMappedReader(header: readonly string[], mapping: CsvMapping): TableChoice {
  const { places, missing } = placeMapping(mapping, header);
  if (missing.length > 0) {
    const names = missing.map((name) => JSON.stringify(name)).join(', ');
    const message = `header: no column ${names}, which the column mapping names; correct either`;
    return { refusal: { code: 'field-invalid', message } };
  }
  const rowOf = rowReader(mapping, places);
  let group: Group | undefined;
  const take = (cells: readonly string[], number: number): readonly ReadRecord[] => {
    const row = rowOf(cells, number);
    const id = cellOf(row, 'id');
    const type = (cellOf(row, 'type') || 'claim').toLowerCase();
    if (group && id !== '' && id === group.id && type === group.type) {
      takeRow(group, row);
      return [];
    }
    const done = finishGroup(group);
    group = undefined;
    if (type !== 'claim' && type !== 'template') {
      return [...done, reject(number, 'type-invalid', 'type: neither claim nor template')];
    }
    group = { type, id, first: row, parts: newParts(), codes: new Set(), procedures: [] };
    takeRow(group, row);
    return done;
  };
  return { reader: { take, finish: () => finishGroup(group) } };
}
