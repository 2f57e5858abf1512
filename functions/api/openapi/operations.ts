// Every operation of the API, in the order it is shown in.
import { aboutOperations } from './about-operations.ts';
import { fhirOperations } from './fhir-operations.ts';
import { intakeOperations } from './intake-operations.ts';
import { nlmOperations } from './nlm-operations.ts';
import type { Operation } from './operation.ts';
import { policyOperations } from './policy-operations.ts';
import { codeOperations, releaseOperations } from './reference-operations.ts';
import { scrubOperations } from './scrub-operations.ts';
import { snapshotOperations } from './snapshot-operations.ts';
import { alertOperations, artifactOperations } from './tenant-operations.ts';

/** All of them; a test compares them with the routes there are. */
export const operations: readonly Operation[] = [
  ...codeOperations,
  ...releaseOperations,
  ...policyOperations,
  ...snapshotOperations,
  ...nlmOperations,
  ...fhirOperations,
  ...artifactOperations,
  ...intakeOperations,
  ...scrubOperations,
  ...alertOperations,
  ...aboutOperations,
];
