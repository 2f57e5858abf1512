// Takes a file in for a tenant: read as what it is, with the tenant's own mapping where it is a table, and stored as it
// is read.
import { readIntake } from '../claims/read-intake.ts';
import { type CsvMapping, csvMappingBody } from '../claims/tables/csv-mapping.ts';
import type { TenantSettings } from '../core/tenant-settings.ts';
import { type TakeInOptions, type TakeInPorts, type TakenIn, takeIn } from './take-in.ts';

/** A file on its way in. */
export type SentFile = {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** What its sender calls it; asked only where its content says nothing. */
  readonly contentType?: string;
  readonly fileName?: string;
};

/** The mapping a tenant's tables are read with; none when it gave none, or one of an earlier form. */
export function mappingOf({ csvMapping }: TenantSettings): CsvMapping | undefined {
  return csvMapping && csvMappingBody.safeParse(csvMapping).data;
}

/** Takes a file in, as {@link takeIn}. */
export async function takeInFile(
  ports: TakeInPorts,
  tenant: string,
  { bytes, contentType, fileName }: SentFile,
  options: TakeInOptions = {},
): Promise<TakenIn> {
  const mapping = mappingOf(await ports.tenants.settings(tenant));
  const records = readIntake(bytes, {
    ...(contentType !== undefined && { contentType }),
    ...(fileName !== undefined && { fileName }),
    ...(mapping && { mapping }),
    ...(ports.related && { related: ports.related }),
  });
  return takeIn(ports, tenant, records, options);
}
