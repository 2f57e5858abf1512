// The public operations on codes and releases.
import { checkItemsMax } from '../../../shared/operations/check-codes.ts';
import { adviceQuery } from '../advice-routes.ts';
import { changesQuery } from '../change-routes.ts';
import {
  checkBytesMax,
  checkQuery,
  checkSchema,
  historyQuery,
  lookUpQuery,
} from '../code-routes.ts';
import {
  approveBytesMax,
  approveQuery,
  approveSchema,
  releaseChangesQuery,
  releaseQuery,
  releasesQuery,
} from '../release-routes.ts';
import { searchQuery } from '../search-routes.ts';
import { advice } from './advice-answers.ts';
import { listOf } from './list-of.ts';
import type { Operation } from './operation.ts';
import {
  codeInPath,
  diagnosisSystemInPath,
  releaseInPath,
  systemInPath,
} from './path-parameters.ts';
import { checked, found, lookup } from './reference-answers.ts';
import { approved, change, feedChange, history, release } from './release-answers.ts';

/** Operations on codes. */
export const codeOperations: readonly Operation[] = [
  {
    id: 'lookUpCode',
    method: 'get',
    path: '/v1/codes/{system}/{code}',
    tag: 'Codes',
    summary: 'Look a code up on a date of service',
    description:
      'May it be billed on the date, and if not, why and what instead. `status` is `billable`; `header` (a category, ' +
      'never billable); `ended`; `future`; `unknown` (in no release); or `outside-horizon` (no release taken in covers ' +
      'the date). A code that is in no release is an answer, not an error.',
    inPath: { system: systemInPath, code: codeInPath },
    query: lookUpQuery,
    answers: { 200: { description: 'What the code is on the date.', schema: lookup } },
    errors: ['not-found'],
    example: { date: '2021-10-01' },
  },
  {
    id: 'showHistory',
    method: 'get',
    path: '/v1/codes/{system}/{code}/history',
    tag: 'Codes',
    summary: 'Show every version of a code',
    description:
      'Each version with its release and the archived files it rests on; none for an unknown code.',
    inPath: { system: systemInPath, code: codeInPath },
    query: historyQuery,
    answers: { 200: { description: 'The versions, oldest first.', schema: history } },
    errors: ['not-found'],
  },
  {
    id: 'checkCodes',
    method: 'post',
    path: '/v1/check',
    tag: 'Codes',
    summary: 'Check many codes, each on its own date',
    description: `At most ${checkItemsMax.toLocaleString('en')} items. Answers in the order asked, each as a look-up, without near misses.`,
    query: checkQuery,
    body: {
      schema: checkSchema,
      bytesMax: checkBytesMax,
      example: {
        items: [
          { system: 'icd10cm', code: 'M54.5', date: '2021-09-30' },
          { system: 'icd10cm', code: 'M54.5', date: '2021-10-01' },
        ],
      },
    },
    answers: { 200: { description: 'One result an item, in order.', schema: checked } },
  },
  {
    id: 'searchCodes',
    method: 'get',
    path: '/v1/search/{system}',
    tag: 'Codes',
    summary: 'Search codes listed on a date',
    description:
      'Best first: the code itself, codes that begin with the text, titles that hold every word whole, titles in which ' +
      'every word begins one. 503 until a first snapshot is published; 404 where no release covers the date.',
    inPath: { system: systemInPath },
    query: searchQuery,
    answers: { 200: { description: 'A page of codes.', schema: found } },
    errors: ['not-found'],
    example: { q: 'low back pain', date: '2021-10-01' },
  },
  {
    id: 'advise',
    method: 'get',
    path: '/v1/advice/{system}/{code}',
    tag: 'Codes',
    summary: 'Say what the record must state to code more specifically',
    description:
      'For a category, a code that ended, or an unspecified one: the codes of the date to choose among, and the ' +
      'distinctions between them, from their titles (and inclusion terms, where the tabular list of the date is at ' +
      'hand), as data and in words. Any two codes are told apart by at least one distinction. 503 until a first ' +
      'snapshot is published.',
    inPath: { system: diagnosisSystemInPath, code: codeInPath },
    query: adviceQuery,
    answers: { 200: { description: 'Codes, distinctions and words.', schema: advice } },
    errors: ['not-found'],
    example: { date: '2021-10-01' },
  },
];

/** Operations on releases. */
export const releaseOperations: readonly Operation[] = [
  {
    id: 'listReleases',
    method: 'get',
    path: '/v1/releases',
    tag: 'Releases',
    summary: 'List releases',
    description: 'By system and effective date, those in quarantine included.',
    query: releasesQuery,
    answers: { 200: { description: 'A page of releases.', schema: listOf(release) } },
    example: { system: 'icd10cm' },
  },
  {
    id: 'readRelease',
    method: 'get',
    path: '/v1/releases/{id}',
    tag: 'Releases',
    summary: 'Read one release',
    inPath: { id: releaseInPath },
    query: releaseQuery,
    answers: {
      200: { description: 'The release with its sources and findings.', schema: release },
    },
    errors: ['not-found'],
  },
  {
    id: 'listReleaseChanges',
    method: 'get',
    path: '/v1/releases/{id}/changes',
    tag: 'Releases',
    summary: 'List what a release changed',
    inPath: { id: releaseInPath },
    query: releaseChangesQuery,
    answers: {
      200: { description: 'A page of changes, by kind and code.', schema: listOf(change) },
    },
    errors: ['not-found'],
    example: { kind: 'expanded' },
  },
  {
    id: 'listChanges',
    method: 'get',
    path: '/v1/changes',
    tag: 'Releases',
    summary: 'List changes across releases',
    query: changesQuery,
    answers: {
      200: {
        description: 'A page of changes, by system, date, kind and code.',
        schema: listOf(feedChange),
      },
    },
    example: { system: 'icd10cm', code: 'M54.5' },
  },
  {
    id: 'approveRelease',
    method: 'post',
    path: '/v1/releases/{id}/approve',
    tag: 'Releases',
    summary: 'Lift a quarantine',
    description:
      'Of a release, or of an edition of policies by its id. It is taken in a little later. Who, when and why is recorded for good.',
    inPath: { id: releaseInPath },
    query: approveQuery,
    body: {
      schema: approveSchema,
      bytesMax: approveBytesMax,
      example: { reason: 'Compared with the addenda by hand', by: 'A. Coder' },
    },
    answers: { 202: { description: 'Accepted.', schema: approved } },
    errors: ['not-found', 'conflict', 'rejected'],
    needsToken: 'operator',
  },
];
