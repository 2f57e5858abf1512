// The public operations on payer policies and coverage.
import { coverageItemsMax } from '../../../shared/operations/check-coverage.ts';
import { coverageBytesMax, coverageQuery, coverageSchema } from '../coverage-routes.ts';
import {
  policiesQuery,
  policyChangesQuery,
  policyEditionsQuery,
  policyHistoryQuery,
  policyLagsQuery,
  policyQuery,
  reviewsQuery,
} from '../policy-routes.ts';
import { coverage, coverages } from './coverage-answers.ts';
import { feedOf, listOf } from './list-of.ts';
import type { Operation, PathParameter } from './operation.ts';
import {
  policy,
  policyChange,
  policyEdition,
  policyLag,
  policySummary,
  policyVersion,
  review,
} from './policy-answers.ts';

const sourceInPath: PathParameter = {
  description: 'The collection: `mcd` is the Medicare Coverage Database.',
  schema: { type: 'string' },
  example: 'mcd',
};

const policyInPath: PathParameter = {
  description: 'The document, as people name it.',
  schema: { type: 'string' },
  example: 'A57791',
};

/** Operations on policies. */
export const policyOperations: readonly Operation[] = [
  {
    id: 'checkCoverage',
    method: 'get',
    path: '/v1/coverage',
    tag: 'Policies',
    summary: 'Does a payer cover a procedure for a diagnosis on a date',
    description:
      '`answer` is `covered`; `not-covered` (listed so, the procedure said to be non-covered, or everything not listed is); ' +
      '`conditional` (an asterisk, a requirement, prior authorisation, a part of the state or one plan only, documents that disagree); ' +
      '`not-listed` (other diagnoses are listed); `no-policy` (no document in force there names the procedure). ' +
      'No answer is a promise to pay.',
    query: coverageQuery,
    answers: { 200: { description: 'The answer with its reasons.', schema: coverage } },
    example: { procedure: '62323', diagnosis: 'M54.18', state: 'MA', date: '2026-04-01' },
  },
  {
    id: 'checkCoverages',
    method: 'post',
    path: '/v1/coverage',
    tag: 'Policies',
    summary: `The same for up to ${coverageItemsMax.toLocaleString('en')} questions`,
    body: {
      schema: coverageSchema,
      bytesMax: coverageBytesMax,
      example: {
        items: [{ procedure: '62323', diagnosis: 'M54.18', state: 'MA', date: '2026-04-01' }],
      },
    },
    answers: { 200: { description: 'The answers, in order.', schema: coverages } },
  },
  {
    id: 'listPolicies',
    method: 'get',
    path: '/v1/policies',
    tag: 'Policies',
    summary: 'List policies, newest version of each',
    query: policiesQuery,
    answers: { 200: { description: 'A page.', schema: listOf(policySummary) } },
    errors: ['unavailable'],
  },
  {
    id: 'listPolicyChanges',
    method: 'get',
    path: '/v1/policies/changes',
    tag: 'Policies',
    summary: 'What changed in policies, first seen first',
    description:
      'A change may take effect before it was published, and be seen later still. A feed: read on to the last page, ' +
      'which has `resumeCursor`, and ask again with that.',
    query: policyChangesQuery,
    answers: { 200: { description: 'A page.', schema: feedOf(policyChange) } },
  },
  {
    id: 'listPolicyEditions',
    method: 'get',
    path: '/v1/policies/editions',
    tag: 'Policies',
    summary: 'What was taken in of policies, and what waits in quarantine',
    description:
      'An edition is what a feed brought at once. One in quarantine changed nothing: its findings say why, and an approval of its ' +
      'id (`POST /v1/releases/{id}/approve`) takes it in where `approvable`.',
    query: policyEditionsQuery,
    answers: {
      200: {
        description: 'A page, by source, in the order taken in.',
        schema: listOf(policyEdition),
      },
    },
  },
  {
    id: 'listPolicyLags',
    method: 'get',
    path: '/v1/policies/lags',
    tag: 'Policies',
    summary: 'Policies in force that lag behind the code table',
    description:
      'It still lists a code that can no longer be billed (`stillListed`), or a list took some of the codes a code was divided ' +
      'into and left out others.',
    query: policyLagsQuery,
    answers: { 200: { description: 'A page, by code and policy.', schema: listOf(policyLag) } },
    example: { code: 'M54.5' },
  },
  {
    id: 'listReviews',
    method: 'get',
    path: '/v1/policies/reviews',
    tag: 'Policies',
    summary: 'Bulletins a person has to look at',
    description:
      'Codes, documents and dates in their text, with the sentences. They never become rules.',
    query: reviewsQuery,
    answers: { 200: { description: 'A page, newest first.', schema: listOf(review) } },
  },
  {
    id: 'showPolicy',
    method: 'get',
    path: '/v1/policies/{source}/{id}',
    tag: 'Policies',
    summary: 'One policy on a day',
    description:
      'The version in force, else the next one, else the last one there was; with its `endedCodes`.',
    inPath: { source: sourceInPath, id: policyInPath },
    query: policyQuery,
    answers: { 200: { description: 'The policy.', schema: policy } },
    errors: ['not-found'],
  },
  {
    id: 'showPolicyHistory',
    method: 'get',
    path: '/v1/policies/{source}/{id}/history',
    tag: 'Policies',
    summary: 'Every version of a policy',
    inPath: { source: sourceInPath, id: policyInPath },
    query: policyHistoryQuery,
    answers: { 200: { description: 'A page, oldest first.', schema: listOf(policyVersion) } },
    errors: ['not-found'],
  },
];
