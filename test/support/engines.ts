// Starts the embedded engines for a test file, with clients for them, and stops both.
import { randomUUID } from 'node:crypto';
import { createTable } from '../../infra/local/create-table.ts';
import { type Engines, startEngines } from '../../infra/local/engines.ts';
import { type AwsClients, createAwsClients } from '../../shared/edge/aws-clients.ts';

/** Running engines and clients for them. */
export type TestEngines = {
  readonly engines: Engines;
  readonly clients: AwsClients;
  /** Makes a table of its own for a test; answers its name. */
  makeTable(): Promise<string>;
  /** Closes the clients and stops the engines. */
  stop(): Promise<void>;
};

/** A name no other test uses. */
export const freshName = (kind: string): string => `${kind}-${randomUUID()}`;

/** An engine that is not there: port 1 (tcpmux) is closed on any machine the tests run on. */
export const closedPort = {
  endpoint: 'http://127.0.0.1:1',
  region: 'us-east-1',
  credentials: { accessKeyId: 'codewatch', secretAccessKey: 'codewatch' },
};

/** Starts engines in memory, or over a data folder; `stop` must be called. */
export async function startTestEngines(data = ':memory:'): Promise<TestEngines> {
  const engines = await startEngines({ data });
  const clients = createAwsClients(engines);
  return {
    engines,
    clients,
    async makeTable() {
      const table = freshName('table');
      await createTable(clients.dynamodb(), table);
      return table;
    },
    async stop() {
      clients.close();
      await engines.stop();
    },
  };
}
