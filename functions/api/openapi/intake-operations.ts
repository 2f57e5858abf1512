// The operations that take files in, and the settings they are read with. All need a tenant's token.
import * as z from 'zod';
import { refusalCodes } from '../../../shared/claims/parse-artifact.ts';
import { csvMappingBody } from '../../../shared/claims/tables/csv-mapping.ts';
import { referenceKinds } from '../../../shared/core/tenant-settings.ts';
import type { IntakeBody } from '../../../shared/steps/intake-summary.ts';
import { intakeTypes } from '../intake-routes.ts';
import { defaultLimits } from '../limits.ts';
import { settingsBody, type WrittenSettings } from '../settings-body.ts';
import { settingsBytesMax } from '../settings-routes.ts';
import type { Operation } from './operation.ts';
import { count } from './reference-answers.ts';
import type { Same, Wire } from './wire.ts';

const place = z.strictObject({
  where: z.string().meta({ description: 'Segment, line or JSON path.', examples: ['line 7'] }),
  code: z.enum(refusalCodes).meta({ description: 'Stable, for machines.' }),
  message: z.string().meta({ description: 'What is wrong and what to do; repeats no content.' }),
});

const cents = z.int().min(0);
const intakeAnswer = z
  .strictObject({
    records: count.meta({
      description: '`accepted` + `rejectedCount` + `removed` + `unmatchedVoids`.',
    }),
    accepted: count.meta({ description: '`created` + `replaced` + `unchanged`.' }),
    created: count,
    replaced: count,
    unchanged: count,
    removed: count.meta({ description: 'Claims that a void took away.' }),
    unmatchedVoids: count.meta({ description: 'Voids of claims that are not stored.' }),
    rejected: z.array(place).meta({ description: 'The first thousand.' }),
    rejectedCount: count,
    warnings: z.array(place).meta({
      description: 'What was left out or doubtful in accepted records: the first thousand.',
    }),
    warningsCount: count,
    findings: count.meta({ description: 'Findings that hold on the accepted records.' }),
    atRisk: z.strictObject({
      claims: count,
      billedCents: cents,
      reworkCentsMin: cents,
      reworkCentsMax: cents,
    }),
  })
  .meta({ id: 'Intake' });

const days = z.int().min(1);
const settingsAnswer = z
  .strictObject({
    references: z.enum(referenceKinds),
    reworkCost: z.strictObject({ min: z.number(), max: z.number() }),
    timelyFilingDays: z.strictObject({ default: days, byPayer: z.record(z.string(), days) }),
    csvMapping: csvMappingBody.exactOptional(),
  })
  .meta({ id: 'Settings' });

/** Operations on intake and settings. */
export const intakeOperations: readonly Operation[] = [
  {
    id: 'takeIn',
    method: 'post',
    path: '/v1/intake',
    tag: 'Intake',
    summary: 'Take in a file of claims or templates',
    description:
      'X12 837P and 837I, FHIR R4 Claim, ExplanationOfBenefit and Bundle, CMS claim files, CSV and other tables, NDJSON. ' +
      'The content decides how it is read. One bad record costs no other one; a file sent again changes nothing; ' +
      'frequency code 7 replaces, 8 removes.',
    body: {
      schema: z.array(
        z.looseObject({ type: z.enum(['claim', 'template']), id: z.union([z.string(), z.int()]) }),
      ),
      bytesMax: defaultLimits.intake.bytesMax,
      example: [
        {
          type: 'claim',
          id: 'visit-2',
          codes: ['M54.5'],
          dateOfService: '2021-10-01',
          billed: 120,
        },
        { type: 'template', id: 'spine', codes: ['M54.50', 'M54.2'] },
      ],
      otherTypes: intakeTypes.filter((type) => type !== 'application/json'),
    },
    answers: { 200: { description: 'What became of its records.', schema: intakeAnswer } },
    needsToken: true,
  },
  {
    id: 'readSettings',
    method: 'get',
    path: '/v1/settings',
    tag: 'Intake',
    summary: 'Read the settings',
    answers: { 200: { description: 'The settings.', schema: settingsAnswer } },
    needsToken: true,
  },
  {
    id: 'writeSettings',
    method: 'put',
    path: '/v1/settings',
    tag: 'Intake',
    summary: 'Replace the settings',
    description:
      'What is left out is as usual again. `references` can change only while no claim is stored.',
    body: {
      schema: settingsBody,
      bytesMax: settingsBytesMax,
      example: {
        references: 'as-sent',
        reworkCost: { min: 25, max: 100 },
        timelyFilingDays: { default: 365, byPayer: { aetna: 120 } },
        csvMapping: {
          columns: {
            id: 'Claim No',
            codes: ['Dx 1', 'Dx 2'],
            dateOfService: 'DOS',
            billed: 'Charge',
          },
        },
      },
    },
    answers: { 200: { description: 'The settings as they are now.', schema: settingsAnswer } },
    errors: ['conflict'],
    needsToken: true,
  },
];

type Flat<T> = { [Name in keyof T]: T[Name] };

/** The schemas above say exactly what is answered; the compiler refuses this line when they do not. */
export const intakeAnswersAreExact: readonly true[] = [
  true satisfies Same<z.output<typeof settingsAnswer>, Wire<WrittenSettings>>,
  true satisfies Same<z.output<typeof intakeAnswer>, Wire<Flat<IntakeBody>>>,
];
