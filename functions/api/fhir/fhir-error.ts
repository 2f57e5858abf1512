// Refusals as FHIR says them: an error that knows its HTTP status and its OperationOutcome.
import type { OperationOutcomeIssue } from 'fhir/r4.js';

/** FHIR R4 issue-type: what kind of fault it is. */
export type IssueCode = OperationOutcomeIssue['code'];

/** System of the codes the HL7 terminology ecosystem tells issues apart by. */
export const txIssueSystem = 'http://hl7.org/fhir/tools/CodeSystem/tx-issue-type';

/** Its codes that are used here. */
export type TxIssue =
  | 'not-found'
  | 'not-in-vs'
  | 'this-code-not-in-vs'
  | 'invalid-code'
  | 'invalid-display'
  | 'invalid-data'
  | 'code-rule'
  | 'code-comment'
  | 'cannot-infer'
  | 'version-error';

/** A request that is refused; `message` names what, where and what to do. */
export class FhirError extends Error {
  readonly status: number;
  readonly issue: IssueCode;
  readonly tx: TxIssue | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    issue: IssueCode,
    message: string,
    tx?: TxIssue,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'FhirError';
    this.status = status;
    this.issue = issue;
    this.tx = tx;
    this.headers = headers;
  }
}

/** 400: the request is malformed or contradicts itself. */
export const invalid = (message: string, tx?: TxIssue): FhirError =>
  new FhirError(400, 'invalid', message, tx);

/** 400: something needed is missing. */
export const missing = (message: string): FhirError => new FhirError(400, 'required', message);

/** 400: known to FHIR, not done here. */
export const notSupported = (message: string): FhirError =>
  new FhirError(400, 'not-supported', message);

/** 404: no such code, code system, version, value set, map or route. */
export const notFound = (message: string): FhirError =>
  new FhirError(404, 'not-found', message, 'not-found');

/** 422: would be answered, were it not so much. */
export const tooCostly = (message: string): FhirError => new FhirError(422, 'too-costly', message);

/** One issue of an OperationOutcome; `path` is a FHIRPath into the request. */
export function issueOf(
  severity: OperationOutcomeIssue['severity'],
  code: IssueCode,
  text: string,
  more: { readonly tx?: TxIssue | undefined; readonly path?: string } = {},
): OperationOutcomeIssue {
  const { tx, path } = more;
  return {
    severity,
    code,
    details: { ...(tx && { coding: [{ system: txIssueSystem, code: tx }] }), text },
    ...(path && { location: [path], expression: [path] }),
  };
}
