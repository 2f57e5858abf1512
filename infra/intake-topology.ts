// The inbox as plain data: the bucket tenants leave files in, the queue S3 tells of them, the function that takes them in.
import { filesPrefix, resultsPrefix } from '../shared/edge/inbox-prefixes.ts';
import { type FunctionSpec, objectsUnder, type QueueSpec } from './topology-specs.ts';

/**
 * The inbox: files under `inbox/<tenant>/`, what became of them under `results/<tenant>/`. A file is removed as soon as it is
 * taken in; what never could be goes by itself.
 */
export const inbox = {
  variable: 'CODEWATCH_INBOX_BUCKET',
  filesPrefix,
  resultsPrefix,
  /** The queue that is told of a new file. */
  tells: 'intake',
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
  // The open snapshot and the one that takes its place.
  temporaryMb: 1024,
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
};
