// The NLM Clinical Tables search.
import * as z from 'zod';
import { nlmParameters } from '../nlm-query.ts';
import type { Operation } from './operation.ts';
import { systemInPath } from './path-parameters.ts';

const codes = z.array(z.string());
const rows = z.array(z.array(z.string()));
const extra = z
  .record(z.string(), z.array(z.union([z.string(), z.boolean(), z.null(), z.array(z.string())])))
  .nullable();

/** `[total, codes, extra, rows]`, and with `suggest=1` `[codes, rows, extra]`. */
export const nlmAnswer = z.union([
  z.tuple([z.int().min(0), codes, extra, rows]),
  z.tuple([codes, rows, extra]),
]);

/** Its operation. */
export const nlmOperations: readonly Operation[] = [
  {
    id: 'searchClinicalTable',
    method: 'get',
    path: '/api/{system}/v3/search',
    tag: 'NLM Clinical Tables',
    summary: 'Search billable codes as NLM’s service does',
    description:
      'As clinicaltables.nlm.nih.gov answers, with `date` added: an array of total, codes, extra data or null, and a row of ' +
      'texts for each code. 503 until a first snapshot is published.',
    inPath: { system: systemInPath },
    query: nlmParameters,
    answers: { 200: { description: 'The hits, best first.', schema: nlmAnswer } },
    errors: ['not-found'],
    example: { terms: 'low back', sf: 'code,name', date: '2021-10-01' },
  },
];
