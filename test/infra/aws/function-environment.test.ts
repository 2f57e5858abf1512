// What a function is given in its environment is all that its ports need: proved by using each port under it.
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FunctionId } from '../../../infra/topology-specs.ts';
import { apiPortsFromEnvironment } from '../../../shared/edge/api-ports-from-environment.ts';
import {
  type EdgePorts,
  portsFromEnvironment,
} from '../../../shared/edge/ports-from-environment.ts';
import { resource, type Synthesized, synthesizeStack } from '../../support/synthesized-stack.ts';

type Use = (ports: EdgePorts) => Promise<unknown>;

const key = { pk: 'p', sk: 's' };
const message = { body: '{}', groupId: 'g', deduplicationId: 'd' };
const publication = {
  ...{ deduplicationId: 'd', groupId: 'g', subject: 's', attributes: {} },
  bodies: { default: '{}', email: 'e', https: '{}' },
};
const codeItems: Use = (ports) => ports.codeItems.get(key);
const tenantItems: Use = (ports) => ports.tenantItems.get(key);
const snapshots: Use = (ports) => ports.snapshots.read('f1.sqlite.gz');
const archive: Use = (ports) => ports.archive.read('0'.repeat(64));

// As the handlers pick them.
const usesOf: Readonly<
  Record<Exclude<FunctionId, 'api' | 'intakeApi'>, Readonly<Record<string, Use>>>
> = {
  pull: {
    codeItems,
    archive,
    ingestQueue: (ports) => ports.ingestQueue.send(message),
    policiesQueue: (ports) => ports.policiesQueue.send(message),
  },
  ingestPolicies: {
    codeItems,
    archive,
    assessQueue: (ports) => ports.assessQueue.send(message),
    publishQueue: (ports) => ports.publishQueue.send(message),
  },
  ingest: {
    codeItems,
    archive,
    assessQueue: (ports) => ports.assessQueue.send(message),
    publishQueue: (ports) => ports.publishQueue.send(message),
  },
  assess: {
    codeItems,
    tenantItems,
    archive: (ports) => ports.archive.readNormalForm('0'.repeat(64)),
    assessTenantQueue: (ports) => ports.assessTenantQueue.send(message),
  },
  assessTenant: {
    codeItems,
    tenantItems,
    assessTenantQueue: (ports) => ports.assessTenantQueue.send(message),
    notifyQueue: (ports) => ports.notifyQueue.send(message),
  },
  publish: { codeItems, archive, snapshots },
  notify: { tenantItems, publisher: (ports) => ports.publisher.publish(publication) },
  intake: {
    codeItems,
    tenantItems,
    snapshots,
    inbox: (ports) => ports.inbox.open({ key: 'inbox/clinic/a' }),
    intakeQueue: (ports) => ports.intakeQueue.send(message),
  },
  edits: { codeItems, archive, inbox: (ports) => ports.inbox.open({ key: 'edits/a' }) },
};

let stack: Synthesized;
let server: Server;
let endpoint = '';
beforeAll(async () => {
  stack = synthesizeStack();
  // Refuses everything at once: what counts is that the request is made.
  server = createServer((_, response) => response.writeHead(400).end());
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => server.close());

/** The variables of a function with their values as text, and the engines' place. */
function environmentOf(id: FunctionId): Record<string, string> {
  const { Environment } = resource(
    stack,
    `Functions${id.charAt(0).toUpperCase()}${id.slice(1)}Function`,
  ).Properties as {
    readonly Environment: { readonly Variables: Readonly<Record<string, unknown>> };
  };
  const given = Object.keys(Environment.Variables).map((name) => [name, `${endpoint}/x.fifo`]);
  return {
    ...Object.fromEntries(given),
    CODEWATCH_DYNAMODB: endpoint,
    CODEWATCH_AWS_ENDPOINT: endpoint,
  };
}

const failureOf = async (use: Use, environment: Record<string, string>): Promise<string> => {
  try {
    await use(portsFromEnvironment(environment));
    return 'none';
  } catch (error) {
    return String(error);
  }
};

describe('infra/aws/function-environment.ts', () => {
  const cases = Object.entries(usesOf).flatMap(([id, uses]) =>
    Object.entries(uses).map(([port, use]) => [id as FunctionId, port, use] as const),
  );

  it.each(cases)('names to %s all that its %s needs', async (id, _port, use) => {
    expect(await failureOf(use, environmentOf(id))).not.toContain('is not set');
  });

  it.each(['api', 'intakeApi'] as const)('names to %s all that its ports need', async (id) => {
    const ports = apiPortsFromEnvironment(environmentOf(id));
    const approvals = [
      () => ports.ingestQueue.send(message),
      () => ports.policiesQueue.send(message),
    ];
    const uses: (() => Promise<unknown>)[] = [
      () => ports.codeItems.get(key),
      () => ports.tenantItems.get(key),
      () => ports.snapshots.read('f1.sqlite.gz'),
      // Approvals are sent by the one.
      ...(id === 'api' ? approvals : []),
    ];
    for (const use of uses) {
      const failure = await Promise.resolve()
        .then(use)
        .then(() => 'none', String);
      expect(failure).not.toContain('is not set');
      expect(failure).not.toBe('none');
    }
    const without = apiPortsFromEnvironment({});
    expect(() => without.snapshots.read).toThrow('CODEWATCH_ARCHIVE_BUCKET is not set');
  });

  it('leaves out what a function has no business with', async () => {
    expect(await failureOf(tenantItems, environmentOf('ingest'))).toContain(
      'CODEWATCH_TENANT_TABLE is not set',
    );
    expect(await failureOf(codeItems, environmentOf('notify'))).toContain(
      'CODEWATCH_CODE_TABLE is not set',
    );
  });
});
