// The vocabulary of the topology: what can be said of a table, a queue, a function, a schedule, a gateway.

/** A table of items with `pk` and `sk`; `variable` is the environment variable that names it to a function. */
export type TableSpec = {
  readonly variable: string;
  /** True when it holds what tenants stored: its own key, and no grant beside one on reference data. */
  readonly sensitive: boolean;
};

/** A queue in front of one step, with a dead-letter queue of its own. All are FIFO but those of group `none`. */
export type QueueSpec = {
  readonly variable: string;
  /** The step that reads it. */
  readonly consumer: FunctionId;
  /** What a message group is: messages of one group are handled in order, one at a time. A tenant may have several. */
  readonly group: 'system' | 'source' | 'tenant' | 'snapshot' | 'none';
  readonly sensitive: boolean;
  /** How long a message being handled stays hidden: never shorter than its function may run. */
  readonly visibilitySeconds: number;
  /** Attempts before the message goes to the dead-letter queue. */
  readonly receivesMax: number;
  /** Messages handed to the function at once: one, so that a message that fails costs no other one an attempt. */
  readonly batchMax: number;
  /** An older message than this raises an alarm. */
  readonly ageAlarmSeconds: number;
  /** How long every message rests before it is handled, so that of a burst only the last one has work to do. */
  readonly delaySeconds?: number;
  /** Locally nothing is delayed by the clock: instead messages rest until this queue is empty and idle. */
  readonly restsBehind?: QueueId;
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

/** What a function may do with objects of the inbox under a prefix. */
export type InboxGrant = {
  readonly access: readonly ('read' | 'write' | 'delete')[];
  readonly prefix: string;
};

/** One grant for each prefix. */
export const objectsUnder = (
  access: ArchiveGrant['access'],
  ...prefixes: readonly string[]
): readonly ArchiveGrant[] => prefixes.map((prefix) => ({ access, prefix }));

/** One Lambda function: one step. */
export type FunctionSpec = {
  /** File that exports `handler` and `createHandler`, from the repository's root. */
  readonly entry: string;
  readonly description: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** How many may run at once. */
  readonly concurrencyMax: number;
  /** Size of its temporary folder where 512 MB, which come free, are not enough. */
  readonly temporaryMb?: number;
  readonly tables: readonly TableGrant[];
  readonly archive: readonly ArchiveGrant[];
  readonly inbox?: readonly InboxGrant[];
  readonly sends: readonly QueueId[];
  readonly publishes: readonly TopicId[];
  /** What it is told of the operator's configuration: payers and policy feeds, or payers alone. */
  readonly configuration?: 'feeds' | 'payers';
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
  readonly input: { readonly feeds?: readonly string[] };
};

/** Ids of the two tables. */
export type TableId = 'codeTable' | 'tenantTable';
/** Ids of the queues, named for the step that reads them. */
export type QueueId =
  | 'ingest'
  | 'ingestPolicies'
  | 'assess'
  | 'assessTenant'
  | 'publish'
  | 'notify'
  | 'intake'
  | 'edits';
/** Ids of the alert topics. */
export type TopicId = 'alerts' | 'alertsFifo';
/** Ids of the functions, named for their step. */
export type FunctionId =
  | 'pull'
  | 'ingest'
  | 'ingestPolicies'
  | 'assess'
  | 'assessTenant'
  | 'publish'
  | 'notify'
  | 'intake'
  | 'edits'
  | 'api'
  | 'intakeApi';

/** Requests let through: `perSecond` on average, `burst` at once. More are answered with 429 and cost nothing. */
export type ThrottleSpec = { readonly perSecond: number; readonly burst: number };

/** A route with a limit of its own, and a function of its own where it has one. */
export type RouteSpec = ThrottleSpec & { readonly function?: FunctionId };

/** An HTTP API in front of a function. */
export type GatewaySpec = {
  readonly function: FunctionId;
  /** Of every route that has none of its own. */
  readonly throttle: ThrottleSpec;
  /** By route key of API Gateway. */
  readonly routes: Readonly<Record<string, RouteSpec>>;
  /** What wakes the operator, of five minutes: 5xx answers, the slowest hundredth in ms, runs refused as too many. */
  readonly alarms: {
    readonly failuresMax: number;
    readonly p99MsMax: number;
    readonly refusedMax: number;
  };
};
