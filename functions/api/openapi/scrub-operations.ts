// The operation that scrubs claims. It needs a tenant's token.
import * as z from 'zod';
import { codeSystemIds } from '../../../shared/core/code-system.ts';
import type { Scrubbed } from '../../../shared/operations/scrub-answer.ts';
import { scrubBytesMax, scrubClaimsMax, scrubSchema } from '../scrub-routes.ts';
import type { Operation } from './operation.ts';
import { date, replacement } from './reference-answers.ts';
import { atRisk, foundOn } from './tenant-answers.ts';
import type { Same, Wire } from './wire.ts';

const rule = z.enum([
  'code-unknown',
  'code-ended',
  'code-future',
  'code-header',
  'code-outside-horizon',
  'seventh-character',
  'code-set-mismatch',
  'principal-external-cause',
  'principal-manifestation',
  'principal-unacceptable',
  'age-conflict',
  'sex-conflict',
  'unspecified',
  'laterality',
  'duplicate',
  'excludes1',
  'code-first',
  'pointer',
  'coverage',
  'not-checked',
]);

/** One thing found. */
export const scrubItem = z
  .strictObject({
    rule,
    severity: z.enum(['error', 'warning', 'info']).meta({
      description:
        'A payer denies it; many do, or ask for records; said, not guessed: nothing to correct.',
    }),
    code: z.string().exactOptional(),
    line: z.int().exactOptional().meta({ description: 'Of the claim, from 1.' }),
    message: z.string(),
    remedy: z.string().meta({ description: 'What to do.' }),
    source: z.string().meta({ description: 'The publication it rests on.' }),
    replacedBy: z.array(replacement).exactOptional(),
    system: z.enum([...codeSystemIds, 'icd9cm']).exactOptional(),
    artifact: foundOn.exactOptional().meta({ description: 'Of a stored one.' }),
    owner: z.string().exactOptional(),
    fileBy: date.exactOptional(),
    atRisk: atRisk.meta({ description: 'What denial of the claim would put at risk.' }),
  })
  .meta({ id: 'ScrubItem' });

const scrubbedOne = z
  .strictObject({
    items: z.array(scrubItem),
    atRisk: atRisk.extend({ billedCents: z.int().min(0).nullable() }).meta({
      description: 'In cents, as it stands: 0 while no item is an error; null when not known.',
    }),
    fileBy: date.nullable().meta({
      description: 'The last day to file, by your settings; null when not known.',
    }),
  })
  .meta({ id: 'ScrubbedClaim' });
const scrubbed = z
  .union([scrubbedOne, z.strictObject({ results: z.array(scrubbedOne) })])
  .meta({ id: 'Scrubbed' });

/** The compiler refuses this when the schema does not say exactly what is answered. */
export const scrubbedIsExact: true = true satisfies Same<
  z.output<typeof scrubbedOne>,
  Wire<Scrubbed>
>;

/** Operations on what goes out. */
export const scrubOperations: readonly Operation[] = [
  {
    id: 'scrubClaim',
    method: 'post',
    path: '/v1/scrub',
    tag: 'Templates and claims',
    summary: 'Scrub a claim before it goes out',
    description:
      'A stored claim by its `id`; or a claim as it is stored, with `setting`, `age` and `sex`: `codes` in order, the first ' +
      `as principal, ICD-9-CM and mistyped ones too; or \`claims\`, at most ${scrubClaimsMax.toLocaleString('en')} of them, ` +
      'answered as `results` in their order. `type` `template` scrubs the codes of a template for a date. Errors come first, then by position. Nothing is stored.',
    body: {
      schema: scrubSchema,
      bytesMax: scrubBytesMax,
      example: {
        setting: 'professional',
        dateOfService: '2021-10-01',
        codes: ['M54.5', 'M54.2'],
        lines: [{ procedure: '99213', pointers: [1, 3] }],
      },
    },
    answers: { 200: { description: 'What was found.', schema: scrubbed } },
    errors: ['not-found'],
    needsToken: true,
  },
];
