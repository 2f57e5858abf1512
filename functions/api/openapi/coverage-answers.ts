// Answers on coverage as schemas; see reference-answers.ts.
import * as z from 'zod';
import type { CoverageCheck } from '../../../shared/operations/check-coverage.ts';
import {
  group,
  id,
  list,
  mapping,
  procedure,
  quote,
  source,
  state,
  version,
} from './policy-fields.ts';
import { code, date, lookup } from './reference-answers.ts';
import type { Same, Wire } from './wire.ts';

const verdict = z.enum(['covered', 'not-covered', 'conditional', 'not-listed', 'no-policy']);

const reason = z
  .strictObject({
    source,
    id,
    version,
    title: z.string(),
    url: z.string(),
    published: date.exactOptional(),
    plan: z.string().exactOptional(),
    effective: date,
    firstSeen: date.meta({ description: 'The day Codewatch first saw the version.' }),
    answer: verdict.exclude(['no-policy']),
    cause: z.enum([
      'listed',
      'asterisk',
      'requires',
      'prior-authorization',
      'unclear-mapping',
      'everything-else',
      'procedure-non-covered',
      'not-listed',
      'no-diagnoses',
    ]),
    list,
    group,
    mapping,
    quote: quote.exactOptional(),
    footnote: z.string().exactOptional().meta({ description: 'The condition of an asterisk.' }),
    reach: z.enum(['whole', 'part', 'unknown']).meta({
      description: 'How far it reaches into the state: `part` makes the answer conditional.',
    }),
  })
  .meta({ id: 'CoverageReason' });

/** `GET /v1/coverage`. */
export const coverage = z
  .strictObject({
    answer: verdict,
    procedure,
    diagnosis: code,
    diagnosisStatus: lookup.shape.status.meta({
      description:
        'What the diagnosis is on the date: one that cannot be billed is denied whatever is listed.',
    }),
    payer: z.string(),
    state: state.nullable(),
    plan: z.string().nullable(),
    date,
    knownFrom: date.nullable(),
    policies: z.array(reason),
  })
  .meta({ id: 'Coverage' });

/** `POST /v1/coverage`. */
export const coverages = z.strictObject({ results: z.array(coverage) });

/** The schema above says exactly what the operation answers; the compiler refuses this line when it does not. */
export const coverageAnswersAreExact: true = true satisfies Same<
  z.output<typeof coverage>,
  Wire<CoverageCheck>
>;
