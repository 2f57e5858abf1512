// The inbox as plain data: the bucket tenants leave files in and operators edit lists, the queues S3 tells of them, the
// functions that take them in.
import {
  editsPrefix,
  editsResultsPrefix,
  filesPrefix,
  resultsPrefix,
} from '../shared/edge/inbox-prefixes.ts';
import { type FunctionSpec, objectsUnder, type QueueSpec } from './topology-specs.ts';

/**
 * The inbox: files under `inbox/<tenant>/`, what became of them under `results/<tenant>/`. A file is removed as soon as it is
 * taken in; what never could be goes by itself.
 */
export const inbox = {
  variable: 'CODEWATCH_INBOX_BUCKET',
  /** Where files are left, and which queue is told of a new one. */
  tells: [
    { prefix: filesPrefix, queue: 'intake' },
    { prefix: editsPrefix, queue: 'edits' },
  ],
  /** Where what became of them is told. */
  resultsPrefixes: [resultsPrefix, editsResultsPrefix],
  /** Longer than dead letters are kept: whoever redrives one still finds its file. */
  filesKeptDays: 21,
  resultsKeptDays: 90,
  /** What a file was before another took its place, or before it was removed without naming its version. */
  oldVersionsKeptDays: 7,
} as const;

/** The queue of new files. S3 sends to standard queues only: files are taken in side by side, in no order. */
export const intakeQueue: QueueSpec = {
  variable: 'CODEWATCH_INTAKE_QUEUE_URL',
  consumer: 'intake',
  group: 'none',
  // Keys of objects hold file names, which senders choose.
  sensitive: true,
  visibilitySeconds: 960,
  receivesMax: 4,
  batchMax: 1,
  // A file of some gigabytes takes a few runs of a quarter of an hour; others wait meanwhile.
  ageAlarmSeconds: 3 * 3600,
};

/** The function that takes files in. */
export const intakeFunction: FunctionSpec = {
  entry: 'functions/intake/handler.ts',
  description: 'Takes in the files that tenants leave in the inbox, and tells what became of each.',
  // One full core comes with 1,769 MB: reading files and speaking to the table are bound by it, memory is not.
  memoryMb: 1769,
  timeoutSeconds: 900,
  concurrencyMax: 5,
  // The open snapshot, the one that takes its place, and tables while they are joined (temporary-join.ts).
  temporaryMb: 4096,
  tables: [
    { table: 'codeTable', access: ['read'], partitions: ['*'] },
    { table: 'tenantTable', access: ['read', 'write'], partitions: ['T#*', 'USED#*'] },
    { table: 'tenantTable', access: ['delete'], partitions: ['T#*'] },
    { table: 'tenantTable', access: ['read'], partitions: ['SECRET#*'] },
  ],
  archive: objectsUnder(['read'], 'snapshot/'),
  inbox: [
    { access: ['read', 'delete'], prefix: filesPrefix },
    { access: ['write'], prefix: resultsPrefix },
  ],
  // Itself: a file that is not whole when time is up.
  sends: ['intake'],
  publishes: [],
  links: false,
  configuration: 'payers',
};

/** The queue of new edit lists: a few a year. */
export const editsQueue: QueueSpec = {
  variable: 'CODEWATCH_EDITS_QUEUE_URL',
  consumer: 'edits',
  group: 'none',
  // The bucket is under the tenants' key, and what S3 says of it stays under it, too.
  sensitive: true,
  visibilitySeconds: 130,
  receivesMax: 4,
  batchMax: 1,
  ageAlarmSeconds: 1800,
};

/** The function that takes edit lists in. It reads no file of a tenant, and no function that does may write reference data. */
export const editsFunction: FunctionSpec = {
  entry: 'functions/edits/handler.ts',
  description: 'Takes in the Medicare Code Editor lists that operators leave in the inbox.',
  // The list of a version has 27,000 rows, held whole.
  memoryMb: 1024,
  timeoutSeconds: 120,
  // The least that SQS lets a function be limited to.
  concurrencyMax: 2,
  tables: [{ table: 'codeTable', access: ['read', 'write'], partitions: ['DOCUMENT#edits'] }],
  archive: objectsUnder(['read', 'write'], 'raw/', 'note/', 'normal/'),
  inbox: [
    { access: ['read', 'delete'], prefix: editsPrefix },
    { access: ['write'], prefix: editsResultsPrefix },
  ],
  sends: [],
  publishes: [],
  links: false,
};
