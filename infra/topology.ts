// What runs where, as plain data: tables, archive, queues, topics, functions, schedules and their limits. It exists once
// and is interpreted twice: by infra/aws (CloudFormation) and by infra/local (one process on embedded engines).
import { metricNames } from '../shared/edge/metric.ts';
import { feedConfiguration } from './feed-configuration.ts';
import { editsFunction, editsQueue, intakeFunction, intakeQueue } from './intake-topology.ts';
import { pipelineFunctions } from './pipeline-functions.ts';
import {
  type FunctionId,
  type FunctionSpec,
  type GatewaySpec,
  objectsUnder,
  type QueueId,
  type QueueSpec,
  type ScheduleSpec,
  type TableId,
  type TableSpec,
  type TopicId,
  type TopicSpec,
} from './topology-specs.ts';

/** Payers and policy feeds, of infra/feeds.json: a wrong file stops whoever reads the topology. */
export { feedConfiguration };

/** Offices of CMS and CDC are on Eastern time: before they open, after what they put out the day before. */
const daily = { timeZone: 'America/New_York', windowMinutes: 30 } as const;

/** The two tables: reference data and tenant data never share one. */
export const tables: Readonly<Record<TableId, TableSpec>> = {
  codeTable: { variable: 'CODEWATCH_CODE_TABLE', sensitive: false },
  tenantTable: { variable: 'CODEWATCH_TENANT_TABLE', sensitive: true },
};

/**
 * The archive: downloaded bytes under `raw/`, where each came from under `note/`, normal forms of releases and of
 * reference documents under `normal/`, and the snapshots made from releases under `snapshot/`.
 */
export const archive = {
  variable: 'CODEWATCH_ARCHIVE_BUCKET',
  rawPrefix: 'raw/',
  /** Originals are read again only for an approval or a check: infrequent access after this many days. */
  rawToInfrequentDays: 30,
} as const;

/** The queues between the steps. */
export const queues: Readonly<Record<QueueId, QueueSpec>> = {
  ingest: {
    variable: 'CODEWATCH_INGEST_QUEUE_URL',
    consumer: 'ingest',
    group: 'system',
    sensitive: false,
    visibilitySeconds: 960,
    receivesMax: 3,
    batchMax: 1,
    // The first pull queues ten years of releases per system, one after the other.
    ageAlarmSeconds: 6 * 3600,
  },
  ingestPolicies: {
    variable: 'CODEWATCH_POLICIES_QUEUE_URL',
    consumer: 'ingestPolicies',
    group: 'source',
    sensitive: false,
    visibilitySeconds: 960,
    receivesMax: 3,
    batchMax: 1,
    ageAlarmSeconds: 3600,
  },
  assess: {
    variable: 'CODEWATCH_ASSESS_QUEUE_URL',
    consumer: 'assess',
    group: 'system',
    sensitive: false,
    visibilitySeconds: 960,
    receivesMax: 3,
    batchMax: 1,
    ageAlarmSeconds: 3600,
  },
  assessTenant: {
    variable: 'CODEWATCH_ASSESS_TENANT_QUEUE_URL',
    consumer: 'assessTenant',
    group: 'tenant',
    sensitive: true,
    visibilitySeconds: 130,
    receivesMax: 5,
    batchMax: 1,
    // A yearly release keeps the largest registers at work for a while; half an hour of waiting is too long.
    ageAlarmSeconds: 1800,
  },
  publish: {
    variable: 'CODEWATCH_PUBLISH_QUEUE_URL',
    consumer: 'publish',
    group: 'snapshot',
    sensitive: false,
    visibilitySeconds: 960,
    receivesMax: 3,
    batchMax: 1,
    // During the first pull a message waits for the one being built; each then takes a minute or so.
    ageAlarmSeconds: 6 * 3600,
    delaySeconds: 60,
    restsBehind: 'ingest',
  },
  notify: {
    variable: 'CODEWATCH_NOTIFY_QUEUE_URL',
    consumer: 'notify',
    group: 'tenant',
    sensitive: true,
    // All attempts fall within the five minutes in which SNS drops a repeated message: a crash between publishing and
    // recording the delivery never reaches a subscriber's queue twice. 4 × 60 + 20 s < 300 s; a test checks it.
    visibilitySeconds: 60,
    receivesMax: 5,
    batchMax: 1,
    ageAlarmSeconds: 900,
  },
  intake: intakeQueue,
  edits: editsQueue,
};

/** Topics: the standard one reaches e-mail and HTTPS, the FIFO one keeps order and drops repeats for queues. */
export const topics: Readonly<Record<TopicId, TopicSpec>> = {
  alerts: { variable: 'CODEWATCH_ALERT_TOPIC_ARN', fifo: false },
  alertsFifo: { variable: 'CODEWATCH_ALERT_FIFO_TOPIC_ARN', fifo: true },
};

