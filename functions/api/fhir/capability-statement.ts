// What this server can do: the CapabilityStatement at `metadata` (FHIR R4).
import type {
  CapabilityStatement,
  CapabilityStatementRestResource,
  CapabilityStatementRestResourceSearchParam,
} from 'fhir/r4.js';
import { canonicalBase } from './canonical.ts';
import { aboutCoverageSets } from './coverage-set-resource.ts';
import { type FhirContext, todayOf } from './fhir-context.ts';
import { fhirOperations } from './fhir-operations.ts';
import { type ResourceType, resourceTypes } from './operation.ts';
import { searchParameters } from './search-resources.ts';

/** Names this software in both capability resources. */
export const software = { name: 'Codewatch' } as const;

/** The statement, as served under the base of the request. */
export function capabilityStatement(context: FhirContext): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    url: `${canonicalBase}/metadata`,
    name: 'CodewatchTerminology',
    title: 'Codewatch: ICD-10-CM and ICD-10-PCS by date of service',
    status: 'active',
    date: todayOf(context),
    kind: 'instance',
    instantiates: ['http://hl7.org/fhir/CapabilityStatement/terminology-server'],
    software: { ...software },
    implementation: {
      description: 'ICD-10-CM and ICD-10-PCS, each release a version, each answer right for a date',
      url: context.base,
    },
    fhirVersion: '4.0.1',
    format: ['json', 'application/fhir+json'],
    rest: [
      {
        mode: 'server',
        documentation:
          'Read-only. Operations take GET with a query and POST with a Parameters resource, at type and at instance ' +
          'level. A parameter that is unknown, repeated or malformed is refused by name.',
        security: { cors: true, description: 'Public: no token is needed.' },
        resource: resourceTypes.map(resourceOf),
      },
    ],
  };
}

function resourceOf(type: ResourceType): CapabilityStatementRestResource {
  return {
    type,
    ...(type === 'ValueSet' && { documentation: aboutCoverageSets }),
    interaction: [{ code: 'read' }, { code: 'search-type' }],
    versioning: 'no-version',
    searchParam: Object.entries(searchParameters)
      .filter(([name]) => name !== '_count' && name !== '_offset')
      .map(([name, { about }]) => ({
        name,
        type: searchTypes[name] ?? 'string',
        documentation: about,
      })),
    operation: fhirOperations
      .filter((one) => one.resource === type)
      .map(({ name }) => ({
        name,
        definition: `http://hl7.org/fhir/OperationDefinition/${type}-${name}`,
      })),
  };
}

const searchTypes: Readonly<Record<string, CapabilityStatementRestResourceSearchParam['type']>> = {
  _id: 'token',
  url: 'uri',
  version: 'token',
  name: 'string',
  status: 'token',
};
