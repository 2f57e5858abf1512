// The part of dynalite's interface the local runtime uses; the package ships no types.
declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** A DynamoDB server, not listening yet; `close` also closes its database. */
  export default function dynalite(options: {
    /** LevelDB folder; in memory when absent. */
    readonly path?: string;
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }): Server;
}
