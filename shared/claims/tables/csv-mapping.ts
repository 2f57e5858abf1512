// How a table with somebody else's columns is read: which of their columns holds which of our fields. A column that is not
// mapped is never read, so it may hold anything.
import * as z from 'zod';

/** Fields a column can be mapped to. `codes` takes diagnoses; several columns in their order, the first principal. */
export const mappedFields = [
  'type',
  'id',
  'name',
  'kind',
  'owner',
  'codes',
  'procedureCodes',
  'setting',
  'dateOfService',
  'dischargeDate',
  'payer',
  'billed',
  'state',
  'specialty',
  'age',
  'sex',
  'lineProcedure',
  'lineModifiers',
  'lineDate',
  'lineBilled',
] as const;

/** A field a column can be mapped to. */
export type MappedField = (typeof mappedFields)[number];

/** Fields that may be the same for every row of a file instead of a column. */
export const constantFields = [
  'type',
  'id',
  'name',
  'kind',
  'owner',
  'setting',
  'payer',
  'state',
] as const satisfies readonly MappedField[];

const columnName = z.string().trim().min(1).max(200);

/** A mapping as sent. */
export const csvMappingBody = z
  .strictObject({
    columns: z.partialRecord(
      z.enum(mappedFields),
      z.union([columnName, z.array(columnName).min(1).max(50)]),
    ),
    constants: z.partialRecord(z.enum(constantFields), columnName).optional(),
    dateOrder: z.enum(['mdy', 'dmy']).optional(),
  })
  .refine(({ columns }) => columns.codes !== undefined || columns.procedureCodes !== undefined, {
    path: ['columns', 'codes'],
    message: 'name the column or columns with the diagnosis codes',
  })
  .refine(({ columns, constants }) => columns.id !== undefined || constants?.id !== undefined, {
    path: ['columns', 'id'],
    message: 'name the column with the id of the claim or template',
  });

/**
 * Which of a table's columns holds which field, any case; several columns of a field in their order.
 * `constants` hold for every row: `type` is `claim` where it is given nowhere. `dateOrder` tells how
 * dates with the year last are written, `mdy` unless told.
 */
export type CsvMapping = z.output<typeof csvMappingBody>;

/** Where each mapped field stands in a header (upper case), or the mapped columns it does not have. */
export function placeMapping(
  mapping: CsvMapping,
  header: readonly string[],
): {
  readonly places: ReadonlyMap<MappedField, readonly number[]>;
  readonly missing: readonly string[];
} {
  const missing: string[] = [];
  const places = new Map<MappedField, readonly number[]>();
  for (const field of mappedFields) {
    const names = mapping.columns[field];
    if (names === undefined) continue;
    const found = [names].flat().map((name) => {
      const at = header.indexOf(name.toUpperCase());
      if (at < 0) missing.push(name);
      return at;
    });
    places.set(field, found);
  }
  return { places, missing };
}
