// The FHIR R4 terminology operations: parameters in, operation, resource out.
import { Hono } from 'hono';
import type { ApiPorts } from '../api-ports.ts';

/** Everything under the FHIR base. Public. */
export function fhirRoutes(_ports: ApiPorts): Hono {
  return new Hono();
}
