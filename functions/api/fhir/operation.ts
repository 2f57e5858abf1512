// What a FHIR operation is: where it hangs, the parameters it declares, and what it does with them.
import type { FhirResource } from 'fhir/r4.js';
import type { FhirContext } from './fhir-context.ts';
import { type Declarations, type Given, readParameters, type Values } from './read-parameters.ts';

/** Resource types this server has. */
export type ResourceType = 'CodeSystem' | 'ValueSet' | 'ConceptMap';

/** Resource types in the order everything lists them. */
export const resourceTypes: readonly ResourceType[] = ['CodeSystem', 'ValueSet', 'ConceptMap'];

/** An operation ready to be called, at type level or on the instance of an id. */
export type Operation = {
  readonly resource: ResourceType;
  /** Without the dollar sign. */
  readonly name: string;
  readonly parameters: Declarations;
  readonly answer: (
    context: FhirContext,
    given: readonly Given[],
    id: string | undefined,
  ) => Promise<FhirResource>;
};

/** Makes an operation: `run` gets only parameters that were declared and could be read. */
export function operation<const S extends Declarations>(
  resource: ResourceType,
  name: string,
  parameters: S,
  run: (context: FhirContext, values: Values<S>, id: string | undefined) => Promise<FhirResource>,
): Operation {
  return {
    resource,
    name,
    parameters,
    answer: (context, given, id) =>
      run(context, readParameters(`${resource}/$${name}`, parameters, given), id),
  };
}
