// What storing and removing claims and templates works with: the API's ports, and the policies as they are when it is done.
import { createCurrentPolicies, type ReadPolicies } from '../../shared/steps/current-policies.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';
import type { ApiPorts } from './api-ports.ts';

/** The ports with what reads policies; one for all requests of a route, as it remembers. */
export const registering = (
  ports: ApiPorts,
): ApiPorts & { readonly readPolicies: ReadPolicies } => ({
  ...ports,
  readPolicies: createCurrentPolicies({
    policies: createPolicyTable(ports.codeItems),
    reference: ports.reference,
    payers: ports.payers,
  }),
});
