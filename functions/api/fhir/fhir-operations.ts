// Every operation there is, in the order the CapabilityStatement lists them.
import { expandOperation } from './expand-operation.ts';
import { lookupOperation } from './lookup-operation.ts';
import type { Operation } from './operation.ts';
import { subsumesOperation } from './subsumes-operation.ts';
import { translateOperation } from './translate-operation.ts';
import { validateInCodeSystemOperation } from './validate-in-code-system-operation.ts';
import { validateInValueSetOperation } from './validate-in-value-set-operation.ts';

/** The operations. */
export const fhirOperations: readonly Operation[] = [
  lookupOperation,
  validateInCodeSystemOperation,
  subsumesOperation,
  expandOperation,
  validateInValueSetOperation,
  translateOperation,
];
