// The settings of a tenant as the API takes and answers them: amounts in dollars, days by payer.
import * as z from 'zod';
import { type CsvMapping, csvMappingBody } from '../../shared/claims/tables/csv-mapping.ts';
import {
  type References,
  referenceKinds,
  type TenantSettings,
  usualSettings,
} from '../../shared/core/tenant-settings.ts';
import { mappingOf } from '../../shared/steps/take-in-file.ts';

const daysMax = 3650;
const payersMax = 500;
const dollarsMax = 100_000;

const days = z.int().min(1).max(daysMax);
const dollars = z.number().min(0).max(dollarsMax);
const payer = z.string().trim().min(1).max(200);

/** Settings as sent; what is left out is as usual. */
export const settingsBody = z.strictObject({
  references: z
    .enum(referenceKinds)
    .optional()
    .meta({ description: 'How claims are named: by the id sent, or by its keyed hash.' }),
  reworkCost: z
    .strictObject({ min: dollars, max: dollars })
    .refine(({ min, max }) => min <= max, 'min is more than max')
    .optional()
    .meta({ description: 'What reworking one denied claim costs, in dollars.' }),
  timelyFilingDays: z
    .strictObject({
      default: days.optional(),
      byPayer: z
        .record(payer, days)
        .refine((given) => Object.keys(given).length <= payersMax, `at most ${payersMax} payers`)
        .optional(),
    })
    .optional()
    .meta({ description: 'Days from service (inpatient: discharge) to file within.' }),
  csvMapping: csvMappingBody
    .optional()
    .meta({ description: 'Which columns of your tables hold which field.' }),
});

/** Settings as sent. */
export type SettingsBody = z.output<typeof settingsBody>;

/** Settings as answered: all of them. */
export type WrittenSettings = {
  readonly references: References;
  readonly reworkCost: { readonly min: number; readonly max: number };
  readonly timelyFilingDays: {
    readonly default: number;
    readonly byPayer: Readonly<Record<string, number>>;
  };
  readonly csvMapping?: CsvMapping;
};

const cents = (amount: number): number => Math.round(amount * 100);

/** The settings a body asks for. */
export function settingsOf({
  references = usualSettings.references,
  reworkCost,
  timelyFilingDays = {},
  csvMapping,
}: SettingsBody): TenantSettings {
  const { default: defaultDays, byPayer = {} } = timelyFilingDays;
  const { columns, constants, dateOrder } = csvMapping ?? {};
  return {
    references,
    reworkCost: reworkCost
      ? { centsMin: cents(reworkCost.min), centsMax: cents(reworkCost.max) }
      : usualSettings.reworkCost,
    timelyFiling: {
      defaultDays: defaultDays ?? usualSettings.timelyFiling.defaultDays,
      daysByPayer: byPayer,
    },
    ...(columns && {
      csvMapping: {
        columns: definedOf(columns),
        ...(constants && { constants: definedOf(constants) }),
        ...(dateOrder && { dateOrder }),
      },
    }),
  };
}

function definedOf<T>(given: Readonly<Record<string, T | undefined>>): Record<string, T> {
  const entries = Object.entries(given).flatMap(([name, value]): [string, T][] =>
    value === undefined ? [] : [[name, value]],
  );
  return Object.fromEntries(entries);
}

/** Settings as JSON. */
export function writtenSettings(settings: TenantSettings): WrittenSettings {
  const { references, reworkCost, timelyFiling } = settings;
  const csvMapping = mappingOf(settings);
  return {
    references,
    reworkCost: { min: reworkCost.centsMin / 100, max: reworkCost.centsMax / 100 },
    timelyFilingDays: { default: timelyFiling.defaultDays, byPayer: timelyFiling.daysByPayer },
    ...(csvMapping && { csvMapping }),
  };
}
