// The environment of a function: the names of exactly those resources that its grants let it use.

import { configurationFor } from '../configuration-variables.ts';
import { inbox } from '../intake-topology.ts';
import { archive, baseUrl, queues, functions as specs, tables, topics } from '../topology.ts';
import type { FunctionId } from '../topology-specs.ts';
import type { Grantable } from './grants.ts';

/** What functions are given: the resources, and where readers reach the API. */
export type Surroundings = Grantable & { readonly baseUrl: string };

/** Environment variables of one function; their names come from the topology, their values from the stack. */
export function functionEnvironment(id: FunctionId, to: Surroundings): Record<string, string> {
  const spec = specs[id];
  return {
    NODE_OPTIONS: '--enable-source-maps',
    ...Object.fromEntries(
      spec.tables.map(({ table }) => [tables[table].variable, to.tables[table].tableName]),
    ),
    ...(spec.archive.length > 0 ? { [archive.variable]: to.archive.bucketName } : {}),
    ...(spec.inbox ? { [inbox.variable]: to.inbox.bucketName } : {}),
    ...Object.fromEntries(
      spec.sends.map((queue) => [queues[queue].variable, to.queues[queue].queue.queueUrl]),
    ),
    ...configurationFor(spec.configuration),
    ...(spec.links ? { [baseUrl.variable]: to.baseUrl } : {}),
    ...Object.fromEntries(
      spec.publishes.map((topic) => [topics[topic].variable, to.topics[topic].topicArn]),
    ),
  };
}
