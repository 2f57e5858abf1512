// Any error under the FHIR base as an OperationOutcome; what nobody expected is logged and answered without its details.
import type { OperationOutcome } from 'fhir/r4.js';
import type { Context } from 'hono';
import { type ProblemCode, problemStatuses, refusalOf } from '../problem.ts';
import { FhirError, type IssueCode, issueOf } from './fhir-error.ts';
import { fhirResponse, plainForm } from './fhir-response.ts';

/** FHIR R4 issue types of the failures every face knows. */
const issueCodes: Readonly<Record<ProblemCode, IssueCode>> = {
  unavailable: 'transient',
  'upstream-unavailable': 'transient',
  'too-large': 'too-long',
  'redirect-refused': 'exception',
  'archive-missing': 'exception',
  'not-found': 'not-found',
  'invalid-request': 'invalid',
  unauthorized: 'login',
  forbidden: 'forbidden',
  conflict: 'conflict',
  rejected: 'business-rule',
  'method-not-allowed': 'not-supported',
  'not-acceptable': 'not-supported',
  'uri-too-long': 'too-long',
  'unsupported-media-type': 'not-supported',
  'too-many-requests': 'throttled',
  internal: 'exception',
};

/** The answer to anything thrown under the FHIR base. */
export function fhirErrorResponse(c: Context, error: Error): Response {
  const { status, issue, message, tx, headers } = toldError(c, error);
  const severity = status === 500 ? 'fatal' : 'error';
  const outcome: OperationOutcome = {
    resourceType: 'OperationOutcome',
    issue: [issueOf(severity, issue, message, { tx })],
  };
  const pretty = new URL(c.req.url).searchParams.get('_pretty') === 'true';
  return fhirResponse(outcome, { ...plainForm, pretty }, status, headers);
}

function toldError(c: Context, error: Error): FhirError {
  if (error instanceof FhirError) return error;
  const { code, message, headers } = refusalOf(c, error);
  const tx = code === 'not-found' ? 'not-found' : undefined;
  return new FhirError(problemStatuses[code], issueCodes[code], message, tx, headers);
}
