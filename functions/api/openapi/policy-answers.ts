// Answers on payer policies as schemas; see reference-answers.ts.
import * as z from 'zod';
import type { ReviewItem } from '../../../shared/core/policy.ts';
import type { WrittenEdition } from '../../../shared/operations/read-policy-editions.ts';
import type { WrittenPolicyLag } from '../../../shared/operations/read-policy-lags.ts';
import type { PolicyAnswer } from '../../../shared/operations/show-policy.ts';
import type {
  PolicySummary,
  WrittenPolicyChange,
} from '../../../shared/operations/written-policy.ts';
import {
  group,
  id,
  kind,
  list,
  mapping,
  procedure,
  quote,
  source,
  state,
  version,
} from './policy-fields.ts';
import { code, count, date, instant, replacement } from './reference-answers.ts';
import { approval, qualityFinding } from './release-answers.ts';
import type { Same, Wire } from './wire.ts';

/** A policy in a list. */
export const policySummary = z
  .strictObject({
    source,
    id,
    kind,
    payer: z.string(),
    plan: z.string().nullable(),
    version,
    title: z.string(),
    url: z.string(),
    published: date.nullable(),
    effective: date,
    ends: date.nullable(),
    firstSeen: date,
    states: z.array(state).meta({ description: 'Empty: everywhere.' }),
    procedures: z.array(procedure),
    listedCodes: count,
  })
  .meta({ id: 'PolicySummary' });

/** A version in a policy's history. */
export const policyVersion = policySummary
  .extend({ withdrawn: z.boolean().meta({ description: 'Taken back: as if it had never been.' }) })
  .meta({ id: 'PolicyVersion' });

const codeRange = z.strictObject({ from: code, to: code }).meta({
  id: 'CodeRange',
  description: 'Both ends with everything below them.',
});

const takes = z.array(
  z.strictObject({ list, group, taken: z.array(code), leftOut: z.array(code) }),
);

/** `GET /v1/policies/{source}/{id}`. */
export const policy = policySummary
  .extend({
    date,
    status: z.enum(['in-force', 'future', 'ended']),
    jurisdictions: z.array(z.strictObject({ contractor: z.string(), states: z.array(state) })),
    procedureGroups: z.array(
      z.strictObject({
        group,
        codes: z.array(procedure),
        nonCovered: z.boolean(),
        quote: quote.exactOptional(),
      }),
    ),
    groups: z.array(
      z.strictObject({
        list,
        group,
        diagnoses: z.strictObject({ codes: z.array(code), ranges: z.array(codeRange) }),
        everythingElse: z.boolean().meta({ description: '`XX000`: all that is not listed.' }),
        asterisked: z.array(code),
        footnote: z.string().exactOptional(),
        procedures: z.array(procedure),
        mapping,
        quote: quote.exactOptional(),
      }),
    ),
    revisions: z.array(
      z.strictObject({ number: z.string(), date: date.exactOptional(), text: z.string() }),
    ),
    related: z.array(z.string()),
    texts: z.record(z.string(), z.string()).meta({ description: 'Paragraphs as plain text.' }),
    endedCodes: z
      .array(
        z.strictObject({
          code,
          kind: z.enum(['ended', 'expanded', 'header']),
          since: date,
          replacedBy: z.array(replacement),
          lists: takes,
        }),
      )
      .meta({ description: 'Listed on the day although they cannot be billed any more.' }),
    unknownCodes: z.array(code).meta({ description: 'Listed, but in no release.' }),
    expansions: z
      .array(z.strictObject({ code, since: date, replacedBy: z.array(replacement), lists: takes }))
      .meta({
        description: 'Which of the codes a code was divided into each list took, and which not.',
      }),
    upcoming: z.array(z.strictObject({ version, effective: date })),
  })
  .meta({ id: 'Policy' });

const changeKind = z.enum([
  'new',
  'codes',
  'procedures',
  'conditions',
  'dates',
  'jurisdictions',
  'retired',
  'reinstated',
  'merged',
  'split',
  'renamed',
  'review',
  'text',
]);

