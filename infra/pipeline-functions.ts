// The functions of the pipeline, pull to notify, as plain data: the longest part of the topology.
import { type FunctionId, type FunctionSpec, objectsUnder } from './topology-specs.ts';

/** The functions that releases pass through, in the order data flows through them. */
export const pipelineFunctions: Readonly<
  Record<Exclude<FunctionId, 'api' | 'intakeApi' | 'intake' | 'edits'>, FunctionSpec>
> = {
  pull: {
    entry: 'functions/pull/handler.ts',
    description:
      'Asks the feeds what is published, archives what is new, and sends release candidates on.',
    memoryMb: 1024,
    timeoutSeconds: 900,
    concurrencyMax: 2,
    tables: [
      { table: 'codeTable', access: ['read', 'write'], partitions: ['DOWNLOAD#*', 'FEED'] },
      { table: 'codeTable', access: ['read', 'write'], partitions: ['DOCUMENT#*'] },
      { table: 'codeTable', access: ['read'], partitions: ['CANDIDATE#*'] },
    ],
    archive: objectsUnder(['read', 'write'], 'raw/', 'note/', 'normal/'),
    sends: ['ingest', 'ingestPolicies'],
    publishes: [],
    links: false,
    configuration: 'feeds',
  },
  ingest: {
    entry: 'functions/ingest/handler.ts',
    description:
      'Takes one release candidate through the gate into the code table, or into quarantine.',
    memoryMb: 2048,
    timeoutSeconds: 900,
    concurrencyMax: 2,
    tables: [{ table: 'codeTable', access: ['read', 'write'], partitions: ['*'] }],
    archive: [
      { access: ['read'], prefix: 'raw/' },
      { access: ['read', 'write'], prefix: 'normal/' },
    ],
    sends: ['assess', 'publish'],
    publishes: [],
    links: false,
  },
  ingestPolicies: {
    entry: 'functions/ingest-policies/handler.ts',
    description:
      'Takes files of payer policies through the gate, finds what they change, and keeps every version.',
    // The full export: 476,000 rows as code lists, its zip, and the edition before.
    memoryMb: 2048,
    timeoutSeconds: 900,
    concurrencyMax: 2,
    tables: [{ table: 'codeTable', access: ['read', 'write'], partitions: ['*'] }],
    archive: [
      { access: ['read'], prefix: 'raw/' },
      { access: ['read', 'write'], prefix: 'normal/' },
    ],
    sends: ['assess', 'publish'],
    publishes: [],
    links: false,
    configuration: 'feeds',
  },
  assess: {
    entry: 'functions/assess/handler.ts',
    description:
      'Announces a committed release, or edition of policies, to the tenants that may use a code it changes.',
    memoryMb: 1024,
    timeoutSeconds: 900,
    concurrencyMax: 2,
    tables: [
      { table: 'codeTable', access: ['read'], partitions: ['*'] },
      // Which policies to ask about a lost code.
      { table: 'codeTable', access: ['write'], partitions: ['LAG#*'] },
      // Who uses a code in which month, and nothing of what a tenant stores.
      { table: 'tenantTable', access: ['read'], partitions: ['USED#*'] },
    ],
    archive: objectsUnder(['read'], 'normal/'),
    sends: ['assessTenant'],
    publishes: [],
    links: false,
  },
  assessTenant: {
    entry: 'functions/assess-tenant/handler.ts',
    description:
      'Finds the claims and templates of a tenant that a release or an edition of policies hits, part by part, and stores the alert.',
    memoryMb: 1024,
    // A message looks at 5,000 uses: seconds, and under throttling still well within this.
    timeoutSeconds: 120,
    concurrencyMax: 10,
    tables: [
      { table: 'codeTable', access: ['read'], partitions: ['*'] },
      { table: 'tenantTable', access: ['read'], partitions: ['USED#*', 'T#*'] },
      {
        table: 'tenantTable',
        access: ['write'],
        partitions: ['T#*#FINDING', 'T#*#POLICYFINDING', 'T#*#ALERT', 'T#*#ASSESS'],
      },
    ],
    // The codes of a range that a policy lists.
    archive: objectsUnder(['read'], 'normal/'),
    sends: ['assessTenant', 'notify'],
    publishes: [],
    links: false,
    configuration: 'payers',
  },
  publish: {
    entry: 'functions/publish/handler.ts',
    description:
      'Builds the SQLite snapshot of what is committed, keeps it and points to it, if it is not there.',
    memoryMb: 2048,
    timeoutSeconds: 900,
    concurrencyMax: 2,
    temporaryMb: 1024,
    tables: [
      {
        table: 'codeTable',
        access: ['read'],
        partitions: [
          ...['SYSTEM', 'SEQUENCE#*', 'RELEASE#*', 'QUARANTINE#*'],
          ...['POLICYSOURCE', 'EDITION#*'],
        ],
      },
      // The pointer alone is written, but what may be written is granted by partition: the heads lie beside it.
      { table: 'codeTable', access: ['write'], partitions: ['SYSTEM'] },
    ],
    archive: [
      { access: ['read'], prefix: 'normal/' },
      { access: ['read', 'write'], prefix: 'snapshot/' },
    ],
    sends: [],
    publishes: [],
    links: false,
  },
  notify: {
    entry: 'functions/notify/handler.ts',
    description: 'Publishes a stored alert to its subscribers and records the delivery.',
    memoryMb: 512,
    timeoutSeconds: 20,
    concurrencyMax: 5,
    tables: [{ table: 'tenantTable', access: ['read', 'write'], partitions: ['T#*#ALERT'] }],
    archive: [],
    sends: [],
    publishes: ['alerts', 'alertsFifo'],
    links: true,
  },
};