/** Where readers reach the API, as links in alerts begin: a value the operator gives. */
export const baseUrl = { variable: 'CODEWATCH_BASE_URL' } as const;

/** What answering tenants takes, and readers. */
const servedTables: FunctionSpec['tables'] = [
  { table: 'codeTable', access: ['read'], partitions: ['*'] },
  { table: 'tenantTable', access: ['read'], partitions: ['TOKEN#*'] },
  { table: 'tenantTable', access: ['read', 'write'], partitions: ['T#*', 'USED#*'] },
  { table: 'tenantTable', access: ['delete'], partitions: ['T#*'] },
  { table: 'tenantTable', access: ['read', 'write'], partitions: ['SECRET#*'] },
];

/** The function that answers the API. */
const apiFunction: FunctionSpec = {
  entry: 'functions/api/handler.ts',
  description: 'Answers the API: look-ups from the published snapshot, tenants from their table.',
  // One full core comes with 1,769 MB: starting and unpacking the snapshot are bound by it.
  memoryMb: 1769,
  // The gateway waits 30 s. Readers are answered within 9, files are taken in for up to 22.
  timeoutSeconds: 28,
  concurrencyMax: 20,
  // The open snapshot and the one that takes its place.
  temporaryMb: 1024,
  tables: [
    ...servedTables,
    // Who lifted a quarantine, and why.
    { table: 'codeTable', access: ['write'], partitions: ['CANDIDATE#*', 'POLICYAPPROVAL#*'] },
  ],
  archive: objectsUnder(['read'], 'snapshot/', 'normal/'),
  sends: ['ingest', 'ingestPolicies'],
  publishes: [],
  links: false,
  configuration: 'payers',
};

/** The functions, in the order data flows through them. */
export const functions: Readonly<Record<FunctionId, FunctionSpec>> = {
  ...pipelineFunctions,
  intake: intakeFunction,
  edits: editsFunction,
  api: apiFunction,
  intakeApi: {
    ...apiFunction,
    entry: 'functions/api/intake-handler.ts',
    // No approval comes this way.
    tables: servedTables,
    sends: [],
    description: 'Answers POST /v1/intake: takes files of claims and templates in.',
    concurrencyMax: 5,
    // The open snapshot, the one that takes its place, and tables while they are joined.
    temporaryMb: 2048,
  },
};

/**
 * The HTTP API in front of the function `api`. Routes that cost more than a look-up have limits of their own; the
 * functions know all routes, the gateway only these.
 */
export const gateway: GatewaySpec = {
  function: 'api',
  throttle: { perSecond: 500, burst: 1000 },
  routes: {
    'POST /v1/check': { perSecond: 20, burst: 40 },
    'POST /v1/intake': { perSecond: 5, burst: 10, function: 'intakeApi' },
    'GET /v1/search/{system}': { perSecond: 100, burst: 200 },
    'GET /api/{system}/v3/search': { perSecond: 200, burst: 400 },
    'ANY /fhir/R4/{operation+}': { perSecond: 200, burst: 400 },
    'GET /v1/snapshot/{name}': { perSecond: 5, burst: 10 },
    'POST /v1/releases/{id}/approve': { perSecond: 1, burst: 5 },
  },
  alarms: { failuresMax: 5, p99MsMax: 2500, refusedMax: 20 },
};

/** A daily pull of each policy feed that is turned on, when the operator says. */
const policyPulls = Object.fromEntries(
  feedConfiguration.policyFeeds
    .filter(({ on }) => on)
    .map(({ id, schedule }): [string, ScheduleSpec] => [
      `pull-${id}`,
      { ...daily, ...schedule, target: 'pull', input: { feeds: [id] } },
    ]),
);

/**
 * One daily pull per feed, so that one feed's failure or length never costs the other its run; and later a look whether
 * what is published is what is committed, for the first day of a new form and for a message lost for good.
 */
export const schedules: Readonly<Record<string, ScheduleSpec>> = {
  pullIcd10cm: { ...daily, target: 'pull', at: '06:30', input: { feeds: ['cms-icd10cm'] } },
  pullIcd10pcs: { ...daily, target: 'pull', at: '06:30', input: { feeds: ['cms-icd10pcs'] } },
  pullHcpcs: { ...daily, target: 'pull', at: '06:30', input: { feeds: ['cms-hcpcs'] } },
  ...policyPulls,
  publishDaily: { ...daily, target: 'publish', at: '08:30', input: {} },
};

/** Names and limits of metrics and alarms. */
export const monitoring = {
  metrics: metricNames,
  /** A feed without a completed pull for this long is stale. */
  staleFeedHours: 36,
  /** A snapshot that publish did not find, or leave, as the heads say for this long is stale. */
  staleSnapshotHours: 36,
  logRetentionDays: 365,
  /** Dead letters are kept as long as SQS can keep them. */
  deadLetterRetentionDays: 14,
} as const;
