// What findings and alerts say of payer policies, as schemas; see reference-answers.ts.
import * as z from 'zod';
import { policyFindingKinds } from '../../../shared/core/finding-policy.ts';
import { policyChange } from './policy-answers.ts';
import { group, id, procedure, source, state, version } from './policy-fields.ts';
import { code, count, date, kind } from './reference-answers.ts';

const policyKind = z.enum(policyFindingKinds);

/** What a finding or an alert is about: a change of a code, or of a policy. */
export const findingKind = z.enum([...kind.options, ...policyFindingKinds]);

const verdict = z.enum(['covered', 'not-covered', 'conditional', 'not-listed', 'no-policy']);

const policyFields = {
  source,
  id,
  version,
  title: z.string(),
  url: z.string(),
  payer: z.string().meta({ description: 'Its id in the configuration.', examples: ['medicare'] }),
};

const unlisted = z.literal(true).exactOptional().meta({
  description: 'About diagnoses the policy does not list.',
});

/** The policy of a finding. */
export const findingPolicy = z
  .strictObject({
    ...policyFields,
    published: date.exactOptional(),
    group: group.exactOptional(),
    procedures: z.array(procedure).meta({ description: 'Of a claim the one of the line.' }),
    before: verdict,
    after: verdict,
    unlisted,
    stateKnown: z.boolean().exactOptional().meta({
      description: 'False: the claim names no state, or the policy applies in a part of it.',
    }),
  })
  .meta({ id: 'FindingPolicy' });

/** Policies that still list a code. */
export const stillListedBy = z.array(z.strictObject({ source, id, url: z.string() })).meta({
  description: 'Policies in force that still list the code.',
});

/** The parts an alert's entry has in common: templates, claims, rework. */
export type AlertParts = {
  readonly templates: z.ZodType;
  readonly claims: z.ZodType;
  readonly reworkCents: z.ZodType;
};

/** A policy of an alert. */
export const alertPolicyOf = <Parts extends AlertParts>(parts: Parts) =>
  z
    .strictObject({
      ...policyFields,
      kind: policyKind,
      conditional: z.literal(true).exactOptional().meta({
        description: 'Covered now, but under a condition.',
      }),
      unlisted,
      payerTitle: z.string(),
      plan: z.string().exactOptional(),
      changes: policyChange.shape.kinds,
      published: date.exactOptional(),
      effective: date,
      firstSeen: date,
      ends: date.exactOptional(),
      retroactive: z.boolean(),
      states: z.array(state).meta({ description: 'Empty: everywhere.' }),
      codes: z.array(code).meta({ description: 'Diagnoses whose listing changed that way.' }),
      codesMore: count.exactOptional(),
      procedures: z.array(procedure),
      proceduresMore: count.exactOptional(),
      templatesMore: count.exactOptional(),
      ...parts,
    })
    .meta({ id: 'AlertPolicy' });
