// The operations on what a tenant stores and is told. All need its token.
import { claimBody, templateBody } from '../../../shared/claims/artifact-body.ts';
import { findingsQuery } from '../alert-routes.ts';
import { artifactBytesMax } from '../artifact-routes.ts';
import { pageParameters } from '../paging.ts';
import { alert, deliveredAlert } from './alert-answers.ts';
import { listOf } from './list-of.ts';
import type { Body, Operation } from './operation.ts';
import { idInPath } from './path-parameters.ts';
import { claim, finding, storedClaim, storedTemplate, template } from './tenant-answers.ts';

const templateInPath = idInPath('template', 'spine-superbill');
const claimInPath = idInPath('claim', 'visit-1');

const templateRequest: Body = {
  schema: templateBody,
  bytesMax: artifactBytesMax,
  example: { name: 'Spine superbill', codes: [{ system: 'icd10cm', code: 'M54.5' }] },
};
const claimRequest: Body = {
  schema: claimBody,
  bytesMax: artifactBytesMax,
  example: {
    codes: [{ system: 'icd10cm', code: 'M54.5' }],
    dateOfService: '2021-10-01',
    payer: 'medicare',
    billed: 199.95,
  },
};

/** Store, list, read, delete: the same for templates and claims. */
function storeOperations(
  what: 'template' | 'claim',
  inPath: typeof templateInPath,
  body: Body,
  [stored, shown]: readonly [
    typeof storedTemplate | typeof storedClaim,
    typeof template | typeof claim,
  ],
): Operation[] {
  const name = what === 'template' ? 'Template' : 'Claim';
  const path = `/v1/${what}s`;
  const common = { tag: 'Templates and claims', needsToken: true } as const;
  return [
    {
      ...common,
      id: `list${name}s`,
      method: 'get',
      path,
      summary: `List ${what}s`,
      query: pageParameters,
      answers: { 200: { description: `A page of ${what}s.`, schema: listOf(shown) } },
    },
    {
      ...common,
      id: `store${name}`,
      method: 'put',
      path: `${path}/{id}`,
      summary: `Store or replace a ${what}`,
      description:
        'Codes it no longer uses leave nothing behind. Answered with what hits it already.',
      inPath: { id: inPath },
      body,
      answers: {
        200: { description: 'Replaced.', schema: stored },
        201: { description: 'Stored.', schema: stored },
      },
    },
    {
      ...common,
      id: `read${name}`,
      method: 'get',
      path: `${path}/{id}`,
      summary: `Read a ${what}`,
      inPath: { id: inPath },
      answers: { 200: { description: `The ${what}.`, schema: shown } },
      errors: ['not-found'],
    },
    {
      ...common,
      id: `delete${name}`,
      method: 'delete',
      path: `${path}/{id}`,
      summary: `Delete a ${what}`,
      inPath: { id: inPath },
      answers: { 204: { description: 'Deleted.' } },
      errors: ['not-found'],
    },
  ];
}

/** Operations on templates and claims. */
export const artifactOperations: readonly Operation[] = [
  ...storeOperations('template', templateInPath, templateRequest, [storedTemplate, template]),
  ...storeOperations('claim', claimInPath, claimRequest, [storedClaim, claim]),
];

/** Operations on alerts and findings. */
export const alertOperations: readonly Operation[] = [
  {
    id: 'listAlerts',
    method: 'get',
    path: '/v1/alerts',
    tag: 'Alerts and findings',
    summary: 'List alerts',
    query: pageParameters,
    answers: { 200: { description: 'A page of digests.', schema: listOf(alert) } },
    needsToken: true,
  },
  {
    id: 'readAlert',
    method: 'get',
    path: '/v1/alerts/{id}',
    tag: 'Alerts and findings',
    summary: 'Read one alert, and whether it went out',
    inPath: { id: idInPath('alert', 'icd10cm-2022.0123456789abcdef01234567') },
    answers: { 200: { description: 'The digest.', schema: deliveredAlert } },
    errors: ['not-found'],
    needsToken: true,
  },
  {
    id: 'listFindings',
    method: 'get',
    path: '/v1/findings',
    tag: 'Alerts and findings',
    summary: 'List findings',
    description: 'Each stored template or claim that a change hits.',
    query: findingsQuery,
    answers: { 200: { description: 'A page of findings.', schema: listOf(finding) } },
    needsToken: true,
    example: { state: 'open' },
  },
];
