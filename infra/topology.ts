// What runs where, as plain data: tables, archive, queues, topics, functions, schedules and their limits. It exists once
// and is interpreted twice: by infra/aws (CloudFormation) and by infra/local (one process on embedded engines).
import { metricNames } from '../shared/edge/metric.ts';

/** A table of items with `pk` and `sk`; `variable` is the environment variable that names it to a function. */
export type TableSpec = {
  readonly variable: string;
  /** True when it holds what tenants stored: its own key, and no grant beside one on reference data. */
  readonly sensitive: boolean;
};

/** A queue in front of one step. All are FIFO, each has a dead-letter queue of its own. */
export type QueueSpec = {
  readonly variable: string;
  /** The step that reads it. */
  readonly consumer: FunctionId;
  /** What a message group is: messages of one group are handled in order, one at a time. */
  readonly group: 'system' | 'tenant';
  readonly sensitive: boolean;
  /** How long a message being handled stays hidden: never shorter than its function may run. */
  readonly visibilitySeconds: number;
  /** Attempts before the message goes to the dead-letter queue. */
  readonly receivesMax: number;
  /** Messages handed to the function at once: one, so that a message that fails costs no other one an attempt. */
  readonly batchMax: number;
  /** An older message than this raises an alarm. */
  readonly ageAlarmSeconds: number;
};

/** A topic that alerts are published to. */
export type TopicSpec = { readonly variable: string; readonly fifo: boolean };

/**
 * What a function may do with a table, on which partition keys (`*` stands for any text): `read` is GetItem and Query,
 * `write` is PutItem and BatchWriteItem, `delete` is DeleteItem. Nothing else is ever granted, no Scan above all.
 */
export type TableGrant = {
  readonly table: TableId;
  readonly access: readonly ('read' | 'write' | 'delete')[];
  readonly partitions: readonly string[];
};

/** What a function may do with archived objects under a prefix. */
export type ArchiveGrant = {
  readonly access: readonly ('read' | 'write')[];
  readonly prefix: string;
};

/** One Lambda function: one step. */
export type FunctionSpec = {
  /** File that exports `handler` and `createHandler`, from the repository's root. */
  readonly entry: string;
  readonly description: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** How many may run at once. */
  readonly concurrencyMax: number;
  readonly tables: readonly TableGrant[];
  readonly archive: readonly ArchiveGrant[];
  readonly sends: readonly QueueId[];
  readonly publishes: readonly TopicId[];
  /** True when it writes links: it is told where readers reach the API. */
  readonly links: boolean;
};

/** A daily run of a function. */
export type ScheduleSpec = {
  readonly target: FunctionId;
  /** Local time `HH:MM` in `timeZone`. */
  readonly at: string;
  readonly timeZone: string;
  /** It starts within this many minutes after `at`, so that upstream is not hit on the minute. */
  readonly windowMinutes: number;
  readonly input: { readonly feeds: readonly string[] };
};

/** Ids of the two tables. */
export type TableId = 'codeTable' | 'tenantTable';
/** Ids of the queues, named for the step that reads them. */
export type QueueId = 'ingest' | 'assess' | 'notify';
/** Ids of the alert topics. */
export type TopicId = 'alerts' | 'alertsFifo';
/** Ids of the functions, named for their step. */
export type FunctionId = 'pull' | 'ingest' | 'assess' | 'notify';

/** The two tables: reference data and tenant data never share one. */
export const tables: Readonly<Record<TableId, TableSpec>> = {
  codeTable: { variable: 'CODEWATCH_CODE_TABLE', sensitive: false },
  tenantTable: { variable: 'CODEWATCH_TENANT_TABLE', sensitive: true },
};

/** The archive: downloaded bytes under `raw/`, where each came from under `note/`, normal forms under `normal/`. */
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
};

/** Topics: the standard one reaches e-mail and HTTPS, the FIFO one keeps order and drops repeats for queues. */
export const topics: Readonly<Record<TopicId, TopicSpec>> = {
  alerts: { variable: 'CODEWATCH_ALERT_TOPIC_ARN', fifo: false },
  alertsFifo: { variable: 'CODEWATCH_ALERT_FIFO_TOPIC_ARN', fifo: true },
};

/** Where readers reach the API, as links in alerts begin: a value the operator gives. */
export const baseUrl = { variable: 'CODEWATCH_BASE_URL' } as const;

/** The functions, in the order data flows through them. */
export const functions: Readonly<Record<FunctionId, FunctionSpec>> = {
  pull: {
    entry: 'functions/pull/handler.ts',
    description:
      'Asks the feeds what is published, archives what is new, and sends release candidates on.',
    memoryMb: 1024,
    timeoutSeconds: 900,
    concurrencyMax: 2,
    tables: [
      { table: 'codeTable', access: ['read', 'write'], partitions: ['DOWNLOAD#*', 'FEED'] },
      { table: 'codeTable', access: ['read'], partitions: ['CANDIDATE#*'] },
    ],
    archive: [
      { access: ['read', 'write'], prefix: 'raw/' },
      { access: ['read', 'write'], prefix: 'note/' },
    ],
    sends: ['ingest'],
    publishes: [],
    links: false,
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
    sends: ['assess'],
    publishes: [],
    links: false,
  },
  assess: {
    entry: 'functions/assess/handler.ts',
    description:
      'Finds the stored claims and templates that a committed release hits, and stores the alert.',
    memoryMb: 1024,
    timeoutSeconds: 900,
    concurrencyMax: 2,
    tables: [
      { table: 'codeTable', access: ['read'], partitions: ['*'] },
      { table: 'tenantTable', access: ['read'], partitions: ['USED#*', 'T#*'] },
      { table: 'tenantTable', access: ['write'], partitions: ['T#*#FINDING', 'T#*#ALERT'] },
    ],
    archive: [],
    sends: ['notify'],
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

/** One daily pull per feed, so that one feed's failure or length never costs the other its run. */
export const schedules: Readonly<Record<string, ScheduleSpec>> = {
  pullIcd10cm: dailyPull('cms-icd10cm'),
  pullIcd10pcs: dailyPull('cms-icd10pcs'),
};

/** Names and limits of metrics and alarms. */
export const monitoring = {
  metrics: metricNames,
  /** A feed without a completed pull for this long is stale. */
  staleFeedHours: 36,
  logRetentionDays: 365,
  /** Dead letters are kept as long as SQS can keep them. */
  deadLetterRetentionDays: 14,
} as const;

/** Offices of CMS and CDC are on Eastern time: before they open, after what they put out the day before. */
function dailyPull(feed: string): ScheduleSpec {
  return {
    target: 'pull',
    at: '06:30',
    timeZone: 'America/New_York',
    windowMinutes: 30,
    input: { feeds: [feed] },
  };
}