/** `GET /v1/policies/changes`. */
export const policyChange = z
  .strictObject({
    source,
    id,
    payer: z.string(),
    plan: z.string().nullable(),
    title: z.string(),
    url: z.string(),
    version,
    before: version.nullable(),
    change: changeKind,
    kinds: z.array(changeKind).meta({
      description:
        'The weightiest first; `renamed`, `review` and `text` decide no claim otherwise.',
    }),
    published: date.nullable(),
    effective: date.meta({ description: 'First day it applies to.' }),
    firstSeen: date,
    ends: date.nullable(),
    retroactive: z.boolean().meta({ description: 'It applies to days before it was first seen.' }),
    addedCodes: z.array(code),
    removedCodes: z.array(code),
    moves: z.array(
      z.strictObject({
        list,
        group,
        direction: z.enum(['added', 'removed']),
        codes: z.array(code),
        ranges: z.array(codeRange),
        everything: z.enum(['else', 'all']).exactOptional(),
        procedures: z.array(procedure),
        mapping,
      }),
    ),
    addedProcedures: z.array(procedure),
    removedProcedures: z.array(procedure),
    states: z.array(state),
    addedStates: z.array(state),
    removedStates: z.array(state),
    others: z.array(id).meta({ description: 'Documents merged into it or split from it.' }),
    explanation: z.string().nullable(),
  })
  .meta({ id: 'PolicyChange' });

/** `GET /v1/policies/editions`. */
export const policyEdition = z
  .strictObject({
    id: z.string().meta({ examples: ['mcd-2026-09-06-1a2b3c'] }),
    source,
    feed: z.string(),
    status: z.enum(['committed', 'quarantined']),
    seq: count.nullable(),
    published: date.nullable(),
    collected: date,
    recordedAt: instant,
    complete: z
      .boolean()
      .nullable()
      .meta({ description: 'Whether it holds every document in force.' }),
    documents: count,
    changed: count.nullable(),
    meaningful: count.nullable(),
    findings: z.array(qualityFinding).meta({
      description: 'What was found in its files; of one in quarantine the errors are why.',
    }),
    approvable: z.boolean(),
    approval: approval.nullable(),
  })
  .meta({ id: 'PolicyEdition' });

/** `GET /v1/policies/lags`. */
export const policyLag = z
  .strictObject({
    source,
    id,
    version,
    title: z.string(),
    url: z.string(),
    payer: z.string(),
    effective: date,
    code,
    kind: z.enum(['ended', 'expanded']),
    since: date.meta({ description: 'Since when the code can no longer be billed.' }),
    replacedBy: z.array(replacement),
    lists: takes,
    stillListed: z.boolean().meta({ description: 'It still lists the code itself.' }),
  })
  .meta({ id: 'PolicyLag' });

/** `GET /v1/policies/reviews`. */
export const review = z
  .strictObject({
    id: z.string(),
    feed: z.string(),
    title: z.string(),
    url: z.string(),
    published: date.exactOptional(),
    firstSeen: date,
    codes: z.array(code),
    procedures: z.array(procedure),
    documents: z.array(z.string()),
    dates: z.array(date),
    quotes: z.array(quote),
  })
  .meta({ id: 'Review' });

/** The schemas above say exactly what the operations answer; the compiler refuses this line when they do not. */
export const policyAnswersAreExact: readonly true[] = [
  true satisfies Same<z.output<typeof policySummary>, Wire<PolicySummary>>,
  true satisfies Same<z.output<typeof policy>, Wire<PolicyAnswer>>,
  true satisfies Same<z.output<typeof policyChange>, Wire<WrittenPolicyChange>>,
  true satisfies Same<z.output<typeof policyEdition>, Wire<WrittenEdition>>,
  true satisfies Same<z.output<typeof policyLag>, Wire<WrittenPolicyLag>>,
  true satisfies Same<z.output<typeof review>, Wire<ReviewItem>>,
];
