// The JSON form of `payer-rules`, version 1, as a schema: what a file must look like before its codes and dates are read.
// docs/payer-rules.schema.json is generated from it (docs/payer-rules.md describes the format).
import * as z from 'zod';

/** What a file of the format calls itself, and the versions of the format that are read. */
export const rulesFormat = { name: 'codewatch-payer-rules', version: 1 } as const;

/** Upper limits of one file, and of its texts in characters. */
export const rulesLimits = {
  bytes: 20_000_000,
  policies: 10_000,
  /** Of one policy; groups of procedures too. */
  rules: 1000,
  /** In one place. */
  codes: 20_000,
  title: 300,
  plan: 100,
  /** Names of lists and of groups of procedures. */
  group: 40,
  note: 600,
} as const;

/** What a rule may say, as `CoverageList`. */
export const ruleKinds = ['covered', 'not-covered', 'requires', 'prior-authorization'] as const;

// Patterns and upper limits are for writers and their editors; readers check the same by name, with a remedy in each message.
const day = z.string().meta({ format: 'date', examples: ['2026-01-01'] });
const diagnosis = z.string().meta({
  description:
    'One ICD-10-CM code (M54.50), a range with both ends (M54.50-M54.59), a code with everything below it (M54.*), or * for any diagnosis; on a not-covered rule * means every diagnosis that no covered rule lists.',
  pattern: '^(?:\\*|(?![Xx]{2})[A-Za-z](?:[0-9][0-9A-Za-z]|[A-Za-z][0-9]).*)$',
  examples: ['M54.50', 'M54.50-M54.59', 'M54.*', '*'],
});
const procedure = z.string().meta({
  description: 'A CPT or HCPCS code. Never its descriptor.',
  pattern: '^(?:[0-9]{4}[0-9FTUMftum]|[A-Va-v][0-9]{4})$',
  examples: ['62323', 'G0260'],
});
const group = z.string().min(1).meta({ maxLength: rulesLimits.group });

const procedureGroup = z.strictObject({
  group: group.describe('Its name within the policy.'),
  codes: z.array(procedure).min(1).meta({ maxItems: rulesLimits.codes }),
});

const rule = z.strictObject({
  rule: z.enum(ruleKinds).meta({
    description:
      'What the diagnoses do to the procedures: support them, exclude them, support them under the condition in note, support them with prior authorization.',
  }),
  group: group
    .optional()
    .describe('Name of the list, unique for its rule; by default its position.'),
  procedureGroup: group.describe('A group of procedureGroups.'),
  diagnoses: z.array(diagnosis).min(1).meta({ maxItems: rulesLimits.codes }),
  note: z
    .string()
    .meta({ maxLength: rulesLimits.note })
    .optional()
    .describe('What is quoted; the condition of a requires rule, which must have one.'),
});

const policy = z.strictObject({
  id: z.string().min(1).max(64).describe('As the payer names it: letters, digits, dot, dash.'),
  version: z.int().min(1).max(999_999).describe('The higher number is the later version.'),
  title: z.string().min(1).meta({ maxLength: rulesLimits.title }),
  plan: z
    .string()
    .min(1)
    .meta({ maxLength: rulesLimits.plan })
    .optional()
    .describe('The plan it is limited to.'),
  states: z
    .array(z.string())
    .optional()
    .describe('USPS abbreviations, or MCD parts of a state (NF, SF, …); without any: everywhere.'),
  effectiveFrom: day.describe('First date of service it applies to.'),
  effectiveTo: day.optional().describe('Last date of service it applies to.'),
  published: day.optional().describe('Day the payer published it.'),
  sourceUrl: z.string().optional().meta({ description: 'The page for people.', format: 'uri' }),
  procedureGroups: z.array(procedureGroup).min(1).meta({ maxItems: rulesLimits.rules }),
  rules: z.array(rule).min(1).meta({ maxItems: rulesLimits.rules }),
});

/** A file in JSON. */
export const rulesFile = z
  .strictObject({
    $schema: z.string().optional(),
    format: z.literal(rulesFormat.name),
    formatVersion: z.literal(rulesFormat.version),
    payer: z.string().min(1).describe('Id of the payer in the configuration.'),
    published: day.optional().describe('Day the file was put out.'),
    policies: z
      .array(policy)
      .min(1)
      .meta({ maxItems: rulesLimits.policies })
      .describe('One entry a version of a policy; several versions of one policy may stand here.'),
  })
  .meta({ title: 'Codewatch payer rules, version 1' });
